/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-change-text.h"

#include "chart/hr-text-parts.h"
#include "hr-labels.h"
#include "hr-member.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Half of what the two digits of a factor of time can tell. */
#define AS_FAST_WITHIN 0.005

static const struct
{
  const char *label;
  HrFieldId field;
} changes[HR_N_CHANGES] = {
  [HR_CHANGE_LORA] = { N_ ("LoRA instead of training all weights"), HR_JOB_METHOD_KIND },
  [HR_CHANGE_QLORA] = { N_ ("Adapters on a 4-bit base (QLoRA)"), HR_JOB_QUANTIZATION_SCHEME },
  [HR_CHANGE_SHARDING] = { N_ ("Shard the model among the GPUs (FSDP)"), HR_JOB_PARALLEL_DATA_SHARDING },
  [HR_CHANGE_TWICE_THE_GPUS] = { N_ ("Twice the GPUs"), HR_JOB_PARALLEL_GPUS },
  [HR_CHANGE_CHECKPOINTING] = { N_ ("Gradient checkpointing"), HR_JOB_ACTIVATIONS_CHECKPOINTING },
  [HR_CHANGE_SDPA] = { N_ ("Attention by PyTorch’s SDPA"), HR_JOB_ACTIVATIONS_ATTENTION },
  [HR_CHANGE_FLASH] = { N_ ("FlashAttention 2"), HR_JOB_ACTIVATIONS_ATTENTION },
  [HR_CHANGE_CHUNKED_LOSS] = { N_ ("Loss in chunks of tokens"), HR_JOB_ACTIVATIONS_LOSS },
  [HR_CHANGE_FUSED_LOSS] = { N_ ("Loss fused with the output head"), HR_JOB_ACTIVATIONS_LOSS },
  [HR_CHANGE_LIGER] = { N_ ("Liger kernels"), HR_JOB_ACTIVATIONS_KERNELS },
  [HR_CHANGE_FUSED_OPTIMIZER] = { N_ ("Fused optimizer"), HR_JOB_OPTIMIZER_IMPLEMENTATION },
  [HR_CHANGE_OPTIMIZER_8BIT] = { N_ ("8-bit optimizer"), HR_JOB_OPTIMIZER_KIND },
  [HR_CHANGE_PAGED_OPTIMIZER_8BIT] = { N_ ("Paged 8-bit optimizer"), HR_JOB_OPTIMIZER_KIND },
  [HR_CHANGE_UPDATE_IN_BACKWARD] = { N_ ("Update weights during the backward pass"), HR_JOB_OPTIMIZER_IMPLEMENTATION },
  [HR_CHANGE_BF16_ADAPTERS] = { N_ ("Adapters in bf16"), HR_JOB_METHOD_ADAPTER_DTYPE },
  [HR_CHANGE_BF16_WEIGHTS] = { N_ ("Weights in bf16"), HR_JOB_PRECISION_WEIGHTS },
  [HR_CHANGE_NO_UPCAST]
  = { N_ ("Leave unquantized modules in half precision"), HR_JOB_QUANTIZATION_UPCAST_UNQUANTIZED },
  [HR_CHANGE_DOUBLE_QUANTIZATION] = { N_ ("Quantize the scales as well"), HR_JOB_QUANTIZATION_DOUBLE },
  [HR_CHANGE_FEWER_TARGETS] = { N_ ("Adapters on queries and values only"), HR_JOB_METHOD_TARGETS },
  [HR_CHANGE_HALF_RANK] = { N_ ("Half the rank"), HR_JOB_METHOD_RANK },
  [HR_CHANGE_PACKING] = { N_ ("Pack samples instead of padding them"), HR_JOB_BATCH_PADDING },
  [HR_CHANGE_HALF_MICRO_BATCH] = { N_ ("Half the micro-batch"), HR_JOB_BATCH_MICRO_BATCH_SIZE },
  [HR_CHANGE_SINGLE_SAMPLES] = { N_ ("One sample at a time"), HR_JOB_BATCH_MICRO_BATCH_SIZE },
  [HR_CHANGE_HALF_SEQUENCE] = { N_ ("Half the sequence length"), HR_JOB_BATCH_SEQUENCE_LENGTH },
  [HR_CHANGE_OFFLOAD_ACTIVATIONS] = { N_ ("Offload activations to the CPU"), HR_JOB_ACTIVATIONS_OFFLOAD },
  [HR_CHANGE_OFFLOAD_OPTIMIZER] = { N_ ("Offload the optimizer to the CPU"), HR_JOB_PARALLEL_OFFLOAD_OPTIMIZER },
  [HR_CHANGE_OFFLOAD_PARAMETERS] = { N_ ("Offload parameters to the CPU"), HR_JOB_PARALLEL_OFFLOAD_PARAMETERS },
  [HR_CHANGE_KV_8BIT] = { N_ ("KV cache in 8 bits"), HR_JOB_INFERENCE_KV_DTYPE },
  [HR_CHANGE_4BIT_WEIGHTS] = { N_ ("Weights in 4 bits"), HR_JOB_QUANTIZATION_SCHEME },
  [HR_CHANGE_HALF_CONCURRENT] = { N_ ("Half the concurrent requests"), HR_JOB_INFERENCE_CONCURRENT },
  [HR_CHANGE_HALF_CONTEXT] = { N_ ("Half the prompt"), HR_JOB_INFERENCE_PROMPT_TOKENS },
  [HR_CHANGE_CPU_LAYERS] = { N_ ("More layers on the CPU"), HR_JOB_INFERENCE_CPU_LAYERS },
};

