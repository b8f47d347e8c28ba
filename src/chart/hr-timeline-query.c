/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-layout-private.h"

#include <math.h>

const HrTimelineChart *
hr_timeline_layout_chart (const HrTimelineLayout *self)
{
  return self->chart;
}

HrChartBox
hr_timeline_layout_plot (const HrTimelineLayout *self)
{
  return self->plot;
}

const HrTimelinePoint *
hr_timeline_layout_points (const HrTimelineLayout *self, guint *n_points)
{
  *n_points = self->n_points;

  return self->points;
}

double
hr_timeline_layout_edge (const HrTimelineLayout *self, guint moment, int component)
{
  if (component < 0 || self->edges == NULL)
    return self->plot.y + self->plot.height;

  return self->edges[moment * HR_N_COMPONENTS + (guint) component];
}

double
hr_timeline_layout_x (const HrTimelineLayout *self, guint moment)
{
  return self->xs != NULL ? self->xs[moment] : 0;
}

gboolean
hr_timeline_layout_shows (const HrTimelineLayout *self, guint moment)
{
  double x = hr_timeline_layout_x (self, moment);

  return x >= self->plot.x - 0.5 && x <= self->plot.x + self->plot.width + 0.5;
}

double
hr_timeline_layout_position_x (const HrTimelineLayout *self, double position)
{
  guint n_spans = self->chart->spans->len;

  if (self->span_starts == NULL)
    return 0;

  guint span = (guint) CLAMP (position, 0, n_spans - 1);

  return self->span_starts[span] + (self->span_starts[span + 1] - self->span_starts[span]) * (position - span);
}

double
hr_timeline_layout_position (const HrTimelineLayout *self, double x)
{
  guint n_spans = self->chart->spans->len, span = 0;
  double sign = self->right_to_left ? -1 : 1;

  if (self->span_starts == NULL)
    return 0;
  while (span + 1 < n_spans && sign * self->span_starts[span + 1] <= sign * x)
    span++;

  double width = self->span_starts[span + 1] - self->span_starts[span];

  return span + (fabs (width) > 0 ? CLAMP ((x - self->span_starts[span]) / width, 0, 1) : 0);
}

const HrChartItem *
hr_timeline_layout_back (const HrTimelineLayout *self, size_t *n_items)
{
  *n_items = self->back->len;

  return (const HrChartItem *) (gpointer) self->back->data;
}

const HrChartItem *
hr_timeline_layout_front (const HrTimelineLayout *self, size_t *n_items)
{
  *n_items = self->front->len;

  return (const HrChartItem *) (gpointer) self->front->data;
}

/* Between two moments the edges are straight lines. */
static int
find_component (const HrTimelineLayout *self, guint right, double x, double y)
{
  const HrTimelinePoint *a = &self->points[right - 1], *b = &self->points[right];
  double share = fabs (b->x - a->x) > 0 ? (x - a->x) / (b->x - a->x) : 1;
  double below = self->plot.y + self->plot.height;

  for (int i = 0; i < HR_N_COMPONENTS; i++)
    {
      double left_edge = hr_timeline_layout_edge (self, a->moment, i);
      double edge = left_edge + (hr_timeline_layout_edge (self, b->moment, i) - left_edge) * share;

      if (y >= edge && y < below)
        return i;
      below = edge;
    }

  return -1;
}

void
hr_timeline_layout_hit (const HrTimelineLayout *self, double x, double y, int *moment, int *component)
{
  const HrChartBox *plot = &self->plot;
  double sign = self->right_to_left ? -1 : 1;
  guint right = 1;

  *moment = -1;
  *component = -1;
  if (self->n_points < 2 || !(x >= plot->x && x <= plot->x + plot->width && y >= 0 && y < plot->y + plot->height))
    return;

  while (right + 1 < self->n_points && sign * self->points[right].x < sign * x)
    right++;

  const HrTimelinePoint *a = &self->points[right - 1], *b = &self->points[right];
  *moment = (int) (fabs (x - a->x) < fabs (b->x - x) ? a->moment : b->moment);
  *component = find_component (self, right, x, y);
}
