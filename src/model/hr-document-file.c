/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-document-private.h"

#include "hr-examples.h"
#include "io/hr-error.h"
#include "io/hr-project-io.h"
#include "io/hr-safe-file.h"

#include <glib/gi18n-lib.h>

#define SAMPLE_NAME "task-api.headroom"
#define SAMPLE_PATH "/io/github/headroom/Headroom/examples/" SAMPLE_NAME

static char *
display_name (GFile *file)
{
  g_autofree char *base_name = g_file_get_basename (file);

  return g_filename_display_name (base_name);
}

/* What is about to be written must read back as the same project: a file is never replaced by a broken one. */
static gboolean
check_bytes (GBytes *bytes, const char *file_name, GError **error)
{
  g_autoptr (HrProjectData) read = hr_project_parse (bytes, file_name, error);

  if (read == NULL)
    return FALSE;

  g_autoptr (GBytes) again = hr_project_serialize (read);
  if (g_bytes_equal (again, bytes))
    return TRUE;

  g_set_error (error, HR_ERROR, HR_ERROR_FILE,
               _ ("%s: the project would not read back as it is, so nothing was written; please report this"),
               file_name);
  return FALSE;
}

HrDocument *
hr_document_new_sample (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (hr_examples_get_resource (), SAMPLE_PATH, 0, error);
  g_autoptr (HrProjectData) data = bytes != NULL ? hr_project_parse (bytes, SAMPLE_NAME, error) : NULL;

  return data != NULL ? hr_document_new_from_data (data) : NULL;
}

gboolean
hr_document_load (HrDocument *self, GFile *file, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autofree char *etag = NULL;
  g_autoptr (HrProjectData) data = hr_project_load (file, &etag, error);

  if (data == NULL)
    return FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  hr_document_clear_history (self);
  hr_project_set_data (hr_document_get_project (self), data);
  hr_document_set_saved (self, data, file, g_steal_pointer (&etag));
  g_object_thaw_notify (G_OBJECT (self));
  hr_safe_file_clean (file);

  return TRUE;
}

gboolean
hr_document_save (HrDocument *self, GFile *file, gboolean overwrite, GError **error)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (self), FALSE);

  GFile *own = hr_document_get_file (self);

  g_return_val_if_fail (file != NULL || own != NULL, FALSE);

  g_autoptr (GFile) target = g_object_ref (file != NULL ? file : own);
  g_autofree char *file_name = display_name (target);
  gboolean is_own = own != NULL && g_file_equal (target, own);
  g_autofree char *etag = NULL;

  if (hr_document_is_read_only (self))
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VERSION,
                   _ ("%s: a newer Headroom made this project, so this one can show but not save it; open it with the "
                      "newer one"),
                   file_name);
      return FALSE;
    }

  g_autoptr (GBytes) bytes = hr_project_serialize (hr_project_get_data (hr_document_get_project (self)));
  if (!check_bytes (bytes, file_name, error))
    return FALSE;

  hr_document_tell_will_save (self);
  if (!hr_safe_file_write (target, bytes, is_own && !overwrite ? hr_document_get_etag (self) : NULL, &etag, error))
    return FALSE;

  hr_document_set_saved (self, hr_project_get_data (hr_document_get_project (self)), target, g_steal_pointer (&etag));
  hr_safe_file_clean (target);
  return TRUE;
}
