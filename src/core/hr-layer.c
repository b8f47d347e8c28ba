/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-layer.h"

#include "hr-census.h"
#include "hr-collective.h"
#include "hr-layer-private.h"

#include <string.h>

#define FP32 4

/* Autocast runs it in fp32 (ATen autocast_mode.h, list of fp32 operators). */
static HrTensor
layer_norm (HrTape *tape, const HrRecipe *recipe, HrTensor x, HrTensor weight, uint64_t rows)
{
  HrTensor wide = hr_op_cast (tape, x, recipe->autocast ? FP32 : x.element_bytes);

  return hr_tape_replace (tape, wide, hr_op_layer_norm (tape, wide, weight, rows));
}

HrTensor
hr_layer_norm (HrTape *tape, const HrRecipe *recipe, HrTensor x, uint64_t rows)
{
  HrTensor weight = hr_tape_parameter (x.elements / rows, recipe->norm_bytes, recipe->trains_base);

  tape->place = HR_PLACE_NORM;

  /* Liger's works in place unless a norm follows the branch (transformers/rms_norm.py, in_place). */
  if (recipe->fused_kernels && recipe->norm <= HR_NORM_OP_RMS_WIDE)
    return recipe->style->residual >= HR_RESIDUAL_OUTPUT_NORM ? hr_op_norm_compiled (tape, x, weight, rows, 1)
                                                              : hr_op_rms_norm_fused (tape, x, weight, rows);

  if (recipe->compiled)
    return hr_op_norm_compiled (tape, x, weight, rows, recipe->norm >= HR_NORM_OP_LAYER ? 2 : 1);

  switch (recipe->norm)
    {
    case HR_NORM_OP_RMS_T5:
      return hr_op_rms_norm_t5 (tape, x, weight, rows);
    case HR_NORM_OP_RMS_NARROW:
      return hr_op_rms_norm_narrow (tape, x, weight, rows);
    case HR_NORM_OP_RMS_WIDE:
      return hr_op_rms_norm_wide (tape, x, weight, rows);
    case HR_NORM_OP_LAYER:
      return layer_norm (tape, recipe, x, weight, rows);
    case HR_NORM_OP_LAYER_COMPOSED:
      return hr_op_layer_norm_composed (tape, x, weight, rows);
    case HR_NORM_OP_RMS:
    default:
      return hr_op_rms_norm (tape, x, weight, rows);
    }
}

/* Attention or MLP on the whole sequence. */
static HrTensor
run_branch (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x,
            HrTensor (*branch) (HrTape *, const HrRecipe *, const HrLayerKind *, HrTensor))
{
  HrTensor whole = hr_collective_enter (tape, recipe, x);
  HrTensor out = hr_tape_replace (tape, whole, branch (tape, recipe, kind, whole));

  return hr_tape_replace (tape, out, hr_collective_leave (tape, recipe, out));
}

/* BERT: a norm after each sum. */
static HrTensor
post_norm_layer (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x)
{
  HrTensor out = run_branch (tape, recipe, kind, x, hr_layer_attention);

  tape->place = HR_PLACE_RESIDUAL;
  out = hr_tape_replace (tape, out, hr_op_dropout (tape, out, recipe->hidden_dropout));
  out = hr_tape_replace (tape, out, hr_op_add (tape, out, x));
  out = hr_tape_replace (tape, out, hr_layer_norm (tape, recipe, out, recipe->stream_rows));

  HrTensor mlp = run_branch (tape, recipe, kind, out, hr_layer_mlp);
  tape->place = HR_PLACE_RESIDUAL;
  mlp = hr_tape_replace (tape, mlp, hr_op_dropout (tape, mlp, recipe->hidden_dropout));
  out = hr_tape_replace (tape, out, hr_op_add (tape, mlp, out));
  hr_tape_release (tape, mlp);
  return hr_tape_replace (tape, out, hr_layer_norm (tape, recipe, out, recipe->stream_rows));
}

