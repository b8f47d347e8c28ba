/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-simulation-private.h"

#include "hr-leftover.h"
#include "hr-loss.h"

#include <string.h>

#define FP32 4
#define INT64 8

/* int64 index buffers that the embedding's backward sorts tokens with (EmbeddingBackwardKernel.cu). */
#define EMBEDDING_INDEX_BUFFERS 6

static uint32_t
kind_of_profile (const HrSimulation *self, const HrKindProfile *profile)
{
  return profile == &self->loss ? HR_KIND_LOSS : (uint32_t) (profile - self->kinds);
}

static void
note_turn (HrSimulation *self, const HrKindProfile *profile, HrTurn turn, int64_t times)
{
  if (self->account != NULL)
    hr_account_turn (self->account, kind_of_profile (self, profile), turn, times, self->live);
}

/* What @times equal layers leave. */
static void
apply (HrSimulation *self, const HrKindProfile *kind, HrTurn turn, int64_t times)
{
  const HrLayerProfile *profile = turn == HR_TURN_FORWARD ? &kind->forward : &kind->backward;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    self->live[i] += times
                     * (i == HR_COMPONENT_GRADIENTS
                            ? hr_sharding_gradient_bytes (&self->sharding, &self->recipe, profile->change_bytes[i])
                            : profile->change_bytes[i]);
  note_turn (self, kind, turn, times);
  hr_simulation_record (self, NULL);
}

/* Operator by operator, where the timeline wants that; what @extra has beyond the profile's peak is there all the time.
 */
static bool
record_operators (const HrSimulation *self, const HrPhase *phase, const HrLayerProfile *profile,
                  const int64_t extra[HR_N_COMPONENTS])
{
  HrTimeline *timeline = self->timeline;

  if (!hr_timeline_wants_operators (timeline, self->out->n_phases - 1, self->layer))
    return false;
  for (uint32_t i = 0; i < profile->operators.n_moments; i++)
    {
      const HrOperatorMoment *moment = &timeline->operators->moments[profile->operators.first + i];
      int64_t now[HR_N_COMPONENTS];

      for (int c = 0; c < HR_N_COMPONENTS; c++)
        now[c] = extra[c] - profile->peak_bytes[c] + moment->live_bytes[c];
      hr_timeline_add_operator (timeline, phase, self->layer, moment->place, self->live, now);
    }
  return profile->operators.n_moments > 0;
}

/* Notes the moment at which most is live while a layer or the loss runs. */
static void
note_running (HrSimulation *self, HrPhase *phase, const HrKindProfile *kind, HrTurn turn,
              const int64_t extra[HR_N_COMPONENTS])
{
  const HrLayerProfile *profile = turn == HR_TURN_FORWARD ? &kind->forward : &kind->backward;

  if (self->account != NULL)
    {
      HrTally *now = &self->account->now;

      now->running_kind = kind_of_profile (self, kind);
      now->running_backward = turn == HR_TURN_BACKWARD;
      memcpy (now->running_bytes, profile->peak_bytes, sizeof now->running_bytes);
    }
  if (self->timeline == NULL || !record_operators (self, phase, profile, extra))
    hr_simulation_note (self, phase, extra);
  else
    hr_simulation_keep (self, phase, extra);
  if (self->account != NULL)
    self->account->now.running_kind = HR_KIND_NONE;
}

/* A layer runs: with its weights gathered, where they are sharded. */
static void
note_layer (HrSimulation *self, HrPhase *phase, const HrKindProfile *kind, HrTurn turn, uint64_t reduced_bytes)
{
  const HrLayerProfile *profile = turn == HR_TURN_FORWARD ? &kind->forward : &kind->backward;
  int64_t extra[HR_N_COMPONENTS];

  memcpy (extra, profile->peak_bytes, sizeof extra);
  extra[HR_COMPONENT_WEIGHTS] += (int64_t) self->sharding.layer_bytes;
  extra[HR_COMPONENT_GRADIENTS] += (int64_t) reduced_bytes;
  note_running (self, phase, kind, turn, extra);
}

static const HrKindProfile *
profile_of_layer (const HrSimulation *self, uint32_t layer)
{
  return &self->kinds[self->plan.kind_of_layer[layer]];
}

