/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "io/hr-project-io.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * hr_input_read:
 * @path: a file as the user names it
 * @name: (out) (transfer full): how messages call it: as the user does, in UTF-8
 *
 * Returns: (transfer full): the file's contents, or NULL with @error set.
 */
GBytes *hr_input_read (const char *path, char **name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the project in the file @path, or NULL with @error set where it cannot be read, or not be
 * written again. */
HrProjectData *hr_input_read_project_to_write (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
