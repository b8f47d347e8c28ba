/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-run-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DIGITS 3
#define FEWEST_WHOLE 100 /* numbers from here on have no digits after the point */
#define NOTHING "—"

#define MILLISECONDS 1000
#define SECONDS_PER_HOUR 3600
#define MINUTES_PER_HOUR 60
#define HOURS_PER_DAY 24
#define MINUTES_SHOWN_AS_SECONDS 2
#define HOURS_SHOWN_AS_MINUTES 2
#define DAYS_SHOWN_AS_HOURS 3

static HrWorkload
workload (const HrDataset *dataset)
{
  return (HrWorkload){ .samples = dataset->samples, .mean_tokens = dataset->mean_tokens, .epochs = dataset->epochs };
}

static const HrGpu *
gpu_of (HrConfiguration *configuration)
{
  return hr_estimate_result_get_gpu (hr_configuration_get_estimate (configuration));
}

void
hr_run_time (HrProject *project, HrConfiguration *configuration, HrRunTime *out)
{
  const HrProjectData *data = hr_project_get_data (project);
  const HrJob *job = hr_configuration_get_job (configuration);
  HrWorkload work = workload (&data->dataset);

  hr_throughput (hr_configuration_get_architecture (configuration), job, gpu_of (configuration), &data->assumptions,
                 &out->throughput);
  hr_run_cost (job, &work, &out->throughput, &data->assumptions, 0, &out->cost);
}

char *
hr_rate_text (double value)
{
  double unit = pow (10, floor (log10 (fmax (value, 1))) - DIGITS + 1);
  char text[HR_TEXT_SIZE];

  if (value < FEWEST_WHOLE)
    hr_format_figures (value, DIGITS, text);
  else
    hr_format_count ((guint64) llround (round (value / unit) * unit), text);
  return g_strdup (text);
}

/* @pattern: the expected value with its unit, "%s h". */
static char *
quantity_text (HrSpan span, double factor, const char *pattern)
{
  g_autofree char *expected = hr_rate_text (span.expected * factor);
  g_autofree char *low = hr_rate_text (span.low * factor);
  g_autofree char *high = hr_rate_text (span.high * factor);

  if (!(span.expected > 0))
    return g_strdup (NOTHING);

  GString *text = g_string_new (pattern);
  g_string_replace (text, "%s", expected, 1);
  if (!g_str_equal (low, high))
    g_string_append_printf (text, " (%s–%s)", low, high);
  return g_string_free (text, FALSE);
}

char *
hr_span_text (HrSpan span)
{
  return quantity_text (span, 1, "%s");
}

char *
hr_cost_text (HrSpan price)
{
  /* Translators: %s is an amount of US dollars */
  return quantity_text (price, 1, _ ("$%s"));
}

char *
hr_hours_text (HrSpan hours)
{
  if (hours.expected * MINUTES_PER_HOUR < MINUTES_SHOWN_AS_SECONDS)
    return quantity_text (hours, SECONDS_PER_HOUR, _ ("%s s"));
  if (hours.expected < HOURS_SHOWN_AS_MINUTES)
    return quantity_text (hours, MINUTES_PER_HOUR, _ ("%s min"));
  if (hours.expected < DAYS_SHOWN_AS_HOURS * HOURS_PER_DAY)
    return quantity_text (hours, 1, _ ("%s h"));
  /* Translators: a time; the number may not be whole */
  return quantity_text (hours, 1.0 / HOURS_PER_DAY, _ ("%s days"));
}

char *
hr_seconds_text (HrSpan seconds)
{
  return seconds.expected < 1 ? quantity_text (seconds, MILLISECONDS, _ ("%s ms"))
                              : quantity_text (seconds, 1, _ ("%s s"));
}

const char *
hr_run_time_missing (const HrRunTime *self)
{
  if (!self->throughput.known)
    return NOTHING;
  return self->cost.known ? NULL : _ ("Needs a data set");
}

const char *
hr_run_price_missing (const HrRunTime *self)
{
  if (hr_run_time_missing (self) != NULL)
    return hr_run_time_missing (self);
  return self->cost.price.expected > 0 ? NULL : _ ("Needs a price");
}

