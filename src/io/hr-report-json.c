/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-json.h"

#include "hr-field-json.h"

static void
add_components (HrJsonWriter *writer, const uint64_t components_bytes[HR_N_COMPONENTS])
{
  hr_json_writer_add_object (writer, "components");
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    hr_json_writer_add_integer (writer, hr_enum_id (&HR_COMPONENTS, i), (gint64) components_bytes[i]);
  hr_json_writer_end_object (writer);
}

static void
add_peak (HrJsonWriter *writer, const HrEstimate *estimate)
{
  const HrPhase *phase = &estimate->phases[estimate->peak.phase];

  hr_json_writer_add_object (writer, "peak");
  hr_json_writer_add_integer (writer, "allocated_bytes", (gint64) estimate->peak.allocated_bytes);
  hr_json_writer_add_integer (writer, "reserved_bytes", (gint64) estimate->peak.reserved_bytes);
  hr_json_writer_add_integer (writer, "device_bytes", (gint64) estimate->peak.device_bytes);
  hr_json_writer_add_text (writer, "phase", hr_enum_id (&HR_PHASES, (int) phase->kind));
  hr_json_writer_add_integer (writer, "step", phase->step);
  hr_json_writer_end_object (writer);
}

static void
add_phases (HrJsonWriter *writer, const HrEstimate *estimate)
{
  hr_json_writer_add_array (writer, "phases");
  for (uint32_t i = 0; i < estimate->n_phases; i++)
    {
      const HrPhase *phase = &estimate->phases[i];

      hr_json_writer_begin_object (writer);
      hr_json_writer_add_text (writer, "name", hr_enum_id (&HR_PHASES, (int) phase->kind));
      hr_json_writer_add_integer (writer, "step", phase->step);
      hr_json_writer_add_integer (writer, "total_bytes", (gint64) phase->total_bytes);
      add_components (writer, phase->components_bytes);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);
}

/* What of the card is not to be had, and where its size comes from. */
static void
add_card (HrJsonWriter *writer, const HrGpu *gpu)
{
  if (gpu == NULL)
    {
      hr_json_writer_add_null (writer, "card");
      return;
    }

  hr_json_writer_add_object (writer, "card");
  hr_json_writer_add_number (writer, "memory_gb", gpu->memory_gb);
  hr_json_writer_add_integer (writer, "capacity_bytes", (gint64) gpu->capacity_bytes);
  hr_json_writer_add_text (writer, "capacity_basis",
                           hr_enum_id (&HR_CAPACITY_BASES, (int) hr_gpu_capacity_basis (gpu)));
  hr_json_writer_add_integer (writer, "in_use_bytes", (gint64) (gpu->capacity_bytes - hr_gpu_free_bytes (gpu)));
  hr_json_writer_add_integer (writer, "margin_bytes", (gint64) hr_gpu_margin_bytes (gpu));
  hr_json_writer_end_object (writer);
}

static void
add_fit (HrJsonWriter *writer, const HrReport *report)
{
  const HrEstimate *estimate = report->estimate;

  hr_json_writer_add_object (writer, "fit");
  if (report->gpu != NULL)
    hr_json_writer_add_text (writer, "gpu", report->gpu->id);
  else
    hr_json_writer_add_null (writer, "gpu");
  hr_json_writer_add_integer (writer, "count", (gint64) report->gpu_count);
  if (estimate->fit.capacity_bytes > 0)
    hr_json_writer_add_integer (writer, "capacity_bytes", (gint64) estimate->fit.capacity_bytes);
  else
    hr_json_writer_add_null (writer, "capacity_bytes");
  hr_json_writer_add_text (writer, "verdict", hr_enum_id (&HR_VERDICTS, (int) estimate->fit.verdict));
  if (estimate->fit.capacity_bytes > 0)
    hr_json_writer_add_integer (writer, "headroom_bytes", estimate->fit.headroom_bytes);
  else
    hr_json_writer_add_null (writer, "headroom_bytes");
  add_card (writer, report->gpu);
  hr_json_writer_end_object (writer);
}

static void
add_serving (HrJsonWriter *writer, const HrReport *report)
{
  const HrServing *serving = &report->estimate->serving;

  if (report->job->task != HR_TASK_INFER || report->gpu == NULL)
    {
      hr_json_writer_add_null (writer, "serving");
      return;
    }

  hr_json_writer_add_object (writer, "serving");
  hr_json_writer_add_integer (writer, "kv_capacity_bytes", (gint64) serving->kv_capacity_bytes);
  hr_json_writer_add_integer (writer, "kv_capacity_tokens", (gint64) serving->kv_capacity_tokens);
  hr_json_writer_add_integer (writer, "max_concurrent", (gint64) serving->max_concurrent);
  hr_json_writer_add_integer (writer, "max_concurrent_longest", (gint64) serving->max_concurrent_longest);
  hr_json_writer_end_object (writer);
}

/* The names of the values whose bits are set. */
static void
add_bits (HrJsonWriter *writer, const char *name, uint32_t bits, const HrEnum *values)
{
  hr_json_writer_add_array (writer, name);
  for (int i = 0; i < (int) values->count; i++)
    if ((bits & (1u << i)) != 0)
      hr_json_writer_string (writer, hr_enum_id (values, i));
  hr_json_writer_end_array (writer);
}

