/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline.h"

#include "hr-context.h"
#include "hr-simulation.h"

/* Each layer runs forward and backward in two steps, with two moments each. */
#define MOMENTS_PER_LAYER 8

#define LOOSE_MOMENTS (HR_MAX_PHASES * HR_TIMELINE_PHASE_MOMENTS)

static uint32_t
count_layers (const HrArchitecture *architecture)
{
  return architecture->num_hidden_layers + architecture->num_decoder_layers;
}

uint32_t
hr_timeline_capacity (const HrArchitecture *architecture)
{
  uint32_t layers = count_layers (architecture);

  return LOOSE_MOMENTS + MOMENTS_PER_LAYER * (layers > 1 ? layers : 1);
}

uint64_t
hr_moment_total_bytes (const HrMoment *self)
{
  uint64_t sum = 0;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    sum += self->components_bytes[i];
  return sum;
}

uint32_t
hr_timeline_peak (const HrTimeline *self)
{
  uint64_t largest = 0;
  uint32_t peak = 0;

  for (uint32_t i = 0; i < self->n_moments; i++)
    {
      uint64_t bytes = hr_moment_total_bytes (&self->moments[i]);

      if (bytes > largest)
        {
          largest = bytes;
          peak = i;
        }
    }
  return peak;
}

static void
keep_larger (HrMoment *kept, const HrMoment *moment)
{
  if (hr_moment_total_bytes (moment) > hr_moment_total_bytes (kept))
    *kept = *moment;
}

/* There is room for what the simulation is known to record; more of it never goes over the end. */
static void
append (HrTimeline *self, const HrMoment *moment, bool stays)
{
  if (self->n_moments == self->capacity)
    {
      keep_larger (&self->moments[self->n_moments - 1], moment);
      return;
    }
  self->moments[self->n_moments++] = *moment;
  self->last_stays = stays;
}

/* A pair is the largest moment of its layers and what stays after the last of them. */
static void
add_to_pair (HrTimeline *self, const HrMoment *moment, bool stays)
{
  HrMoment *last = &self->moments[self->n_moments - 1];

  if (!stays)
    keep_larger (self->last_stays ? last - 1 : last, moment);
  else if (self->last_stays)
    *last = *moment;
  else
    append (self, moment, true);
}

static bool
shares_pair (const HrTimeline *self, const HrMoment *a, const HrMoment *b)
{
  return a->layer >= 0 && b->layer >= 0
         && (uint32_t) a->layer / self->layers_per_pair == (uint32_t) b->layer / self->layers_per_pair;
}

bool
hr_timeline_wants_operators (const HrTimeline *self, uint32_t phase, int32_t layer)
{
  const HrTimelineRange *range = &self->ranges[phase];

  if (self->operators == NULL || self->layers_per_pair > 1 || range->end_layer <= 0)
    return false;
  return layer < 0 || (layer >= range->first_layer && layer < range->end_layer);
}

static HrMoment
make_moment (const HrPhase *phase, int32_t layer, int place, const int64_t live_bytes[HR_N_COMPONENTS],
             const int64_t extra_bytes[HR_N_COMPONENTS])
{
  HrMoment moment = { .kind = phase->kind, .step = phase->step, .layer = layer, .place = (int16_t) place };

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    moment.components_bytes[i] = (uint64_t) (live_bytes[i] + (extra_bytes != NULL ? extra_bytes[i] : 0));
  return moment;
}

void
hr_timeline_add_operator (HrTimeline *self, const HrPhase *phase, int32_t layer, uint8_t place,
                          const int64_t live_bytes[HR_N_COMPONENTS], const int64_t extra_bytes[HR_N_COMPONENTS])
{
  HrMoment moment = make_moment (phase, layer, place, live_bytes, extra_bytes);
  HrMoment *last = &self->moments[self->n_moments - 1];

  if (self->n_operators < self->operator_room)
    {
      append (self, &moment, false);
      self->n_operators++;
    }
  else if (last->layer == layer && last->kind == phase->kind && last->place >= 0)
    keep_larger (last, &moment);
  else
    append (self, &moment, false);
}

void
hr_timeline_add (HrTimeline *self, const HrPhase *phase, int32_t layer, const int64_t live_bytes[HR_N_COMPONENTS],
                 const int64_t extra_bytes[HR_N_COMPONENTS])
{
  HrMoment *last = self->n_moments > 0 ? &self->moments[self->n_moments - 1] : NULL;
  bool goes_on = last != NULL && last->kind == phase->kind && last->step == phase->step;
  bool stays = layer >= 0 && extra_bytes == NULL;
  HrMoment moment = make_moment (phase, layer, -1, live_bytes, extra_bytes);

  if (!goes_on)
    self->n_loose = 0;

  if (goes_on && shares_pair (self, &moment, last))
    add_to_pair (self, &moment, stays);
  else if (layer < 0 && self->n_loose == HR_TIMELINE_PHASE_MOMENTS)
    keep_larger (last, &moment);
  else
    {
      append (self, &moment, stays);
      self->n_loose += layer < 0;
    }
}

bool
hr_timeline (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrTimeline *out)
{
  uint32_t layers = count_layers (architecture);
  uint64_t context_bytes = hr_context (job, gpu).expected_bytes;
  HrEstimate estimate;

  out->n_moments = 0;
  out->n_operators = 0;
  if (out->capacity < HR_TIMELINE_MIN_MOMENTS + (uint64_t) out->operator_room)
    return false;

  uint32_t pairs = (out->capacity - out->operator_room - LOOSE_MOMENTS) / MOMENTS_PER_LAYER;

  out->layers_per_pair = layers > pairs ? (layers + pairs - 1) / pairs : 1;
  out->last_stays = false;
  out->n_loose = 0;
  hr_simulate_timeline (architecture, job, gpu, out, &estimate);
  for (uint32_t i = 0; i < out->n_moments; i++)
    out->moments[i].components_bytes[HR_COMPONENT_CONTEXT] += context_bytes;
  return true;
}
