/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The ending of project files, with its dot. */
#define HR_PROJECT_SUFFIX ".headroom"

/**
 * hr_save_async:
 * @as: whether to ask for a name even if the document has one
 *
 * Saves @document: asks where if it has no file, asks what to do if another program changed the file, and tells over
 * @parent what went wrong. hr_save_finish() says whether the document is saved.
 */
void hr_save_async (GtkWindow *parent, HrDocument *document, gboolean as, GAsyncReadyCallback callback,
                    gpointer user_data);
gboolean hr_save_finish (GAsyncResult *result);

/** Returns: (transfer full): @file, or a file beside it with @suffix at the end of its name if that is missing. */
GFile *hr_save_with_suffix (GFile *file, const char *suffix) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the name of a project as a file name with @suffix. */
char *hr_save_file_name (const char *project_name, const char *suffix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
