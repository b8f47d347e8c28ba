/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-simulation.h"

#include "hr-inference.h"
#include "hr-loss.h"
#include "hr-parameters.h"
#include "hr-reservation.h"
#include "hr-storage.h"
#include "hr-trainable.h"

#include <string.h>

#define BF16 2
#define FP32 4
#define INT64 8

/* Layers differ in these ways at most: with experts or not, windowed or not, first or not. */
#define MAX_KINDS 8

/* int64 index buffers that the embedding's backward sorts tokens with (EmbeddingBackwardKernel.cu). */
#define EMBEDDING_INDEX_BUFFERS 6

typedef struct
{
  HrLayerKind kind;
  HrLayerProfile forward;
  HrLayerProfile backward;
} HrKindProfile;

typedef struct
{
  HrRecipe recipe;
  HrOptimizerMemory optimizer;
  HrEstimate *out;
  HrTape tape;

  bool checkpointed;
  bool reentrant;
  bool head_trains;
  bool embedding_trains;
  bool stream_has_grad; /* what enters layer 0 needs a gradient */
  uint32_t layers;
  HrKindProfile kinds[MAX_KINDS];
  uint32_t n_kinds;
  HrLayerProfile loss_forward;
  HrLayerProfile loss_backward;

  uint64_t ranks; /* that share out what the sharding shares */
  bool shards_weights;
  bool shards_gradients;
  bool shards_optimizer;
  int64_t root_bytes;  /* embedding, final norm and head, gathered from the first forward to the end of the backward */
  int64_t layer_bytes; /* one gathered layer */
  bool keeps_stream;   /* inputs of checkpointed frozen layers and their gradients live until the backward ends */

  int64_t live[HR_N_COMPONENTS];
  int64_t workspace_bytes;     /* of the libraries, always live */
  int64_t adapter_cache_bytes; /* 16-bit copies of fp32 adapters under autocast */
} HrSimulation;

static int64_t
total (const int64_t live[HR_N_COMPONENTS])
{
  int64_t sum = 0;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    sum += live[i];
  return sum;
}

/* Notes a moment at which @extra is live besides what stays; the phase keeps its largest. */
static void
note (HrSimulation *self, HrPhase *phase, const int64_t extra[HR_N_COMPONENTS])
{
  int64_t sum = total (self->live) + (extra != NULL ? total (extra) : 0);

  if (sum < 0 || (uint64_t) sum <= phase->total_bytes)
    return;
  phase->total_bytes = (uint64_t) sum;
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    phase->components_bytes[i] = (uint64_t) (self->live[i] + (extra != NULL ? extra[i] : 0));
}

static HrPhase *
begin_phase (HrSimulation *self, HrPhaseKind kind, uint32_t step)
{
  HrPhase *phase = &self->out->phases[self->out->n_phases++];

  memset (phase, 0, sizeof *phase);
  phase->kind = kind;
  phase->step = step;
  note (self, phase, NULL);
  return phase;
}

static void
apply (HrSimulation *self, const HrLayerProfile *profile)
{
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    self->live[i] += i == HR_COMPONENT_GRADIENTS && self->shards_gradients
                         ? profile->change_bytes[i] / (int64_t) self->ranks
                         : profile->change_bytes[i];
}

/* A layer runs: with its weights gathered, where they are sharded. */
static void
note_layer (HrSimulation *self, HrPhase *phase, const HrLayerProfile *profile)
{
  int64_t extra[HR_N_COMPONENTS];

  memcpy (extra, profile->peak_bytes, sizeof extra);
  extra[HR_COMPONENT_WEIGHTS] += self->layer_bytes;
  note (self, phase, extra);
}

static HrLayerKind
kind_of_layer (const HrSimulation *self, uint32_t layer)
{
  const HrArchitecture *a = self->recipe.architecture;
  bool global = a->sliding_window_pattern > 0 && (layer + 1) % a->sliding_window_pattern == 0;

  return (HrLayerKind){
    .experts = hr_architecture_layer_has_experts (a, layer % a->num_hidden_layers),
    .windowed = a->sliding_window > 0 && !global,
    .cross = layer >= a->num_hidden_layers,
    .input_has_grad = layer > 0 || self->stream_has_grad,
    .trains = self->recipe.trains_base,
  };
}

static bool
same_kind (const HrLayerKind *a, const HrLayerKind *b)
{
  return a->experts == b->experts && a->windowed == b->windowed && a->cross == b->cross
         && a->input_has_grad == b->input_has_grad;
}

