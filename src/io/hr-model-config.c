/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-config.h"

#include "hr-architecture-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MESSAGE_SIZE 256

static void
write_member (HrJsonWriter *writer, const HrShapeMember *member, const HrArchitecture *architecture)
{
  const void *place = (const char *) architecture + member->offset;

  hr_json_writer_name (writer, member->name);
  switch (member->kind)
    {
    case HR_SHAPE_TEXT:
      hr_json_writer_string (writer, place);
      break;
    case HR_SHAPE_ENUM:
      hr_json_writer_string (writer, hr_enum_id (member->values, *(const int *) place));
      break;
    case HR_SHAPE_SIZE:
      hr_json_writer_unsigned (writer, *(const uint32_t *) place);
      break;
    case HR_SHAPE_FLAG:
      hr_json_writer_boolean (writer, *(const bool *) place);
      break;
    case HR_SHAPE_NUMBER:
    default:
      hr_json_writer_number (writer, *(const double *) place);
    }
}

gboolean
hr_model_config_read (const HrPath *path, const HrJsonNode *node, HrArchitecture *out, GError **error)
{
  guint n_members;
  const HrShapeMember *members = hr_shape_members (&n_members);
  char message[MESSAGE_SIZE];

  memset (out, 0, sizeof *out);
  if (!hr_json_read_object (path, node, error))
    return FALSE;

  for (guint i = 0; i < n_members; i++)
    {
      const HrJsonNode *value = hr_json_member (node, members[i].name);
      HrPath member = HR_PATH_MEMBER (path, members[i].name);

      if (value != NULL && !hr_shape_read (&members[i], &member, value, out, error))
        return FALSE;
    }

  if (!hr_architecture_check (out, message, sizeof message))
    return hr_path_fail (path, HR_ERROR_VALUE, error, "%s", message);

  return TRUE;
}

gboolean
hr_model_config_parse (GBytes *bytes, const char *file_name, HrArchitecture *out, GError **error)
{
  g_autoptr (HrJson) document = hr_json_parse (bytes, file_name, error);
  HrPath path = HR_PATH_FILE (file_name);

  return document != NULL && hr_model_config_read (&path, hr_json_root (document), out, error);
}

void
hr_model_config_write (HrJsonWriter *writer, const HrArchitecture *architecture)
{
  guint n_members;
  const HrShapeMember *members = hr_shape_members (&n_members);

  hr_json_writer_begin_object (writer);
  for (guint i = 0; i < n_members; i++)
    write_member (writer, &members[i], architecture);
  hr_json_writer_end_object (writer);
}
