/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-lesson-estimate.h"

#include "hr-parameters.h"
#include "hr-rules.h"
#include "hr-trainable.h"
#include "hr-units.h"

#include <math.h>

/* Keeps sums of all components within 64 bits. */
#define MAX_COMPONENT_BYTES ((uint64_t) 1 << 59)
#define PARAMETERS_PER_BILLION 1e9

/* The optimizer step whose backward pass first has states and gradients at once. */
#define STEP_WITH_STATES 2

static HrRulePrecision
precision_of_bits (uint64_t bits)
{
  return bits <= 4 ? HR_RULE_PRECISION_INT4 : bits <= 8 ? HR_RULE_PRECISION_INT8 : HR_RULE_PRECISION_FP16;
}

static HrRulePrecision
precision_of_dtype (HrDtype dtype)
{
  switch ((int) dtype)
    {
    case HR_DTYPE_FP32:
      return HR_RULE_PRECISION_FP32;
    case HR_DTYPE_FP8:
      return HR_RULE_PRECISION_INT8;
    default:
      return HR_RULE_PRECISION_FP16;
    }
}

HrRulePrecision
hr_lesson_weight_precision (const HrJob *job)
{
  if (hr_job_is_quantized (job) && job->quantization.bits > 0)
    return precision_of_bits (job->quantization.bits);

  switch (job->quantization.scheme)
    {
    case HR_QUANTIZATION_INT8:
    case HR_QUANTIZATION_FP8:
    case HR_QUANTIZATION_INT8WO:
    case HR_QUANTIZATION_INT8DQ:
      return HR_RULE_PRECISION_INT8;
    case HR_QUANTIZATION_NF4:
    case HR_QUANTIZATION_FP4:
    case HR_QUANTIZATION_GPTQ:
    case HR_QUANTIZATION_AWQ:
    case HR_QUANTIZATION_MXFP4:
    case HR_QUANTIZATION_INT4WO:
      return HR_RULE_PRECISION_NF4;
    case HR_QUANTIZATION_NONE:
    default:
      return precision_of_dtype (job->precision.weights);
    }
}

static uint64_t
bytes_of_gb (double gb)
{
  double bytes = round (gb * HR_BYTES_PER_GB);

  return bytes < (double) MAX_COMPONENT_BYTES ? (uint64_t) bytes : MAX_COMPONENT_BYTES;
}

HrLessonInput
hr_lesson_input (const HrArchitecture *architecture, const HrJob *job, uint64_t total_parameters)
{
  return (HrLessonInput){
    .params_billions = (double) total_parameters / PARAMETERS_PER_BILLION,
    .weight_precision = hr_lesson_weight_precision (job),
    .training = job->task == HR_TASK_TRAIN,
    .lora = hr_job_has_adapters (job),
    .lora_rank = (uint32_t) job->method.rank,
    .gradient_checkpointing = job->activations.checkpointing != HR_CHECKPOINTING_NONE,
    .batch_size = (uint32_t) job->batch.micro_batch_size,
    .seq_length = (uint32_t) job->batch.sequence_length,
    .num_layers = architecture->num_hidden_layers + architecture->num_decoder_layers,
    .hidden_dim = architecture->hidden_size,
  };
}

static HrLessonResult
apply_rule (const HrArchitecture *architecture, const HrJob *job, const HrEstimate *estimate)
{
  HrLessonInput input = hr_lesson_input (architecture, job, estimate->total_parameters);

  input.training = input.training && estimate->trainable_parameters > 0;
  input.trainable_params = (double) estimate->trainable_parameters;

  return hr_rule_lesson (&input);
}

static void
add_phase (HrEstimate *out, HrPhaseKind kind, uint32_t step, bool everything)
{
  HrPhase *phase = &out->phases[out->n_phases++];

  *phase = (HrPhase){ .kind = kind, .step = step };
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    {
      if (!everything && i != HR_COMPONENT_WEIGHTS && i != HR_COMPONENT_CONTEXT)
        continue;
      phase->components_bytes[i] = out->components_bytes[i];
      phase->total_bytes += out->components_bytes[i];
    }
}

