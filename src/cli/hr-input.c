/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-input.h"

#include "io/hr-error.h"
#include "io/hr-safe-file.h"

#include <glib/gi18n.h>

GBytes *
hr_input_read (const char *path, char **name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  *name = g_filename_display_name (path);

  return hr_safe_file_read (file, HR_MAX_FILE_BYTES, NULL, error);
}

HrProjectData *
hr_input_read_project_to_write (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = hr_input_read (path, &name, error);
  g_autoptr (HrProjectData) project = bytes != NULL ? hr_project_parse (bytes, name, error) : NULL;

  if (project != NULL && project->read_only)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VERSION, _ ("%s: comes from a newer program and is never written"), name);
      return NULL;
    }

  return g_steal_pointer (&project);
}