/* Attention and MLP side by side, on one norm or on one each. */
static HrTensor
parallel_layer (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x)
{
  bool two_norms = recipe->style->residual == HR_RESIDUAL_PARALLEL_TWO || recipe->architecture->norms_per_layer == 2;
  HrTensor normed = hr_layer_norm (tape, recipe, x, recipe->stream_rows);
  HrTensor attention = run_branch (tape, recipe, kind, normed, hr_layer_attention);

  tape->place = HR_PLACE_RESIDUAL;
  attention = hr_tape_replace (tape, attention, hr_op_dropout (tape, attention, recipe->hidden_dropout));
  if (two_norms)
    normed = hr_tape_replace (tape, normed, hr_layer_norm (tape, recipe, x, recipe->stream_rows));

  HrTensor mlp = run_branch (tape, recipe, kind, normed, hr_layer_mlp);
  hr_tape_release (tape, normed);
  tape->place = HR_PLACE_RESIDUAL;
  mlp = hr_tape_replace (tape, mlp, hr_op_dropout (tape, mlp, recipe->hidden_dropout));
  HrTensor sum = hr_op_add (tape, attention, mlp);
  hr_tape_release (tape, attention);
  hr_tape_release (tape, mlp);
  return hr_tape_replace (tape, sum, hr_op_add (tape, sum, x));
}

/* One half of a sequential layer: norm before, the branch, norm after, dropout, sum. */
static HrTensor
residual_branch (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x,
                 HrTensor (*branch) (HrTape *, const HrRecipe *, const HrLayerKind *, HrTensor))
{
  HrResidual residual = recipe->style->residual;
  HrTensor out = x;

  hr_tape_hold (tape, x);
  if (residual != HR_RESIDUAL_OUTPUT_NORM)
    out = hr_tape_replace (tape, out, hr_layer_norm (tape, recipe, out, recipe->stream_rows));
  out = hr_tape_replace (tape, out, run_branch (tape, recipe, kind, out, branch));
  if (residual == HR_RESIDUAL_OUTPUT_NORM || residual == HR_RESIDUAL_SANDWICH)
    out = hr_tape_replace (tape, out, hr_layer_norm (tape, recipe, out, recipe->stream_rows));
  tape->place = HR_PLACE_RESIDUAL;
  out = hr_tape_replace (tape, out, hr_op_dropout (tape, out, recipe->hidden_dropout));
  return hr_tape_replace (tape, out, hr_op_add (tape, x, out));
}

static HrTensor
sequential_layer (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x)
{
  HrTensor middle = residual_branch (tape, recipe, kind, x, hr_layer_attention);

  if (kind->cross)
    middle = hr_tape_replace (tape, middle, residual_branch (tape, recipe, kind, middle, hr_layer_attention));

  HrTensor out = residual_branch (tape, recipe, kind, middle, kind->experts ? hr_layer_experts : hr_layer_mlp);
  hr_tape_release (tape, middle);
  return out;
}

static HrTensor
run_layer (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x)
{
  switch (recipe->style->residual)
    {
    case HR_RESIDUAL_POST_NORM:
      return post_norm_layer (tape, recipe, kind, x);
    case HR_RESIDUAL_PARALLEL:
    case HR_RESIDUAL_PARALLEL_TWO:
      return parallel_layer (tape, recipe, kind, x);
    case HR_RESIDUAL_SEQUENTIAL:
    case HR_RESIDUAL_OUTPUT_NORM:
    case HR_RESIDUAL_SANDWICH:
    default:
      return sequential_layer (tape, recipe, kind, x);
    }
}

HrTensor
hr_layer_forward (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x)
{
  HrRecipe own = *recipe;

  own.trains_base = kind->trains;
  return run_layer (tape, &own, kind, x);
}

