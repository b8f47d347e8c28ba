/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The largest file that is read whole: project, configuration, case list. */
#define HR_MAX_FILE_BYTES (64 * 1024 * 1024)

/** Returns: (transfer full): how messages call @file: as it is seen from the current folder, else its full name. */
char *hr_file_display_name (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_safe_file_read:
 * @max_bytes: the most that is read
 * @etag: (out) (optional) (transfer full): the file's identity, for hr_safe_file_write()
 *
 * Reads a regular file of bounded size whole. Folders, pipes and devices are refused without waiting for them; a file
 * that changes while it is read is an error.
 */
GBytes *hr_safe_file_read (GFile *file, gsize max_bytes, char **etag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full) (nullable): identity of @file now, without reading it; NULL: there is none. */
char *hr_safe_file_identify (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_safe_file_write:
 * @etag: (nullable): identity the file is expected to have; NULL: whatever is there is replaced
 * @new_etag: (out) (optional) (transfer full): identity after writing
 *
 * Writes so that the file holds either its old or its new contents at every moment: to a temporary file beside the
 * target, synced and renamed. A symbolic link stays and its target is replaced; owner and mode are kept. Fails with
 * %HR_ERROR_CHANGED, touching nothing, if the file is not the one that @etag names.
 */
gboolean hr_safe_file_write (GFile *file, GBytes *bytes, const char *etag, char **new_etag, GError **error);

/** Removes what calls of hr_safe_file_write() for @file that were killed halfway left beside it some minutes ago. */
void hr_safe_file_clean (GFile *file);

G_END_DECLS