/* A tied matrix gets the gradients of both its uses in one buffer, which lives until the embedding's has come. */
static bool
head_gradient_waits (const HrSimulation *self)
{
  const HrStage *stage = &self->recipe.stage;

  return self->plan.ends_are_one && self->plan.embedding_trains && self->plan.head_trains && stage->has_embedding
         && stage->has_head;
}

static HrGradientUpdate
loss_update (const HrSimulation *self, HrGradientUpdate update)
{
  return head_gradient_waits (self) ? (HrGradientUpdate){ HR_GRADIENT_STAYS, update.copies } : update;
}

/* Layers behave alike on every stage; norm, head and loss depend on what else the stage has. */
static void
simulate_kinds (HrSimulation *self, HrGradientUpdate update)
{
  if (self->kinds_fate != (int) update.fate)
    {
      hr_trace_reset (&self->trace);
      if (self->tape.operators != NULL)
        hr_operators_reset (self->tape.operators);
      self->loss_fate = -1;
      for (uint32_t i = 0; i < self->plan.n_kinds; i++)
        hr_layer_profile (&self->tape, &self->recipe, &self->plan.kinds[i], self->plan.reentrant, update,
                          &self->kinds[i].forward, &self->kinds[i].backward);
    }
  self->kinds_fate = (int) update.fate;
  if (self->loss_fate == (int) update.fate || !self->recipe.stage.has_head)
    return;

  self->loss_fate = (int) update.fate;
  hr_loss_profile (&self->tape, &self->recipe, self->plan.end_has_grad, self->plan.head_trains,
                   loss_update (self, update), &self->loss.forward, &self->loss.backward);
}

/* What the model makes once of positions and every layer reads: cosines and sines, or biases of the scores. */
static uint64_t
position_bytes (const HrRecipe *r)
{
  const HrArchitecture *a = r->architecture;
  uint64_t heads = a->num_attention_heads / r->tensor_parallel, stacks = a->num_decoder_layers > 0 ? 2 : 1;

  switch (a->position_embedding)
    {
    case HR_POSITION_ROPE:
      return (uint64_t) a->head_dim * 2 * r->sequence * r->compute_bytes;
    case HR_POSITION_ALIBI:
      return 2 * heads * r->rows * r->compute_bytes;
    case HR_POSITION_RELATIVE:
      return stacks * heads * r->rows * r->sequence * r->compute_bytes;
    case HR_POSITION_LEARNED:
    default:
      return 0;
    }
}

/* What runs between two layers. */
static int64_t
stream_bytes (const HrSimulation *self)
{
  const HrRecipe *r = &self->recipe;

  return (int64_t) hr_block_bytes (r->stream_rows * r->architecture->hidden_size * r->residual_bytes);
}

/* The embedding's output or what another stage sent. */
static int64_t
embedded_bytes (const HrSimulation *self)
{
  const HrRecipe *r = &self->recipe;
  uint64_t embedded = hr_block_bytes (r->stream_rows * r->architecture->hidden_size * r->embedding_bytes);
  /* A leaf that is only a factor of the stream lives on in the node that accumulates its gradient. */
  bool twice = r->style->scales_embeddings && self->plan.stream_has_grad && !self->plan.embedding_trains
               && r->stage.has_embedding;

  return (int64_t) ((twice ? 2 : 1) * embedded);
}

static int64_t
token_bytes (const HrSimulation *self)
{
  return (int64_t) hr_block_bytes (self->recipe.rows * 2 * INT64);
}

/* What a forward begins with. */
static int64_t
entry_bytes (const HrSimulation *self)
{
  return embedded_bytes (self) + (int64_t) hr_block_bytes (position_bytes (&self->recipe)) + token_bytes (self);
}

/* What one micro-batch leaves between its forward and its backward on a stage that does not end the model. */
static int64_t
in_flight_bytes (const HrSimulation *self)
{
  int64_t bytes = entry_bytes (self);

  for (uint32_t layer = 0; layer < self->plan.n_layers; layer++)
    bytes += profile_of_layer (self, layer)->forward.change_bytes[HR_COMPONENT_ACTIVATIONS];
  return bytes;
}

int64_t
hr_simulation_waiting_bytes (const HrSimulation *self, uint64_t others)
{
  const HrRecipe *r = &self->recipe;
  int64_t buffers = (int64_t) hr_pipeline_waiting_buffers (r->job, &r->layout, &r->stage);

  return buffers * stream_bytes (self) + (others > 0 ? (int64_t) others * in_flight_bytes (self) : 0);
}

