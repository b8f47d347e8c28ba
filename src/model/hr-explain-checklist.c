/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explanation.h"

#include "chart/hr-text-parts.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>

#define DECIMALS 2

/* From which share of the device a part is worth looking at. */
#define LARGE_SHARE 0.2
/* Weights that take more than this of a card leave little for training. */
#define HALF 0.5

/* What both lists ask of a configuration. */
typedef struct
{
  const HrJob *job;
  const HrEstimate *estimate;
  const HrGpu *gpu; /* (nullable) */
  HrUnits units;
  guint64 weights_bytes;
  guint64 working_bytes; /* activations, logits and loss, at the worst moment of each step */
  guint64 states_bytes;  /* between steps */
  gboolean trains;
  gboolean fits;
} Case;

static Case
make_case (HrConfiguration *configuration, HrUnits units)
{
  HrEstimateResult *result = hr_configuration_get_estimate (configuration);
  const HrEstimate *estimate = hr_estimate_result_get (result);
  Case self = {
    .job = hr_configuration_get_job (configuration),
    .estimate = estimate,
    .gpu = hr_estimate_result_get_gpu (result),
    .units = units,
    .weights_bytes = estimate->phases[0].components_bytes[HR_COMPONENT_WEIGHTS],
    .fits = estimate->fit.verdict != HR_VERDICT_OVER,
  };

  self.trains = self.job->task == HR_TASK_TRAIN;
  for (guint i = 0; i < estimate->n_phases; i++)
    {
      const guint64 *bytes = estimate->phases[i].components_bytes;

      self.working_bytes = MAX (self.working_bytes, bytes[HR_COMPONENT_ACTIVATIONS] + bytes[HR_COMPONENT_LOGITS_LOSS]);
      if (estimate->phases[i].kind == HR_PHASE_IDLE)
        self.states_bytes = bytes[HR_COMPONENT_OPTIMIZER];
    }
  return self;
}

static gboolean
is_large (const Case *self, guint64 bytes)
{
  return (double) bytes > LARGE_SHARE * (double) self->estimate->peak.device_bytes;
}

/* Whether the weights, unquantized, take most of the card. */
static gboolean
weights_fill_gpu (const Case *self)
{
  guint64 capacity = self->estimate->fit.capacity_bytes;

  return capacity > 0 && !hr_job_is_quantized (self->job) && (double) self->weights_bytes > HALF * (double) capacity;
}

static char *
size_text (const Case *self, guint64 bytes)
{
  char size[HR_TEXT_SIZE];

  hr_format_bytes (bytes, self->units, DECIMALS, size);
  return g_strdup (size);
}

static void
add (GListStore *notes, const char *title, const char *value, const char *detail, gboolean attention)
{
  g_autoptr (HrExplainNote) note = hr_explain_note_new (title, value, detail, NULL, attention);

  g_list_store_append (notes, note);
}

static void
check_precision (const Case *self, GListStore *notes)
{
  g_autofree char *size = size_text (self, self->weights_bytes);
  g_autofree char *type = hr_field_text (
      hr_job_is_quantized (self->job) ? HR_JOB_QUANTIZATION_SCHEME : HR_JOB_PRECISION_WEIGHTS, self->job);
  g_autofree char *value = hr_text_join_parts (type, size, NULL);
  gboolean wide = !hr_job_is_quantized (self->job) && self->job->precision.weights == HR_DTYPE_FP32;

  add (notes, _ ("Precision of the weights"), value,
       wide                      ? _ ("In bf16 the weights take half of that, in 4 bits an eighth.")
       : weights_fill_gpu (self) ? _ ("Half-precision weights take most of this GPU: in 4 bits they take a quarter.")
                                 : _ ("Weights leave room on this GPU, or are packed already."),
       wide || weights_fill_gpu (self));
}

static void
check_checkpointing (const Case *self, GListStore *notes)
{
  gboolean off = self->job->activations.checkpointing == HR_CHECKPOINTING_NONE;
  guint64 activations = 0;
  g_autofree char *size = NULL, *value = NULL;

  for (guint i = 0; i < self->estimate->n_phases; i++)
    activations = MAX (activations, self->estimate->phases[i].components_bytes[HR_COMPONENT_ACTIVATIONS]);
  size = size_text (self, activations);
  /* Translators: the size of activations at most */
  value = off ? g_strdup_printf (_ ("off · activations up to %s"), size)
              : g_strdup_printf (_ ("on · activations up to %s"), size);
  add (notes, _ ("Gradient checkpointing"), value,
       off ? _ ("With it each layer keeps its input alone and runs again in the backward pass, for about a third more "
                "time.")
           : _ ("Each layer keeps its input alone."),
       off && is_large (self, activations));
}

