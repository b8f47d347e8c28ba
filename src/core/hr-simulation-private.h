/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-account.h"
#include "hr-reservation.h"
#include "hr-simulation.h"
#include "hr-timeline.h"

/* What the files that run a simulation share: one value, filled by a stage after the other. */

typedef struct
{
  HrJob job; /* small enough that no size overflows */
  HrRecipe recipe;
  HrTrained trained; /* as it is stored */
  HrOptimizerMemory optimizer;
  HrEstimate *out;
  HrTimeline *timeline; /* (nullable): records what is live */
  HrAccount *account;   /* (nullable): notes where it comes from */
  bool in_full;         /* replays every layer through the allocator */
  int32_t layer;        /* that runs, or -1 */
  HrTape tape;

  HrLayerPlan plan;
  HrKindProfile kinds[HR_MAX_LAYER_KINDS]; /* of the plan's kinds */
  HrKindProfile loss;
  HrTrace trace;           /* of those profiles */
  uint64_t leftover_bytes; /* of the micro-batch before, until the forward returns */
  int kinds_fate;          /* HrGradientFate with which the kinds were simulated, or -1 */
  int loss_fate;           /* and norm, head and loss of the stage */

  HrSharding sharding;

  int64_t live[HR_N_COMPONENTS];
  int64_t workspace_bytes;              /* of the libraries, always live */
  int64_t cache_bytes[HR_N_COMPONENTS]; /* what autocast and the model's outputs hold until the forward returns */
} HrSimulation;

int64_t hr_simulation_total (const int64_t live[HR_N_COMPONENTS]);

/** Notes a moment at which @extra (nullable) is live besides what stays; the phase keeps its largest. */
void hr_simulation_note (HrSimulation *self, HrPhase *phase, const int64_t extra[HR_N_COMPONENTS]);

/** The same without the timeline. */
void hr_simulation_keep (HrSimulation *self, HrPhase *phase, const int64_t extra[HR_N_COMPONENTS]);

/** Tells the account that what has changed is by @cause. */
static inline void
hr_simulation_cause (HrSimulation *self, HrCause cause)
{
  if (self->account != NULL)
    hr_account_cause (self->account, cause, self->live);
}

/** The same for the timeline alone. */
void hr_simulation_record (HrSimulation *self, const int64_t extra[HR_N_COMPONENTS]);

HrPhase *hr_simulation_begin_phase (HrSimulation *self, HrPhaseKind kind, uint32_t step);

/** Runs the simulation and fills @account, whose phase is set. */
void hr_simulate_account (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrAccount *account,
                          HrEstimate *out);

/** Two training steps of the stage that is set up. */
void hr_simulation_train (HrSimulation *self);

/** Of @others micro-batches in flight besides the one that runs, and of buffers for what other stages send. */
int64_t hr_simulation_waiting_bytes (const HrSimulation *self, uint64_t others);

/** Gradients that the optimizer's step finds. */
uint64_t hr_simulation_gradient_bytes (const HrSimulation *self);

/** Finds what the caching allocator holds at most, live or not. @gpu: (nullable) */
void hr_simulation_reserve (const HrSimulation *self, const HrGpu *gpu);
