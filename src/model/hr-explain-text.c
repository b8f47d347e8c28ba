/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explain-text.h"

#include "core/hr-place.h"
#include "core/hr-units.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Digits of a size of one number that is no whole byte: enough for scales of scales. */
#define UNIT_FIGURES 6

/* clang-format off */
static const char *const kind_labels[HR_N_EXPLAINS] = {
  [HR_EXPLAIN_ROOT] = N_("Peak"),
  [HR_EXPLAIN_ROUNDING] = N_("Rounding of blocks"),
  [HR_EXPLAIN_REST] = N_("Other"),
  [HR_EXPLAIN_LINEAR_LAYERS] = N_("Linear layers"),
  [HR_EXPLAIN_PACKED] = N_("Packed weights"),
  [HR_EXPLAIN_SCALES] = N_("Scales"),
  [HR_EXPLAIN_NESTED_SCALES] = N_("Scales of scales"),
  [HR_EXPLAIN_ZEROS] = N_("Zero points"),
  [HR_EXPLAIN_INDICES] = N_("Group of each row"),
  [HR_EXPLAIN_TABLES] = N_("Tables of the packed type"),
  [HR_EXPLAIN_EMBEDDING] = N_("Embedding"),
  [HR_EXPLAIN_HEAD] = N_("Output head"),
  [HR_EXPLAIN_VECTORS] = N_("Norms and biases"),
  [HR_EXPLAIN_SEGMENT_RESTS] = N_("Rests of shared segments"),
  [HR_EXPLAIN_GATHERED_ENDS] = N_("Gathered: embedding, norm and head"),
  [HR_EXPLAIN_GATHERED_LAYERS] = N_("Gathered: the layers that run"),
  [HR_EXPLAIN_HEAD_COPY] = N_("Head, before it is tied"),
  [HR_EXPLAIN_FACTOR_A] = N_("A"),
  [HR_EXPLAIN_FACTOR_B] = N_("B"),
  [HR_EXPLAIN_MAGNITUDE] = N_("Magnitudes"),
  [HR_EXPLAIN_GRADIENTS] = N_("Gradients of all that trains"),
  [HR_EXPLAIN_GRADIENTS_SO_FAR] = N_("Gradients made so far"),
  [HR_EXPLAIN_BUCKETS] = N_("Buckets for the exchange"),
  [HR_EXPLAIN_REDUCED] = N_("On their way to other GPUs"),
  [HR_EXPLAIN_EMBEDDING_GRADIENT] = N_("Embedding’s gradient"),
  [HR_EXPLAIN_STATES] = N_("Optimizer states"),
  [HR_EXPLAIN_MASTER] = N_("Master weights, fp32"),
  [HR_EXPLAIN_UPDATE] = N_("Temporaries of the update"),
  [HR_EXPLAIN_STORED_INPUTS] = N_("Stored layer inputs"),
  [HR_EXPLAIN_KEPT] = N_("Kept for the backward"),
  [HR_EXPLAIN_RUNNING] = N_("The layer that runs"),
  [HR_EXPLAIN_POSITIONS] = N_("Position tables"),
  [HR_EXPLAIN_TOKENS] = N_("Token ids and masks"),
  [HR_EXPLAIN_WAITING] = N_("Micro-batches in flight"),
  [HR_EXPLAIN_LEFTOVER] = N_("Left of the micro-batch before"),
  [HR_EXPLAIN_KEPT_STREAM] = N_("Inputs that FSDP keeps"),
  [HR_EXPLAIN_EMBEDDING_BACKWARD] = N_("Backward of the embedding"),
  [HR_EXPLAIN_LIBRARIES] = N_("Workspace of cuBLAS"),
  [HR_EXPLAIN_KERNELS] = N_("Room for kernels"),
  [HR_EXPLAIN_CACHE] = N_("Keys and values"),
  [HR_EXPLAIN_CACHE_ROOM] = N_("Room that the engine takes besides"),
  [HR_EXPLAIN_CACHE_COPY] = N_("Copy of one layer’s cache as it grows"),
  [HR_EXPLAIN_REPEATED] = N_("Keys and values for every query head"),
  [HR_EXPLAIN_DRIVER] = N_("CUDA context and libraries"),
  [HR_EXPLAIN_COMMUNICATION] = N_("NCCL"),
};