static void
check_batch (const Case *self, GListStore *notes)
{
  char batch[HR_TEXT_SIZE], sequence[HR_TEXT_SIZE];
  g_autofree char *size = size_text (self, self->working_bytes);
  g_autofree char *value = NULL;

  hr_format_count (self->job->batch.micro_batch_size, batch);
  hr_format_count (self->job->batch.sequence_length, sequence);
  /* Translators: samples, tokens of each, and the size of what they need */
  value = g_strdup_printf (_ ("%s × %s tokens · %s"), batch, sequence, size);
  add (notes, _ ("Micro-batch and sequence"), value,
       self->job->batch.micro_batch_size > 1
           ? _ ("A smaller micro-batch with more accumulation steps trains the same at less memory.")
           : _ ("The micro-batch is one sample: only a shorter sequence makes it smaller."),
       is_large (self, self->working_bytes) && !(self->fits && self->job->batch.micro_batch_size == 1));
}

static void
check_method (const Case *self, GListStore *notes)
{
  char trained[HR_TEXT_SIZE], all[HR_TEXT_SIZE];
  g_autofree char *value = NULL;
  gboolean wrong_targets = (self->estimate->warnings & (1u << HR_WARNING_UNKNOWN_TARGET)) != 0
                           || (self->estimate->warnings & (1u << HR_WARNING_NOTHING_TRAINS)) != 0;

  hr_format_count (self->estimate->trainable_parameters, trained);
  hr_format_count (self->estimate->total_parameters, all);
  /* Translators: two numbers of parameters: of the second, the first train */
  value = g_strdup_printf (_ ("%s of %s parameters train"), trained, all);
  add (notes, _ ("LoRA and QLoRA"), value,
       wrong_targets                     ? _ ("A target is not part of the model, or nothing trains.")
       : hr_job_has_adapters (self->job) ? _ ("Adapters alone have gradients and optimizer states.")
                                         : _ ("Adapters would need gradients and optimizer states of less than a "
                                              "hundredth of the parameters."),
       wrong_targets || (!hr_job_has_adapters (self->job) && !self->fits));
}

static void
check_other_processes (const Case *self, GListStore *notes)
{
  guint64 bytes = self->gpu != NULL ? self->gpu->limits.in_use_mib << 20 : 0;
  g_autofree char *size = size_text (self, bytes);
  /* Translators: a size */
  g_autofree char *value
      = bytes > 0 ? g_strdup_printf (_ ("the GPU has %s in use"), size) : g_strdup (_ ("none stated"));

  add (notes, _ ("Other processes on the GPU"), value,
       _ ("nvidia-smi tells what they hold: a desktop, a notebook that was not shut down, a run before."), bytes > 0);
}

static void
check_real_batches (const Case *self, GListStore *notes)
{
  g_autofree char *value = hr_verdict_text (self->estimate, self->units);

  add (notes, _ ("One or two real batches first"), value,
       _ ("Before a long run, measure its longest batches: the dry-run script does, and its result reads back into the "
          "project."),
       self->estimate->fit.verdict == HR_VERDICT_TIGHT);
}

GListModel *
hr_explanation_checklist (HrConfiguration *configuration, HrUnits units)
{
  Case self = make_case (configuration, units);
  GListStore *notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);

  check_precision (&self, notes);
  if (self.trains)
    {
      check_checkpointing (&self, notes);
      check_batch (&self, notes);
      check_method (&self, notes);
    }
  check_other_processes (&self, notes);
  check_real_batches (&self, notes);
  return G_LIST_MODEL (notes);
}

GListModel *
hr_explanation_mistakes (HrConfiguration *configuration, HrUnits units)
{
  Case self = make_case (configuration, units);
  GListStore *notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);
  g_autofree char *states = size_text (&self, self.states_bytes), *working = size_text (&self, self.working_bytes);
  g_autofree char *weights = size_text (&self, self.weights_bytes), *of_states = NULL;
  gboolean many = self.job->batch.micro_batch_size > 1;

  if (self.trains)
    {
      /* Translators: a size */
      of_states = g_strdup_printf (is_large (&self, self.states_bytes) ? _ ("optimizer states are %s: easily forgotten")
                                                                       : _ ("optimizer states are %s"),
                                   states);
      add (notes, _ ("Forgot the optimizer states"), of_states,
           _ ("Out of memory in the first optimizer step, after a forward and backward pass that went well. An 8-bit "
              "optimizer needs a quarter of them, QLoRA next to none."),
           is_large (&self, self.states_bytes));
      add (notes, _ ("Batch too large"), working,
           _ ("Out of memory in the forward pass or in the loss. A smaller micro-batch with more accumulation steps."),
           many && is_large (&self, self.working_bytes));
      add (notes, _ ("Sequence too long"), working,
           _ ("Out of memory in the loss or with the longest samples alone. A shorter sequence, checkpointing, or a "
              "loss in chunks."),
           !many && is_large (&self, self.working_bytes));
    }
  add (notes, _ ("Half-precision weights on a small GPU"), weights,
       _ ("Out of memory while the model loads. Weights in 4 bits."), weights_fill_gpu (&self));
  return G_LIST_MODEL (notes);
}