/* Of what a checkpointed layer leaves, copies of weights and returned keys and values go when the forward returns. */
static void
add_cached (int64_t cache_bytes[HR_N_COMPONENTS], const HrLayerProfile *forward, int64_t times)
{
  cache_bytes[HR_COMPONENT_WORKSPACE] += times * forward->change_bytes[HR_COMPONENT_WORKSPACE];
  cache_bytes[HR_COMPONENT_KV_CACHE] += times * forward->change_bytes[HR_COMPONENT_KV_CACHE];
}

/* Layers that follow @layer in direction @step and are of its kind, but the last such: what is live grows or shrinks by
 * as much in each, so that the largest moment is the first's or the last's. */
static uint32_t
count_between (const HrSimulation *self, uint32_t layer, int step)
{
  const uint8_t *kinds = self->plan.kind_of_layer;
  uint32_t count = 0, after = step > 0 ? self->plan.n_layers - 1 - layer : layer;

  if (self->timeline != NULL || self->recipe.job->activations.offload)
    return 0;
  while (count < after && kinds[(int) layer + step * (int) (count + 1)] == kinds[layer])
    count++;
  return count > 0 ? count - 1 : 0;
}

/* Layer @layer's activations go to the host, or come back. */
static void
offload (HrSimulation *self, uint32_t layer, int64_t times)
{
  if (!self->recipe.job->activations.offload)
    return;
  self->live[HR_COMPONENT_ACTIVATIONS]
      -= times * profile_of_layer (self, layer)->forward.change_bytes[HR_COMPONENT_ACTIVATIONS];
  note_turn (self, profile_of_layer (self, layer), HR_TURN_OFFLOADED, times);
}

static void
run_forward (HrSimulation *self, uint32_t step)
{
  HrPhase *phase = hr_simulation_begin_phase (self, HR_PHASE_FORWARD, step);

  self->live[HR_COMPONENT_ACTIVATIONS] += embedded_bytes (self);
  hr_simulation_cause (self, HR_CAUSE_EMBEDDED);
  self->live[HR_COMPONENT_ACTIVATIONS] += (int64_t) hr_block_bytes (position_bytes (&self->recipe));
  hr_simulation_cause (self, HR_CAUSE_POSITIONS);
  self->live[HR_COMPONENT_ACTIVATIONS] += token_bytes (self);
  hr_simulation_cause (self, HR_CAUSE_TOKENS);
  self->live[HR_COMPONENT_ACTIVATIONS] += (int64_t) self->leftover_bytes;
  hr_simulation_cause (self, HR_CAUSE_LEFTOVER);
  memset (self->cache_bytes, 0, sizeof self->cache_bytes);
  for (uint32_t layer = 0; layer < self->plan.n_layers; layer++)
    {
      const HrKindProfile *profile = profile_of_layer (self, layer);
      uint32_t between = count_between (self, layer, 1);

      self->layer = (int32_t) (self->recipe.stage.first_layer + layer);
      note_layer (self, phase, profile, HR_TURN_FORWARD, 0);
      apply (self, profile, HR_TURN_FORWARD, 1 + between);
      if (hr_layer_plan_kind (&self->plan, layer)->checkpointed)
        add_cached (self->cache_bytes, &profile->forward, 1 + between);
      layer += between;
      if (layer >= self->plan.stash_layers)
        offload (self, layer - self->plan.stash_layers, 1);
    }
  self->layer = -1;
}

static void
forward_returns (HrSimulation *self)
{
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    self->live[i] -= self->cache_bytes[i];
  for (uint32_t layer = 0; self->account != NULL && layer < self->plan.n_layers; layer++)
    if (hr_layer_plan_kind (&self->plan, layer)->checkpointed)
      note_turn (self, profile_of_layer (self, layer), HR_TURN_RETURNED, 1);
  self->live[HR_COMPONENT_ACTIVATIONS] -= (int64_t) self->leftover_bytes;
  hr_simulation_cause (self, HR_CAUSE_LEFTOVER);
}

/* Autocast's cache of 16-bit copies lives until the model's forward returns, the loss included: of trained weights,
 * which a forward without a graph leaves behind, and of adapters. */
