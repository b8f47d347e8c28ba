/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-leftover.h"

static int64_t
kept_bytes (const HrRecipe *recipe, const HrLayerPlan *plan, const HrLayerKind *kind, HrTape *tape)
{
  HrLayerProfile forward, backward;
  int64_t bytes = 0;

  hr_layer_profile (tape, recipe, kind, plan->reentrant, (HrGradientUpdate){ .fate = HR_GRADIENT_STAYS }, &forward,
                    &backward);
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    bytes += forward.change_bytes[i];
  return bytes;
}

uint64_t
hr_leftover_bytes (const HrRecipe *recipe, const HrLayerPlan *plan, HrTape *tape)
{
  HrRecipe without = *recipe;
  int64_t of_kind[HR_MAX_LAYER_KINDS] = { 0 };
  HrTrace *trace = tape->trace;
  HrOperators *operators = tape->operators;
  int64_t bytes = 0;

  if (!recipe->holds_loss || !recipe->quantized || !recipe->keeps_quantized_inputs)
    return 0;

  without.keeps_quantized_inputs = false;
  tape->trace = NULL;
  tape->operators = NULL;
  for (uint32_t i = 0; i < plan->n_kinds; i++)
    if (!plan->kinds[i].checkpointed)
      of_kind[i]
          = kept_bytes (recipe, plan, &plan->kinds[i], tape) - kept_bytes (&without, plan, &plan->kinds[i], tape);
  tape->trace = trace;
  tape->operators = operators;
  for (uint32_t layer = 0; layer < plan->n_layers; layer++)
    bytes += of_kind[plan->kind_of_layer[layer]];
  return bytes > 0 ? (uint64_t) bytes : 0;
}
