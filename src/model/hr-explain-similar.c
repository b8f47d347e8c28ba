/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explanation.h"

#include "catalog/hr-catalog.h"
#include "core/hr-parameters.h"
#include "hr-labels.h"
#include "hr-runs.h"
#include "hr-validation-table.h"
#include "io/hr-project-io.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define RUNS_PATH "/io/github/headroom/Headroom/runs/published.headroom"

/* Models of up to this many times more or fewer parameters are similar, and so many runs are shown. */
#define SIZE_FACTOR 2.0
#define MAX_RUNS 4
#define DECIMALS 2

/* Published runs that come with the program. */
static const HrProjectData *
published_runs (void)
{
  static HrProjectData *runs;

  if (g_once_init_enter (&runs))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (hr_runs_get_resource (), RUNS_PATH, 0, NULL);

      g_once_init_leave (&runs, hr_project_parse (bytes, RUNS_PATH, NULL));
    }
  return runs;
}

static double
size_ratio (const HrArchitecture *a, const HrArchitecture *b)
{
  HrParameters of_a, of_b;

  hr_parameters_count (a, &of_a);
  hr_parameters_count (b, &of_b);
  return fabs (log2 ((double) of_a.total / (double) of_b.total));
}

static gboolean
runs_alike (const HrJob *a, const HrJob *b)
{
  if (a->task != b->task)
    return FALSE;
  if (a->task == HR_TASK_INFER)
    return a->inference.engine == b->inference.engine && a->quantization.scheme == b->quantization.scheme;

  return a->method.kind == b->method.kind && a->activations.checkpointing == b->activations.checkpointing
         && a->stack.name == b->stack.name;
}

static gboolean
is_similar (HrConfiguration *configuration, HrEntry *run)
{
  return runs_alike (hr_configuration_get_job (configuration), hr_entry_get_job (run))
         && size_ratio (hr_configuration_get_architecture (configuration), hr_entry_get_architecture (run))
                <= log2 (SIZE_FACTOR);
}

/* The card of the run, or the one that most of them ran on. */
static const char *
gpu_of (HrEntry *run)
{
  const HrJob *job = hr_entry_get_job (run);
  size_t n_measured;
  const HrMeasured *measured = hr_entry_get_measured (run, &n_measured);

  if (n_measured > 0 && *measured[0].gpu != '\0')
    return measured[0].gpu;
  return job->gpu.set ? job->gpu.id : published_runs ()->gpu.id;
}

/* The first figure that the run was measured by, and what the estimate says to it. */
static HrExplainNote *
run_note (HrEntry *run, HrUnits units)
{
  const HrJob *job = hr_entry_get_job (run);
  const HrCatalogGpu *gpu = hr_catalog_find_gpu (gpu_of (run));
  g_autoptr (GArray) rows = hr_validation_rows_new ();
  g_autofree char *value = NULL;
  char measured[HR_TEXT_SIZE], predicted[HR_TEXT_SIZE];
  HrEstimate estimate;

  hr_estimate (hr_entry_get_architecture (run), job, gpu != NULL ? &gpu->gpu : NULL, &estimate);
  hr_validation_add (rows, run, &estimate);
  if (rows->len == 0)
    return NULL;

  const HrValidationRow *row = &g_array_index (rows, HrValidationRow, 0);
  g_autofree char *error = hr_validation_error_text (row->error);
  hr_format_bytes (row->measured->bytes, units, DECIMALS, measured);
  hr_format_bytes (row->predicted_bytes, units, DECIMALS, predicted);
  /* Translators: a measured size, an estimated one, and how far the estimate is off in percent, with a sign */
  value = g_strdup_printf (_ ("measured %s, estimated %s · %s"), measured, predicted, error);
  return hr_explain_note_new (hr_job_title (job), value, hr_validation_metric_label (row->metric),
                              row->measured->source, FALSE);
}

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer configuration)
{
  const HrArchitecture *own = hr_configuration_get_architecture (configuration);
  double of_a = size_ratio (own, hr_entry_get_architecture (*(HrEntry *const *) a));
  double of_b = size_ratio (own, hr_entry_get_architecture (*(HrEntry *const *) b));

  return (of_a > of_b) - (of_a < of_b);
}

GListModel *
hr_explanation_similar (HrConfiguration *self, HrUnits units)
{
  GListStore *notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);
  const GPtrArray *runs = published_runs ()->entries;
  g_autoptr (GPtrArray) similar = g_ptr_array_new ();

  for (guint i = 0; i < runs->len; i++)
    if (is_similar (self, runs->pdata[i]))
      g_ptr_array_add (similar, runs->pdata[i]);
  g_ptr_array_sort_with_data (similar, compare_sizes, self);
  for (guint i = 0; i < similar->len && g_list_model_get_n_items (G_LIST_MODEL (notes)) < MAX_RUNS; i++)
    {
      g_autoptr (HrExplainNote) note = run_note (similar->pdata[i], units);

      if (note != NULL)
        g_list_store_append (notes, note);
    }
  return G_LIST_MODEL (notes);
}
