/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-rule-inputs.h"

#include "core/hr-lesson-estimate.h"
#include "core/hr-parameters.h"
#include "core/hr-trainable.h"

/* The published lesson puts adapters on two modules, query and value. */
#define LESSON_TARGET_MODULES 2

/* The four-bucket rule's allowance for small batches. */
#define FOUR_BUCKET_ACTIVATIONS_GB 1.0

#define PARAMETERS_PER_BILLION 1e9

static double
parameters_in_billions (const HrArchitecture *architecture)
{
  HrParameters parameters;

  hr_parameters_count (architecture, &parameters);
  return (double) parameters.total / PARAMETERS_PER_BILLION;
}

static double
lesson_total (const HrArchitecture *architecture, const HrJob *job, double params_billions)
{
  HrLessonInput input = {
    .params_billions = params_billions,
    .weight_precision = hr_lesson_weight_precision (job),
    .training = job->task == HR_TASK_TRAIN,
    .lora = hr_job_has_adapters (job),
    .lora_rank = (uint32_t) job->method.rank,
    .gradient_checkpointing = job->activations.checkpointing != HR_CHECKPOINTING_NONE,
    .batch_size = (uint32_t) job->batch.micro_batch_size,
    .seq_length = (uint32_t) job->batch.sequence_length,
    .num_layers = architecture->num_hidden_layers + architecture->num_decoder_layers,
    .hidden_dim = architecture->hidden_size,
    .lora_target_modules = LESSON_TARGET_MODULES,
  };

  if (job->method.kind == HR_METHOD_LAST_LAYERS)
    input.trainable_params = (double) hr_trainable_parameters (architecture, job);

  return hr_rule_lesson (&input).total;
}

static double
four_bucket_total (const HrArchitecture *architecture, const HrJob *job, double params_billions)
{
  HrRulePrecision precision = hr_lesson_weight_precision (job);
  HrFourBucketResult all
      = hr_rule_four_bucket (&(HrFourBucketInput){ params_billions, precision, FOUR_BUCKET_ACTIVATIONS_GB });

  if (job->task == HR_TASK_INFER)
    return all.weights;

  /* Adapters are never quantized. */
  HrFourBucketResult trained = hr_rule_four_bucket (&(HrFourBucketInput){
      (double) hr_trainable_parameters (architecture, job) / PARAMETERS_PER_BILLION,
      hr_job_has_adapters (job) ? HR_RULE_PRECISION_BF16 : precision, FOUR_BUCKET_ACTIVATIONS_GB });
  return all.weights + trained.gradients + trained.optimizer + trained.activations;
}

void
hr_rule_totals (const HrArchitecture *architecture, const HrJob *job, HrRuleTotals *out)
{
  double params_billions = parameters_in_billions (architecture);
  /* The optimizer is a share of the rule's M: totals do not depend on it. */
  HrMultiplierResult multiplier = hr_rule_multiplier (&(HrMultiplierInput){
      params_billions, hr_lesson_weight_precision (job), job->task == HR_TASK_TRAIN, HR_RULE_OPTIMIZER_ADAMW });

  out->lesson = lesson_total (architecture, job, params_billions);
  out->four_bucket = four_bucket_total (architecture, job, params_billions);
  out->multiplier_low = multiplier.total_low;
  out->multiplier_high = multiplier.total_high;
}
