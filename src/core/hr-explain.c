/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-explain-private.h"

#include "hr-communication.h"
#include "hr-context.h"
#include "hr-place.h"

#include <string.h>

HR_DEFINE_ENUM (HR_EXPLAINS, "root", "component", "rounding", "rest", "linear-layers", "module", "packed", "scales",
                "nested-scales", "zeros", "indices", "tables", "embedding", "head", "vectors", "segment-rests",
                "gathered-ends", "gathered-layers", "head-copy", "factor-a", "factor-b", "magnitude", "gradients",
                "gradients-so-far", "buckets", "reduced", "embedding-gradient", "states", "master", "update",
                "stored-inputs", "kept", "running", "tensor", "positions", "tokens", "waiting", "leftover",
                "kept-stream", "embedding-backward", "libraries", "kernels", "cache", "cache-room", "cache-copy",
                "repeated", "driver", "communication", "unused");

static HrExplainRow *
new_row (HrExplainer *self, int parent, HrExplainKind kind)
{
  HrExplain *out = self->out;
  bool full = out->n_rows == HR_EXPLAIN_MAX_ROWS;
  HrExplainRow *row = full ? &self->spare : &out->rows[out->n_rows++];

  *row = (HrExplainRow){ .kind = kind,
                         .parent = parent,
                         .level = parent >= 0 ? out->rows[parent].level + 1 : 0,
                         .component = self->component,
                         .shared_by = 1 };
  return row;
}

int
hr_explain_open (HrExplainer *self, int parent, HrExplainKind kind)
{
  HrExplainRow *row = new_row (self, parent, kind);

  return row == &self->spare ? parent : (int) (row - self->out->rows);
}

void
hr_explain_close (HrExplainer *self, int group)
{
  if (group != self->root && (uint32_t) group + 1 == self->out->n_rows)
    self->out->n_rows--;
}

HrExplainRow *
hr_explain_add (HrExplainer *self, int parent, HrExplainKind kind, uint64_t bytes)
{
  if (bytes == 0)
    {
      self->spare = (HrExplainRow){ .shared_by = 1 };
      return &self->spare;
    }

  HrExplainRow *row = new_row (self, parent, kind);
  row->bytes = bytes;
  return row;
}

void
hr_explain_factor (HrExplainRow *row, uint64_t value, HrFactorUnit unit)
{
  if ((value != 1 || unit != HR_UNIT_NUMBER) && row->n_factors < HR_EXPLAIN_FACTORS)
    row->factors[row->n_factors++] = (HrExplainFactor){ value, unit };
}

void
hr_explain_unit (HrExplainRow *row, double unit_bytes)
{
  row->unit_bytes = unit_bytes;
}

uint64_t
hr_explain_cause (const HrExplainer *self, HrCause cause)
{
  int64_t bytes = self->account->kept.causes_bytes[cause][self->component];

  return bytes > 0 ? (uint64_t) bytes : 0;
}

/* Numbers of a token that tensors of a step have, those first that a place's tensors usually have. */
static size_t
widths_of (const HrExplainer *self, uint8_t place, uint64_t widths[8])
{
  const HrRecipe *r = &self->account->recipe;
  const HrArchitecture *a = r->architecture;
  uint64_t split = r->tensor_parallel;
  uint64_t q = (uint64_t) a->num_attention_heads * a->head_dim / split;
  uint64_t kv = (uint64_t) a->num_key_value_heads * a->head_dim / split;
  int at = place & HR_PLACE_MASK;
  size_t n = 0;

  if (at >= HR_PLACE_LOGITS && at <= HR_PLACE_LOSS)
    widths[n++] = r->vocabulary;
  if (at == HR_PLACE_ROLE + HR_ROLE_K || at == HR_PLACE_ROLE + HR_ROLE_V)
    widths[n++] = kv;
  if (at == HR_PLACE_ACTIVATION || at == HR_PLACE_GATED
      || (at >= HR_PLACE_ROLE + HR_ROLE_GATE && at <= HR_PLACE_ROLE + HR_ROLE_DOWN))
    widths[n++] = a->intermediate_size / split;
  widths[n++] = a->hidden_size;
  widths[n++] = q;
  widths[n++] = kv;
  widths[n++] = a->intermediate_size / split;
  widths[n++] = r->rank;
  return n;
}

static bool
is_element_size (uint64_t bytes)
{
  return bytes == 1 || bytes == 2 || bytes == 4;
}

