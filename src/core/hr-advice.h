/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-assumptions.h"
#include "hr-change.h"
#include "hr-solve.h"

/**
 * HrAdvice:
 *
 * What one change of a job is worth.
 */
typedef struct
{
  HrChange change;
  uint64_t device_bytes; /* with it */
  uint64_t freed_bytes;  /* of what the device would show */
  int64_t headroom_bytes;
  HrVerdict verdict;
  bool fits;
  HrSpan time_factor; /* of the time for the same data; zeros where it is not known */
} HrAdvice;

/**
 * hr_advise:
 * @gpu: (nullable): the card
 * @assumptions: (nullable): what time rests on
 * @options: (nullable): what counts as fitting
 * @out: (out caller-allocates): the changes that free something, by what they free for what they ask: each step of
 *   HrPain halves the worth of a byte, and so does each doubling of the time
 *
 * Tries every change that applies, each by itself, on the estimate.
 *
 * Returns: how many.
 */
size_t hr_advise (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu,
                  const HrAssumptions *assumptions, const HrSolveOptions *options, HrAdvice out[HR_N_CHANGES]);

/**
 * hr_advise_set:
 * @changes: (out caller-allocates): what to change, in this order
 * @out: (out caller-allocates): the job with all of them
 *
 * The fewest changes with which @job fits @gpu; of as many, those that ask for the least, then those that free the
 * most. Up to three are found by trying all; where that does not do, more are taken one by one, the one that frees the
 * most first, and those that turn out not to be needed are left out again.
 *
 * Returns: how many; 0 where it fits as it is, and where nothing makes it fit.
 */
size_t hr_advise_set (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu,
                      const HrSolveOptions *options, HrChange changes[HR_N_CHANGES], HrJob *out);

/**
 * HrSpare:
 *
 * What room that is left over is good for.
 */
typedef struct
{
  bool helps; /* a larger micro-batch fits, and is no slower */
  uint64_t micro_batch_size;
  uint64_t accumulation_steps;
  uint64_t device_bytes;
  HrSpan time_factor; /* zeros where it is not known */
} HrSpare;

/** The largest micro-batch of the same optimizer step that fits a job which fits already. */
void hr_advise_spare (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu,
                      const HrAssumptions *assumptions, const HrSolveOptions *options, HrSpare *out);

/** Whether @card is smaller than @best (nullable: there is none yet) by the size that its maker states. */
bool hr_advice_prefers (const HrGpu *card, const HrGpu *best);

/**
 * hr_advise_gpu:
 * @gpus: (array length=n_gpus): cards to choose from; of equally large ones the preferred first
 *
 * Returns: the index of the smallest card on which @job fits, the first of several; -1: none.
 */
int hr_advise_gpu (const HrArchitecture *architecture, const HrJob *job, const HrGpu *const *gpus, size_t n_gpus,
                   const HrSolveOptions *options);
