/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

G_END_DECLS
