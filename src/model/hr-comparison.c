/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-comparison.h"

#include "hr-cheapest-offer.h"
#include "hr-comparison-changes.h"
#include "hr-comparison-keep.h"
#include "hr-labels.h"
#include "hr-member.h"
#include "hr-rule-inputs.h"
#include "hr-time-table.h"
#include "hr-validation-table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define COMPONENT_DECIMALS 2
#define TOTAL_DECIMALS 1

/* Stands where a row means nothing for a configuration. */
#define NOT_APPLICABLE "—"

static guint
count (HrProject *project)
{
  return g_list_model_get_n_items (G_LIST_MODEL (project));
}

static const HrEstimate *
estimate_at (HrProject *project, guint position)
{
  return hr_estimate_result_get (hr_configuration_get_estimate (hr_project_get_configuration (project, position)));
}

static const HrJob *
job_at (HrProject *project, guint position)
{
  return hr_configuration_get_job (hr_project_get_configuration (project, position));
}

static void
set_bytes (HrTableRow *row, guint column, guint64 bytes, HrUnits units, int decimals)
{
  char text[HR_TEXT_SIZE];

  hr_format_bytes (bytes, units, decimals, text);
  hr_table_row_set (row, column, text);
  hr_table_row_set_number (row, column, HR_SCALE_BYTES, (double) bytes);
}

static void
set_count (HrTableRow *row, guint column, guint64 number, gboolean applies)
{
  char text[HR_TEXT_SIZE];

  hr_format_count (number, text);
  hr_table_row_set (row, column, applies ? text : NOT_APPLICABLE);
}

/* Returns: (transfer full): "1 × T4". */
static char *
gpu_text (const HrProjectData *data, const char *id, guint64 gpus)
{
  /* Translators: a number of GPUs of one kind */
  return g_strdup_printf (_ ("%" PRIu64 " × %s"), gpus, hr_project_gpu_name (data, id));
}

static void
add_verdicts (HrTable *table, HrProject *project)
{
  const HrProjectData *data = hr_project_get_data (project);
  g_autofree char *gpu = gpu_text (data, data->gpu.id, data->gpu.count);
  g_autofree char *label = *data->gpu.id != '\0' ? g_strdup_printf (_ ("On %s"), gpu) : g_strdup (_ ("Verdict"));
  HrTableRow *row = hr_table_add (table, HR_ROW_VERDICT, label);

  for (guint i = 0; i < count (project); i++)
    {
      const HrJob *job = job_at (project, i);
      g_autofree char *verdict = hr_verdict_text (estimate_at (project, i), data->units);
      g_autofree char *own_gpu = job->gpu.set ? gpu_text (data, job->gpu.id, job->gpu.count) : NULL;
      g_autofree char *text = own_gpu != NULL && strcmp (own_gpu, gpu) != 0
                                  ? g_strdup_printf (_ ("%s: %s"), own_gpu, verdict)
                                  : g_strdup (verdict);

      hr_table_row_set (row, i, text);
    }
}

/* Returns: (transfer full) (nullable): the phase of all peaks; NULL where they differ. */
static char *
peak_detail (HrProject *project)
{
  const HrPhase *common = NULL;

  for (guint i = 0; i < count (project); i++)
    {
      const HrEstimate *estimate = estimate_at (project, i);
      const HrPhase *phase = &estimate->phases[estimate->peak.phase];

      if (estimate->n_phases == 0)
        return NULL;
      if (common != NULL && (common->kind != phase->kind || common->step != phase->step))
        return NULL;
      common = phase;
    }

  return hr_phase_text (common);
}

/* What the parts add up to, and how sure that is. */
static void
add_totals (HrTable *table, HrProject *project, HrUnits units, HrComparisonKeep *keep)
{
  HrTableRow *total = hr_table_add (table, HR_ROW_TOTAL, _ ("Peak"));
  /* Translators: lowest and highest memory that is expected */
  HrTableRow *range = hr_table_add (table, HR_ROW_VALUES, _ ("Range"));

  total->detail = peak_detail (project);
  for (guint i = 0; i < count (project); i++)
    {
      if (hr_comparison_keep_cell (keep, total, i) && hr_comparison_keep_cell (keep, range, i))
        continue;

      const HrEstimate *estimate = estimate_at (project, i);
      g_autofree char *text = hr_range_text (estimate->band.low_bytes, estimate->band.high_bytes, units);

      set_bytes (total, i, estimate->peak.device_bytes, units, TOTAL_DECIMALS);
      hr_table_row_set (range, i, text);
    }
}

static void
add_components (HrTable *table, HrProject *project, HrComparisonKeep *keep)
{
  HrUnits units = hr_project_get_units (project);
  guint32 present = hr_comparison_components (project);

  hr_table_add (table, HR_ROW_SECTION, _ ("Memory at the peak"));
  for (guint component = 0; component < HR_N_PARTS; component++)
    {
      if ((present & (1u << component)) == 0)
        continue;

      HrTableRow *row = hr_table_add (table, HR_ROW_COMPONENT, hr_component_label (component));
      row->tag = (int) component;
      for (guint i = 0; i < count (project); i++)
        if (!hr_comparison_keep_cell (keep, row, i))
          set_bytes (row, i, hr_estimate_part_bytes (estimate_at (project, i), component), units, COMPONENT_DECIMALS);
    }

  add_totals (table, project, units, keep);
}

