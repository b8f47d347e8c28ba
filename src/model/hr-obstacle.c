/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-obstacle.h"

#include "hr-member-private.h"

#include <glib/gi18n-lib.h>

static gboolean
has_adapters (const HrJob *job)
{
  return hr_job_has_adapters (job);
}

static gboolean
may_be_quantized (const HrJob *job)
{
  return job->task == HR_TASK_INFER || hr_job_has_adapters (job) || hr_job_is_quantized (job);
}

/* What may not be quantized at all says so once. */
static gboolean
has_four_bits (const HrJob *job)
{
  return hr_member_is_four_bit (job->quantization.scheme) || !may_be_quantized (job);
}

static gboolean
is_parallel (const HrJob *job)
{
  return job->parallel.gpus > 1;
}

static gboolean
is_of_vllm (const HrJob *job)
{
  return job->inference.engine == HR_ENGINE_VLLM;
}

static gboolean
is_of_llama_cpp (const HrJob *job)
{
  return job->inference.engine == HR_ENGINE_LLAMA_CPP;
}

#define TRAIN (1u << HR_TASK_TRAIN)
#define INFER (1u << HR_TASK_INFER)

static const struct
{
  int field;
  guint tasks; /* that have such a member: bits of HrTask */
  gboolean (*is_met) (const HrJob *job);
  const char *text;
} needs[] = {
  { HR_JOB_METHOD_RANK, TRAIN, has_adapters, N_ ("Needs a method with adapters, such as LoRA") },
  { HR_JOB_QUANTIZATION_SCHEME, TRAIN, may_be_quantized, N_ ("Needs a method with adapters, such as LoRA") },
  { HR_JOB_QUANTIZATION_DOUBLE, TRAIN | INFER, has_four_bits, N_ ("Needs a 4-bit quantization") },
  { HR_JOB_PARALLEL_DATA_SHARDING, TRAIN, is_parallel, N_ ("Needs several GPUs in parallel") },
  { HR_JOB_PARALLEL_TENSOR, TRAIN | INFER, is_parallel, N_ ("Needs several GPUs in parallel") },
  { HR_JOB_PARALLEL_PIPELINE, TRAIN | INFER, is_parallel, N_ ("Needs several GPUs in parallel") },
  { HR_JOB_INFERENCE_GPU_MEMORY_UTILIZATION, INFER, is_of_vllm, N_ ("Needs the engine vLLM") },
  { HR_JOB_INFERENCE_CPU_LAYERS, INFER, is_of_llama_cpp, N_ ("Needs the engine llama.cpp") },
};

const char *
hr_obstacle_text (HrFieldId field, const HrJob *job)
{
  gboolean is_out = field == HR_JOB_QUANTIZATION_SCHEME || !hr_member_applies (field, job);

  for (guint i = 0; is_out && i < G_N_ELEMENTS (needs); i++)
    if (needs[i].field == (int) field && (needs[i].tasks & 1u << job->task) != 0 && !needs[i].is_met (job))
      return _ (needs[i].text);

  return NULL;
}
