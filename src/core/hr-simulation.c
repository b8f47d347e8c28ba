/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-simulation-private.h"

#include "hr-bounds.h"
#include "hr-parameters.h"
#include "hr-serving.h"
#include "hr-storage.h"
#include "hr-trainable.h"

#include <string.h>

int64_t
hr_simulation_total (const int64_t live[HR_N_COMPONENTS])
{
  int64_t sum = 0;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    sum += live[i];
  return sum;
}

void
hr_simulation_record (HrSimulation *self, const int64_t extra[HR_N_COMPONENTS])
{
  if (self->timeline != NULL)
    hr_timeline_add (self->timeline, &self->out->phases[self->out->n_phases - 1], self->layer, self->live, extra);
}

void
hr_simulation_note (HrSimulation *self, HrPhase *phase, const int64_t extra[HR_N_COMPONENTS])
{
  hr_simulation_record (self, extra);
  hr_simulation_keep (self, phase, extra);
}

void
hr_simulation_keep (HrSimulation *self, HrPhase *phase, const int64_t extra[HR_N_COMPONENTS])
{
  int64_t sum = hr_simulation_total (self->live) + (extra != NULL ? hr_simulation_total (extra) : 0);

  if (sum < 0 || (uint64_t) sum <= phase->total_bytes)
    return;
  phase->total_bytes = (uint64_t) sum;
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    phase->components_bytes[i] = (uint64_t) (self->live[i] + (extra != NULL ? extra[i] : 0));
  if (self->account != NULL && self->out->n_phases == self->account->phase + 1)
    hr_account_keep (self->account, self->live, extra);
}

HrPhase *
hr_simulation_begin_phase (HrSimulation *self, HrPhaseKind kind, uint32_t step)
{
  HrPhase *phase = &self->out->phases[self->out->n_phases++];

  memset (phase, 0, sizeof *phase);
  phase->kind = kind;
  phase->step = step;
  hr_simulation_note (self, phase, NULL);
  return phase;
}

/* cuBLAS keeps a workspace for each thread of PyTorch that uses it, in the allocator: the main one and autograd's (ATen
 * CUDABlas).
 */
#define WORKSPACE_BYTES 8519680
#define WORKSPACE_BYTES_SM90 (32u << 20)

static uint64_t
workspace_bytes (const HrGpu *gpu, const HrJob *job)
{
  if (job->task == HR_TASK_INFER && job->inference.engine == HR_ENGINE_LLAMA_CPP)
    return 0;

  bool large = gpu != NULL && gpu->compute_capability >= 90;

  return (uint64_t) (large ? WORKSPACE_BYTES_SM90 : WORKSPACE_BYTES) * (job->task == HR_TASK_TRAIN ? 2 : 1);
}

uint32_t
hr_simulation_card (const HrJob *job, const HrGpu *gpu)
{
  HrRecipe recipe = { .stack = hr_stack_profile (job) };

  hr_recipe_choose_gpu (&recipe, gpu);
  return (uint32_t) workspace_bytes (gpu, job) | (recipe.keeps_attention ? 1u : 0) | (recipe.scatters_labels ? 2u : 0);
}

static void
add_to_live (HrSimulation *self, const int64_t bytes[HR_N_COMPONENTS])
{
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    self->live[i] += bytes[i];
}

/* Between load, prompt and tokens only what the cache holds by then stays live. */
static void
run_moment (HrSimulation *self, HrPhaseKind kind, const int64_t bytes[HR_N_COMPONENTS])
{
  int64_t extra[HR_N_COMPONENTS];
  HrPhase *phase = hr_simulation_begin_phase (self, kind, 0);

  memcpy (extra, bytes, sizeof extra);
  extra[HR_COMPONENT_KV_CACHE] -= self->live[HR_COMPONENT_KV_CACHE];
  hr_simulation_note (self, phase, extra);
  self->live[HR_COMPONENT_KV_CACHE] = bytes[HR_COMPONENT_KV_CACHE];
  hr_simulation_record (self, NULL);
}

static void
simulate_inference (HrSimulation *self, const HrGpu *gpu)
{
  HrPhase *load = &self->out->phases[self->out->n_phases - 1];
  HrInferenceMemory memory;

  switch (self->recipe.job->inference.engine)
    {
    case HR_ENGINE_VLLM:
      hr_inference_vllm (&self->recipe, (uint64_t) hr_simulation_total (self->live),
                         hr_serving_available_bytes (self->recipe.job, gpu), &memory);
      break;
    case HR_ENGINE_LLAMA_CPP:
      hr_inference_llama_cpp (&self->recipe, &memory);
      break;
    case HR_ENGINE_TRANSFORMERS:
    case HR_ENGINE_LITGPT:
    case HR_ENGINE_GPT_FAST:
    default:
      hr_inference_eager (&self->recipe, &self->plan, &self->tape, &memory);
    }
  self->live[HR_COMPONENT_WORKSPACE] = 0;
  self->live[HR_COMPONENT_WEIGHTS] += (int64_t) hr_weights_rest_bytes (&self->recipe);
  hr_simulation_note (self, load, memory.load_bytes);
  self->live[HR_COMPONENT_WORKSPACE] = self->workspace_bytes;
  add_to_live (self, memory.held_bytes);
  hr_serving (&self->recipe, gpu, (uint64_t) hr_simulation_total (self->live), &memory, &self->out->serving);
  if (self->recipe.job->inference.load_only)
    return;
  /* A cache that does not grow is there from the beginning. */
  if (memory.prefill_bytes[HR_COMPONENT_KV_CACHE] >= memory.decode_bytes[HR_COMPONENT_KV_CACHE])
    self->live[HR_COMPONENT_KV_CACHE] = memory.decode_bytes[HR_COMPONENT_KV_CACHE];
  run_moment (self, HR_PHASE_PREFILL, memory.prefill_bytes);
  run_moment (self, HR_PHASE_DECODE, memory.decode_bytes);
  self->live[HR_COMPONENT_KV_CACHE] = 0;
}

