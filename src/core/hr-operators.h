/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-estimate.h"

/*
 * What is live while each operator of a layer runs, noted by the tape: the same moments for every layer of a kind.
 */

/** More than all kinds of layers of one model and its loss have; beyond that the last moment stands for the rest. */
#define HR_MAX_OPERATOR_MOMENTS 8192

/** An operator runs: the most that is live meanwhile, relative to what was live when the stretch began. */
typedef struct
{
  uint8_t place; /* HrPlace, with its bits */
  int64_t live_bytes[HR_N_COMPONENTS];
} HrOperatorMoment;

/** The moments of one stretch: a layer forward or backward, or the loss. */
typedef struct
{
  uint32_t first;
  uint32_t n_moments;
} HrOperatorRun;

typedef struct
{
  HrOperatorMoment moments[HR_MAX_OPERATOR_MOMENTS];
  uint32_t n_moments;
  HrOperatorRun run; /* that is noted now */
  uint64_t before_bytes[HR_N_COMPONENTS];
  bool runs;
} HrOperators;

void hr_operators_reset (HrOperators *self);

/** Nothing is noted between runs. @place: of what happens first; @live_bytes: what the run's moments are relative to */
void hr_operators_begin (HrOperators *self, uint8_t place, const uint64_t live_bytes[HR_N_COMPONENTS]);

/** Something was made by @place; @live_bytes: with it. */
void hr_operators_note (HrOperators *self, uint8_t place, const uint64_t live_bytes[HR_N_COMPONENTS]);

HrOperatorRun hr_operators_end (HrOperators *self);
