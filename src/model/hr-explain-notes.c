/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explanation.h"

#include "chart/hr-text-parts.h"
#include "core/hr-lesson-input.h"
#include "core/hr-trainable.h"
#include "hr-labels.h"
#include "hr-rule-inputs.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#define DECIMALS 2
#define SAME_SHARE 0.005

/* Bytes of optimizer states that the rules take for a parameter. */
#define RULE_STATES_BYTES 8
#define STATES_TOLERANCE 0.05

static void
take (GListStore *notes, HrExplainNote *note)
{
  g_list_store_append (notes, note);
  g_object_unref (note);
}

static void
format_size (guint64 bytes, HrUnits units, char text[HR_TEXT_SIZE])
{
  hr_format_bytes (bytes, units, DECIMALS, text);
}

/* How far a rule's figure lies from the estimate. */
static char *
off_text (guint64 rule_bytes, guint64 device_bytes)
{
  double off = (double) rule_bytes / (double) device_bytes - 1;
  char percent[HR_TEXT_SIZE];

  if (fabs (off) < SAME_SHARE)
    return g_strdup (_ ("the same"));
  hr_format_number (fabs (off) * 100, 0, percent);
  /* Translators: a share by which a rule of thumb is below or above the estimate */
  return g_strdup_printf (off < 0 ? _ ("%s %% too low") : _ ("%s %% too high"), percent);
}

/* @logits: whether it leaves out those, too */
static void
append_left_out (GString *detail, const HrEstimate *estimate, gboolean logits, HrUnits units)
{
  static const HrComponent parts[]
      = { HR_COMPONENT_LOGITS_LOSS, HR_COMPONENT_KV_CACHE, HR_COMPONENT_CONTEXT, HR_PART_UNUSED };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint64 bytes = hr_estimate_part_bytes (estimate, parts[i]);
      char size[HR_TEXT_SIZE];

      if (bytes == 0 || (parts[i] == HR_COMPONENT_LOGITS_LOSS && !logits))
        continue;
      format_size (bytes, units, size);
      /* Translators: a component with its size */
      g_autofree char *item = g_strdup_printf (_ ("%s %s"), hr_component_label (parts[i]), size);
      hr_text_add_item (list, item);
    }
  if (list->len > 0)
    /* Translators: a list of components with their sizes */
    g_string_append_printf (detail, _ ("It knows nothing of: %s. "), list->str);
}

static void
append_trained (GString *detail, HrConfiguration *configuration)
{
  const HrArchitecture *architecture = hr_configuration_get_architecture (configuration);
  const HrJob *job = hr_configuration_get_job (configuration);
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  HrLessonInput input = hr_lesson_input (architecture, job, estimate->total_parameters);
  guint64 counted = (guint64) hr_lesson_trainable_parameters (&input);
  char of_rule[HR_TEXT_SIZE], really[HR_TEXT_SIZE];

  if (!hr_job_has_adapters (job) || counted == estimate->trainable_parameters)
    return;
  hr_format_count (counted, of_rule);
  hr_format_count (estimate->trainable_parameters, really);
  /* Translators: two numbers of parameters */
  g_string_append_printf (detail, _ ("It counts %s trained parameters, on two square modules a layer; %s train. "),
                          of_rule, really);
}

/* Of @first and @second (HR_N_COMPONENTS: none) together, at the worst moment. */
static guint64
most_bytes (const HrEstimate *estimate, HrComponent first, HrComponent second)
{
  guint64 most = 0;

  for (guint i = 0; i < estimate->n_phases; i++)
    {
      const guint64 *bytes = estimate->phases[i].components_bytes;

      most = MAX (most, bytes[first] + (second < HR_N_COMPONENTS ? bytes[second] : 0));
    }
  return most;
}

static guint64
bytes_in (const HrEstimate *estimate, HrPhaseKind phase, HrComponent component)
{
  guint64 most = 0;

  for (guint i = 0; i < estimate->n_phases; i++)
    if (estimate->phases[i].kind == phase)
      most = MAX (most, estimate->phases[i].components_bytes[component]);
  return most;
}