static HrKindProfile *
profile_of_layer (HrSimulation *self, uint32_t layer)
{
  HrLayerKind kind = kind_of_layer (self, layer);

  for (uint32_t i = 0; i < self->n_kinds; i++)
    if (same_kind (&kind, &self->kinds[i].kind))
      return &self->kinds[i];

  if (self->n_kinds == MAX_KINDS)
    return &self->kinds[MAX_KINDS - 1];
  HrKindProfile *profile = &self->kinds[self->n_kinds++];
  profile->kind = kind;
  return profile;
}

static bool
layer_is_checkpointed (const HrSimulation *self, uint32_t layer)
{
  const HrJob *job = self->recipe.job;

  return job->activations.checkpointing == HR_CHECKPOINTING_EVERY_N ? layer % job->activations.every == 0
                                                                    : self->checkpointed;
}

static void
simulate_kinds (HrSimulation *self, bool gradients_exist)
{
  self->n_kinds = 0;
  for (uint32_t layer = 0; layer < self->layers; layer++)
    {
      uint32_t known = self->n_kinds;
      HrKindProfile *profile = profile_of_layer (self, layer);

      if (self->n_kinds > known)
        hr_layer_profile (&self->tape, &self->recipe, &profile->kind, layer_is_checkpointed (self, layer),
                          self->reentrant, gradients_exist, &profile->forward, &profile->backward);
    }
  hr_loss_profile (&self->tape, &self->recipe, true, self->head_trains, gradients_exist, &self->loss_forward,
                   &self->loss_backward);
}

static void
run_forward (HrSimulation *self, uint32_t step)
{
  const HrRecipe *r = &self->recipe;
  HrPhase *phase = begin_phase (self, HR_PHASE_FORWARD, step);
  uint64_t tables = (uint64_t) r->architecture->head_dim * 2 * r->sequence * r->compute_bytes;

  self->live[HR_COMPONENT_ACTIVATIONS]
      += (int64_t) (hr_block_bytes (r->rows * r->architecture->hidden_size * r->residual_bytes)
                    + hr_block_bytes (tables) + hr_block_bytes (r->rows * 2 * INT64));
  if (r->autocast && r->has_adapters && r->adapter_bytes == FP32)
    self->live[HR_COMPONENT_WORKSPACE] += self->adapter_cache_bytes;
  for (uint32_t layer = 0; layer < self->layers; layer++)
    {
      const HrKindProfile *profile = profile_of_layer (self, layer);

      note_layer (self, phase, &profile->forward);
      apply (self, &profile->forward);
    }
}

/* Autocast's cache of 16-bit copies lives until the model's forward returns, the loss included: of trained weights,
 * which a forward without a graph leaves behind, and of adapters. */
static void
run_loss (HrSimulation *self, uint32_t step)
{
  const HrRecipe *r = &self->recipe;
  HrPhase *phase = begin_phase (self, HR_PHASE_LOSS, step);

  note (self, phase, self->loss_forward.peak_bytes);
  apply (self, &self->loss_forward);
  if (self->checkpointed)
    self->live[HR_COMPONENT_WORKSPACE] = self->workspace_bytes;
  else if (r->autocast && r->has_adapters && r->adapter_bytes == FP32)
    self->live[HR_COMPONENT_WORKSPACE] -= self->adapter_cache_bytes;
  note (self, phase, self->loss_backward.peak_bytes);
  apply (self, &self->loss_backward);
}

/* The embedding's gradient, sorted by token through fp32 partial sums; a tied head's exists already. */
static void
run_embedding_backward (HrSimulation *self, HrPhase *phase, bool gradients_exist)
{
  const HrRecipe *r = &self->recipe;
  uint64_t rows = r->rows, h = r->architecture->hidden_size;
  uint64_t gradient = hr_block_bytes (r->architecture->vocab_size * h / r->tensor_parallel * r->weight_bytes);
  int64_t extra[HR_N_COMPONENTS] = { 0 };
  bool adds = gradients_exist || (r->architecture->tie_word_embeddings && self->head_trains);

  if (!self->embedding_trains)
    return;
  extra[HR_COMPONENT_GRADIENTS] = (int64_t) gradient;
  extra[HR_COMPONENT_ACTIVATIONS] = (int64_t) (rows * h * FP32 + EMBEDDING_INDEX_BUFFERS * rows * INT64);
  note (self, phase, extra);
  if (!adds)
    self->live[HR_COMPONENT_GRADIENTS] += (int64_t) gradient;
}

static void
run_backward (HrSimulation *self, uint32_t step, bool gradients_exist)
{
  HrPhase *phase = begin_phase (self, HR_PHASE_BACKWARD, step);

  for (uint32_t layer = self->layers; layer-- > 0;)
    {
      const HrKindProfile *profile = profile_of_layer (self, layer);

      note_layer (self, phase, &profile->backward);
      apply (self, &profile->backward);
      if (self->keeps_stream)
        self->live[HR_COMPONENT_ACTIVATIONS]
            += 2
               * (int64_t) hr_block_bytes (self->recipe.rows * self->recipe.architecture->hidden_size
                                           * self->recipe.residual_bytes);
    }
  run_embedding_backward (self, phase, gradients_exist);
}