static void
run_loss (HrSimulation *self, uint32_t step)
{
  if (!self->recipe.stage.has_head)
    {
      forward_returns (self);
      return;
    }
  HrPhase *phase = hr_simulation_begin_phase (self, HR_PHASE_LOSS, step);

  note_running (self, phase, &self->loss, HR_TURN_FORWARD, self->loss.forward.peak_bytes);
  apply (self, &self->loss, HR_TURN_FORWARD, 1);
  forward_returns (self);
  note_running (self, phase, &self->loss, HR_TURN_BACKWARD, self->loss.backward.peak_bytes);
  apply (self, &self->loss, HR_TURN_BACKWARD, 1);
}

/* The embedding's gradient, sorted by token through fp32 partial sums; a tied head's exists already. */
static void
run_embedding_backward (HrSimulation *self, HrPhase *phase, HrGradientFate fate)
{
  const HrRecipe *r = &self->recipe;
  uint64_t rows = r->rows, h = r->architecture->hidden_size;
  uint64_t gradient = hr_block_bytes (r->vocabulary * h * r->outer_bytes);
  int64_t extra[HR_N_COMPONENTS] = { 0 };

  if (!self->plan.embedding_trains || !self->recipe.stage.has_embedding)
    return;
  extra[HR_COMPONENT_GRADIENTS] = (int64_t) gradient;
  extra[HR_COMPONENT_ACTIVATIONS] = (int64_t) (rows * h * FP32 + EMBEDDING_INDEX_BUFFERS * rows * INT64);
  hr_simulation_note (self, phase, extra);
  if (fate == HR_GRADIENT_STAYS && !head_gradient_waits (self))
    self->live[HR_COMPONENT_GRADIENTS] += (int64_t) gradient;
  hr_simulation_cause (self, HR_CAUSE_EMBEDDING_GRADIENT);
}

static void
run_backward (HrSimulation *self, uint32_t step, HrGradientFate fate)
{
  HrPhase *phase = hr_simulation_begin_phase (self, HR_PHASE_BACKWARD, step);

  self->live[HR_COMPONENT_GRADIENTS] += (int64_t) self->sharding.backward_bucket_bytes;
  hr_simulation_cause (self, HR_CAUSE_BACKWARD_BUCKET);
  for (uint32_t layer = self->plan.n_layers; layer-- > 0;)
    {
      const HrKindProfile *profile = profile_of_layer (self, layer);
      bool is_last = layer + 1 == self->plan.n_layers;
      uint32_t between = is_last ? 0 : count_between (self, layer, -1);

      self->layer = (int32_t) (self->recipe.stage.first_layer + layer);
      if (layer + self->plan.stash_layers < self->plan.n_layers)
        offload (self, layer, -1);
      note_layer (self, phase, profile, HR_TURN_BACKWARD, is_last ? 0 : self->sharding.reduced_bytes);
      apply (self, profile, HR_TURN_BACKWARD, 1 + between);
      if (self->sharding.keeps_stream)
        self->live[HR_COMPONENT_ACTIVATIONS] += stream_bytes (self) * (is_last ? 1 : 2) * (1 + between);
      hr_simulation_cause (self, HR_CAUSE_KEPT_STREAM);
      layer -= between;
    }
  self->layer = -1;
  run_embedding_backward (self, phase, fate);
}

static bool
updates_in_backward (const HrSimulation *self)
{
  return self->recipe.job->optimizer.implementation == HR_IMPLEMENTATION_IN_BACKWARD;
}

static bool
accumulates (const HrSimulation *self)
{
  const HrJob *job = self->recipe.job;

  return job->batch.accumulation_steps > 1 && !job->batch.longest_in_first_step;
}

uint64_t
hr_simulation_gradient_bytes (const HrSimulation *self)
{
  return updates_in_backward (self) ? 0 : self->optimizer.gradient_bytes;
}

static HrGradientUpdate
gradient_update (const HrSimulation *self, bool exist)
{
  if (updates_in_backward (self))
    return (HrGradientUpdate){ .fate = HR_GRADIENT_IS_APPLIED, .copies = self->optimizer.update_copies };
  return (HrGradientUpdate){ .fate = exist ? HR_GRADIENT_IS_ADDED : HR_GRADIENT_STAYS };
}

