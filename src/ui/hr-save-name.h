/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * hr_save_name_async:
 * @name: (nullable): what is saved, for the proposed file name
 * @beside: (nullable): a file in whose folder to begin
 * @suffix: ending that the file gets if it is typed without: ".headroom"
 *
 * Asks where to save, and whether to replace what is there already. hr_save_name_finish() gives the file, or NULL if
 * the user thought better.
 */
void hr_save_name_async (GtkWindow *parent, const char *title, const char *name, GFile *beside, const char *suffix,
                         GAsyncReadyCallback callback, gpointer user_data);
GFile *hr_save_name_finish (GAsyncResult *result);

G_END_DECLS