static void
run_step (HrSimulation *self, uint32_t step, const int64_t before[HR_N_COMPONENTS])
{
  bool accumulates = self->recipe.job->batch.accumulation_steps > 1;
  int64_t extra[HR_N_COMPONENTS] = { 0 };
  HrPhase *phase;

  uint64_t gradient_bytes = self->optimizer.gradient_bytes / (self->shards_gradients ? self->ranks : 1);

  self->live[HR_COMPONENT_GRADIENTS] = before[HR_COMPONENT_GRADIENTS] + (accumulates ? (int64_t) gradient_bytes : 0);
  self->live[HR_COMPONENT_WEIGHTS] += self->root_bytes;
  if (accumulates)
    simulate_kinds (self, true);
  run_forward (self, step);
  run_loss (self, step);
  run_backward (self, step, accumulates);

  memcpy (self->live, before, sizeof self->live);
  uint64_t optimizer_ranks = self->shards_optimizer ? self->ranks : 1;
  self->live[HR_COMPONENT_GRADIENTS] = (int64_t) gradient_bytes;
  self->live[HR_COMPONENT_OPTIMIZER] = (int64_t) (self->optimizer.state_bytes / optimizer_ranks);
  phase = begin_phase (self, HR_PHASE_OPTIMIZER_STEP, step);
  extra[HR_COMPONENT_OPTIMIZER] = (int64_t) (self->optimizer.temporary_bytes / optimizer_ranks);
  note (self, phase, extra);

  self->live[HR_COMPONENT_GRADIENTS] = 0;
  begin_phase (self, HR_PHASE_IDLE, step);
}

static void
decide (HrSimulation *self)
{
  const HrRecipe *r = &self->recipe;
  const HrJob *job = r->job;
  HrChoice reentrant = job->activations.reentrant;

  self->checkpointed = job->activations.checkpointing == HR_CHECKPOINTING_FULL;
  self->reentrant = reentrant == HR_CHOICE_AUTO ? r->stack->reentrant : reentrant == HR_CHOICE_YES;
  self->embedding_trains = r->trains_base || job->method.train_embeddings;
  self->head_trains = r->trains_base || job->method.train_head;
  self->stream_has_grad = self->embedding_trains || self->checkpointed;
  self->layers = (r->architecture->num_hidden_layers + r->architecture->num_decoder_layers
                  + (uint32_t) job->parallel.pipeline - 1)
                 / (uint32_t) job->parallel.pipeline;
}

/* Who holds which share, and what is gathered to compute with it (torch/distributed/fsdp, deepspeed/runtime/zero). */
static void
decide_sharding (HrSimulation *self)
{
  const HrRecipe *r = &self->recipe;
  const HrJob *job = r->job;
  HrDataSharding sharding = job->parallel.data_sharding;
  uint64_t others = job->parallel.tensor * job->parallel.pipeline * job->parallel.context;

  self->ranks = job->parallel.gpus > others ? job->parallel.gpus / others : 1;
  self->shards_weights = self->ranks > 1 && (sharding == HR_SHARDING_ZERO3 || sharding == HR_SHARDING_FSDP)
                         && !job->parallel.ddp_by_fsdp;
  self->shards_gradients = self->shards_weights || (self->ranks > 1 && sharding == HR_SHARDING_ZERO2);
  self->shards_optimizer = self->shards_gradients || (self->ranks > 1 && sharding == HR_SHARDING_ZERO1);
  self->root_bytes = 0;
  self->layer_bytes = 0;
  self->keeps_stream = false;
  if (!self->shards_weights)
    return;

  uint64_t all = hr_shardable_weights_bytes (r, false), layers = hr_shardable_weights_bytes (r, true);
  self->live[HR_COMPONENT_WEIGHTS] -= (int64_t) (all - all / self->ranks);
  self->live[HR_COMPONENT_ADAPTERS] /= (int64_t) self->ranks;
  self->root_bytes = (int64_t) (all - layers);
  self->layer_bytes = (int64_t) (layers / self->layers);
  self->keeps_stream = self->checkpointed && self->reentrant && !r->trains_base && sharding == HR_SHARDING_FSDP;
}

static void
simulate_training (HrSimulation *self)
{
  int64_t before[HR_N_COMPONENTS];

  hr_optimizer_memory (&self->recipe, &self->optimizer);
  self->adapter_cache_bytes = (int64_t) self->optimizer.parameters * BF16;
  simulate_kinds (self, false);
  memcpy (before, self->live, sizeof before);
  run_step (self, 1, before);
  memcpy (before, self->live, sizeof before);
  run_step (self, 2, before);
}