/* The cells of a configuration have its latest figure. Rows follow the configurations. */
static void
add_measured_row (HrTable *table, HrProject *project, const GArray *rows, int metric)
{
  HrTableRow *line = hr_table_add (table, HR_ROW_VALUES, hr_validation_metric_label (metric));
  guint next = 0;

  for (guint i = 0; i < count (project); i++)
    {
      g_autofree char *text = NULL;

      for (; next < rows->len && g_array_index (rows, HrValidationRow, next).job == job_at (project, i); next++)
        if (g_array_index (rows, HrValidationRow, next).metric == metric)
          {
            g_free (text);
            text
                = hr_validation_row_text (&g_array_index (rows, HrValidationRow, next), hr_project_get_units (project));
          }
      hr_table_row_set (line, i, text != NULL ? text : NOT_APPLICABLE);
    }
}

/* Measured peaks and parts, and how far the estimate is off. */
static void
add_measured (HrTable *table, HrProject *project)
{
  g_autoptr (GArray) rows = hr_validation_rows_new ();
  guint32 metrics = 0;

  hr_validation_add_project (rows, project);
  for (guint i = 0; i < rows->len; i++)
    metrics |= 1u << g_array_index (rows, HrValidationRow, i).metric;
  if (metrics == 0)
    return;

  hr_table_add (table, HR_ROW_SECTION, _ ("Measured, and how far the estimate is off"));
  for (int metric = HR_N_VALIDATION_METRICS - 1; metric >= 0; metric--)
    if ((metrics & (1u << metric)) != 0)
      add_measured_row (table, project, rows, metric);
}

/* What the cards can serve, where anything is served. */
static void
add_serving (HrTable *table, HrProject *project)
{
  HrUnits units = hr_project_get_units (project);
  gboolean serves = FALSE;

  for (guint i = 0; i < count (project); i++)
    serves |= job_at (project, i)->task == HR_TASK_INFER && estimate_at (project, i)->fit.capacity_bytes > 0;
  if (!serves)
    return;

  hr_table_add (table, HR_ROW_SECTION, _ ("Serving"));
  HrTableRow *room = hr_table_add (table, HR_ROW_VALUES, _ ("Room for the KV cache"));
  HrTableRow *tokens = hr_table_add (table, HR_ROW_VALUES, _ ("Tokens in the KV cache"));
  HrTableRow *requests = hr_table_add (table, HR_ROW_VALUES, _ ("Requests at a time"));
  /* Translators: how many requests of the longest allowed sequence can run at a time */
  HrTableRow *longest = hr_table_add (table, HR_ROW_VALUES, _ ("Longest requests at a time"));

  for (guint i = 0; i < count (project); i++)
    {
      const HrServing *serving = &estimate_at (project, i)->serving;
      gboolean applies = job_at (project, i)->task == HR_TASK_INFER && estimate_at (project, i)->fit.capacity_bytes > 0;

      if (applies)
        set_bytes (room, i, serving->kv_capacity_bytes, units, COMPONENT_DECIMALS);
      else
        hr_table_row_set (room, i, NOT_APPLICABLE);
      set_count (tokens, i, serving->kv_capacity_tokens, applies);
      set_count (requests, i, serving->max_concurrent, applies);
      set_count (longest, i, serving->max_concurrent_longest, applies);
    }
}

static void
add_parameters (HrTable *table, HrProject *project, HrComparisonKeep *keep)
{
  hr_table_add (table, HR_ROW_SECTION, _ ("Parameters"));
  HrTableRow *total = hr_table_add (table, HR_ROW_VALUES, _ ("Total parameters"));
  HrTableRow *trainable = hr_table_add (table, HR_ROW_VALUES, _ ("Trainable parameters"));

  for (guint i = 0; i < count (project); i++)
    {
      if (hr_comparison_keep_cell (keep, total, i) && hr_comparison_keep_cell (keep, trainable, i))
        continue;

      const HrEstimate *estimate = estimate_at (project, i);
      char text[HR_TEXT_SIZE];

      hr_format_count_short (estimate->total_parameters, text);
      hr_table_row_set (total, i, text);
      hr_format_count_short (estimate->trainable_parameters, text);
      hr_table_row_set (trainable, i, job_at (project, i)->task == HR_TASK_TRAIN ? text : NOT_APPLICABLE);
    }
}

gboolean
hr_comparison_differs (HrProject *project, HrFieldId field)
{
  const HrJob *first = NULL;
  guint n = count (project);

  for (guint i = 0; i < n; i++)
    {
      const HrJob *job = job_at (project, i);

      if (first != NULL && hr_field_equal (hr_field (field), first, job))
        continue;
      if (!hr_member_applies (field, job))
        continue;
      if (first != NULL)
        return TRUE;
      first = job;
    }

  return FALSE;
}

