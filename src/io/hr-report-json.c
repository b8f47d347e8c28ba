/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-json.h"

#include "hr-json-text.h"

#include "core/hr-field.h"

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_null (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

static void
begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
begin_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
add_components (JsonBuilder *builder, const uint64_t components_bytes[HR_N_COMPONENTS])
{
  begin_object (builder, "components");
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    add_integer (builder, hr_enum_id (&HR_COMPONENTS, i), (gint64) components_bytes[i]);
  json_builder_end_object (builder);
}

static void
add_peak (JsonBuilder *builder, const HrEstimate *estimate)
{
  const HrPhase *phase = &estimate->phases[estimate->peak.phase];

  begin_object (builder, "peak");
  add_integer (builder, "allocated_bytes", (gint64) estimate->peak.allocated_bytes);
  add_integer (builder, "reserved_bytes", (gint64) estimate->peak.reserved_bytes);
  add_integer (builder, "device_bytes", (gint64) estimate->peak.device_bytes);
  add_text (builder, "phase", hr_enum_id (&HR_PHASES, (int) phase->kind));
  add_integer (builder, "step", phase->step);
  json_builder_end_object (builder);
}

static void
add_phases (JsonBuilder *builder, const HrEstimate *estimate)
{
  begin_array (builder, "phases");
  for (uint32_t i = 0; i < estimate->n_phases; i++)
    {
      const HrPhase *phase = &estimate->phases[i];

      json_builder_begin_object (builder);
      add_text (builder, "name", hr_enum_id (&HR_PHASES, (int) phase->kind));
      add_integer (builder, "step", phase->step);
      add_integer (builder, "total_bytes", (gint64) phase->total_bytes);
      add_components (builder, phase->components_bytes);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_fit (JsonBuilder *builder, const HrReport *report)
{
  const HrEstimate *estimate = report->estimate;

  begin_object (builder, "fit");
  if (report->gpu != NULL)
    add_text (builder, "gpu", report->gpu->id);
  else
    add_null (builder, "gpu");
  add_integer (builder, "count", (gint64) report->gpu_count);
  if (estimate->fit.capacity_bytes > 0)
    add_integer (builder, "capacity_bytes", (gint64) estimate->fit.capacity_bytes);
  else
    add_null (builder, "capacity_bytes");
  add_text (builder, "verdict", hr_enum_id (&HR_VERDICTS, (int) estimate->fit.verdict));
  if (estimate->fit.capacity_bytes > 0)
    add_integer (builder, "headroom_bytes", estimate->fit.headroom_bytes);
  else
    add_null (builder, "headroom_bytes");
  json_builder_end_object (builder);
}

static void
add_warnings (JsonBuilder *builder, uint32_t warnings)
{
  begin_array (builder, "warnings");
  for (int i = 0; i < HR_N_WARNINGS; i++)
    if ((warnings & (1u << i)) != 0)
      json_builder_add_string_value (builder, hr_enum_id (&HR_WARNINGS, i));
  json_builder_end_array (builder);
}

static void
add_identity (JsonBuilder *builder, const HrReport *report)
{
  add_text (builder, "id", report->job->id);
  add_text (builder, "name", report->job->name);
  add_text (builder, "model", report->job->model_id);
  add_integer (builder, "total_parameters", (gint64) report->estimate->total_parameters);
  add_integer (builder, "trainable_parameters", (gint64) report->estimate->trainable_parameters);
}

static void
add_estimate (JsonBuilder *builder, const HrReport *report)
{
  const HrEstimate *estimate = report->estimate;

  json_builder_begin_object (builder);
  add_identity (builder, report);
  add_text (builder, "basis", hr_enum_id (&HR_BASES, (int) estimate->basis));
  add_components (builder, estimate->components_bytes);
  add_peak (builder, estimate);
  add_integer (builder, "held_bytes", (gint64) estimate->held_bytes);
  begin_object (builder, "band");
  add_integer (builder, "low_bytes", (gint64) estimate->band.low_bytes);
  add_integer (builder, "high_bytes", (gint64) estimate->band.high_bytes);
  json_builder_end_object (builder);
  add_phases (builder, estimate);
  add_fit (builder, report);
  add_warnings (builder, estimate->warnings);
  json_builder_end_object (builder);
}

char *
hr_report_estimates_to_json (const char *name, const HrReport *reports, size_t n_reports)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_text (builder, "name", name);
  begin_array (builder, "configurations");
  for (size_t i = 0; i < n_reports; i++)
    add_estimate (builder, &reports[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return hr_json_builder_to_text (builder);
}

static void
add_targets (JsonBuilder *builder, const HrTargets *targets)
{
  if (targets->all_linear)
    {
      json_builder_add_string_value (builder, "all-linear");
      return;
    }

  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < targets->count; i++)
    json_builder_add_string_value (builder, targets->names[i]);
  json_builder_end_array (builder);
}

/* As the project file has it; a choice that is left to the stack is null. */
static void
add_value (JsonBuilder *builder, const HrField *field, const HrJob *job)
{
  guint64 value = hr_field_get_integer (field, job);

  switch (field->kind)
    {
    case HR_FIELD_TEXT:
      json_builder_add_string_value (builder, hr_field_get_text (field, job));
      break;
    case HR_FIELD_ENUM:
      json_builder_add_string_value (builder, hr_enum_id (field->values, (int) value));
      break;
    case HR_FIELD_BOOL:
      json_builder_add_boolean_value (builder, value != 0);
      break;
    case HR_FIELD_CHOICE:
      if (value == HR_CHOICE_AUTO)
        json_builder_add_null_value (builder);
      else
        json_builder_add_boolean_value (builder, value == HR_CHOICE_YES);
      break;
    case HR_FIELD_INTEGER:
      json_builder_add_int_value (builder, (gint64) value);
      break;
    case HR_FIELD_NUMBER:
      json_builder_add_double_value (builder, hr_field_get_number (field, job));
      break;
    case HR_FIELD_TARGETS:
    default:
      add_targets (builder, hr_field_value (field, job));
      break;
    }
}

static void
add_difference (JsonBuilder *builder, const HrField *field, const HrReport *reports, size_t n_reports)
{
  g_autofree char *path = g_strconcat (field->section, *field->section != '\0' ? "." : "", field->member, NULL);

  json_builder_begin_object (builder);
  add_text (builder, "member", path);
  begin_array (builder, "values");
  for (size_t i = 0; i < n_reports; i++)
    add_value (builder, field, reports[i].job);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
hr_report_comparison_to_json (const char *name, const HrReport *reports, size_t n_reports, const gboolean *differs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_text (builder, "name", name);
  begin_array (builder, "configurations");
  for (size_t i = 0; i < n_reports; i++)
    {
      json_builder_begin_object (builder);
      add_identity (builder, &reports[i]);
      add_components (builder, reports[i].estimate->components_bytes);
      add_peak (builder, reports[i].estimate);
      add_fit (builder, &reports[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  begin_array (builder, "differences");
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (differs[i])
      add_difference (builder, hr_field (i), reports, n_reports);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return hr_json_builder_to_text (builder);
}

char *
hr_report_model_to_json (const char *id, const HrArchitecture *architecture, const HrParameters *parameters)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_text (builder, "id", id);
  add_text (builder, "model_type", architecture->model_type);
  add_integer (builder, "total_parameters", (gint64) parameters->total);
  add_integer (builder, "active_parameters", (gint64) parameters->active);
  begin_object (builder, "modules");
  for (int i = 0; i < HR_N_MODULES; i++)
    add_integer (builder, hr_enum_id (&HR_MODULES, i), (gint64) parameters->modules[i]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return hr_json_builder_to_text (builder);
}
