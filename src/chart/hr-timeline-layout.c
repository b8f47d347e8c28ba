/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-layout-private.h"

#include <math.h>

/* A limit further above the peak than this is out of sight. */
#define LIMIT_REACH 3.0
#define ZOOMED_LIMIT_REACH 1.25

#define MIN_PLOT_HEIGHT 80.0
#define MIN_PLOT_WIDTH 160.0
#define MAX_SIZE 1e6

/* For a mark on the last moment. */
#define END_MARGIN 8.0

double
hr_timeline_layout_y (const HrTimelineLayout *self, double bytes)
{
  return self->plot.y + self->plot.height * (1 - hr_chart_scale_fraction (&self->scale, bytes));
}

/* The largest total that is in sight. */
static double
find_highest (const HrTimelineChart *chart)
{
  HrTimelineWindow window = hr_timeline_chart_window (chart);
  uint64_t highest = 0;

  if (!hr_timeline_chart_is_zoomed (chart))
    return (double) hr_timeline_chart_total (chart, hr_timeline_chart_peak (chart));
  for (guint i = 0; i < chart->moments->len; i++)
    {
      double position = hr_timeline_chart_position (chart, i);
      guint span = hr_timeline_chart_find_span (chart, i);

      /* A phase that only begins or ends at the edge is not in sight. */
      if (position >= window.start && position <= window.end && span < window.end && span + 1 > window.start)
        highest = MAX (highest, hr_timeline_chart_total (chart, i));
    }

  return (double) highest;
}

static double
axis_end (const HrTimelineChart *chart)
{
  double highest = find_highest (chart);
  double reach = hr_timeline_chart_is_zoomed (chart) ? ZOOMED_LIMIT_REACH : LIMIT_REACH;
  double limit = (double) chart->limit_bytes;

  return highest <= 0 || limit <= highest * reach ? MAX (highest, limit) : highest;
}

/* Above: the text of the peak. Below: phases and steps. */
static double
height_above (const HrChartMeasurer *measurer)
{
  return hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, "0").height + HR_CHART_GAP;
}

static gboolean
place_plot (HrTimelineLayout *self, const HrChartMeasurer *measurer, double height)
{
  double above = height_above (measurer);

  self->plot.y = above;
  self->plot.height = height - above - hr_timeline_phases_height (self->chart, measurer);
  if (self->plot.height < MIN_PLOT_HEIGHT / 2)
    return FALSE;

  self->scale = hr_chart_scale_new (axis_end (self->chart), self->chart->units, self->plot.height,
                                    hr_chart_axis_spacing (measurer));
  double start = hr_chart_axis_width (&self->scale, measurer);
  self->plot.x = start < self->width / 2 ? start : 0;
  self->plot.width = self->width - self->plot.x - END_MARGIN;

  return self->plot.width > 0;
}

/* Keeps what is in sight, and the next point on either side, where the areas' edges come from. */
static void
add_point (HrTimelineLayout *self, double x, guint moment)
{
  HrTimelinePoint *last = self->n_points > 0 ? &self->points[self->n_points - 1] : NULL;

  if (last != NULL && last->x > self->plot.x + self->plot.width)
    return;
  if (last != NULL && last->x <= self->plot.x && x <= self->plot.x && self->n_points == 1)
    *last = (HrTimelinePoint){ x, moment };
  else
    self->points[self->n_points++] = (HrTimelinePoint){ x, moment };
}

/* The moments of a phase from its beginning to its end, by their times. */
static void
place_points (HrTimelineLayout *self)
{
  const HrTimelineChart *chart = self->chart;

  self->points = g_new (HrTimelinePoint, chart->moments->len + chart->spans->len);
  self->xs = g_new (double, chart->moments->len);
  for (guint s = 0; s < chart->spans->len; s++)
    {
      const HrTimelineSpan *span = hr_timeline_chart_span (chart, s);
      double start = self->span_starts[s], width = self->span_starts[s + 1] - start;

      for (guint i = span->first; i < span->first + span->n_moments; i++)
        {
          self->xs[i] = start + width * (hr_timeline_chart_position (chart, i) - s);
          if (span->n_moments > 1)
            add_point (self, self->xs[i], i);
        }
      if (span->n_moments == 1)
        {
          add_point (self, start, span->first);
          add_point (self, start + width, span->first);
        }
    }
}