void
hr_lesson_estimate (const HrArchitecture *architecture, const HrJob *job, HrEstimate *out)
{
  bool trains = job->task == HR_TASK_TRAIN;
  uint64_t *components = out->components_bytes;
  HrParameters parameters;
  HrLessonResult rule;

  *out = (HrEstimate){ .basis = HR_BASIS_LESSON_RULE };
  hr_parameters_count (architecture, &parameters);
  out->total_parameters = parameters.total;
  out->trainable_parameters = hr_trainable_parameters (architecture, job);

  rule = apply_rule (architecture, job, out);
  components[HR_COMPONENT_WEIGHTS] = bytes_of_gb (rule.weights);
  components[HR_COMPONENT_GRADIENTS] = bytes_of_gb (rule.gradients);
  components[HR_COMPONENT_OPTIMIZER] = bytes_of_gb (rule.optimizer);
  components[HR_COMPONENT_ACTIVATIONS] = bytes_of_gb (rule.activations);
  components[HR_COMPONENT_CONTEXT] = bytes_of_gb (rule.overhead);

  add_phase (out, HR_PHASE_LOAD, 0, false);
  add_phase (out, trains ? HR_PHASE_BACKWARD : HR_PHASE_DECODE, trains ? STEP_WITH_STATES : 0, true);
  out->peak.phase = out->n_phases - 1;
  out->peak.device_bytes = out->phases[out->peak.phase].total_bytes;
  out->peak.allocated_bytes = out->peak.device_bytes - components[HR_COMPONENT_CONTEXT];
  out->peak.reserved_bytes = out->peak.allocated_bytes;
  out->held_bytes = components[HR_COMPONENT_WEIGHTS] + components[HR_COMPONENT_OPTIMIZER];
  out->band.low_bytes = out->peak.device_bytes;
  out->band.high_bytes = out->peak.device_bytes;
}

static bool
uses_other_optimizer (const HrJob *job)
{
  return job->optimizer.kind != HR_OPTIMIZER_ADAMW || job->precision.master != HR_MASTER_NONE
         || (job->precision.moments != HR_DTYPE_AUTO && job->precision.moments != HR_DTYPE_FP32);
}

static bool
uses_unseen_savings (const HrJob *job)
{
  return job->activations.loss != HR_LOSS_DEFAULT || job->activations.kernels != HR_KERNELS_DEFAULT
         || job->activations.attention != HR_ATTENTION_SDPA || job->activations.offload
         || job->parallel.offload_optimizer || job->parallel.offload_parameters;
}

static bool
uses_several_gpus (const HrJob *job)
{
  return job->parallel.gpus > 1 || job->parallel.tensor > 1 || job->parallel.pipeline > 1 || job->parallel.context > 1
         || job->parallel.expert > 1;
}

uint32_t
hr_lesson_warnings (const HrJob *job)
{
  bool trains = job->task == HR_TASK_TRAIN;
  uint32_t warnings = 0;

  if (trains && uses_other_optimizer (job))
    warnings |= 1u << HR_WARNING_RULE_OPTIMIZER;
  if (trains
      && (job->activations.checkpointing == HR_CHECKPOINTING_SELECTIVE
          || job->activations.checkpointing == HR_CHECKPOINTING_EVERY_N))
    warnings |= 1u << HR_WARNING_RULE_CHECKPOINTING;
  if (trains && uses_unseen_savings (job))
    warnings |= 1u << HR_WARNING_RULE_SAVINGS;
  if (hr_job_is_quantized (job))
    warnings |= 1u << HR_WARNING_RULE_QUANTIZATION;
  if (uses_several_gpus (job))
    warnings |= 1u << HR_WARNING_RULE_PARALLEL;
  if (!trains)
    warnings |= 1u << HR_WARNING_RULE_KV_CACHE;

  return warnings;
}
