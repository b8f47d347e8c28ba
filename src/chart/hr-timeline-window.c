/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-window.h"

#include <math.h>

/* Units of time that a layer takes: it runs, and leaves what stays. */
#define LAYER_UNITS 2.0

/* Charts without layers can be looked at so closely. */
#define LEAST_ZOOM 8.0

/* Beside a moment that is brought into sight: this part of the plot. */
#define REVEAL_MARGIN 0.1

static double
most_zoom (const HrTimelineChart *chart)
{
  double units = 0;

  for (guint i = 0; i < chart->spans->len; i++)
    units += hr_timeline_chart_span (chart, i)->duration + 1;

  return MAX (units / LAYER_UNITS, LEAST_ZOOM);
}

/* From one edge of the run to the other, which are beyond the plot. */
static void
get_run (const HrTimelineLayout *self, double *left, double *right)
{
  double start = hr_timeline_layout_position_x (self, 0);
  double end = hr_timeline_layout_position_x (self, hr_timeline_layout_chart (self)->spans->len);

  *left = MIN (start, end);
  *right = MAX (start, end);
}

/* The window from @left to @left + @width, moved into the run. */
static HrTimelineWindow
make_window (const HrTimelineLayout *self, double left, double width)
{
  double run_left, run_right;

  get_run (self, &run_left, &run_right);
  if (width >= (run_right - run_left) * (1 - 1e-6))
    return (HrTimelineWindow){ 0 };
  left = CLAMP (left, run_left, run_right - width);

  double a = hr_timeline_layout_position (self, left), b = hr_timeline_layout_position (self, left + width);

  return (HrTimelineWindow){ MIN (a, b), MAX (a, b) };
}

HrTimelineWindow
hr_timeline_layout_zoom (const HrTimelineLayout *self, double x, double factor)
{
  HrChartBox plot = hr_timeline_layout_plot (self);
  double run_left, run_right;

  if (!(plot.width > 0) || !(factor > 0))
    return hr_timeline_layout_chart (self)->window;

  get_run (self, &run_left, &run_right);
  double least = (run_right - run_left) / most_zoom (hr_timeline_layout_chart (self));
  double width = MAX (plot.width / factor, MIN (least, plot.width));

  x = CLAMP (x, plot.x, plot.x + plot.width);

  return make_window (self, x - (x - plot.x) * width / plot.width, width);
}

HrTimelineWindow
hr_timeline_layout_pan (const HrTimelineLayout *self, double pixels)
{
  HrChartBox plot = hr_timeline_layout_plot (self);

  return make_window (self, plot.x + pixels, plot.width);
}

HrTimelineWindow
hr_timeline_layout_reveal (const HrTimelineLayout *self, guint moment)
{
  HrChartBox plot = hr_timeline_layout_plot (self);
  double x = hr_timeline_layout_x (self, moment), margin = plot.width * REVEAL_MARGIN;

  if (hr_timeline_layout_shows (self, moment))
    return hr_timeline_layout_chart (self)->window;

  return hr_timeline_layout_pan (self, x < plot.x ? x - plot.x - margin : x - plot.x - plot.width + margin);
}