static void
place_edges (HrTimelineLayout *self)
{
  const HrTimelineChart *chart = self->chart;
  double *edge = self->edges = g_new (double, chart->moments->len *HR_N_COMPONENTS);

  for (guint i = 0; i < chart->moments->len; i++)
    {
      double sum = 0;

      for (guint k = 0; k < HR_N_COMPONENTS; k++)
        {
          sum += (double) hr_timeline_chart_bytes (chart, i, k);
          *edge++ = hr_timeline_layout_y (self, sum);
        }
    }
}

static void
add_empty_text (HrTimelineLayout *self, const HrChartMeasurer *measurer, double height)
{
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_EMPTY, self->chart->empty_text, self->width);

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_EMPTY, text);

  if (box.height > height)
    return;
  box.x = (self->width - box.width) / 2;
  box.y = (height - box.height) / 2;
  hr_chart_items_add_text (self->front, HR_CHART_TEXT_EMPTY, HR_CHART_ROLE_DIM_TEXT, HR_CHART_ID_NONE, text, box);
}

static void
fill (HrTimelineLayout *self, const HrChartMeasurer *measurer, double height)
{
  if (self->chart->moments->len == 0)
    add_empty_text (self, measurer, height);
  if (self->chart->moments->len == 0 || !place_plot (self, measurer, height))
    {
      self->plot = (HrChartBox){ 0 };
      return;
    }

  hr_chart_items_add_axis (self->back, measurer, &self->scale, &self->plot, self->plot.x > 0);
  hr_timeline_layout_place_spans (self, measurer);
  place_points (self);
  place_edges (self);
  hr_timeline_layout_add_layers (self, measurer);
  hr_timeline_layout_add_phases (self, measurer);
  hr_timeline_layout_add_peak_and_limit (self, measurer);
}

static void
mirror (HrTimelineLayout *self)
{
  hr_chart_items_mirror (self->back, self->width);
  hr_chart_items_mirror (self->front, self->width);
  self->plot.x = self->width - self->plot.x - self->plot.width;
  for (guint i = 0; i < self->n_points; i++)
    self->points[i].x = self->width - self->points[i].x;
  for (guint i = 0; self->xs != NULL && i < self->chart->moments->len; i++)
    self->xs[i] = self->width - self->xs[i];
  for (guint i = 0; self->span_starts != NULL && i <= self->chart->spans->len; i++)
    self->span_starts[i] = self->width - self->span_starts[i];
}

static double
clean_size (double size)
{
  return isfinite (size) ? CLAMP (size, 0, MAX_SIZE) : 0;
}

HrTimelineLayout *
hr_timeline_layout_new (HrTimelineChart *chart, double width, double height, gboolean right_to_left,
                        const HrChartMeasurer *measurer)
{
  g_return_val_if_fail (chart != NULL && measurer != NULL, NULL);

  HrTimelineLayout *self = g_new0 (HrTimelineLayout, 1);

  self->chart = hr_timeline_chart_ref (chart);
  self->width = clean_size (width);
  self->right_to_left = right_to_left;
  self->back = hr_chart_items_new ();
  self->front = hr_chart_items_new ();
  fill (self, measurer, clean_size (height));
  if (right_to_left)
    mirror (self);

  return self;
}

void
hr_timeline_layout_free (HrTimelineLayout *self)
{
  if (self == NULL)
    return;

  hr_timeline_chart_unref (self->chart);
  g_free (self->span_starts);
  g_free (self->xs);
  g_free (self->edges);
  g_free (self->points);
  g_array_unref (self->back);
  g_array_unref (self->front);
  g_free (self);
}

void
hr_timeline_layout_minimum (const HrTimelineChart *chart, const HrChartMeasurer *measurer, double *width,
                            double *height)
{
  HrChartScale scale = hr_chart_scale_new (chart->moments->len > 0 ? axis_end (chart) : 0, chart->units,
                                           MIN_PLOT_HEIGHT, hr_chart_axis_spacing (measurer));

  *width = ceil (hr_chart_axis_width (&scale, measurer) + MIN_PLOT_WIDTH + END_MARGIN);
  *height = ceil (height_above (measurer) + MIN_PLOT_HEIGHT + hr_timeline_phases_height (chart, measurer));
}
