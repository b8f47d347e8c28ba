/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-field-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL_LINEAR "all-linear"

static gboolean
allows (gconstpointer field, int value)
{
  return hr_field_allows (field, value);
}

static gboolean
read_text (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  const char *text = NULL;

  return hr_json_read_text (path, node, (gsize) field->minimum, (gsize) field->maximum, &text, error)
         && hr_field_set_text (field, job, text);
}

static gboolean
read_enum (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  int value = 0;

  return hr_json_read_enum (path, node, field->values, allows, field, &value, error)
         && hr_field_set_integer (field, job, (guint64) value);
}

static gboolean
read_boolean (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  gboolean value = FALSE;

  if (!hr_json_read_boolean (path, node, &value, error))
    return FALSE;
  if (field->kind == HR_FIELD_CHOICE)
    return hr_field_set_integer (field, job, value ? HR_CHOICE_YES : HR_CHOICE_NO);

  return hr_field_set_integer (field, job, value ? 1 : 0);
}

static gboolean
read_integer (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  guint64 value = 0;

  return hr_json_read_integer (path, node, (guint64) field->minimum, (guint64) field->maximum, &value, error)
         && hr_field_set_integer (field, job, value);
}

static gboolean
read_number (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  double value = 0;

  return hr_json_read_number (path, node, field->minimum, field->maximum, &value, error)
         && hr_field_set_number (field, job, value);
}

static gboolean
read_targets (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  HrTargets *targets = hr_field_place (field, job);
  HrTargets read = { 0 };
  guint index = 0;

  if (node->type == HR_JSON_STRING && strcmp (node->text, ALL_LINEAR) == 0)
    {
      *targets = (HrTargets){ .all_linear = true };
      return TRUE;
    }
  if (node->type != HR_JSON_ARRAY)
    {
      g_autofree char *shown = hr_json_describe (node);
      return hr_path_fail (path, HR_ERROR_VALUE, error,
                           _ ("%s is not allowed; allowed: \"all-linear\" or a list of names"), shown);
    }
  if (!hr_json_read_array (path, node, HR_MAX_TARGETS, error))
    return FALSE;

  for (const HrJsonNode *name = hr_json_first (node); name != NULL; name = hr_json_next (node, name))
    {
      HrPath element = HR_PATH_ELEMENT (path, index++);
      const char *text = NULL;

      if (!hr_json_read_text (&element, name, 1, HR_TARGET_NAME_SIZE - 1, &text, error))
        return FALSE;
      g_strlcpy (read.names[read.count++], text, HR_TARGET_NAME_SIZE);
    }

  *targets = read;
  return TRUE;
}

static void
write_targets (HrJsonWriter *writer, const HrTargets *targets)
{
  if (targets->all_linear)
    {
      hr_json_writer_string (writer, ALL_LINEAR);
      return;
    }

  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < targets->count; i++)
    hr_json_writer_string (writer, targets->names[i]);
  hr_json_writer_end_array (writer);
}

gboolean
hr_field_read (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error)
{
  switch (field->kind)
    {
    case HR_FIELD_TEXT:
      return read_text (field, path, node, job, error);
    case HR_FIELD_ENUM:
      return read_enum (field, path, node, job, error);
    case HR_FIELD_BOOL:
    case HR_FIELD_CHOICE:
      return read_boolean (field, path, node, job, error);
    case HR_FIELD_INTEGER:
      return read_integer (field, path, node, job, error);
    case HR_FIELD_NUMBER:
      return read_number (field, path, node, job, error);
    case HR_FIELD_TARGETS:
    default:
      return read_targets (field, path, node, job, error);
    }
}

void
hr_field_write (const HrField *field, HrJsonWriter *writer, const HrJob *job, const HrJsonNode *source)
{
  guint64 integer = hr_field_get_integer (field, job);
  double number = hr_field_get_number (field, job);

  switch (field->kind)
    {
    case HR_FIELD_TEXT:
      hr_json_writer_string (writer, hr_field_get_text (field, job));
      break;
    case HR_FIELD_ENUM:
      hr_json_writer_string (writer, hr_enum_id (field->values, (int) integer));
      break;
    case HR_FIELD_BOOL:
      hr_json_writer_boolean (writer, integer != 0);
      break;
    case HR_FIELD_CHOICE:
      hr_json_writer_boolean (writer, integer == HR_CHOICE_YES);
      break;
    case HR_FIELD_INTEGER:
      hr_json_writer_unsigned (writer, integer);
      break;
    case HR_FIELD_NUMBER:
      hr_json_writer_number_like (writer, number, source);
      break;
    case HR_FIELD_TARGETS:
    default:
      write_targets (writer, hr_field_value (field, job));
    }
}
