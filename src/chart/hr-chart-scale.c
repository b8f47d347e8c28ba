/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-scale.h"

#include <math.h>
#include <stdlib.h>

/* In GB or GiB; its ticks need four decimals, the labels can show six. */
#define SMALLEST_MAXIMUM 0.01
#define MIN_TICKS 4
#define MAX_TICKS 7
#define PIXELS_A_TICK 50.0

/* Keeps the tick at the very end of the axis in spite of rounding. */
#define EPSILON 1e-9

/* Round figures: the decimals that they have of their own count against them. */
static const struct
{
  double mantissa;
  int decimals;
} round_figures[] = { { 1, 0 }, { 2, 0 }, { 5, 0 }, { 2.5, 1 } };

static int
count_ticks (double maximum, double step)
{
  return (int) floor (maximum / step + EPSILON) + 1;
}

static int
badness (int n_ticks, int wanted, int decimals)
{
  gboolean outside = n_ticks < MIN_TICKS || n_ticks > MAX_TICKS;

  return abs (n_ticks - wanted) + decimals + (outside ? MAX_TICKS : 0);
}

HrChartScale
hr_chart_scale_new (double maximum_bytes, HrUnits units, double height, double spacing)
{
  double unit = units == HR_UNITS_GIB ? HR_BYTES_PER_GIB : HR_BYTES_PER_GB;
  double maximum = MAX (maximum_bytes / unit, SMALLEST_MAXIMUM);
  int wanted = (int) CLAMP (height / PIXELS_A_TICK + 1, MIN_TICKS, MAX_TICKS);
  int magnitude = (int) floor (log10 (maximum));
  int least = G_MAXINT;
  HrChartScale self = { .maximum_bytes = maximum * unit, .step_bytes = maximum * unit, .n_ticks = 1, .units = units };

  for (int exponent = magnitude - 1; exponent <= magnitude; exponent++)
    for (size_t i = 0; i < G_N_ELEMENTS (round_figures); i++)
      {
        double step = round_figures[i].mantissa * pow (10, exponent);
        int n_ticks = count_ticks (maximum, step);
        int bad = badness (n_ticks, wanted, round_figures[i].decimals);

        if (height * step / maximum < spacing || bad >= least)
          continue;

        least = bad;
        self.step_bytes = step * unit;
        self.n_ticks = n_ticks;
        self.decimals = MAX (0, round_figures[i].decimals - exponent);
      }

  return self;
}

double
hr_chart_scale_fraction (const HrChartScale *self, double bytes)
{
  return bytes / self->maximum_bytes;
}

void
hr_chart_scale_label (const HrChartScale *self, int index, char text[HR_TEXT_SIZE])
{
  hr_format_bytes ((uint64_t) (self->step_bytes * index + 0.5), self->units, self->decimals, text);
}