/* The rules know one size of optimizer states, and no scales, nor what stays unquantized. */
static void
append_sizes (GString *detail, const HrJob *job, const HrEstimate *estimate, double rule_weights_gb, HrUnits units)
{
  guint64 states = bytes_in (estimate, HR_PHASE_IDLE, HR_COMPONENT_OPTIMIZER);
  double per_parameter = (double) states / (double) MAX (estimate->trainable_parameters, 1);
  char of_rule[HR_TEXT_SIZE], really[HR_TEXT_SIZE];

  if (hr_job_is_quantized (job))
    {
      format_size ((guint64) (rule_weights_gb * HR_BYTES_PER_GB), units, of_rule);
      format_size (estimate->phases[0].components_bytes[HR_COMPONENT_WEIGHTS], units, really);
      /* Translators: two sizes */
      g_string_append_printf (detail, _ ("Weights are %s to it; with scales and what stays unquantized they are %s. "),
                              of_rule, really);
    }
  if (job->task == HR_TASK_TRAIN && fabs (per_parameter - RULE_STATES_BYTES) > STATES_TOLERANCE)
    {
      hr_format_number (per_parameter, 1, really);
      /* Translators: bytes for each trained parameter on one GPU */
      g_string_append_printf (
          detail, _ ("It takes 8 bytes of optimizer states for each trained parameter; here it is %s. "), really);
    }
}

static char *
lesson_detail (HrConfiguration *self, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self));
  const HrArchitecture *architecture = hr_configuration_get_architecture (self);
  const HrJob *job = hr_configuration_get_job (self);
  HrLessonInput input = hr_lesson_input (architecture, job, estimate->total_parameters);
  GString *detail = g_string_new (NULL);
  char activations[HR_TEXT_SIZE];

  append_trained (detail, self);
  append_sizes (detail, job, estimate, hr_rule_lesson (&input).weights, units);
  if (job->task == HR_TASK_TRAIN)
    {
      format_size (most_bytes (estimate, HR_COMPONENT_ACTIVATIONS, HR_N_COMPONENTS), units, activations);
      /* Translators: a size */
      g_string_append_printf (detail,
                              _ ("Activations are two tensors a layer to it, less 60 %% with checkpointing; they reach "
                                 "%s. "),
                              activations);
    }
  append_left_out (detail, estimate, TRUE, units);
  return g_strchomp (g_string_free (detail, FALSE));
}

static char *
four_bucket_detail (HrConfiguration *self, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self));
  const HrArchitecture *architecture = hr_configuration_get_architecture (self);
  const HrJob *job = hr_configuration_get_job (self);
  HrLessonInput input = hr_lesson_input (architecture, job, estimate->total_parameters);
  gboolean trains = job->task == HR_TASK_TRAIN;
  GString *detail = g_string_new (NULL);
  char working[HR_TEXT_SIZE];

  append_sizes (detail, job, estimate, hr_rule_lesson (&input).weights, units);
  if (trains)
    {
      format_size (most_bytes (estimate, HR_COMPONENT_ACTIVATIONS, HR_COMPONENT_LOGITS_LOSS), units, working);
      /* Translators: a size */
      g_string_append_printf (
          detail, _ ("It takes 1 GB for activations whatever the batch; activations, logits and loss reach %s. "),
          working);
    }
  append_left_out (detail, estimate, !trains, units);
  return g_strchomp (g_string_free (detail, FALSE));
}

static HrExplainNote *
rule_note (const char *title, double gigabytes, const char *detail, HrConfiguration *self, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self));
  guint64 bytes = (guint64) (gigabytes * HR_BYTES_PER_GB);
  g_autofree char *off = off_text (bytes, MAX (estimate->peak.device_bytes, 1));
  g_autofree char *value = NULL;
  char size[HR_TEXT_SIZE];

  format_size (bytes, units, size);
  value = hr_text_join_parts (size, off, NULL);
  return hr_explain_note_new (title, value, detail, NULL, bytes < estimate->peak.device_bytes);
}

static HrExplainNote *
multiplier_note (const HrRuleTotals *totals, HrConfiguration *self, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self));
  guint64 low = (guint64) (totals->multiplier_low * HR_BYTES_PER_GB);
  guint64 high = (guint64) (totals->multiplier_high * HR_BYTES_PER_GB), device = estimate->peak.device_bytes;
  g_autofree char *range = hr_range_text (low, high, units);
  g_autofree char *off = device < low    ? off_text (low, MAX (device, 1))
                         : device > high ? off_text (high, device)
                                         : g_strdup (_ ("holds the estimate"));
  g_autofree char *value = hr_text_join_parts (range, off, NULL);

  return hr_explain_note_new (_ ("Multiplier rule"), value,
                              hr_configuration_get_job (self)->task == HR_TASK_TRAIN
                                  ? _ ("It multiplies the weights, whatever trains and however long the batch is.")
                                  : _ ("It adds a fifth to the weights, whatever the context and the requests are."),
                              NULL, device > high);
}

