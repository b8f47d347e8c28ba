/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-project.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Returns: (transfer full): what prints the report of @project as it is now. */
GtkPrintOperation *hr_print_operation_new (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_print_async:
 *
 * Asks how to print the report of @project, with a preview, and prints it. Paper and printer are remembered while the
 * program runs. hr_print_finish() gives FALSE with @error set if it failed; TRUE also if the user thought better.
 */
void hr_print_async (GtkWindow *parent, HrProject *project, GAsyncReadyCallback callback, gpointer user_data);
gboolean hr_print_finish (GAsyncResult *result, GError **error);

G_END_DECLS
