/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-scatter-scale.h"

#include "core/hr-units.h"

#include <math.h>

/* Where the largest amount is so many times the smallest, equal distances would leave all small ones in a corner. */
#define LOGARITHMIC_SPREAD 30.0

/* Ticks at equal distances stand no closer than this; others fill what room there is. */
#define LEAST_PIXELS_A_TICK 40.0

/* Keeps ticks at the ends of the axis in spite of rounding. */
#define EPSILON 1e-9

static const double round_figures[] = { 1, 2, 5, 10 };

/* The smallest round figure that is at least @least. */
static double
round_up (double least)
{
  double power = pow (10, floor (log10 (least)));

  for (guint i = 0; i < G_N_ELEMENTS (round_figures); i++)
    if (round_figures[i] * power >= least * (1 - EPSILON))
      return round_figures[i] * power;

  return 10 * power;
}

static double
round_down (double most)
{
  double power = pow (10, floor (log10 (most)));

  for (guint i = G_N_ELEMENTS (round_figures); i-- > 0;)
    if (round_figures[i] * power <= most * (1 + EPSILON))
      return round_figures[i] * power;

  return power;
}

static void
add_tick (HrScatterScale *self, double amount)
{
  if (self->n_ticks < HR_SCATTER_MOST_TICKS && amount >= self->start * (1 - EPSILON)
      && amount <= self->end * (1 + EPSILON))
    self->ticks[self->n_ticks++] = amount;
}

static void
place_linear (HrScatterScale *self, double largest, double length, double spacing)
{
  double most = CLAMP (floor (length / fmax (spacing, LEAST_PIXELS_A_TICK)), 1, HR_SCATTER_MOST_TICKS - 2);
  double step = round_up (largest / most);

  self->end = step * ceil (largest / step - EPSILON);
  for (int i = 0; i <= (int) round (self->end / step); i++)
    add_tick (self, step * i);
}

/* 1, 2 and 5 of every power of ten where there is room; else one tick in so many powers. */
static void
place_logarithmic (HrScatterScale *self, double smallest, double largest, double length, double spacing)
{
  self->start = round_down (smallest);
  self->end = round_up (largest);

  double powers = log10 (self->end / self->start);
  double pixels_a_power = length / powers;
  gboolean fine
      = pixels_a_power * log10 (2) >= spacing && powers * (G_N_ELEMENTS (round_figures) - 1) < HR_SCATTER_MOST_TICKS;
  int stride = (int) fmax (ceil (spacing / pixels_a_power), ceil (powers / (HR_SCATTER_MOST_TICKS - 2)));
  int first = (int) floor (log10 (self->start) + EPSILON);

  for (int power = first; power <= (int) ceil (log10 (self->end)); power += fine ? 1 : stride)
    for (guint i = 0; i < (fine ? G_N_ELEMENTS (round_figures) - 1 : 1); i++)
      add_tick (self, round_figures[i] * pow (10, power));
}

HrScatterScale
hr_scatter_scale_new (double smallest, double largest, double length, double spacing)
{
  HrScatterScale self = { .logarithmic = largest >= smallest * LOGARITHMIC_SPREAD };

  spacing = fmax (spacing, 1);
  length = fmax (length, LEAST_PIXELS_A_TICK);
  if (self.logarithmic)
    place_logarithmic (&self, smallest, largest, length, spacing);
  else
    place_linear (&self, largest, length, spacing);

  return self;
}

double
hr_scatter_scale_fraction (const HrScatterScale *self, double amount)
{
  if (self->logarithmic)
    return log (amount / self->start) / log (self->end / self->start);

  return amount / self->end;
}

char *
hr_scatter_scale_number (const HrScatterScale *self, int tick)
{
  /* The first tick of equal distances is 0. */
  double finest = self->logarithmic ? self->ticks[tick] : self->ticks[MIN (1, self->n_ticks - 1)];
  int decimals = (int) CLAMP (-floor (log10 (finest) + EPSILON), 0, 9);
  char number[HR_TEXT_SIZE];

  hr_format_number (self->ticks[tick], decimals, number);
  return g_strdup (number);
}
