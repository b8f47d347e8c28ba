/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-advice.h"

#include "hr-throughput.h"
#include "hr-units.h"

#include <string.h>

#define MOST_TRIED_TOGETHER 3

typedef struct
{
  const HrArchitecture *architecture;
  const HrGpu *gpu; /* (nullable) */
  const HrSolveOptions *options;
} Place;

static bool
fits (const Place *place, const HrJob *job, HrEstimate *estimate)
{
  hr_estimate (place->architecture, job, place->gpu, estimate);
  return hr_solve_fits (job, estimate, place->options);
}

/* Seconds for a token: trained on, or served to all requests together. */
static HrSpan
seconds_per_token (const Place *place, const HrJob *job, const HrAssumptions *assumptions)
{
  HrThroughput throughput;

  hr_throughput (place->architecture, job, place->gpu, assumptions, &throughput);
  const HrSpan *tokens = &throughput.tokens_per_second;
  if (!throughput.known || tokens->low <= 0 || tokens->expected <= 0 || tokens->high <= 0)
    return (HrSpan){ 0 };
  return (HrSpan){ 1 / tokens->high, 1 / tokens->expected, 1 / tokens->low };
}

/* What is uncertain of both alike cancels out: ends are compared with ends. */
static HrSpan
time_factor (HrSpan before, HrSpan after)
{
  if (before.low <= 0 || after.low <= 0)
    return (HrSpan){ 0 };

  double ratios[] = { after.low / before.low, after.expected / before.expected, after.high / before.high };
  HrSpan factor = { ratios[1], ratios[1], ratios[1] };
  for (int i = 0; i < 3; i++)
    {
      factor.low = ratios[i] < factor.low ? ratios[i] : factor.low;
      factor.high = ratios[i] > factor.high ? ratios[i] : factor.high;
    }
  return factor;
}

static double
worth (const HrAdvice *advice)
{
  double times = advice->time_factor.expected > 0 ? advice->time_factor.expected : 1;

  return (double) advice->freed_bytes / (times * (double) (UINT64_C (1) << hr_change_facts (advice->change)->pain));
}

static void
insert (HrAdvice *list, size_t n, const HrAdvice *advice)
{
  size_t place = n;

  while (place > 0 && worth (&list[place - 1]) < worth (advice))
    {
      list[place] = list[place - 1];
      place--;
    }
  list[place] = *advice;
}

size_t
hr_advise (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, const HrAssumptions *assumptions,
           const HrSolveOptions *options, HrAdvice out[HR_N_CHANGES])
{
  Place place = { architecture, gpu, options };
  HrSpan before = seconds_per_token (&place, job, assumptions);
  HrEstimate now, then;
  size_t n = 0;

  fits (&place, job, &now);
  for (int change = 0; change < HR_N_CHANGES; change++)
    {
      HrJob changed = *job;

      if (!hr_change_apply ((HrChange) change, architecture, gpu, &changed))
        continue;
      bool does = fits (&place, &changed, &then);
      if (then.peak.device_bytes >= now.peak.device_bytes)
        continue;
      HrAdvice advice = {
        .change = (HrChange) change,
        .device_bytes = then.peak.device_bytes,
        .freed_bytes = now.peak.device_bytes - then.peak.device_bytes,
        .headroom_bytes = then.fit.headroom_bytes,
        .verdict = then.fit.verdict,
        .fits = does,
        .time_factor = time_factor (before, seconds_per_token (&place, &changed, assumptions)),
      };
      insert (out, n++, &advice);
    }
  return n;
}

/* A set of changes as it is being put together, and the best that was found. */
typedef struct
{
  const Place *place;
  HrChange made[MOST_TRIED_TOGETHER];
  HrChange best[MOST_TRIED_TOGETHER];
  bool found;
  unsigned best_pain;
  uint64_t best_bytes;
  HrJob best_job;
} Search;

static unsigned
pain_of (const HrChange *changes, size_t n)
{
  unsigned pain = 0;

  for (size_t i = 0; i < n; i++)
    pain += 1u << hr_change_facts (changes[i])->pain;
  return pain;
}

static void
judge (Search *self, const HrJob *job, size_t n)
{
  unsigned pain = pain_of (self->made, n);
  HrEstimate estimate;

  if ((self->found && pain > self->best_pain) || !fits (self->place, job, &estimate)
      || (self->found && pain == self->best_pain && estimate.peak.device_bytes >= self->best_bytes))
    return;
  self->found = true;
  self->best_pain = pain;
  self->best_bytes = estimate.peak.device_bytes;
  self->best_job = *job;
  memcpy (self->best, self->made, sizeof self->best);
}

/* Tries all sets of @n changes that add to the @n_made made so far, in the order of the enumeration. */
static void
try_all (Search *self, const HrJob *job, size_t n_made, size_t n)
{
  int first = n_made > 0 ? (int) self->made[n_made - 1] + 1 : 0;

  if (n_made == n)
    {
      judge (self, job, n);
      return;
    }
  for (int change = first; change < HR_N_CHANGES; change++)
    {
      HrJob changed = *job;
      bool excluded = false;

      for (size_t i = 0; i < n_made; i++)
        excluded |= hr_change_excludes (self->made[i], (HrChange) change);
      if (excluded || !hr_change_apply ((HrChange) change, self->place->architecture, self->place->gpu, &changed))
        continue;
      self->made[n_made] = (HrChange) change;
      try_all (self, &changed, n_made + 1, n);
    }
}

