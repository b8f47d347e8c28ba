/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-advice-item.h"

#include "chart/hr-text-parts.h"
#include "hr-change-text.h"
#include "hr-labels.h"
#include "hr-project-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Digits after the point of what is freed. */
#define DECIMALS 1

struct _HrAdviceItem
{
  GObject parent_instance;

  HrAdviceKind kind;
  guint n_changes;
  char *title;
  char *values;
  char *effect;
  char *verdict_text;
  const char *source;
  HrVerdict verdict;
  HrJob job; /* with the advice taken */
};

G_DEFINE_FINAL_TYPE (HrAdviceItem, hr_advice_item, G_TYPE_OBJECT)

static void
hr_advice_item_finalize (GObject *object)
{
  HrAdviceItem *self = HR_ADVICE_ITEM (object);

  g_free (self->title);
  g_free (self->values);
  g_free (self->effect);
  g_free (self->verdict_text);

  G_OBJECT_CLASS (hr_advice_item_parent_class)->finalize (object);
}

static void
hr_advice_item_class_init (HrAdviceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_advice_item_finalize;
}

static void
hr_advice_item_init (HrAdviceItem *self)
{
}

static HrAdviceItem *
new_item (HrAdviceKind kind, HrProject *project, HrConfiguration *configuration, const HrOutcome *outcome)
{
  HrAdviceItem *self = g_object_new (HR_TYPE_ADVICE_ITEM, NULL);
  const HrEstimate then = { .peak.device_bytes = outcome->device_bytes,
                            .fit = { .verdict = outcome->verdict, .headroom_bytes = outcome->headroom_bytes } };

  self->kind = kind;
  self->n_changes = 1;
  self->job = *hr_configuration_get_job (configuration);
  self->verdict = outcome->verdict;
  self->verdict_text = hr_verdict_text (&then, hr_project_get_units (project));
  return self;
}

static char *
freed_text (HrProject *project, guint64 before_bytes, guint64 after_bytes)
{
  char size[HR_TEXT_SIZE];

  if (after_bytes >= before_bytes)
    return g_strdup ("");
  hr_format_bytes (before_bytes - after_bytes, hr_project_get_units (project), DECIMALS, size);
  /* Translators: %s is a size */
  return g_strdup_printf (_ ("frees %s"), size);
}

HrAdviceItem *
hr_advice_item_new_change (HrProject *project, HrConfiguration *configuration, const HrAdvice *advice)
{
  const HrGpu *gpu = hr_estimate_result_get_gpu (hr_configuration_get_estimate (configuration));
  const HrOutcome outcome = { advice->device_bytes, advice->headroom_bytes, advice->verdict };
  const HrChangeFacts *facts = hr_change_facts (advice->change);
  HrAdviceItem *self = new_item (HR_ADVICE_CHANGE, project, configuration, &outcome);
  g_autofree char *freed = freed_text (project, advice->device_bytes + advice->freed_bytes, advice->device_bytes);
  g_autofree char *time = hr_time_factor_text (&advice->time_factor);

  hr_change_apply (advice->change, hr_configuration_get_architecture (configuration), gpu, &self->job);
  self->title = g_strdup (hr_change_label (advice->change));
  self->values = hr_change_values_text (hr_configuration_get_job (configuration), &self->job);
  self->effect = time != NULL ? hr_text_join_parts (freed, time, hr_pain_label (facts->pain), NULL)
                              : hr_text_join_parts (freed, hr_pain_label (facts->pain), NULL);
  self->source = facts->source;
  return self;
}

HrAdviceItem *
hr_advice_item_new_set (HrProject *project, HrConfiguration *configuration, const HrAdviceReport *report)
{
  HrAdviceItem *self = new_item (HR_ADVICE_SET, project, configuration, &report->with_set);
  g_autoptr (GString) title = g_string_new (NULL);

  for (size_t i = 0; i < report->n_set; i++)
    g_string_append_printf (title, "%s%s", i > 0 ? " + " : "", hr_change_label (report->set[i]));
  self->job = report->set_job;
  self->n_changes = (guint) report->n_set;
  self->title = g_string_free (g_steal_pointer (&title), FALSE);
  self->values = hr_change_values_text (hr_configuration_get_job (configuration), &self->job);
  self->effect = freed_text (project, report->now.device_bytes, report->with_set.device_bytes);
  return self;
}