/* Tokens, numbers a token, bytes a number; else tokens and bytes a token. */
static bool
factor_by_tokens (HrExplainer *self, HrExplainRow *row, uint8_t place, uint64_t bytes, uint64_t tokens)
{
  uint64_t widths[8];

  if (tokens == 0 || bytes % tokens != 0)
    return false;

  uint64_t per_token = bytes / tokens;

  hr_explain_factor (row, tokens, HR_UNIT_TOKENS);
  for (size_t i = 0, n = widths_of (self, place, widths); i < n; i++)
    if (widths[i] > 0 && per_token % widths[i] == 0 && is_element_size (per_token / widths[i]))
      {
        hr_explain_factor (row, widths[i], HR_UNIT_NUMBER);
        hr_explain_unit (row, (double) (per_token / widths[i]));
        return true;
      }
  hr_explain_unit (row, (double) per_token);
  return true;
}

static bool
is_of_matrix (HrExplainRow *row, uint64_t bytes, uint64_t rows, uint64_t columns)
{
  uint64_t elements = rows * columns;

  if (elements == 0 || bytes % elements != 0 || !is_element_size (bytes / elements))
    return false;
  hr_explain_factor (row, rows, HR_UNIT_NUMBER);
  hr_explain_factor (row, columns, HR_UNIT_NUMBER);
  hr_explain_unit (row, (double) (bytes / elements));
  return true;
}

/* The size of a weight, or of one of its adapter's factors. */
static bool
factor_by_matrix (HrExplainer *self, HrExplainRow *row, uint64_t bytes)
{
  const HrRecipe *r = &self->account->recipe;
  HrLinear linears[HR_MAX_LINEARS];

  if (is_of_matrix (row, bytes, r->vocabulary, r->architecture->hidden_size))
    return true;
  for (size_t i = 0, n = hr_slice_linears (r, hr_slice_layers (r), true, linears); i < n; i++)
    if (is_of_matrix (row, bytes, linears[i].out_features, linears[i].in_features)
        || is_of_matrix (row, bytes, r->rank, linears[i].in_features)
        || is_of_matrix (row, bytes, linears[i].out_features, r->rank))
      return true;
  return is_of_matrix (row, bytes, r->architecture->hidden_size, 1);
}

void
hr_explain_tensor (HrExplainer *self, HrExplainRow *row, uint8_t place, uint64_t bytes, uint64_t count)
{
  const HrRecipe *r = &self->account->recipe;
  bool weights = self->component == HR_COMPONENT_GRADIENTS || self->component == HR_COMPONENT_WORKSPACE
                 || self->component == HR_COMPONENT_OPTIMIZER;

  row->place = place;
  if (row->bytes == 0)
    return;
  hr_explain_factor (row, count, HR_UNIT_NUMBER);
  if (weights && factor_by_matrix (self, row, bytes))
    return;
  if (!weights && factor_by_tokens (self, row, place, bytes, r->rows))
    return;
  if (weights || !factor_by_tokens (self, row, place, bytes, r->stream_rows))
    hr_explain_unit (row, (double) bytes);
}

/* The row that is written now gets all that is left: blocks' rests, and what no child tells. */
static void
close_component (HrExplainer *self, uint64_t bytes)
{
  HrExplain *out = self->out;
  uint64_t told = 0;

  for (uint32_t i = (uint32_t) self->root + 1; i < out->n_rows; i++)
    told += out->rows[i].bytes;
  out->rows[self->root].bytes = bytes;
  if (told > bytes) /* no part may be more than the whole: it stays whole */
    {
      out->n_rows = (uint32_t) self->root + 1;
      return;
    }
  if (out->n_rows == (uint32_t) self->root + 1)
    return;

  uint64_t left = bytes - told, rest = self->rest_bytes > 0 ? (uint64_t) self->rest_bytes : 0;
  uint64_t rounding = left < rest ? left : rest;

  hr_explain_add (self, self->root, HR_EXPLAIN_ROUNDING, rounding)->source = "c10/cuda/CUDACachingAllocator.cpp";
  hr_explain_add (self, self->root, HR_EXPLAIN_REST, left - rounding);
}

static void
write_component (HrExplainer *self)
{
  bool trains = self->account->job.task == HR_TASK_TRAIN;

  switch ((int) self->component)
    {
    case HR_COMPONENT_WEIGHTS:
      hr_explain_weights (self);
      break;
    case HR_COMPONENT_ADAPTERS:
      hr_explain_adapters (self);
      break;
    case HR_COMPONENT_GRADIENTS:
      hr_explain_gradients (self);
      break;
    case HR_COMPONENT_OPTIMIZER:
      hr_explain_optimizer (self);
      break;
    case HR_COMPONENT_CONTEXT:
      hr_explain_context (self);
      break;
    case HR_PART_UNUSED:
      break;
    default:
      if (trains)
        hr_explain_step (self);
      else
        hr_explain_serving (self);
    }
}

