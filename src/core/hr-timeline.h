/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-operators.h"

/** A point of the simulated run and what is live there. */
typedef struct
{
  HrPhaseKind kind;
  uint32_t step; /* optimizer step, from 1; 0: before the first */
  int32_t layer; /* that runs or has just run, from 0; -1: none */
  int16_t place; /* of the operator that runs, HrPlace with its bits; -1: not told */
  uint64_t components_bytes[HR_N_COMPONENTS];
} HrMoment;

/** Moments of a phase besides those of layers: there is room for so many. */
#define HR_TIMELINE_PHASE_MOMENTS 8

/** The least room with which hr_timeline() works. */
#define HR_TIMELINE_MIN_MOMENTS (HR_MAX_PHASES * HR_TIMELINE_PHASE_MOMENTS + 8)

/** Layers of a phase whose operators are told; the loss counts as one that is always in the range. */
typedef struct
{
  int32_t first_layer;
  int32_t end_layer; /* not among them; 0: none are */
} HrTimelineRange;

/**
 * HrTimeline:
 * @operators: (nullable): room to note operators in; without it none are told
 * @operator_room: so many of the moments are for operators; where they do not fit, the largest stand for the rest
 * @ranges: whose operators are told, by index of the phase in hr_estimate()
 *
 * The moments of a run in order of time. The caller owns the room and sets @moments and @capacity, and these; the rest
 * is the simulation's.
 */
typedef struct
{
  HrMoment *moments;
  uint32_t capacity;
  HrOperators *operators;
  uint32_t operator_room;
  HrTimelineRange ranges[HR_MAX_PHASES];

  uint32_t n_moments;
  uint32_t n_operators;     /* of those moments */
  uint32_t layers_per_pair; /* so many layers share two moments: 1 where there is room for all */

  bool last_stays;  /* of the last moment: what stays after its layer */
  uint32_t n_loose; /* moments of the last phase that belong to no layer */
} HrTimeline;

/** Moments for which hr_timeline() needs room so that each layer has its own. */
uint32_t hr_timeline_capacity (const HrArchitecture *architecture);

/**
 * hr_timeline:
 * @gpu: (nullable): the card
 * @out: (inout): its moments are overwritten
 *
 * Runs the simulation of hr_simulate() and records it: two training steps, with the most that is live while a layer
 * runs and what stays after it, or load, prefill and decode. Context included, as in the phases of hr_estimate(), whose
 * peak is the largest moment.
 *
 * Where there is less room than hr_timeline_capacity(), neighbouring layers share their two moments, equally many each:
 * the largest of them and what stays after the last. No phase loses its maximum.
 *
 * Returns: false, with no moments, if there is room for less than %HR_TIMELINE_MIN_MOMENTS.
 */
bool hr_timeline (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrTimeline *out);

/**
 * hr_timeline_add:
 * @phase: that runs
 * @layer: that runs, or -1
 * @live_bytes: what stays
 * @extra_bytes: (nullable): what is live besides for the moment
 *
 * For the simulation.
 */
void hr_timeline_add (HrTimeline *self, const HrPhase *phase, int32_t layer, const int64_t live_bytes[HR_N_COMPONENTS],
                      const int64_t extra_bytes[HR_N_COMPONENTS]);

/** Whether the operators of @layer (-1: the loss) are told one by one. For the simulation, as the next. */
bool hr_timeline_wants_operators (const HrTimeline *self, uint32_t phase, int32_t layer);

void hr_timeline_add_operator (HrTimeline *self, const HrPhase *phase, int32_t layer, uint8_t place,
                               const int64_t live_bytes[HR_N_COMPONENTS], const int64_t extra_bytes[HR_N_COMPONENTS]);

uint64_t hr_moment_total_bytes (const HrMoment *self);

/** Index of the first moment with the largest total; 0 if there are no moments. */
uint32_t hr_timeline_peak (const HrTimeline *self);