static void
add_identity (HrJsonWriter *writer, const HrReport *report)
{
  hr_json_writer_add_text (writer, "id", report->job->id);
  hr_json_writer_add_text (writer, "name", report->job->name);
  hr_json_writer_add_text (writer, "model", report->job->model_id);
  hr_json_writer_add_integer (writer, "total_parameters", (gint64) report->estimate->total_parameters);
  hr_json_writer_add_integer (writer, "trainable_parameters", (gint64) report->estimate->trainable_parameters);
}

static void
add_estimate (HrJsonWriter *writer, const HrReport *report)
{
  const HrEstimate *estimate = report->estimate;

  hr_json_writer_begin_object (writer);
  add_identity (writer, report);
  hr_json_writer_add_text (writer, "basis", hr_enum_id (&HR_BASES, (int) estimate->basis));
  add_components (writer, estimate->components_bytes);
  add_peak (writer, estimate);
  hr_json_writer_add_integer (writer, "held_bytes", (gint64) estimate->held_bytes);
  hr_json_writer_add_object (writer, "band");
  hr_json_writer_add_integer (writer, "low_bytes", (gint64) estimate->band.low_bytes);
  hr_json_writer_add_integer (writer, "high_bytes", (gint64) estimate->band.high_bytes);
  add_bits (writer, "reasons", estimate->band.reasons, &HR_BAND_REASONS);
  hr_json_writer_end_object (writer);
  add_phases (writer, estimate);
  add_fit (writer, report);
  add_serving (writer, report);
  add_bits (writer, "warnings", estimate->warnings, &HR_WARNINGS);
  hr_json_writer_end_object (writer);
}

char *
hr_report_estimates_to_json (const char *name, const HrReport *reports, size_t n_reports)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "name", name);
  hr_json_writer_add_array (writer, "configurations");
  for (size_t i = 0; i < n_reports; i++)
    add_estimate (writer, &reports[i]);
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);

  return hr_json_writer_finish (writer, NULL);
}

/* As the project file has it; a choice that is left to the stack is null. */
static void
add_value (HrJsonWriter *writer, const HrField *field, const HrJob *job)
{
  if (field->kind == HR_FIELD_CHOICE && hr_field_get_integer (field, job) == HR_CHOICE_AUTO)
    hr_json_writer_null (writer);
  else
    hr_field_write (field, writer, job, NULL);
}

static void
add_difference (HrJsonWriter *writer, const HrField *field, const HrReport *reports, size_t n_reports)
{
  g_autofree char *path = g_strconcat (field->section, *field->section != '\0' ? "." : "", field->member, NULL);

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "member", path);
  hr_json_writer_add_array (writer, "values");
  for (size_t i = 0; i < n_reports; i++)
    add_value (writer, field, reports[i].job);
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);
}

/* How far an estimate is from the one of the baseline. */
static void
add_change (HrJsonWriter *writer, const HrEstimate *estimate, const HrEstimate *base)
{
  uint64_t components[HR_N_COMPONENTS];

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    components[i] = estimate->components_bytes[i] - base->components_bytes[i]; /* signed again when written */
  hr_json_writer_add_object (writer, "change");
  add_components (writer, components);
  hr_json_writer_add_integer (writer, "device_bytes", (gint64) (estimate->peak.device_bytes - base->peak.device_bytes));
  hr_json_writer_end_object (writer);
}

char *
hr_report_comparison_to_json (const char *name, const HrReport *reports, size_t n_reports, const gboolean *differs,
                              int baseline)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "name", name);
  if (baseline >= 0)
    hr_json_writer_add_text (writer, "baseline", reports[baseline].job->id);
  hr_json_writer_add_array (writer, "configurations");
  for (size_t i = 0; i < n_reports; i++)
    {
      hr_json_writer_begin_object (writer);
      add_identity (writer, &reports[i]);
      add_components (writer, reports[i].estimate->components_bytes);
      add_peak (writer, reports[i].estimate);
      add_fit (writer, &reports[i]);
      if (baseline >= 0)
        add_change (writer, reports[i].estimate, reports[baseline].estimate);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);
  hr_json_writer_add_array (writer, "differences");
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (differs[i])
      add_difference (writer, hr_field (i), reports, n_reports);
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);

  return hr_json_writer_finish (writer, NULL);
}

char *
hr_report_model_to_json (const char *id, const HrArchitecture *architecture, const HrParameters *parameters)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "id", id);
  hr_json_writer_add_text (writer, "model_type", architecture->model_type);
  hr_json_writer_add_integer (writer, "total_parameters", (gint64) parameters->total);
  hr_json_writer_add_integer (writer, "active_parameters", (gint64) parameters->active);
  hr_json_writer_add_object (writer, "modules");
  for (int i = 0; i < HR_N_MODULES; i++)
    hr_json_writer_add_integer (writer, hr_enum_id (&HR_MODULES, i), (gint64) parameters->modules[i]);
  hr_json_writer_end_object (writer);
  hr_json_writer_end_object (writer);

  return hr_json_writer_finish (writer, NULL);
}