void
hr_profile_begin (HrTape *tape, HrTensor given, uint64_t before[HR_N_COMPONENTS])
{
  memcpy (before, tape->live_bytes, sizeof tape->live_bytes);
  hr_tape_reset_peak (tape);
  if (tape->trace != NULL)
    hr_trace_begin (tape->trace, given.storage);
  if (tape->census != NULL)
    hr_census_begin (tape);
  if (tape->operators != NULL)
    hr_operators_begin (tape->operators, tape->place, tape->live_bytes);
}

void
hr_profile_end (HrTape *tape, HrTensor made, const uint64_t before[HR_N_COMPONENTS], HrLayerProfile *profile)
{
  if (tape->census != NULL)
    hr_census_end (tape, made);
  profile->operators = tape->operators != NULL ? hr_operators_end (tape->operators) : (HrOperatorRun){ 0 };
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    {
      profile->peak_bytes[i] = (int64_t) (tape->peak_live_bytes[i] - before[i]);
      profile->change_bytes[i] = (int64_t) (tape->live_bytes[i] - before[i]);
    }
  if (tape->trace != NULL)
    profile->trace = hr_trace_end (tape->trace, made.storage);
}

/* Below the first trained parameter autograd records nothing, a checkpoint keeps nothing, and no backward comes. */
static bool
has_backward (const HrRecipe *recipe, const HrLayerKind *kind)
{
  return kind->input_has_grad || kind->trains || recipe->has_adapters;
}

HrSelective *
hr_layer_selective (const HrRecipe *recipe, HrSelective *selective)
{
  if (recipe->job->activations.checkpointing != HR_CHECKPOINTING_SELECTIVE)
    return NULL;

  hr_selective_begin (selective, recipe->kept_product_stride, recipe->keeps_attention);
  return selective;
}

void
hr_layer_profile (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, bool reentrant,
                  HrGradientUpdate update, HrLayerProfile *forward, HrLayerProfile *backward)
{
  bool checkpointed = kind->checkpointed && has_backward (recipe, kind);
  HrSelective selective;
  uint64_t before[HR_N_COMPONENTS];
  uint64_t elements = recipe->stream_rows * recipe->architecture->hidden_size;

  hr_tape_reset (tape);
  tape->update = update;
  HrTensor x = hr_tape_input (tape, elements, kind->embedded ? recipe->embedding_bytes : recipe->residual_bytes,
                              kind->input_has_grad);
  hr_profile_begin (tape, x, before);
  tape->grad_enabled = !checkpointed;
  tape->selective = checkpointed ? hr_layer_selective (recipe, &selective) : NULL;
  HrTensor y = hr_layer_forward (tape, recipe, kind, x);
  if (!checkpointed)
    hr_tape_release (tape, x);
  hr_profile_end (tape, y, before, forward);

  hr_tape_empty_cache (tape);
  /* What follows holds the output no longer; its gradient has come. */
  forward->trace.keeps_made = tape->storages[y.storage].references > 1;
  hr_tape_release (tape, y);
  if (!has_backward (recipe, kind))
    {
      *backward = (HrLayerProfile){ .trace = { .given = -1, .made = -1 } };
      return;
    }

  tape->place = HR_PLACE_STREAM | HR_PLACE_BACKWARD;
  HrTensor gradient = hr_tape_new (tape, elements, recipe->residual_bytes, HR_COMPONENT_ACTIVATIONS);
  hr_profile_begin (tape, gradient, before);
  if (checkpointed)
    {
      tape->grad_enabled = true;
      if (tape->selective != NULL)
        hr_selective_replay (tape->selective);
      y = hr_layer_forward (tape, recipe, kind, x);
      tape->selective = NULL;
      if (reentrant)
        hr_tape_hold (tape, gradient);
      else
        hr_tape_release (tape, y);
    }
  HrTensor input_gradient = hr_tape_backward (tape, y, gradient);
  if (checkpointed)
    {
      hr_tape_release (tape, x);
      if (reentrant)
        {
          hr_tape_release (tape, y);
          hr_tape_release (tape, gradient);
        }
    }
  hr_profile_end (tape, input_gradient, before, backward);
  hr_tape_release (tape, input_gradient);
}
