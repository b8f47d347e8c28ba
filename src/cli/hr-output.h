/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-command.h"

G_BEGIN_DECLS

#define HR_PROGRAM "headroom-cli"

/** Writes @text to standard output. Returns: HR_EXIT_DONE, or HR_EXIT_FILE where it cannot be written, and says so. */
HrExit hr_output_print (const char *text);

/** Writes @bytes to the file @path. Returns: HR_EXIT_DONE, or HR_EXIT_FILE with the error told. */
HrExit hr_output_save (const char *path, GBytes *bytes);

/** Tells an error about a file, whose message names it. Returns: HR_EXIT_FILE. */
HrExit hr_output_fail (const GError *error);

G_END_DECLS
