/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-comparison.h"

#include "catalog/hr-catalog.h"
#include "hr-labels.h"
#include "hr-spoken.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIGURE_DECIMALS 1

/* Cards that people know, drawn beside the planned one to compare with. */
static const char *const reference_gpu_ids[] = { "rtx-4090", "a100-80gb-sxm" };

static gboolean
has_limit (HrChartModel *model, const char *beginning)
{
  for (guint i = 0; i < model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (model->limits, i);
      if (g_str_has_prefix (limit->label, beginning))
        return TRUE;
    }

  return FALSE;
}

static void
add_limit (HrChartModel *model, const HrGpu *gpu, gboolean is_reference)
{
  char capacity[HR_TEXT_SIZE];

  if (gpu == NULL)
    return;

  hr_format_bytes (hr_gpu_usable_bytes (gpu), model->units, FIGURE_DECIMALS, capacity);
  g_autofree char *name = g_strdup_printf ("%s · ", hr_gpu_short_name (gpu));
  g_autofree char *label = g_strconcat (name, capacity, NULL);
  if (!has_limit (model, is_reference ? name : label))
    hr_chart_model_add_limit (model, label, hr_gpu_usable_bytes (gpu), is_reference);
}

static void
add_limits (HrChartModel *model, HrProject *project)
{
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));

  add_limit (model, hr_project_get_gpu (project, NULL), FALSE);
  for (guint i = 0; i < n_configurations; i++)
    add_limit (model, hr_project_get_gpu (project, hr_project_get_configuration (project, i)), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (reference_gpu_ids); i++)
    {
      const HrCatalogGpu *reference = hr_catalog_find_gpu (reference_gpu_ids[i]);
      add_limit (model, reference != NULL ? &reference->gpu : NULL, TRUE);
    }
}

/* The latest peak that a run had on the device, which is what a bar stands for; 0: none. */
static uint64_t
measured_bytes (HrEntry *entry)
{
  size_t n_measured;
  const HrMeasured *measured = hr_entry_get_measured (entry, &n_measured);

  for (size_t i = n_measured; i-- > 0;)
    if (measured[i].metric == HR_METRIC_DEVICE)
      return measured[i].bytes;

  return 0;
}

static void
add_bars (HrChartModel *model, HrProject *project)
{
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));

  for (guint i = 0; i < n_configurations; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      const HrJob *job = hr_configuration_get_job (configuration);
      const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
      g_autofree char *detail = hr_job_summary (job);
      HrChartBar *bar = hr_chart_model_add_bar (model, hr_job_title (job), detail);

      bar->capacity_bytes = estimate->fit.capacity_bytes;
      bar->low_bytes = estimate->band.low_bytes;
      bar->high_bytes = estimate->band.high_bytes;
      bar->measured_bytes = measured_bytes (hr_configuration_get_entry (configuration));
      bar->verdict_text = hr_verdict_text (estimate, model->units);
      for (guint part = 0; part < HR_N_PARTS; part++)
        bar->components_bytes[part] = hr_estimate_part_bytes (estimate, part);
    }
}

static char *
describe (const HrChartModel *model, HrProject *project)
{
  g_autofree char *configurations = hr_spoken_project (project);

  return g_strjoin ("\n", model->title, *configurations != '\0' ? configurations : NULL, NULL);
}

HrChartModel *
hr_comparison_chart (HrProject *project, guint32 hidden, gboolean cut_at_limit)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  HrChartModel *model = hr_chart_model_new ();

  hr_project_flush (project);
  model->title = g_strdup (hr_project_get_data (project)->name);
  model->units = hr_project_get_units (project);
  model->hidden = hidden;
  model->cut_at_limit = cut_at_limit;
  model->empty_text = g_strdup (_ ("No configuration yet"));
  for (guint i = 0; i < HR_N_PARTS; i++)
    model->component_labels[i] = g_strdup (hr_component_label (i));

  /* Translators: in the legend: from the lowest to the highest memory that is expected */
  model->range_label = g_strdup (_ ("Expected range"));
  /* Translators: in the legend: the memory that a run took */
  model->measured_label = g_strdup (_ ("Measured"));

  add_bars (model, project);
  add_limits (model, project);
  model->description = describe (model, project);

  return model;
}

void
hr_comparison_chart_add_gpu (HrChartModel *chart, const char *id)
{
  const HrCatalogGpu *gpu = id != NULL ? hr_catalog_find_gpu (id) : NULL;

  if (gpu != NULL)
    add_limit (chart, &gpu->gpu, TRUE);
}
