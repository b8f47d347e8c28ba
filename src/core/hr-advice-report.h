/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-advice.h"

/** What the estimate says of a job in one line. */
typedef struct
{
  uint64_t device_bytes;
  int64_t headroom_bytes;
  HrVerdict verdict;
} HrOutcome;

/**
 * HrAdviceReport:
 *
 * All that can be advised for one job on one card.
 */
typedef struct
{
  HrOutcome now;
  HrAdvice changes[HR_N_CHANGES]; /* each by itself, the best first */
  size_t n_changes;
  HrChange set[HR_N_CHANGES]; /* the fewest that make it fit together */
  size_t n_set;               /* 0: it fits already, or nothing makes it fit */
  HrJob set_job;              /* with all of them */
  HrOutcome with_set;
  HrSpare spare;
  int card; /* the smallest larger one on which the job fits, by index; -1: none, or none is needed */
  HrOutcome on_card;
} HrAdviceReport;

/**
 * hr_advice_report:
 * @gpu: (nullable): the card that the job is judged on
 * @cards: (array length=n_cards): what else there is; of equally large ones the preferred first
 * @assumptions: (nullable): what time rests on
 * @options: (nullable): what counts as fitting
 * @out: (out caller-allocates): the advice
 *
 * Asks hr_advise() and its like. Another card is one of the same vendor, with memory of its own, that knows the number
 * formats which @gpu knows; the same margin stays free on it.
 */
void hr_advice_report (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu,
                       const HrGpu *const *cards, size_t n_cards, const HrAssumptions *assumptions,
                       const HrSolveOptions *options, HrAdviceReport *out);

/** Card @card with what shall stay free of @gpu: other processes are left behind. */
HrGpu hr_advice_card (const HrGpu *card, const HrGpu *gpu);
