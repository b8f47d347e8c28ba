/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-operators.h"

#include <string.h>

static int64_t
total (const HrOperatorMoment *moment)
{
  int64_t sum = 0;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    sum += moment->live_bytes[i];
  return sum;
}

void
hr_operators_reset (HrOperators *self)
{
  self->n_moments = 0;
  self->runs = false;
}

static void
add (HrOperators *self, const HrOperatorMoment *moment)
{
  HrOperatorMoment *last = self->run.n_moments > 0 ? &self->moments[self->n_moments - 1] : NULL;

  if (last != NULL && (last->place == moment->place || self->n_moments == HR_MAX_OPERATOR_MOMENTS))
    {
      if (total (moment) > total (last))
        *last = *moment;
    }
  else if (self->n_moments < HR_MAX_OPERATOR_MOMENTS)
    {
      self->moments[self->n_moments++] = *moment;
      self->run.n_moments++;
    }
}

void
hr_operators_begin (HrOperators *self, uint8_t place, const uint64_t live_bytes[HR_N_COMPONENTS])
{
  HrOperatorMoment moment = { .place = place };

  memcpy (self->before_bytes, live_bytes, sizeof self->before_bytes);
  self->run = (HrOperatorRun){ .first = self->n_moments };
  self->runs = true;
  add (self, &moment);
}

void
hr_operators_note (HrOperators *self, uint8_t place, const uint64_t live_bytes[HR_N_COMPONENTS])
{
  HrOperatorMoment moment = { .place = place };

  if (!self->runs)
    return;
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    moment.live_bytes[i] = (int64_t) (live_bytes[i] - self->before_bytes[i]);
  add (self, &moment);
}

HrOperatorRun
hr_operators_end (HrOperators *self)
{
  self->runs = false;
  return self->run;
}
