/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-plan-text.h"

#include "chart/hr-text-parts.h"
#include "hr-labels.h"
#include "hr-run-time.h"

#include <glib/gi18n-lib.h>

#define NOTHING "–"

/* Copies of a job that serves, and how each spreads. */
static char *
engines_text (const HrGpuPlan *plan, const char *each)
{
  guint n = (guint) plan->engines;
  /* Translators: a model that is loaded several times, to serve requests side by side */
  g_autofree char *engines = g_strdup_printf (ngettext ("%u engine", "%u engines", n), n);

  if (n < 2)
    return g_strdup (each);
  return *each != '\0' ? g_strdup_printf (_ ("%s, %s"), engines, each) : g_steal_pointer (&engines);
}

char *
hr_plan_spread_text (const HrGpuPlan *plan)
{
  g_autofree char *each = NULL;

  switch (plan->spread)
    {
    case HR_SPREAD_SHARDS:
      return g_strdup (hr_value_label (HR_JOB_PARALLEL_DATA_SHARDING, (int) plan->job.parallel.data_sharding));
    case HR_SPREAD_TENSOR:
      /* Translators: GPUs that share every matrix */
      each = g_strdup_printf (_ ("tensor %u"), (guint) (plan->job.parallel.tensor * plan->job.parallel.context));
      return engines_text (plan, each);
    case HR_SPREAD_LAYERS:
      /* Translators: GPUs among which the layers of a model are split */
      each = g_strdup_printf (_ ("layers on %u"), (guint) plan->job.parallel.pipeline);
      return engines_text (plan, each);
    case HR_SPREAD_REPLICAS:
      if (plan->engines > 1)
        return engines_text (plan, "");
      return g_strdup (hr_value_label (HR_JOB_PARALLEL_DATA_SHARDING, (int) plan->job.parallel.data_sharding));
    case HR_SPREAD_SINGLE:
    default:
      return g_strdup ("");
    }
}

char *
hr_ranked_offer_title (const HrRankedOffer *line)
{
  const HrOfferPlan *plan = line->plan;
  guint64 gpus = plan->n_gpus > 0 ? plan->n_gpus / line->machines : plan->plan.gpus;
  g_autofree char *spread = hr_plan_spread_text (&plan->plan);
  GString *text = g_string_new (NULL);

  if (line->machines > 1)
    g_string_append_printf (text, "%u × ", line->machines);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " × %s", gpus, hr_gpu_short_name (&plan->gpu));
  if (*spread != '\0')
    hr_text_add_part (text, spread);
  if (plan->plan.gpus < gpus * line->machines)
    {
      /* Translators: of the GPUs of a machine, behind "8 × L4 · DDP" */
      g_autofree char *used = g_strdup_printf (_ ("%u used"), (guint) plan->plan.gpus);
      hr_text_add_item (text, used);
    }
  return g_string_free (text, FALSE);
}

HrVerdict
hr_plan_verdict (const HrGpuPlan *plan)
{
  return plan->may_fit ? plan->verdict : HR_VERDICT_OVER;
}

char *
hr_plan_verdict_text (const HrGpuPlan *plan, HrUnits units)
{
  const HrEstimate estimate = { .peak.device_bytes = plan->device_bytes,
                                .fit = { .verdict = plan->verdict, .headroom_bytes = plan->headroom_bytes } };

  if (plan->may_fit || plan->verdict == HR_VERDICT_OVER)
    return hr_verdict_text (&estimate, units);
  if (!plan->runs)
    /* Translators: on this card, as it lacks what the configuration asks for */
    return g_strdup (_ ("Does not run"));
  if (plan->job.task == HR_TASK_TRAIN)
    return g_strdup_printf (_ ("Needs %u GPUs"), (guint) plan->gpus);
  return g_strdup (_ ("No room for all requests"));
}

static HrSpan
without_range (HrSpan span, gboolean range)
{
  return range ? span : (HrSpan){ span.expected, span.expected, span.expected };
}

char *
hr_ranked_offer_time_text (const HrRankedOffer *line, gboolean range)
{
  HrSpan rate = line->plan->throughput.tokens_per_second;
  g_autofree char *tokens = NULL;

  if (line->cost.known)
    return hr_hours_text (without_range (line->cost.hours, range));
  if (!(rate.expected > 0))
    return g_strdup (NOTHING);
  tokens = hr_span_text (without_range (rate, range));
  /* Translators: a number of tokens each second */
  return g_strdup_printf (_ ("%s tokens/s"), tokens);
}

char *
hr_ranked_offer_cost_text (const HrRankedOffer *line, gboolean range)
{
  HrSpan price = line->cost.known ? line->cost.price : line->cost.price_per_million_tokens;
  g_autofree char *text = NULL;

  if (!(price.expected > 0))
    return g_strdup (NOTHING);
  text = hr_cost_text (without_range (price, range));
  /* Translators: a price of a million tokens */
  return line->cost.known ? g_steal_pointer (&text) : g_strdup_printf (_ ("%s/M tokens"), text);
}
