/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-run-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Estimates of time and money are rarely better than some percent. */
#define FIGURES 2
#define WHOLE_FIGURES 3
#define FEWEST_WHOLE 100 /* numbers from here on have no digits after the point */

#define CENT 0.01
#define CENT_DECIMALS 2
#define STATED_FIGURES 6

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

/* Digits after the point that show @value in the figures that an estimate deserves. */
static int
decimals_of (double value)
{
  double magnitude = floor (log10 (value));
  double rounded = value / pow (10, magnitude - FIGURES + 1); /* 9.96 is shown as "10" */

  if (round (rounded) >= pow (10, FIGURES))
    magnitude++;
  return MAX (0, FIGURES - 1 - (int) magnitude);
}

/* Whole numbers keep three figures. */
static char *
rounded_text (double value, int decimals)
{
  double unit = pow (10, floor (log10 (fmax (value, 1))) - WHOLE_FIGURES + 1);
  char text[HR_TEXT_SIZE];

  if (decimals == 0 && value >= FEWEST_WHOLE)
    hr_format_count ((guint64) llround (round (value / unit) * unit), text);
  else
    hr_format_number (value, decimals, text);
  return g_strdup (text);
}

static int
number_decimals (double value)
{
  return value > 0 ? decimals_of (value) : 0;
}

/* Cents, below a cent as of any number. */
static int
money_decimals (double value)
{
  if (value >= FEWEST_WHOLE)
    return 0;
  return value > 0 && value < CENT ? decimals_of (value) : CENT_DECIMALS;
}

char *
hr_rate_text (double value)
{
  return rounded_text (value, number_decimals (value));
}

/* A bound has the decimals of the expected value, unless nothing would be left of it. */
static char *
bound_text (double value, double expected, int (*decimals) (double))
{
  int same = decimals (expected);

  return rounded_text (value, value * pow (10, same) < 0.5 ? decimals (value) : same);
}

/* @pattern: the expected value with its unit, "%s h". */
static char *
quantity_text (HrSpan span, double factor, const char *pattern, int (*decimals) (double))
{
  double value = span.expected * factor;

  if (!(value > 0))
    return g_strdup (NOTHING);

  g_autofree char *expected = rounded_text (value, decimals (value));
  g_autofree char *low = bound_text (span.low * factor, value, decimals);
  g_autofree char *high = bound_text (span.high * factor, value, decimals);
  GString *text = g_string_new (pattern);

  g_string_replace (text, "%s", expected, 1);
  if (!g_str_equal (low, high))
    g_string_append_printf (text, " (%s–%s)", low, high);
  return g_string_free (text, FALSE);
}

char *
hr_span_text (HrSpan span)
{
  return quantity_text (span, 1, "%s", number_decimals);
}

char *
hr_cost_text (HrSpan price)
{
  /* Translators: %s is an amount of US dollars */
  return quantity_text (price, 1, _ ("$%s"), money_decimals);
}

char *
hr_hours_text (HrSpan hours)
{
  if (hours.expected * MINUTES_PER_HOUR < MINUTES_SHOWN_AS_SECONDS)
    return quantity_text (hours, SECONDS_PER_HOUR, _ ("%s s"), number_decimals);
  if (hours.expected < HOURS_SHOWN_AS_MINUTES)
    return quantity_text (hours, MINUTES_PER_HOUR, _ ("%s min"), number_decimals);
  if (hours.expected < DAYS_SHOWN_AS_HOURS * HOURS_PER_DAY)
    return quantity_text (hours, 1, _ ("%s h"), number_decimals);
  /* Translators: a time; the number may not be whole */
  return quantity_text (hours, 1.0 / HOURS_PER_DAY, _ ("%s days"), number_decimals);
}

char *
hr_seconds_text (HrSpan seconds)
{
  return seconds.expected < 1 ? quantity_text (seconds, MILLISECONDS, _ ("%s ms"), number_decimals)
                              : quantity_text (seconds, 1, _ ("%s s"), number_decimals);
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
  if (value.source != NULL)
    {
      g_autofree char *span = hr_span_text (value.share);

      return g_strdup_printf ("%s, %s", span, value.source);
    }

  char stated[HR_TEXT_SIZE];

  hr_format_figures (value.share.expected, STATED_FIGURES, stated);
  return g_strdup_printf ("%s, %s", stated, _ ("stated in the project"));
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
