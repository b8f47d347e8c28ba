/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * hr_text_row_new:
 * @title: one line, or a few
 * @detail: several lines, or ""
 * @prefix: (nullable): stands before them
 * @suffix: (nullable): stands behind them
 *
 * A row of a list box with much text: AdwActionRow measures how narrow long texts could become letter by letter, which
 * takes longer than a frame.
 */
GtkWidget *hr_text_row_new (const char *title, const char *detail, GtkWidget *prefix, GtkWidget *suffix);

/** Puts other texts into @row; what it has already is not laid out again. */
void hr_text_row_set (GtkWidget *row, const char *title, const char *detail);

/** Returns: (transfer none): what stands before, or behind, the texts of @row, which has both. */
GtkWidget *hr_text_row_get_prefix (GtkWidget *row);
GtkWidget *hr_text_row_get_suffix (GtkWidget *row);

G_END_DECLS