static const char *const place_labels[HR_PLACE_ROLE] = {
  [HR_PLACE_OTHER] = N_("other"),
  [HR_PLACE_STREAM] = N_("residual stream"),
  [HR_PLACE_NORM] = N_("norm"),
  [HR_PLACE_ROPE] = N_("rotary positions"),
  [HR_PLACE_ATTENTION] = N_("attention"),
  [HR_PLACE_ACTIVATION] = N_("activation function"),
  [HR_PLACE_GATED] = N_("gate times up"),
  [HR_PLACE_EXPERTS] = N_("experts"),
  [HR_PLACE_RESIDUAL] = N_("residual sum"),
  [HR_PLACE_LOGITS] = N_("logits"),
  [HR_PLACE_LOGITS_CAST] = N_("logits, cast"),
  [HR_PLACE_LOGITS_COPY] = N_("logits, copied"),
  [HR_PLACE_LOG_PROBABILITIES] = N_("log-probabilities"),
  [HR_PLACE_LOSS] = N_("loss"),
};

static const char *const remarks[HR_N_EXPLAINS] = {
  [HR_EXPLAIN_ROUNDING] = N_("PyTorch hands out blocks of 512 bytes, large ones in steps of 2 MiB."),
  [HR_EXPLAIN_SEGMENT_RESTS] = N_("A block takes the end of its segment along where that is too small to be cut off."),
  [HR_EXPLAIN_GATHERED_ENDS] = N_("Parameters that are shared out are gathered while they are needed."),
  [HR_EXPLAIN_GATHERED_LAYERS] = N_("Parameters that are shared out are gathered while they are needed."),
  [HR_EXPLAIN_STORED_INPUTS] = N_("What runs from layer to layer: with checkpointing each layer keeps its input alone."),
  [HR_EXPLAIN_KEPT] = N_("What operators save in the forward pass and read in the backward pass."),
  [HR_EXPLAIN_RUNNING] = N_("One layer at a time makes all its intermediate results, and goes."),
  [HR_EXPLAIN_BUCKETS] = N_("Gradients are copied into buckets that GPUs exchange."),
  [HR_EXPLAIN_UPDATE] = N_("What the optimizer makes besides its states while it updates."),
  [HR_EXPLAIN_LEFTOVER] = N_("Variables of the training loop hold the loss, and that what it was made of."),
  [HR_EXPLAIN_LIBRARIES] = N_("One for each thread of PyTorch that multiplies matrices."),
  [HR_EXPLAIN_CACHE_ROOM] = N_("For more requests, or from the engine’s way to set it up."),
};
/* clang-format on */

static char *
place_label (uint8_t place, HrComponent component)
{
  int at = place & HR_PLACE_MASK;
  const char *name = at >= HR_PLACE_ROLE ? hr_place_name (place) : _ (place_labels[at]); /* as code calls modules */
  gboolean backward = (place & HR_PLACE_BACKWARD) != 0;
  g_autofree char *part = NULL;

  /* Translators: the adapter of a linear module such as q_proj */
  part = place & HR_PLACE_ADAPTER ? g_strdup_printf (_ ("%s, adapter"), name) : g_strdup (name);
  if (component == HR_COMPONENT_GRADIENTS)
    return g_steal_pointer (&part);
  if (component == HR_COMPONENT_WORKSPACE)
    /* Translators: a copy of the weight of a linear module such as q_proj */
    return g_strdup_printf (_ ("%s, copy of the weight"), part);
  /* Translators: what the backward pass of an operator makes */
  return backward ? g_strdup_printf (_ ("%s, backward"), part) : g_steal_pointer (&part);
}