const char *
hr_assumption_label (HrAssumption member)
{
  switch (member)
    {
    case HR_ASSUMPTION_UTILIZATION:
      return _ ("Utilization of compute (MFU)");
    case HR_ASSUMPTION_BANDWIDTH_UTILIZATION:
      return _ ("Utilization of memory bandwidth");
    case HR_ASSUMPTION_LINK_BANDWIDTH_GBPS:
      return _ ("Link between GPUs, GB/\u2060s");
    case HR_ASSUMPTION_PACKING_EFFICIENCY:
      return _ ("Efficiency of packing");
    case HR_ASSUMPTION_PADDING_EFFICIENCY:
      return _ ("Efficiency of padding");
    case HR_ASSUMPTION_PRICE_PER_GPU_HOUR:
      return _ ("Price of a GPU-hour, $");
    case HR_N_ASSUMPTIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What holds for @configuration; zeros where nothing tells. */
static HrAssumed
assumed (HrAssumption member, const HrAssumptions *stated, HrConfiguration *configuration)
{
  const HrJob *job = hr_configuration_get_job (configuration);
  const HrGpu *gpu = gpu_of (configuration);
  double own = hr_assumptions_get (stated, member);

  switch (member)
    {
    case HR_ASSUMPTION_UTILIZATION:
      return gpu != NULL ? hr_assumed_utilization (stated, job, gpu) : (HrAssumed){ 0 };
    case HR_ASSUMPTION_BANDWIDTH_UTILIZATION:
      return hr_assumed_bandwidth (stated, job);
    case HR_ASSUMPTION_LINK_BANDWIDTH_GBPS:
      return gpu != NULL ? hr_assumed_link (stated, gpu, hr_job_gpus (job)) : (HrAssumed){ 0 };
    case HR_ASSUMPTION_PACKING_EFFICIENCY:
      return hr_assumed_packing (stated);
    case HR_ASSUMPTION_PADDING_EFFICIENCY:
    case HR_ASSUMPTION_PRICE_PER_GPU_HOUR:
      return (HrAssumed){ { own, own, own }, NULL };
    case HR_N_ASSUMPTIONS:
    default:
      g_return_val_if_reached ((HrAssumed){ 0 });
    }
}

static char *
assumed_text (HrAssumed value)
{
  g_autofree char *span = hr_span_text (value.share);

  return g_strdup_printf ("%s, %s", span, value.source != NULL ? value.source : _ ("stated in the project"));
}

char *
hr_assumption_default_text (HrAssumption member, HrProject *project, HrConfiguration *configuration)
{
  HrAssumptions none;

  hr_assumptions_init (&none);
  if (member == HR_ASSUMPTION_PADDING_EFFICIENCY)
    return g_strdup (_ ("from the mean length of the samples to the whole sequence"));
  if (member == HR_ASSUMPTION_PRICE_PER_GPU_HOUR)
    return g_strdup (_ ("none"));

  HrAssumed value = assumed (member, &none, configuration);
  return value.share.expected > 0 ? assumed_text (value) : g_strdup (_ ("needs a GPU"));
}

/* Whether the time of @job rests on @member. */
static gboolean
matters (HrAssumption member, const HrJob *job)
{
  gboolean trains = job->task == HR_TASK_TRAIN;

  switch (member)
    {
    case HR_ASSUMPTION_LINK_BANDWIDTH_GBPS:
      return hr_job_gpus (job) > 1;
    case HR_ASSUMPTION_PACKING_EFFICIENCY:
      return trains && job->batch.packed;
    case HR_ASSUMPTION_PADDING_EFFICIENCY:
      return trains && !job->batch.packed && job->batch.micro_batch_size > 1;
    case HR_ASSUMPTION_UTILIZATION:
    case HR_ASSUMPTION_BANDWIDTH_UTILIZATION:
    case HR_ASSUMPTION_PRICE_PER_GPU_HOUR:
    case HR_N_ASSUMPTIONS:
    default:
      return TRUE;
    }
}

char *
hr_run_time_basis (HrProject *project, HrConfiguration *configuration)
{
  const HrAssumptions *stated = &hr_project_get_data (project)->assumptions;
  GString *text = g_string_new (NULL);

  for (int i = 0; i < HR_N_ASSUMPTIONS; i++)
    {
      HrAssumed value = assumed (i, stated, configuration);
      g_autofree char *says
          = value.share.expected > 0 ? assumed_text (value) : hr_assumption_default_text (i, project, configuration);

      if (!matters (i, hr_configuration_get_job (configuration)))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s: %s"), hr_assumption_label (i), says);
    }
  return g_string_free (text, FALSE);
}
