/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-rules.h"

HR_DEFINE_ENUM (HR_RULES, "lesson", "four-bucket", "multiplier");
HR_DEFINE_ENUM (HR_RULE_PRECISIONS, "fp32", "fp16", "bf16", "int8", "int4", "nf4");
HR_DEFINE_ENUM (HR_RULE_OPTIMIZERS, "sgd", "adam", "adamw", "adagrad", "rmsprop", "8bit");

/* All three rules count in decimal gigabytes. */
#define PARAMETERS_PER_BILLION 1e9
#define GB 1e9

/* Lesson rule. */
#define LESSON_GRADIENT_BYTES 2
#define LESSON_OPTIMIZER_BYTES 8
#define LESSON_TARGET_MODULES 2
#define LESSON_TENSORS_PER_LAYER 2
#define LESSON_ACTIVATION_BYTES 2
#define LESSON_CHECKPOINTING_KEEPS 0.4
#define LESSON_OVERHEAD_GB 0.5

/* Four-bucket rule. */
#define FOUR_BUCKET_OPTIMIZER_BYTES 8

/* Multiplier rule. */
#define MULTIPLIER_MODEL_LOW 3
#define MULTIPLIER_MODEL_HIGH 4
#define MULTIPLIER_ACTIVATIONS_LOW 0.5
#define MULTIPLIER_ACTIVATIONS_HIGH 2
#define MULTIPLIER_OVERHEAD_LOW_GB 1
#define MULTIPLIER_OVERHEAD_HIGH_GB 2
#define MULTIPLIER_INFERENCE 1.2

double
hr_rule_precision_bytes (HrRulePrecision precision)
{
  switch (precision)
    {
    case HR_RULE_PRECISION_FP32:
      return 4;
    case HR_RULE_PRECISION_FP16:
    case HR_RULE_PRECISION_BF16:
      return 2;
    case HR_RULE_PRECISION_INT8:
      return 1;
    case HR_RULE_PRECISION_INT4:
    case HR_RULE_PRECISION_NF4:
    default:
      return 0.5;
    }
}

double
hr_lesson_trainable_parameters (const HrLessonInput *input)
{
  uint32_t modules = input->lora_target_modules > 0 ? input->lora_target_modules : LESSON_TARGET_MODULES;

  if (input->trainable_params > 0)
    return input->trainable_params;
  if (!input->lora)
    return input->params_billions * PARAMETERS_PER_BILLION;

  return 2.0 * input->lora_rank * input->hidden_dim * modules * input->num_layers;
}

static double
lesson_activations (const HrLessonInput *input)
{
  double elements = (double) LESSON_TENSORS_PER_LAYER * input->num_layers * input->batch_size * input->seq_length
                    * input->hidden_dim;

  return elements * LESSON_ACTIVATION_BYTES * (input->gradient_checkpointing ? LESSON_CHECKPOINTING_KEEPS : 1) / GB;
}

HrLessonResult
hr_rule_lesson (const HrLessonInput *input)
{
  HrLessonResult result = { 0 };
  double trainable = hr_lesson_trainable_parameters (input);

  result.weights = input->params_billions * hr_rule_precision_bytes (input->weight_precision);
  result.overhead = LESSON_OVERHEAD_GB;
  if (input->training)
    {
      result.gradients = trainable * LESSON_GRADIENT_BYTES / GB;
      result.optimizer = trainable * LESSON_OPTIMIZER_BYTES / GB;
      result.activations = lesson_activations (input);
    }
  result.total = result.weights + result.gradients + result.optimizer + result.activations + result.overhead;

  return result;
}

HrFourBucketResult
hr_rule_four_bucket (const HrFourBucketInput *input)
{
  HrFourBucketResult result;

  result.weights = input->params_billions * hr_rule_precision_bytes (input->weight_precision);
  result.gradients = result.weights;
  result.optimizer = input->params_billions * FOUR_BUCKET_OPTIMIZER_BYTES;
  result.activations = input->activations_gb;
  result.total = result.weights + result.gradients + result.optimizer + result.activations;

  return result;
}

/* Optimizer states as a multiple of the model. */
static double
multiplier_of_optimizer (HrRuleOptimizer optimizer)
{
  switch (optimizer)
    {
    case HR_RULE_OPTIMIZER_SGD:
      return 1;
    case HR_RULE_OPTIMIZER_8BIT:
      return 0.25;
    case HR_RULE_OPTIMIZER_ADAM:
    case HR_RULE_OPTIMIZER_ADAMW:
    case HR_RULE_OPTIMIZER_ADAGRAD:
    case HR_RULE_OPTIMIZER_RMSPROP:
    default:
      return 2;
    }
}

HrMultiplierResult
hr_rule_multiplier (const HrMultiplierInput *input)
{
  HrMultiplierResult result = { 0 };
  double model = input->params_billions * hr_rule_precision_bytes (input->weight_precision);

  result.model = model;
  if (!input->training)
    {
      result.total_low = result.total_high = model * MULTIPLIER_INFERENCE;
      return result;
    }

  result.gradients = model;
  result.optimizer = model * multiplier_of_optimizer (input->optimizer);
  result.activations_low = model * MULTIPLIER_ACTIVATIONS_LOW;
  result.activations_high = model * MULTIPLIER_ACTIVATIONS_HIGH;
  result.overhead_low = MULTIPLIER_OVERHEAD_LOW_GB;
  result.overhead_high = MULTIPLIER_OVERHEAD_HIGH_GB;
  result.total_low = model * MULTIPLIER_MODEL_LOW + result.activations_low + result.overhead_low;
  result.total_high = model * MULTIPLIER_MODEL_HIGH + result.activations_high + result.overhead_high;

  return result;
}