/*
 * Other micro-batches that wait for their backward while one runs. Gradients exist in all backwards but the first;
 * where all micro-batches are in flight before that, the worst moment is whichever of the two holds more.
 */
static uint64_t
count_in_flight (const HrSimulation *self, bool *gradients_exist)
{
  const HrJob *job = self->recipe.job;
  uint64_t flight = hr_pipeline_in_flight (job, &self->recipe.layout, self->recipe.stage.index);

  if (flight < 2 || flight < job->batch.accumulation_steps || !*gradients_exist)
    return flight - 1;
  if ((int64_t) self->optimizer.gradient_bytes >= in_flight_bytes (self))
    return flight - 2;
  *gradients_exist = false;
  return flight - 1;
}

static void
run_micro_batch (HrSimulation *self, uint32_t step, bool gradients_exist)
{
  simulate_kinds (self, gradient_update (self, gradients_exist));
  uint64_t others = count_in_flight (self, &gradients_exist);
  HrGradientUpdate update = gradient_update (self, gradients_exist);

  simulate_kinds (self, update);
  if (gradients_exist)
    self->live[HR_COMPONENT_GRADIENTS] = (int64_t) (self->sharding.bucket_bytes + hr_simulation_gradient_bytes (self));
  if (self->account != NULL)
    hr_account_begin_micro_batch (self->account, update, loss_update (self, update));
  hr_simulation_cause (self, HR_CAUSE_GRADIENTS);
  self->live[HR_COMPONENT_WEIGHTS] += (int64_t) self->sharding.root_bytes;
  hr_simulation_cause (self, HR_CAUSE_GATHERED);
  self->live[HR_COMPONENT_ACTIVATIONS] += hr_simulation_waiting_bytes (self, others);
  hr_simulation_cause (self, HR_CAUSE_WAITING);
  run_forward (self, step);
  run_loss (self, step);
  run_backward (self, step, update.fate);
}

static void
run_step (HrSimulation *self, uint32_t step, const int64_t before[HR_N_COMPONENTS])
{
  bool zeroes = self->recipe.torch->zeroes_gradients;
  int64_t extra[HR_N_COMPONENTS] = { 0 };
  int64_t buckets = (int64_t) self->sharding.bucket_bytes, gradients = (int64_t) hr_simulation_gradient_bytes (self);

  self->live[HR_COMPONENT_GRADIENTS] = buckets;
  hr_simulation_cause (self, HR_CAUSE_GRADIENTS);
  self->leftover_bytes
      = step > 1 || accumulates (self) ? hr_leftover_bytes (&self->recipe, &self->plan, &self->tape) : 0;
  run_micro_batch (self, step, accumulates (self) || (zeroes && step > 1));

  memcpy (self->live, before, sizeof self->live);
  if (self->account != NULL)
    hr_account_end_step (self->account);
  self->live[HR_COMPONENT_GRADIENTS] = buckets + gradients;
  hr_simulation_cause (self, HR_CAUSE_GRADIENTS);
  self->live[HR_COMPONENT_OPTIMIZER] = (int64_t) self->optimizer.state_bytes;
  hr_simulation_cause (self, HR_CAUSE_STATES);
  HrPhase *phase = hr_simulation_begin_phase (self, HR_PHASE_OPTIMIZER_STEP, step);
  if (!updates_in_backward (self))
    extra[HR_COMPONENT_OPTIMIZER] = (int64_t) self->optimizer.temporary_bytes;
  hr_simulation_note (self, phase, extra);

  self->live[HR_COMPONENT_GRADIENTS] = buckets + (zeroes ? gradients : 0);
  hr_simulation_cause (self, HR_CAUSE_GRADIENTS);
  hr_simulation_begin_phase (self, HR_PHASE_IDLE, step);
}

void
hr_simulation_train (HrSimulation *self)
{
  int64_t before[HR_N_COMPONENTS];

  self->live[HR_COMPONENT_GRADIENTS] = (int64_t) self->sharding.bucket_bytes;
  hr_simulation_cause (self, HR_CAUSE_BUCKETS);
  memcpy (before, self->live, sizeof before);
  run_step (self, 1, before);
  /* The first micro-batch is the longest: what follows is shorter by an unknown measure. */
  if (self->recipe.job->batch.longest_in_first_step)
    return;
  memcpy (before, self->live, sizeof before);
  run_step (self, 2, before);
}
