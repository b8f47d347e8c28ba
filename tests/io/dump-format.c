/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints what the program's tables say of the project file, for check-format.py to hold against schema and manual. */
#include "core/hr-field.h"
#include "core/hr-units.h"
#include "io/hr-architecture-json.h"
#include "io/hr-json-write.h"
#include "io/hr-project-data.h"

static const char *const field_kinds[]
    = { [HR_FIELD_TEXT] = "text",      [HR_FIELD_ENUM] = "enum",       [HR_FIELD_BOOL] = "boolean",
        [HR_FIELD_CHOICE] = "choice",  [HR_FIELD_INTEGER] = "integer", [HR_FIELD_NUMBER] = "number",
        [HR_FIELD_TARGETS] = "targets" };
static const char *const shape_kinds[] = { [HR_SHAPE_TEXT] = "text",
                                           [HR_SHAPE_ENUM] = "enum",
                                           [HR_SHAPE_SIZE] = "integer",
                                           [HR_SHAPE_FLAG] = "boolean",
                                           [HR_SHAPE_NUMBER] = "number" };

static void
write_text (HrJsonWriter *writer, const char *name, const char *value)
{
  hr_json_writer_name (writer, name);
  hr_json_writer_string (writer, value);
}

static void
write_enum (HrJsonWriter *writer, const char *name, const HrEnum *values, const HrField *field)
{
  hr_json_writer_name (writer, name);
  hr_json_writer_begin_array (writer);
  for (int i = 0; i < (int) values->count; i++)
    if (field == NULL || hr_field_allows (field, i))
      hr_json_writer_string (writer, hr_enum_id (values, i));
  hr_json_writer_end_array (writer);
}

static void
write_default (HrJsonWriter *writer, const HrField *field, const HrJob *defaults)
{
  guint64 value = hr_field_get_integer (field, defaults);

  if (field->kind == HR_FIELD_CHOICE || field == hr_field (HR_JOB_ID) || field == hr_field (HR_JOB_MODEL_ID))
    return;

  hr_json_writer_name (writer, "default");
  if (field->kind == HR_FIELD_TEXT)
    hr_json_writer_string (writer, hr_field_get_text (field, defaults));
  else if (field->kind == HR_FIELD_TARGETS)
    hr_json_writer_string (writer, "all-linear");
  else if (field->kind == HR_FIELD_ENUM)
    hr_json_writer_string (writer, hr_enum_id (field->values, (int) value));
  else if (field->kind == HR_FIELD_BOOL)
    hr_json_writer_boolean (writer, value != 0);
  else if (field->kind == HR_FIELD_NUMBER)
    hr_json_writer_number (writer, hr_field_get_number (field, defaults));
  else
    hr_json_writer_unsigned (writer, value);
}

static void
write_fields (HrJsonWriter *writer)
{
  HrJob defaults;

  hr_job_init (&defaults);
  hr_json_writer_name (writer, "fields");
  hr_json_writer_begin_array (writer);
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);

      hr_json_writer_begin_object (writer);
      write_text (writer, "section", field->section);
      write_text (writer, "member", field->member);
      write_text (writer, "kind", field_kinds[field->kind]);
      hr_json_writer_name (writer, "minimum");
      hr_json_writer_number (writer, field->minimum);
      hr_json_writer_name (writer, "maximum");
      hr_json_writer_number (writer, field->maximum);
      if (field->kind == HR_FIELD_ENUM)
        write_enum (writer, "values", field->values, field);
      write_default (writer, field, &defaults);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);
}

static void
write_shape (HrJsonWriter *writer)
{
  guint n_members;
  const HrShapeMember *members = hr_shape_members (&n_members);

  hr_json_writer_name (writer, "shape");
  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < n_members; i++)
    {
      hr_json_writer_begin_object (writer);
      write_text (writer, "member", members[i].name);
      write_text (writer, "kind", shape_kinds[members[i].kind]);
      if (members[i].kind == HR_SHAPE_ENUM)
        write_enum (writer, "values", members[i].values, NULL);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);
}

static void
write_limit (HrJsonWriter *writer, const char *name, double value)
{
  hr_json_writer_name (writer, name);
  hr_json_writer_number (writer, value);
}

int
main (void)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  write_fields (writer);
  write_shape (writer);
  write_enum (writer, "units", &HR_UNITS, NULL);
  write_enum (writer, "metric", &HR_METRICS, NULL);
  write_enum (writer, "component", &HR_MEASURED_COMPONENTS, NULL);
  write_enum (writer, "confidence", &HR_CONFIDENCES, NULL);
  write_enum (writer, "window", &HR_MEASURED_WINDOWS, NULL);
  write_limit (writer, "configurations", HR_MAX_CONFIGURATIONS);
  write_limit (writer, "name", HR_MAX_PROJECT_NAME_BYTES);
  write_limit (writer, "notes", HR_MAX_NOTES_BYTES);
  write_limit (writer, "configuration_notes", HR_MAX_ENTRY_NOTES_BYTES);
  write_limit (writer, "samples", HR_MAX_SAMPLES);
  hr_json_writer_add_object (writer, "assumptions");
  for (int i = 0; i < HR_N_ASSUMPTIONS; i++)
    hr_json_writer_add_number (writer, hr_enum_id (&HR_ASSUMPTIONS, i), hr_assumption_maximum (i));
  hr_json_writer_end_object (writer);
  write_limit (writer, "mean_tokens", HR_MAX_TOKENS);
  write_limit (writer, "epochs", HR_MAX_EPOCHS);
  write_limit (writer, "target", HR_TARGET_NAME_SIZE - 1);
  hr_json_writer_end_object (writer);

  g_autofree char *text = hr_json_writer_finish (writer, NULL);
  g_print ("%s", text);
  return 0;
}
