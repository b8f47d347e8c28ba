/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-safe-file.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/** Returns: (transfer full): what tells a file's contents from others: time, size and inode. */
char *hr_file_identity (const struct stat *info) G_GNUC_WARN_UNUSED_RESULT;

/** Sets @error to a sentence for @file in %HR_ERROR_FILE. Returns: FALSE. */
gboolean hr_file_fail (GFile *file, const char *problem, GError **error);

/** As hr_file_fail(), for the errno @code of a call that reads. */
gboolean hr_file_fail_to_read (GFile *file, int code, GError **error);

/** Returns: (transfer full) (nullable): the file at the end of a chain of links, which need not be there; @code: errno.
 */
char *hr_file_follow_links (const char *path, int *code) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a template for mkstemp(): beside @path, and to be told from those of other files. */
char *hr_safe_temporary (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_file_open:
 * @file: a file that has a path
 * @info: (out caller-allocates): what is known of the open file
 *
 * Opens a regular file for reading, without waiting for what is none.
 *
 * Returns: a descriptor, or -1 with @error set.
 */
int hr_file_open (GFile *file, struct stat *info, GError **error);

G_END_DECLS
