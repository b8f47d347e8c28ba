/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-tape.h"

#include "hr-census.h"
#include "hr-place.h"

#include <string.h>

/* The allocator hands out blocks in steps of this many bytes (c10/cuda/CUDACachingAllocator.cpp, kMinBlockSize). */
#define BLOCK_BYTES 512

/* Node 0 stands for the input of the recorded stretch and collects its gradient. */
#define INPUT_NODE 0

static void
note_peak (HrTape *self)
{
  if (self->total_bytes <= self->peak_bytes)
    return;

  self->peak_bytes = self->total_bytes;
  memcpy (self->peak_live_bytes, self->live_bytes, sizeof self->live_bytes);
  if (self->census != NULL)
    hr_census_note_peak (self);
}

static int16_t
new_storage (HrTape *self, uint64_t bytes, int component)
{
  if (self->n_free == 0 && self->n_used == HR_TAPE_MAX_STORAGES)
    {
      self->overflow = true;
      return -1;
    }

  int16_t index = self->n_free > 0 ? self->free_storages[--self->n_free] : (int16_t) self->n_used++;
  HrStorage *storage = &self->storages[index];

  storage->bytes = (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  if (self->trace != NULL)
    storage->event = hr_trace_allocate (self->trace, index, bytes, component);
  storage->references = 1;
  storage->component = (uint8_t) component;
  storage->place = self->place;
  storage->rest_bytes = (uint16_t) (storage->bytes - bytes);
  self->live_bytes[component] += storage->bytes;
  self->total_bytes += storage->bytes;
  note_peak (self);
  if (self->operators != NULL)
    hr_operators_note (self->operators, self->place, self->live_bytes);
  return index;
}

static void
hold (HrTape *self, int16_t index)
{
  if (index >= 0)
    self->storages[index].references++;
}

static void
let_go (HrTape *self, int16_t index)
{
  if (index < 0)
    return;

  HrStorage *storage = &self->storages[index];
  if (--storage->references > 0)
    return;

  self->live_bytes[storage->component] -= storage->bytes;
  self->total_bytes -= storage->bytes;
  if (self->trace != NULL)
    hr_trace_free (self->trace, index, storage->event);
  self->free_storages[self->n_free++] = index;
}

void
hr_tape_reset (HrTape *self)
{
  self->n_free = 0;
  self->n_used = 0;
  self->n_nodes = 0;
  self->n_cached = 0;
  self->grad_enabled = true;
  self->overflow = false;
  self->update = (HrGradientUpdate){ .fate = HR_GRADIENT_STAYS };
  self->selective = NULL;
  self->place = HR_PLACE_STREAM;
  memset (self->live_bytes, 0, sizeof self->live_bytes);
  self->total_bytes = 0;
  hr_tape_reset_peak (self);
}

void
hr_tape_reset_peak (HrTape *self)
{
  self->peak_bytes = self->total_bytes;
  memcpy (self->peak_live_bytes, self->live_bytes, sizeof self->live_bytes);
}

HrTensor
hr_tape_new (HrTape *self, uint64_t elements, uint8_t element_bytes, HrComponent component)
{
  return (HrTensor){
    .elements = elements,
    .storage = new_storage (self, elements * element_bytes, component),
    .node = -1,
    .element_bytes = element_bytes,
  };
}

/* The storage of what an operator gives: under a selective checkpoint perhaps the one of the layer's first run. */
static int16_t
result_storage (HrTape *self, uint64_t bytes, int component, int op_class)
{
  HrSelective *selective = self->selective;

  if (selective == NULL || !hr_selective_chooses (selective, (HrOpClass) op_class))
    return new_storage (self, bytes, component);
  if (selective->replays)
    return selective->kept[selective->n_taken++];

  int16_t storage = new_storage (self, bytes, component);
  hold (self, storage);
  selective->kept[selective->n_kept++] = storage;
  return storage;
}

HrTensor
hr_tape_new_result (HrTape *self, uint64_t elements, uint8_t element_bytes, HrOpClass op_class)
{
  return (HrTensor){
    .elements = elements,
    .storage = result_storage (self, elements * element_bytes, HR_COMPONENT_ACTIVATIONS, op_class),
    .node = -1,
    .element_bytes = element_bytes,
  };
}

HrTensor
hr_tape_parameter (uint64_t elements, uint8_t element_bytes, bool trains)
{
  return (HrTensor){
    .elements = elements,
    .storage = -1,
    .node = -1,
    .element_bytes = element_bytes,
    .is_parameter = true,
    .requires_grad = trains,
  };
}

HrTensor
hr_tape_begin (HrTape *self, HrTensor input, bool requires_grad)
{
  self->n_nodes = INPUT_NODE;
  hr_tape_op (self, input);
  self->n_nodes++;
  input.requires_grad = requires_grad;
  input.node = requires_grad ? INPUT_NODE : -1;
  return input;
}

HrTensor
hr_tape_input (HrTape *self, uint64_t elements, uint8_t element_bytes, bool requires_grad)
{
  return hr_tape_begin (self, hr_tape_new (self, elements, element_bytes, HR_COMPONENT_ACTIVATIONS), requires_grad);
}

void
hr_tape_hold (HrTape *self, HrTensor tensor)
{
  hold (self, tensor.storage);
}

void
hr_tape_release (HrTape *self, HrTensor tensor)
{
  let_go (self, tensor.storage);
}

HrTensor
hr_tape_replace (HrTape *self, HrTensor old, HrTensor made)
{
  let_go (self, old.storage);
  return made;
}

void
hr_tape_cache (HrTape *self, HrTensor tensor, HrComponent component)
{
  if (tensor.storage < 0)
    return;

  HrStorage *storage = &self->storages[tensor.storage];

  self->live_bytes[storage->component] -= storage->bytes;
  self->live_bytes[component] += storage->bytes;
  storage->component = (uint8_t) component;
  if (self->n_cached == HR_TAPE_MAX_CACHED)
    self->overflow = true;
  else
    self->cached[self->n_cached++] = tensor.storage;
}

void
hr_tape_empty_cache (HrTape *self)
{
  while (self->n_cached > 0)
    let_go (self, self->cached[--self->n_cached]);
}

void
hr_tape_try (const HrTape *self, HrTapeStretch *stretch)
{
  *stretch = (HrTapeStretch){ .n_nodes = self->n_nodes, .n_cached = self->n_cached };
  memcpy (stretch->live_bytes, self->live_bytes, sizeof stretch->live_bytes);
}

void
hr_tape_take_back (HrTape *self, HrTapeStretch *stretch)
{
  stretch->kept_bytes = self->live_bytes[HR_COMPONENT_ACTIVATIONS] - stretch->live_bytes[HR_COMPONENT_ACTIVATIONS];
  stretch->workspace_bytes = self->live_bytes[HR_COMPONENT_WORKSPACE] - stretch->live_bytes[HR_COMPONENT_WORKSPACE];
  while (self->n_nodes > stretch->n_nodes)
    {
      const HrOp *node = &self->nodes[--self->n_nodes];

      for (int i = 0; i < node->n_steps; i++)
        if (node->steps[i].kind == HR_STEP_NEW && node->steps[i].component == HR_COMPONENT_GRADIENTS)
          stretch->gradient_bytes += node->steps[i].bytes;
      for (int i = 0; i < node->n_saved; i++)
        let_go (self, node->saved[i]);
    }
  while (self->n_cached > stretch->n_cached)
    let_go (self, self->cached[--self->n_cached]);
}

HrOp *
hr_tape_op (HrTape *self, HrTensor like)
{
  HrOp *op = &self->nodes[self->n_nodes];

  op->gradient = -1;
  op->n_inputs = op->n_saved = op->n_steps = 0;
  op->needs_grad = op->saves_output = false;
  op->element_bytes = like.element_bytes;
  op->component = HR_COMPONENT_ACTIVATIONS;
  op->op_class = HR_OP_OTHER;
  op->view_of = -1;
  op->place = self->place;
  op->elements = like.elements;
  return op;
}

/* Returns: the operator's node, or -1. */
static int16_t
record (HrTape *self, HrOp *op, int16_t storage)
{
  if (self->n_nodes == HR_TAPE_MAX_NODES)
    {
      self->overflow = true;
      return -1;
    }

  if (op->saves_output)
    op->saved[op->n_saved++] = storage;
  for (int i = 0; i < op->n_saved; i++)
    hold (self, op->saved[i]);
  return (int16_t) self->n_nodes++;
}

HrTensor
hr_tape_emit (HrTape *self, HrOp *op)
{
  int16_t storage = op->view_of;

  if (storage >= 0)
    hold (self, storage);
  else
    storage = result_storage (self, op->elements * op->element_bytes, op->component, op->op_class);
  int16_t node = self->grad_enabled && op->needs_grad ? record (self, op, storage) : -1;

  return (HrTensor){
    .elements = op->elements,
    .storage = storage,
    .node = node,
    .element_bytes = op->element_bytes,
    .requires_grad = node >= 0,
  };
}

/* Adds @gradient, whose hold is taken over, to what node @index has received so far. */
static void
accumulate (HrTape *self, int index, int16_t gradient)
{
  HrOp *node = &self->nodes[index];

  if (node->gradient < 0)
    {
      node->gradient = gradient;
      return;
    }

  if (self->storages[node->gradient].references > 1)
    {
      HrStorage *old = &self->storages[node->gradient];
      int16_t sum = new_storage (self, old->bytes, old->component);

      let_go (self, node->gradient);
      node->gradient = sum;
    }
  let_go (self, gradient);
}

static void
run_steps (HrTape *self, const HrOp *node, int16_t gradients[HR_TAPE_MAX_INPUTS])
{
  int16_t temporaries[HR_TAPE_MAX_STEPS];

  for (int i = 0; i < node->n_steps; i++)
    {
      const HrStep *step = &node->steps[i];

      switch ((HrStepKind) step->kind)
        {
        case HR_STEP_TEMPORARY:
          temporaries[step->slot] = new_storage (self, step->bytes, step->component);
          break;
        case HR_STEP_FREE:
          let_go (self, temporaries[step->slot]);
          break;
        case HR_STEP_SHARE:
          gradients[step->slot] = node->gradient;
          hold (self, node->gradient);
          break;
        case HR_STEP_NEW:
          gradients[step->slot] = new_storage (self, step->bytes, step->component);
          break;
        case HR_STEP_REUSE:
          gradients[step->slot] = node->saved[step->saved];
          hold (self, node->saved[step->saved]);
          break;
        default:
          break;
        }
    }
}

/* Takes over the hold on a parameter's gradient. */
static void
settle (HrTape *self, int16_t gradient)
{
  if (self->update.fate == HR_GRADIENT_STAYS)
    return;
  if (self->update.fate == HR_GRADIENT_IS_APPLIED && self->update.copies > 0)
    let_go (self, new_storage (self, self->storages[gradient].bytes * self->update.copies, HR_COMPONENT_OPTIMIZER));
  let_go (self, gradient);
}

static void
run_node (HrTape *self, HrOp *node)
{
  int16_t gradients[HR_TAPE_MAX_INPUTS] = { -1, -1, -1, -1 };

  self->place = node->place | HR_PLACE_BACKWARD;
  if (node->gradient >= 0)
    run_steps (self, node, gradients);

  let_go (self, node->gradient);
  node->gradient = -1;
  for (int i = 0; i < node->n_saved; i++)
    let_go (self, node->saved[i]);

  for (int i = 0; i < node->n_inputs; i++)
    {
      if (gradients[i] < 0)
        continue;
      if (node->edges[i] >= 0)
        accumulate (self, node->edges[i], gradients[i]);
      else if (node->keeps[i])
        settle (self, gradients[i]);
      else
        let_go (self, gradients[i]);
    }
}

HrTensor
hr_tape_backward (HrTape *self, HrTensor root, HrTensor gradient)
{
  HrTensor result = HR_TENSOR_NONE;

  if (root.node < 0)
    let_go (self, gradient.storage);
  else
    accumulate (self, root.node, gradient.storage);

  for (int i = self->n_nodes - 1; i > INPUT_NODE; i--)
    run_node (self, &self->nodes[i]);

  result.storage = self->nodes[INPUT_NODE].gradient;
  self->n_nodes = 0;
  return result;
}