/* cuBLAS keeps a workspace for each thread that uses it, in the allocator: the main one and autograd's (ATen CUDABlas).
 */
#define WORKSPACE_BYTES 8519680
#define WORKSPACE_BYTES_SM90 (32u << 20)

static uint64_t
workspace_bytes (const HrGpu *gpu, bool trains)
{
  bool large = gpu != NULL && gpu->compute_capability >= 90;

  return (uint64_t) (large ? WORKSPACE_BYTES_SM90 : WORKSPACE_BYTES) * (trains ? 2 : 1);
}

static void
simulate_inference (HrSimulation *self, const HrGpu *gpu)
{
  HrInferenceMemory memory;
  int64_t extra[HR_N_COMPONENTS] = { 0 };
  HrPhase *phase;

  hr_inference_memory (&self->recipe, (uint64_t) self->live[HR_COMPONENT_WEIGHTS],
                       gpu != NULL ? gpu->capacity_bytes : 0, &memory);
  extra[HR_COMPONENT_WORKSPACE] = (int64_t) memory.dequantized_bytes;

  phase = begin_phase (self, HR_PHASE_PREFILL, 0);
  extra[HR_COMPONENT_KV_CACHE] = (int64_t) memory.cache_prompt_bytes;
  extra[HR_COMPONENT_ACTIVATIONS] = (int64_t) memory.prompt_bytes;
  note (self, phase, extra);
  phase = begin_phase (self, HR_PHASE_DECODE, 0);
  extra[HR_COMPONENT_KV_CACHE] = (int64_t) memory.cache_full_bytes;
  extra[HR_COMPONENT_ACTIVATIONS] = (int64_t) memory.decode_bytes;
  extra[HR_COMPONENT_WORKSPACE] = 0;
  note (self, phase, extra);
}

/* What the caching allocator holds at most, live or not. */
static uint64_t
reserved_bytes (HrSimulation *self)
{
  const HrKindProfile *common = profile_of_layer (self, self->layers / 2);
  int64_t kept = 0;
  HrAllocator allocator;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    kept += common->forward.change_bytes[i];
  HrReservation reservation = {
    .recipe = &self->recipe,
    .optimizer = &self->optimizer,
    .layers = self->layers,
    .checkpointed = self->checkpointed,
    .reentrant = self->reentrant,
    .head_trains = self->head_trains,
    .embedding_trains = self->embedding_trains,
    .stream_has_grad = self->stream_has_grad,
    .weights_bytes = (uint64_t) (self->live[HR_COMPONENT_WEIGHTS] + self->live[HR_COMPONENT_ADAPTERS]),
    .workspace_bytes = (uint64_t) self->workspace_bytes,
    .kept_bytes_per_layer = kept > 0 ? (uint64_t) kept : 0,
    .kind = common->kind,
  };
  return hr_reservation_peak_bytes (&reservation, &self->tape, &allocator);
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

void
hr_simulate (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrEstimate *out)
{
  HrSimulation self;
  HrParameters parameters;

  self.out = out;
  memset (self.live, 0, sizeof self.live);
  hr_recipe_init (&self.recipe, architecture, job);
  decide (&self);

  hr_parameters_count (architecture, &parameters);
  out->total_parameters = parameters.total;
  out->trainable_parameters = hr_trainable_parameters (architecture, job);
  out->n_phases = 0;

  self.live[HR_COMPONENT_WEIGHTS] = (int64_t) hr_weights_bytes (&self.recipe);
  self.live[HR_COMPONENT_ADAPTERS] = (int64_t) hr_adapters_bytes (&self.recipe);
  if (job->task == HR_TASK_TRAIN)
    decide_sharding (&self);
  begin_phase (&self, HR_PHASE_LOAD, 0);
  self.workspace_bytes = (int64_t) workspace_bytes (gpu, job->task == HR_TASK_TRAIN);
  self.live[HR_COMPONENT_WORKSPACE] = self.workspace_bytes;

  if (job->task == HR_TASK_TRAIN)
    simulate_training (&self);
  else if (!job->inference.load_only)
    simulate_inference (&self, gpu);
  out->held_bytes = (uint64_t) total (self.live);
  find_peak (out);
  out->peak.reserved_bytes = out->peak.allocated_bytes;
  if (job->task == HR_TASK_TRAIN)
    {
      uint64_t reserved = reserved_bytes (&self);

      if (reserved > out->peak.reserved_bytes)
        out->peak.reserved_bytes = reserved;
    }
}