HrAdviceItem *
hr_advice_item_new_spare (HrProject *project, HrConfiguration *configuration, const HrAdviceReport *report)
{
  HrOutcome outcome = report->now;
  const HrSpare *spare = &report->spare;

  outcome.headroom_bytes += (int64_t) report->now.device_bytes - (int64_t) spare->device_bytes;
  outcome.device_bytes = spare->device_bytes;
  HrAdviceItem *self = new_item (HR_ADVICE_SPARE, project, configuration, &outcome);
  char room[HR_TEXT_SIZE];

  self->job.batch.micro_batch_size = spare->micro_batch_size;
  self->job.batch.accumulation_steps = spare->accumulation_steps;
  hr_format_bytes ((guint64) MAX (report->now.headroom_bytes, 0), hr_project_get_units (project), DECIMALS, room);
  /* Translators: the first is a size, the second a number */
  self->title = g_strdup_printf (_ ("You have %s to spare: micro-batch %" PRIu64 " makes it faster"), room,
                                 spare->micro_batch_size);
  self->values = hr_change_values_text (hr_configuration_get_job (configuration), &self->job);
  self->effect = hr_time_factor_text (&spare->time_factor);
  return self;
}

HrAdviceItem *
hr_advice_item_new_card (HrProject *project, HrConfiguration *configuration, const HrGpu *card,
                         const HrAdviceReport *report)
{
  HrAdviceItem *self = new_item (HR_ADVICE_CARD, project, configuration, &report->on_card);
  const HrJob *job = hr_configuration_get_job (configuration);
  const HrGpu *now = hr_project_get_gpu (project, configuration);

  self->job.gpu.count = job->gpu.set ? job->gpu.count : hr_project_get_data (project)->gpu.count;
  self->job.gpu.set = TRUE;
  self->job.gpu.limits = card->limits;
  g_strlcpy (self->job.gpu.id, card->id, sizeof self->job.gpu.id);
  *self->job.gpu.name = '\0';
  *self->job.gpu.compute_capability = '\0';
  self->job.gpu.context_bytes = 0;
  /* Translators: %s is the name of a GPU */
  self->title = g_strdup_printf (_ ("A larger GPU: %s"), hr_gpu_short_name (card));
  /* Translators: a GPU, and the one that replaces it */
  self->values = g_strdup_printf (_ ("%s → %s"), hr_gpu_short_name (now), hr_gpu_short_name (card));
  self->effect = g_strdup (hr_pain_label (HR_PAIN_MONEY));
  return self;
}

HrAdviceKind
hr_advice_item_get_kind (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), HR_ADVICE_CHANGE);

  return self->kind;
}

guint
hr_advice_item_get_n_changes (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), 0);

  return self->n_changes;
}

const char *
hr_advice_item_get_title (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), NULL);

  return self->title;
}

const char *
hr_advice_item_get_values (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), NULL);

  return self->values;
}

const char *
hr_advice_item_get_effect (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), NULL);

  return self->effect;
}

const char *
hr_advice_item_get_source (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), NULL);

  return self->source;
}

HrVerdict
hr_advice_item_get_verdict (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), HR_VERDICT_UNKNOWN);

  return self->verdict;
}

const char *
hr_advice_item_get_verdict_text (HrAdviceItem *self)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), NULL);

  return self->verdict_text;
}

gboolean
hr_advice_item_apply (HrAdviceItem *self, HrProject *project, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_ADVICE_ITEM (self), FALSE);

  return hr_project_edit_entry (project, configuration, &self->job, NULL, self->title, NULL);
}
