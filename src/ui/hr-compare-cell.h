/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"
#include "io/hr-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Returns: (transfer floating): an empty cell for rows of @kind: a verdict in its colour, or figures, and below them
 * how far they are from the baseline. What has no room is told in a tooltip. CSS: node cell, but for verdicts. */
GtkWidget *hr_compare_cell_new (HrRowKind kind);

/** Shows what @row says at @column. @verdicts: (nullable) (array): of a verdict row: what its texts say */
void hr_compare_cell_show (GtkWidget *cell, const HrTableRow *row, guint column, const HrVerdict *verdicts);

const char *hr_compare_cell_get_text (GtkWidget *cell);

G_END_DECLS
