/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-safe-file.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/** Returns: (transfer full): what tells a file's contents from others: time, size and inode. */
char *hr_file_identity (const struct stat *info) G_GNUC_WARN_UNUSED_RESULT;

/** Sets @error to a sentence for @file in %HR_ERROR_FILE. Returns: FALSE. */
gboolean hr_file_fail (GFile *file, const char *problem, GError **error);

G_END_DECLS
