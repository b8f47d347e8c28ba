/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-rule-inputs.h"

#include "core/hr-parameters.h"

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

/* The rules know bytes a weight: 4, 2, 1 and a half. */
static HrRulePrecision
quantized_precision (HrQuantization scheme)
{
  switch (scheme)
    {
    case HR_QUANTIZATION_NF4:
      return HR_RULE_PRECISION_NF4;
    case HR_QUANTIZATION_INT8:
    case HR_QUANTIZATION_FP8:
    case HR_QUANTIZATION_INT8WO:
    case HR_QUANTIZATION_INT8DQ:
      return HR_RULE_PRECISION_INT8;
    case HR_QUANTIZATION_NONE:
    case HR_QUANTIZATION_FP4:
    case HR_QUANTIZATION_GPTQ:
    case HR_QUANTIZATION_AWQ:
    case HR_QUANTIZATION_MXFP4:
    case HR_QUANTIZATION_INT4WO:
    default:
      return HR_RULE_PRECISION_INT4;
    }
}

static HrRulePrecision
weight_precision (const HrJob *job)
{
  if (hr_job_is_quantized (job))
    return job->quantization.bits == 8 ? HR_RULE_PRECISION_INT8 : quantized_precision (job->quantization.scheme);

  switch ((int) job->precision.weights)
    {
    case HR_DTYPE_FP32:
      return HR_RULE_PRECISION_FP32;
    case HR_DTYPE_FP16:
      return HR_RULE_PRECISION_FP16;
    case HR_DTYPE_FP8:
    case HR_DTYPE_INT8:
    case HR_DTYPE_UINT8:
      return HR_RULE_PRECISION_INT8;
    default:
      return HR_RULE_PRECISION_BF16;
    }
}

static HrRuleOptimizer
optimizer (HrOptimizer kind)
{
  switch ((int) kind)
    {
    case HR_OPTIMIZER_SGD:
    case HR_OPTIMIZER_SGD_MOMENTUM:
      return HR_RULE_OPTIMIZER_SGD;
    case HR_OPTIMIZER_ADAGRAD:
      return HR_RULE_OPTIMIZER_ADAGRAD;
    case HR_OPTIMIZER_RMSPROP:
      return HR_RULE_OPTIMIZER_RMSPROP;
    case HR_OPTIMIZER_ADAMW_8BIT:
    case HR_OPTIMIZER_ADAMW_4BIT:
    case HR_OPTIMIZER_ADAM_8BIT:
    case HR_OPTIMIZER_PAGED_ADAMW_8BIT:
      return HR_RULE_OPTIMIZER_8BIT;
    default:
      return HR_RULE_OPTIMIZER_ADAMW;
    }
}

static double
lesson_total (const HrArchitecture *architecture, const HrJob *job, double params_billions)
{
  HrLessonInput input = {
    .params_billions = params_billions,
    .weight_precision = weight_precision (job),
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

  return hr_rule_lesson (&input).total;
}

static double
trained_billions (const HrArchitecture *architecture, const HrJob *job, double params_billions)
{
  bool dora = job->method.kind == HR_METHOD_DORA || job->method.kind == HR_METHOD_QDORA;
  uint64_t trained = 0;

  if (hr_job_has_adapters (job))
    trained = hr_adapter_parameters (architecture, &job->method.targets, (uint32_t) job->method.rank, dora);
  else if (job->method.kind == HR_METHOD_LAST_LAYERS)
    trained = hr_parameters_of_last_layers (architecture, (uint32_t) job->method.trained_layers);
  else
    return params_billions;

  return (double) trained / PARAMETERS_PER_BILLION;
}

static double
four_bucket_total (const HrArchitecture *architecture, const HrJob *job, double params_billions)
{
  HrRulePrecision precision = weight_precision (job);
  HrFourBucketResult all
      = hr_rule_four_bucket (&(HrFourBucketInput){ params_billions, precision, FOUR_BUCKET_ACTIVATIONS_GB });

  if (job->task == HR_TASK_INFER)
    return all.weights;

  /* Adapters are never quantized. */
  HrFourBucketResult trained = hr_rule_four_bucket (&(HrFourBucketInput){
      trained_billions (architecture, job, params_billions),
      hr_job_has_adapters (job) ? HR_RULE_PRECISION_BF16 : precision, FOUR_BUCKET_ACTIVATIONS_GB });
  return all.weights + trained.gradients + trained.optimizer + trained.activations;
}

void
hr_rule_totals (const HrArchitecture *architecture, const HrJob *job, HrRuleTotals *out)
{
  double params_billions = parameters_in_billions (architecture);
  HrMultiplierResult multiplier = hr_rule_multiplier (&(HrMultiplierInput){
      params_billions, weight_precision (job), job->task == HR_TASK_TRAIN, optimizer (job->optimizer.kind) });

  out->lesson = lesson_total (architecture, job, params_billions);
  out->four_bucket = four_bucket_total (architecture, job, params_billions);
  out->multiplier_low = multiplier.total_low;
  out->multiplier_high = multiplier.total_high;
}