char *
hr_explain_place_label (uint8_t place)
{
  return place_label (place, HR_COMPONENT_ACTIVATIONS);
}

static char *
weights_label (const HrExplainRow *row, const HrJob *job)
{
  gboolean weights = row->component == HR_COMPONENT_WEIGHTS && row->kind == HR_EXPLAIN_LINEAR_LAYERS;

  if (!weights || job->quantization.scheme == HR_QUANTIZATION_NONE || !hr_job_is_quantized (job))
    return g_strdup (_ (kind_labels[row->kind]));

  const char *scheme = hr_value_label (HR_JOB_QUANTIZATION_SCHEME, (int) job->quantization.scheme);

  if (job->quantization.double_quantization && job->quantization.scheme <= HR_QUANTIZATION_FP4)
    /* Translators: NF4 */
    return g_strdup_printf (_ ("Linear layers, %s, double-quantized"), scheme);
  /* Translators: NF4, INT8 */
  return g_strdup_printf (_ ("Linear layers, %s"), scheme);
}

char *
hr_explain_label (const HrExplainRow *row, const HrJob *job)
{
  switch ((int) row->kind)
    {
    case HR_EXPLAIN_COMPONENT:
      return g_strdup (hr_component_label (row->component));
    case HR_EXPLAIN_MODULE:
      return g_strdup (row->module);
    case HR_EXPLAIN_TENSOR:
      return place_label (row->place, row->component);
    case HR_EXPLAIN_RUNNING:
      return g_strdup (row->place == HR_PLACE_LOSS ? _ ("Norm, head and loss that run") : _ (kind_labels[row->kind]));
    default:
      return weights_label (row, job);
    }
}

static void
append_unit (GString *text, double bytes)
{
  char number[HR_TEXT_SIZE];

  if (bytes >= 1 && bytes < G_MAXUINT32 && (double) (guint64) bytes == bytes)
    {
      hr_format_count ((guint64) bytes, number);
      g_string_append_printf (text, "%s B", number);
      return;
    }
  hr_format_figures (bytes, UNIT_FIGURES, number);
  g_string_append_printf (text, "%s B", number);
}

static void
append_factor (GString *text, const HrExplainFactor *factor)
{
  char count[HR_TEXT_SIZE];

  hr_format_count (factor->value, count);
  switch (factor->unit)
    {
    case HR_UNIT_LAYERS:
      g_string_append_printf (text, ngettext ("%s layer", "%s layers", factor->value), count);
      break;
    case HR_UNIT_TOKENS:
      g_string_append_printf (text, ngettext ("%s token", "%s tokens", factor->value), count);
      break;
    case HR_UNIT_REQUESTS:
      g_string_append_printf (text, ngettext ("%s request", "%s requests", factor->value), count);
      break;
    case HR_UNIT_NUMBER:
    default:
      g_string_append (text, count);
    }
  g_string_append (text, " × ");
}

char *
hr_explain_formula (const HrExplainRow *row)
{
  GString *text = g_string_new (NULL);

  if (row->unit_bytes <= 0 || row->n_factors == 0)
    return g_string_free (text, FALSE);
  for (guint i = 0; i < row->n_factors; i++)
    append_factor (text, &row->factors[i]);
  append_unit (text, row->unit_bytes);
  if (row->shared_by > 1)
    /* Translators: what goes before is divided by a number of GPUs */
    g_string_append_printf (text, _ (" ÷ %u GPUs"), (guint) row->shared_by);
  return g_string_free (text, FALSE);
}

const char *
hr_explain_remark (HrExplainKind kind)
{
  g_return_val_if_fail ((guint) kind < HR_N_EXPLAINS, "");

  return remarks[kind] != NULL ? _ (remarks[kind]) : "";
}