static void
add_differences (HrTable *table, HrProject *project, HrComparisonKeep *keep)
{
  gboolean headed = FALSE;

  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    {
      if (field == HR_JOB_ID || field == HR_JOB_NAME || !hr_comparison_differs (project, field))
        continue;

      if (!headed)
        hr_table_add (table, HR_ROW_SECTION, _ ("What differs"));
      headed = TRUE;

      HrTableRow *row = hr_table_add (table, HR_ROW_DIFFERENCE, hr_field_label (field));
      for (guint i = 0; i < count (project); i++)
        {
          if (hr_comparison_keep_cell (keep, row, i))
            continue;

          const HrJob *job = job_at (project, i);
          g_autofree char *text = hr_field_text (field, job);

          hr_table_row_set (row, i, hr_member_applies (field, job) ? text : NOT_APPLICABLE);
        }
    }
}

static void
set_rule (HrTableRow *row, guint column, double low_gb, double high_gb, HrUnits units)
{
  g_autofree char *text
      = hr_range_text ((guint64) (low_gb * HR_BYTES_PER_GB), (guint64) (high_gb * HR_BYTES_PER_GB), units);

  hr_table_row_set (row, column, text);
}

static void
add_rules (HrTable *table, HrProject *project, HrComparisonKeep *keep)
{
  HrUnits units = hr_project_get_units (project);

  hr_table_add (table, HR_ROW_SECTION, _ ("Rules of thumb"));
  HrTableRow *lesson = hr_table_add (table, HR_ROW_VALUES, _ ("Lesson rule"));
  HrTableRow *four_bucket = hr_table_add (table, HR_ROW_VALUES, _ ("Four-bucket rule"));
  HrTableRow *multiplier = hr_table_add (table, HR_ROW_VALUES, _ ("Multiplier rule"));

  for (guint i = 0; i < count (project); i++)
    {
      if (hr_comparison_keep_cell (keep, lesson, i) && hr_comparison_keep_cell (keep, four_bucket, i)
          && hr_comparison_keep_cell (keep, multiplier, i))
        continue;

      HrRuleTotals totals;

      hr_rule_totals (hr_configuration_get_architecture (hr_project_get_configuration (project, i)),
                      job_at (project, i), &totals);
      set_rule (lesson, i, totals.lesson, totals.lesson, units);
      set_rule (four_bucket, i, totals.four_bucket, totals.four_bucket, units);
      set_rule (multiplier, i, totals.multiplier_low, totals.multiplier_high, units);
    }
}

/* A baseline is marked in its head. */
static void
mark_baseline (HrTable *table, guint baseline)
{
  char *name = table->columns[baseline];

  /* Translators: head of the column that others are compared with: a configuration's name */
  table->columns[baseline] = g_strdup_printf (_ ("%s (baseline)"), name);
  g_free (name);
}

static HrTable *
create_table (HrProject *project, const HrComparisonOptions *options)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  hr_project_flush (project);
  for (guint i = 0; i < count (project); i++)
    g_ptr_array_add (columns, (gpointer) hr_job_title (job_at (project, i)));
  g_ptr_array_add (columns, NULL);

  HrTable *table = hr_table_new (hr_project_get_data (project)->name, (const char *const *) columns->pdata);
  if (count (project) == 0)
    return table;

  g_autoptr (HrComparisonKeep) keep = hr_comparison_keep_new (project, options->earlier);

  table->basis = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < count (project); i++)
    g_ptr_array_add (table->basis,
                     g_object_ref (hr_configuration_get_estimate (hr_project_get_configuration (project, i))));
  add_verdicts (table, project);
  add_components (table, project, keep);
  add_measured (table, project);
  add_serving (table, project);
  hr_time_table_add (table, project);
  hr_cheapest_offer_add (table, project, !options->known_offers);
  add_parameters (table, project, keep);
  add_differences (table, project, keep);
  add_rules (table, project, keep);

  return table;
}

HrTable *
hr_comparison_table_with (HrProject *project, const HrComparisonOptions *options)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  HrTable *table = create_table (project, options);
  guint baseline = options->baseline != NULL ? hr_project_find (project, options->baseline) : G_MAXUINT;

  if (count (project) > 0 && options->only_differences)
    hr_comparison_keep_differences (table);
  if (baseline != G_MAXUINT)
    {
      hr_comparison_add_changes (table, baseline, hr_project_get_units (project));
      mark_baseline (table, baseline);
    }

  return table;
}

HrTable *
hr_comparison_table (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  return create_table (project, &(HrComparisonOptions){ 0 });
}

guint32
hr_comparison_components (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), 0);

  guint32 present = 0;

  for (guint i = 0; i < count (project); i++)
    for (guint component = 0; component < HR_N_PARTS; component++)
      if (hr_estimate_part_bytes (estimate_at (project, i), component) > 0)
        present |= 1u << component;

  return present;
}
