/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * hr_save_changes_async:
 *
 * Asks over @parent what becomes of the unsaved changes of @document and does it. hr_save_changes_finish() says whether
 * the document may go: it was saved, or its changes may be lost. It may not after Cancel or a save that failed.
 */
void hr_save_changes_async (GtkWindow *parent, HrDocument *document, GAsyncReadyCallback callback, gpointer user_data);
gboolean hr_save_changes_finish (GAsyncResult *result);

G_END_DECLS
