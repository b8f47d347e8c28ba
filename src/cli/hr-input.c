/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-input.h"

#include "io/hr-safe-file.h"

GBytes *
hr_input_read (const char *path, char **name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  *name = g_filename_display_name (path);

  return hr_safe_file_read (file, HR_MAX_FILE_BYTES, NULL, error);
}
