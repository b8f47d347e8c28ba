/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-advice-report.h"

#include <string.h>

static HrOutcome
outcome (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu)
{
  HrEstimate estimate;

  hr_estimate (architecture, job, gpu, &estimate);
  return (HrOutcome){ estimate.peak.device_bytes, estimate.fit.headroom_bytes, estimate.fit.verdict };
}

static bool
can_stand_in (const HrGpu *card, const HrGpu *gpu)
{
  return card->capacity_bytes > gpu->capacity_bytes && !card->unified_memory && strcmp (card->vendor, gpu->vendor) == 0
         && card->supports_bf16 >= gpu->supports_bf16 && card->supports_fp8 >= gpu->supports_fp8
         && card->supports_flash_attention_2 >= gpu->supports_flash_attention_2;
}

HrGpu
hr_advice_card (const HrGpu *card, const HrGpu *gpu)
{
  HrGpu with_margin = *card;

  with_margin.limits = (HrGpuLimits){ .margin_percent = gpu->limits.margin_percent };
  return with_margin;
}

static int
find_card (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, const HrGpu *const *cards,
           size_t n_cards, const HrSolveOptions *options)
{
  int best = -1;

  for (size_t i = 0; i < n_cards; i++)
    {
      HrGpu card = hr_advice_card (cards[i], gpu);
      const HrGpu *only = &card;
      bool smaller = hr_advice_prefers (cards[i], best >= 0 ? cards[best] : NULL);

      if (smaller && can_stand_in (cards[i], gpu) && hr_advise_gpu (architecture, job, &only, 1, options) == 0)
        best = (int) i;
    }
  return best;
}

void
hr_advice_report (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, const HrGpu *const *cards,
                  size_t n_cards, const HrAssumptions *assumptions, const HrSolveOptions *options, HrAdviceReport *out)
{
  HrEstimate estimate;

  memset (out, 0, sizeof *out);
  out->card = -1;
  out->now = outcome (architecture, job, gpu);
  out->n_changes = hr_advise (architecture, job, gpu, assumptions, options, out->changes);
  if (gpu == NULL)
    return;

  hr_estimate (architecture, job, gpu, &estimate);
  if (hr_solve_fits (job, &estimate, options))
    {
      hr_advise_spare (architecture, job, gpu, assumptions, options, &out->spare);
      return;
    }
  out->n_set = hr_advise_set (architecture, job, gpu, options, out->set, &out->set_job);
  if (out->n_set > 0)
    out->with_set = outcome (architecture, &out->set_job, gpu);
  out->card = find_card (architecture, job, gpu, cards, n_cards, options);
  if (out->card >= 0)
    {
      HrGpu card = hr_advice_card (cards[out->card], gpu);
      out->on_card = outcome (architecture, job, &card);
    }
}