void
hr_explain_context (HrExplainer *self)
{
  const HrJob *job = &self->account->job;
  uint64_t all = hr_context (job, self->gpu).expected_bytes;
  uint64_t communication = job->gpu.context_bytes > 0 ? 0 : hr_communication (job).expected_bytes;

  hr_explain_add (self, self->root, HR_EXPLAIN_DRIVER, all - communication)->source
      = "pytorch/pytorch pull 86509, issues 107667, 109888";
  hr_explain_add (self, self->root, HR_EXPLAIN_COMMUNICATION, communication)->source = "NVIDIA/nccl";
}

/* A group of trained tensors of one type: their parameters, times the bytes of each. */
static void
summarize_trained (HrExplain *out, uint32_t index)
{
  HrExplainRow *group = &out->rows[index];
  double unit_bytes = 0;
  uint64_t parameters = 0, shared_by = 1;

  if (group->component < HR_COMPONENT_ADAPTERS || group->component > HR_COMPONENT_OPTIMIZER)
    return;
  for (uint32_t i = index + 1; i < out->n_rows && out->rows[i].level > group->level; i++)
    {
      const HrExplainRow *row = &out->rows[i];
      uint64_t product = 1;

      if (row->parent != (int) index)
        continue;
      for (uint32_t f = 0; f < row->n_factors; f++)
        product *= row->factors[f].value;
      if (row->n_factors == 0 || (unit_bytes > 0 && (row->unit_bytes < unit_bytes || row->unit_bytes > unit_bytes)))
        return;
      unit_bytes = row->unit_bytes;
      shared_by = row->shared_by;
      parameters += product;
    }
  if (parameters == 0 || shared_by > 1)
    return;
  hr_explain_factor (group, parameters, HR_UNIT_NUMBER);
  hr_explain_unit (group, unit_bytes);
}

/* Groups get what their children have; all get their share. */
static void
add_up (HrExplain *out)
{
  double total;

  for (uint32_t i = out->n_rows; i-- > 1;)
    if (out->rows[out->rows[i].parent].kind > HR_EXPLAIN_COMPONENT)
      out->rows[out->rows[i].parent].bytes += out->rows[i].bytes;
  for (uint32_t i = out->n_rows; i-- > 1;)
    summarize_trained (out, i);
  total = (double) out->rows[0].bytes;
  for (uint32_t i = 0; i < out->n_rows && total > 0; i++)
    out->rows[i].share = (double) out->rows[i].bytes / total;
}

static void
write_parts (HrExplainer *self)
{
  const HrPhase *phase = &self->out->phase;
  int n_parts = self->out->at_peak ? HR_N_PARTS : HR_N_COMPONENTS;

  self->component = HR_N_PARTS;
  int root = hr_explain_open (self, -1, HR_EXPLAIN_ROOT);
  self->out->rows[root].bytes = self->out->at_peak ? self->estimate->peak.device_bytes : phase->total_bytes;
  for (int i = 0; i < n_parts; i++)
    {
      uint64_t bytes
          = i == HR_PART_UNUSED ? hr_estimate_part_bytes (self->estimate, HR_PART_UNUSED) : phase->components_bytes[i];

      if (bytes == 0)
        continue;
      self->component = (HrComponent) i;
      self->rest_bytes = i < HR_N_COMPONENTS ? self->ledger->rest_bytes[i] : 0;
      self->root = hr_explain_open (self, root, HR_EXPLAIN_COMPONENT);
      write_component (self);
      close_component (self, bytes);
    }
  add_up (self->out);
}

void
hr_explain (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, int phase, HrExplain *out)
{
  HrEstimate estimate, simulated;
  HrAccount account;
  HrLedger ledger;
  HrCensus census;
  HrTape tape;
  HrExplainer self = { .out = out, .gpu = gpu, .estimate = &estimate, .account = &account, .ledger = &ledger };

  hr_estimate (architecture, job, gpu, &estimate);
  out->n_rows = 0;
  out->at_peak = phase < 0 || (uint32_t) phase >= estimate.n_phases;
  account.phase = out->at_peak ? estimate.peak.phase : (uint32_t) phase;
  out->phase = estimate.phases[account.phase];
  hr_simulate_account (architecture, job, gpu, &account, &simulated);

  ledger.n_entries = 0;
  memset (ledger.rest_bytes, 0, sizeof ledger.rest_bytes);
  tape.trace = NULL;
  tape.census = &census;
  tape.operators = NULL;
  if (job->task == HR_TASK_TRAIN)
    hr_ledger_run (&ledger, &account, &tape);
  hr_ledger_settle (&ledger);
  self.tape = &tape;
  self.stored = hr_recipe_stored (&account.recipe);
  write_parts (&self);
}