GListModel *
hr_explanation_rules (HrConfiguration *self, HrUnits units)
{
  GListStore *notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);
  g_autofree char *lesson = lesson_detail (self, units), *four_bucket = four_bucket_detail (self, units);
  HrRuleTotals totals;

  hr_rule_totals (hr_configuration_get_architecture (self), hr_configuration_get_job (self), &totals);
  take (notes, rule_note (_ ("Lesson rule"), totals.lesson, lesson, self, units));
  take (notes, rule_note (_ ("Four-bucket rule"), totals.four_bucket, four_bucket, self, units));
  take (notes, multiplier_note (&totals, self, units));
  return G_LIST_MODEL (notes);
}

/* What training the last @layers layers alone would need. */
static HrExplainNote *
freezing_note (HrConfiguration *self, guint64 layers, HrUnits units)
{
  const HrGpu *gpu = hr_estimate_result_get_gpu (hr_configuration_get_estimate (self));
  HrJob job = *hr_configuration_get_job (self);
  g_autofree char *title = NULL, *value = NULL, *detail = NULL;
  char device[HR_TEXT_SIZE], weights[HR_TEXT_SIZE], gradients[HR_TEXT_SIZE], states[HR_TEXT_SIZE];
  char share[HR_TEXT_SIZE];
  HrEstimate estimate;

  job.method.kind = HR_METHOD_LAST_LAYERS;
  job.method.trained_layers = layers;
  job.quantization.scheme = HR_QUANTIZATION_NONE;
  hr_estimate (hr_configuration_get_architecture (self), &job, gpu, &estimate);
  format_size (estimate.peak.device_bytes, units, device);
  format_size (estimate.components_bytes[HR_COMPONENT_WEIGHTS], units, weights);
  format_size (bytes_in (&estimate, HR_PHASE_OPTIMIZER_STEP, HR_COMPONENT_GRADIENTS), units, gradients);
  format_size (bytes_in (&estimate, HR_PHASE_IDLE, HR_COMPONENT_OPTIMIZER), units, states);
  title = g_strdup_printf (ngettext ("Train the last layer", "Train the last %" PRIu64 " layers", (gulong) layers),
                           layers);
  hr_format_number (100.0 * (double) estimate.trainable_parameters / (double) estimate.total_parameters, 1, share);
  /* Translators: a size, and the share of the parameters that train */
  value = g_strdup_printf (_ ("%s · %s %% of the parameters"), device, share);
  /* Translators: three sizes */
  detail = g_strdup_printf (_ ("Weights stay at %s; gradients %s, optimizer states %s."), weights, gradients, states);
  return hr_explain_note_new (title, value, detail, NULL,
                              estimate.fit.verdict == HR_VERDICT_FITS || estimate.fit.verdict == HR_VERDICT_TIGHT);
}

GListModel *
hr_explanation_freezing (HrConfiguration *self, HrUnits units)
{
  const HrArchitecture *architecture = hr_configuration_get_architecture (self);
  const HrJob *job = hr_configuration_get_job (self);
  guint64 depth
      = architecture->num_decoder_layers > 0 ? architecture->num_decoder_layers : architecture->num_hidden_layers;
  GListStore *notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);

  if (job->task == HR_TASK_INFER || hr_job_has_adapters (job))
    return G_LIST_MODEL (notes);
  for (guint64 layers = 1; layers < depth; layers *= 2)
    take (notes, freezing_note (self, layers, units));
  return G_LIST_MODEL (notes);
}

/* What one GPU has to hold whatever else is saved. */
char *
hr_explanation_verdict (HrConfiguration *self, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self));
  const HrJob *job = hr_configuration_get_job (self);
  const guint64 *loaded = estimate->phases[0].components_bytes;
  guint64 weights_bytes = loaded[HR_COMPONENT_WEIGHTS], context_bytes = loaded[HR_COMPONENT_CONTEXT];
  char weights[HR_TEXT_SIZE], context[HR_TEXT_SIZE];

  if (estimate->fit.capacity_bytes == 0 || weights_bytes + context_bytes <= estimate->fit.capacity_bytes)
    return NULL;

  format_size (weights_bytes, units, weights);
  format_size (context_bytes, units, context);
  if (job->task == HR_TASK_INFER)
    /* Translators: two sizes */
    return g_strdup_printf (
        _ ("The weights alone, %s beside %s of context, exceed this GPU: smaller weights, more GPUs "
           "or a larger one are the only ways."),
        weights, context);
  if (hr_job_is_quantized (job))
    return g_strdup_printf (_ ("The weights alone, %s beside %s of context, exceed this GPU, quantized as they are: no "
                               "training strategy helps without sharding."),
                            weights, context);
  return g_strdup_printf (_ ("The weights alone, %s beside %s of context, exceed this GPU: no training strategy helps "
                             "without quantization or sharding."),
                          weights, context);
}