static bool
is_excluded (const HrChange *made, size_t n_made, HrChange change)
{
  for (size_t i = 0; i < n_made; i++)
    if (hr_change_excludes (made[i], change))
      return true;
  return false;
}

/* The one more change that is worth the most. Returns: whether there is one that helps. */
static bool
take_best (const Place *place, HrJob *job, HrChange *made, size_t *n_made, bool *does)
{
  HrEstimate now, then;
  HrJob best = *job;
  double most = 0;

  fits (place, job, &now);
  for (int change = 0; change < HR_N_CHANGES; change++)
    {
      HrJob changed = *job;

      if (is_excluded (made, *n_made, (HrChange) change)
          || !hr_change_apply ((HrChange) change, place->architecture, place->gpu, &changed))
        continue;
      bool now_fits = fits (place, &changed, &then);
      double freed = (double) now.peak.device_bytes - (double) then.peak.device_bytes;
      double worth = freed / (double) (UINT64_C (1) << hr_change_facts ((HrChange) change)->pain);
      if (worth <= most)
        continue;
      most = worth;
      best = changed;
      made[*n_made] = (HrChange) change;
      *does = now_fits;
    }
  *n_made += most > 0 ? 1 : 0;
  *job = best;
  return most > 0;
}

/* Applies @changes but the one at @without (n: all of them). Returns: whether each applies. */
static bool
apply_but (const Place *place, const HrJob *from, const HrChange *changes, size_t n, size_t without, HrJob *out)
{
  bool all = true;

  *out = *from;
  for (size_t i = 0; i < n; i++)
    if (i != without)
      all &= hr_change_apply (changes[i], place->architecture, place->gpu, out);
  return all;
}

/* Leaves out what is not needed, what asks for the most first. */
static size_t
leave_out (const Place *place, const HrJob *from, HrChange *changes, size_t n)
{
  for (int pain = HR_N_PAINS; pain-- > 0;)
    for (size_t i = 0; i < n;)
      {
        HrEstimate estimate;
        HrJob job;

        if ((int) hr_change_facts (changes[i])->pain == pain && apply_but (place, from, changes, n, i, &job)
            && fits (place, &job, &estimate))
          {
            memmove (&changes[i], &changes[i + 1], (n - i - 1) * sizeof changes[0]);
            n--;
          }
        else
          i++;
      }
  return n;
}

static size_t
take_one_by_one (const Place *place, const HrJob *job, HrChange changes[HR_N_CHANGES], HrJob *out)
{
  HrJob changed = *job;
  size_t n = 0;
  bool does = false;

  while (!does && n < HR_N_CHANGES && take_best (place, &changed, changes, &n, &does))
    continue;
  if (!does)
    return 0;
  n = leave_out (place, job, changes, n);
  apply_but (place, job, changes, n, n, out);
  return n;
}

size_t
hr_advise_set (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, const HrSolveOptions *options,
               HrChange changes[HR_N_CHANGES], HrJob *out)
{
  Place place = { architecture, gpu, options };
  Search search = { .place = &place };
  HrEstimate estimate;

  *out = *job;
  if (gpu == NULL || fits (&place, job, &estimate))
    return 0;
  for (size_t n = 1; n <= MOST_TRIED_TOGETHER; n++)
    {
      try_all (&search, job, 0, n);
      if (!search.found)
        continue;
      memcpy (changes, search.best, n * sizeof changes[0]);
      *out = search.best_job;
      return n;
    }
  return take_one_by_one (&place, job, changes, out);
}

void
hr_advise_spare (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu,
                 const HrAssumptions *assumptions, const HrSolveOptions *options, HrSpare *out)
{
  HrSolveOptions same_samples = options != NULL ? *options : (HrSolveOptions){ 0 };
  Place place = { architecture, gpu, options };
  HrSolution solution;
  HrJob larger = *job;

  *out = (HrSpare){ 0 };
  same_samples.keep_effective_batch = true;
  if (job->task != HR_TASK_TRAIN)
    return;
  hr_solve (architecture, job, gpu, HR_UNKNOWN_MICRO_BATCH, &same_samples, &solution);
  if (!solution.applies || solution.answer <= job->batch.micro_batch_size)
    return;

  hr_unknown_set (HR_UNKNOWN_MICRO_BATCH, solution.answer, true, &larger);
  out->micro_batch_size = solution.answer;
  out->accumulation_steps = solution.accumulation_steps;
  out->device_bytes = solution.device_bytes;
  out->time_factor
      = time_factor (seconds_per_token (&place, job, assumptions), seconds_per_token (&place, &larger, assumptions));
  out->helps = out->time_factor.expected <= 1;
}

/* Cards of one size differ by some MiB; those of users may state their capacity alone. */
static double
size_gb (const HrGpu *card)
{
  return card->memory_gb > 0 ? card->memory_gb : (double) card->capacity_bytes / HR_BYTES_PER_GB;
}

bool
hr_advice_prefers (const HrGpu *card, const HrGpu *best)
{
  return best == NULL || size_gb (card) < size_gb (best);
}

int
hr_advise_gpu (const HrArchitecture *architecture, const HrJob *job, const HrGpu *const *gpus, size_t n_gpus,
               const HrSolveOptions *options)
{
  int best = -1;

  for (size_t i = 0; i < n_gpus; i++)
    {
      Place place = { architecture, gpus[i], options };
      HrEstimate estimate;

      if (hr_advice_prefers (gpus[i], best >= 0 ? gpus[best] : NULL) && fits (&place, job, &estimate))
        best = (int) i;
    }
  return best;
}