const char *
hr_change_label (HrChange change)
{
  g_return_val_if_fail ((guint) change < HR_N_CHANGES, NULL);

  return _ (changes[change].label);
}

HrFieldId
hr_change_field (HrChange change)
{
  g_return_val_if_fail ((guint) change < HR_N_CHANGES, HR_JOB_ID);

  return changes[change].field;
}

const char *
hr_pain_label (HrPain pain)
{
  static const char *const labels[HR_N_PAINS] = {
    [HR_PAIN_NONE] = N_ ("same results"),
    [HR_PAIN_ROUNDING] = N_ ("same results but for rounding"),
    [HR_PAIN_SPEED] = N_ ("same results, slower"),
    [HR_PAIN_NUMBERS] = N_ ("coarser numbers, usually harmless"),
    [HR_PAIN_METHOD] = N_ ("trains something else"),
    [HR_PAIN_DATA] = N_ ("less data at a time"),
    [HR_PAIN_MONEY] = N_ ("more hardware"),
  };

  g_return_val_if_fail ((guint) pain < HR_N_PAINS, NULL);

  return _ (labels[pain]);
}

char *
hr_change_values_text (const HrJob *before, const HrJob *after)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      HrFieldId field = (HrFieldId) i;

      if (hr_field_equal (hr_field (field), before, after) || !hr_member_applies (field, after))
        continue;
      g_autofree char *was = hr_field_text (field, before);
      g_autofree char *is = hr_field_text (field, after);
      /* Translators: a member of a configuration, what it was and what it becomes: Rank 16 → 8 */
      g_autofree char *part = g_strdup_printf (_ ("%s %s → %s"), hr_field_label (field), was, is);
      hr_text_add_item (text, part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_as_fast (double factor)
{
  return fabs (factor - 1) < AS_FAST_WITHIN;
}

char *
hr_time_factor_text (const HrSpan *factor)
{
  char low[HR_TEXT_SIZE], high[HR_TEXT_SIZE];

  if (factor->expected <= 0)
    return NULL;
  if (is_as_fast (factor->low) && is_as_fast (factor->high))
    return g_strdup (_ ("as fast"));

  hr_format_number (factor->low, 2, low);
  hr_format_number (factor->high, 2, high);
  if (g_str_equal (low, high))
    /* Translators: %s is a number */
    return g_strdup_printf (_ ("%s × the time"), low);
  /* Translators: from the first number to the second */
  return g_strdup_printf (_ ("%s–%s × the time"), low, high);
}
