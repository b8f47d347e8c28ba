/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-output.h"

#include "io/hr-plain-text.h"
#include "io/hr-safe-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

HrExit
hr_output_print (const char *text)
{
  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return HR_EXIT_DONE;

  g_printerr (_ ("%s: standard output cannot be written: %s\n"), HR_PROGRAM, g_strerror (errno));
  return HR_EXIT_FILE;
}

HrExit
hr_output_save (const char *path, GBytes *bytes)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;

  if (!hr_safe_file_write (file, bytes, NULL, NULL, &error))
    return hr_output_fail (error);

  return HR_EXIT_DONE;
}

HrExit
hr_output_fail (const GError *error)
{
  g_autofree char *message = hr_plain_text (error->message);

  g_printerr ("%s\n", message);
  return HR_EXIT_FILE;
}