static void
find_peak (HrEstimate *out)
{
  uint32_t peak = 0;

  for (uint32_t i = 1; i < out->n_phases; i++)
    if (out->phases[i].total_bytes > out->phases[peak].total_bytes)
      peak = i;
  out->peak.phase = peak;
  memcpy (out->components_bytes, out->phases[peak].components_bytes, sizeof out->components_bytes);
  out->peak.allocated_bytes = out->phases[peak].total_bytes;
}

/* One pipeline stage from loading to the last step. */
static void
simulate_stage (HrSimulation *self, uint32_t index, const HrGpu *gpu)
{
  HrRecipe *r = &self->recipe;
  HrEstimate *out = self->out;
  bool trains = r->job->task == HR_TASK_TRAIN;
  HrWeights weights;

  r->stage = hr_pipeline_stage (r->architecture, r->job, &r->layout, index);
  HrRecipe stored = hr_recipe_stored (r);

  out->n_phases = 0;
  out->serving = (HrServing){ 0 };
  self->layer = -1;
  self->loss_fate = -1;
  memset (self->live, 0, sizeof self->live);
  if (self->account != NULL)
    hr_account_reset (self->account);
  hr_layer_plan_init (&self->plan, r);
  hr_weights (&stored, &weights);
  self->live[HR_COMPONENT_WEIGHTS] = (int64_t) weights.bytes;
  self->live[HR_COMPONENT_ADAPTERS] = (int64_t) hr_adapters_bytes (r);
  if (trains)
    {
      hr_trained_tensors (&stored, &self->trained);
      hr_optimizer_memory (&stored, &self->trained, &self->optimizer);
      hr_sharding_init (&self->sharding, r, &self->plan, &self->optimizer);
      self->live[HR_COMPONENT_WEIGHTS] -= (int64_t) self->sharding.elsewhere_bytes;
      self->live[HR_COMPONENT_ADAPTERS] /= self->sharding.weights ? (int64_t) self->sharding.ranks : 1;
    }
  hr_simulation_cause (self, HR_CAUSE_WEIGHTS);
  hr_simulation_begin_phase (self, HR_PHASE_LOAD, 0);
  self->workspace_bytes = (int64_t) workspace_bytes (gpu, r->job);
  self->live[HR_COMPONENT_WORKSPACE] = self->workspace_bytes;
  hr_simulation_cause (self, HR_CAUSE_LIBRARIES);

  if (trains)
    hr_simulation_train (self);
  else
    simulate_inference (self, gpu);
  out->held_bytes = (uint64_t) hr_simulation_total (self->live);
  find_peak (out);
}

/* The stage whose GPUs need the most. */
static uint32_t
find_worst_stage (HrSimulation *self, const HrGpu *gpu)
{
  uint64_t most_bytes = 0;
  uint32_t worst = 0;

  for (uint32_t i = 0; i < self->recipe.layout.pipeline; i++)
    {
      simulate_stage (self, i, gpu);
      if (self->out->peak.allocated_bytes > most_bytes)
        {
          most_bytes = self->out->peak.allocated_bytes;
          worst = i;
        }
    }
  return worst;
}

static void
complete_account (const HrSimulation *self)
{
  HrAccount *account = self->account;

  account->job = self->job;
  account->recipe = self->recipe;
  account->recipe.job = &account->job;
  account->plan = self->plan;
  account->sharding = self->sharding;
  account->optimizer = self->optimizer;
}

static void
simulate (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrTimeline *timeline,
          HrAccount *account, bool in_full, HrEstimate *out)
{
  HrSimulation self;
  HrParameters parameters;
  uint32_t stage = 0;

  self.out = out;
  self.timeline = NULL;
  self.account = NULL;
  self.in_full = in_full;
  self.tape.trace = job->task == HR_TASK_TRAIN ? &self.trace : NULL;
  self.tape.census = NULL;
  self.tape.operators = timeline != NULL ? timeline->operators : NULL;
  self.kinds_fate = -1;
  self.job = *job;
  hr_job_bound (architecture, &self.job);
  hr_recipe_init (&self.recipe, architecture, &self.job);
  hr_recipe_choose_gpu (&self.recipe, gpu);
  if (self.recipe.layout.pipeline > 1)
    stage = find_worst_stage (&self, gpu);
  self.timeline = timeline;
  self.account = account;
  simulate_stage (&self, stage, gpu);
  if (account != NULL)
    complete_account (&self);

  hr_parameters_count (architecture, &parameters);
  out->total_parameters = parameters.total;
  out->trainable_parameters = hr_trainable_parameters (architecture, job);
  out->peak.reserved_bytes = out->peak.allocated_bytes;
  out->peak.returned_bytes = 0;
  if (job->task == HR_TASK_TRAIN)
    hr_simulation_reserve (&self, gpu);
}

void
hr_simulate (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrEstimate *out)
{
  simulate (architecture, job, gpu, NULL, NULL, false, out);
}

void
hr_simulate_in_full (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrEstimate *out)
{
  simulate (architecture, job, gpu, NULL, NULL, true, out);
}

void
hr_simulate_timeline (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrTimeline *timeline,
                      HrEstimate *out)
{
  simulate (architecture, job, gpu, timeline, NULL, false, out);
}

void
hr_simulate_account (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrAccount *account,
                     HrEstimate *out)
{
  simulate (architecture, job, gpu, NULL, account, false, out);
}
