/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-paint.h"

#include "hr-chart-area.h"
#include "hr-chart-fill.h"
#include "hr-chart-paint.h"

#include <math.h>

#define RING_RADIUS 4.5
#define RING_WIDTH 2.0
#define CURSOR_WIDTH 1.0
#define FOCUS_WIDTH 2.0
#define DOT_RADIUS 4.0

/* Of the background, between areas that are high enough to give it away; not along teeth, of which it would leave none.
 */
#define HAIRLINE 1.0
#define HAIRLINE_MIN_HEIGHT 3.0
#define HAIRLINE_MIN_LENGTH 8.0
#define TOOTH_WIDTH 4.0

/* Background beside the cursor: little along its line, so that narrow peaks stay visible, more round its dot. */
#define LINE_HALO 0.75
#define DOT_HALO 1.5

typedef struct
{
  const HrTimelineLayout *layout;
  const HrTimelineChart *chart;
  cairo_t *cr;
  HrChartPalette palette;
  const HrTimelineMarks *marks;
  double device_pixels;   /* a unit */
  HrChartCorner *corners; /* room for as many as there are points */
} Painter;

static void
set_role (const Painter *self, HrChartRole role)
{
  hr_chart_set_color (self->cr, hr_chart_palette_color (self->palette, role));
}

static HrChartFill
find_fill (const HrTimelineMarks *marks, int component)
{
  if (marks->hovered_component == component)
    return HR_CHART_FILL_HOVERED;

  return marks->selected_component >= 0 && marks->selected_component != component ? HR_CHART_FILL_FADED
                                                                                  : HR_CHART_FILL_NORMAL;
}

/* As a path, which files keep sharp at any size. */
static void
fill_area (const Painter *self, guint n_corners, int component, const HrChartBox *box)
{
  double bottom = box->y + box->height;

  cairo_move_to (self->cr, self->corners[0].x, bottom);
  for (guint i = 0; i < n_corners; i++)
    cairo_line_to (self->cr, self->corners[i].x, self->corners[i].y);
  cairo_line_to (self->cr, self->corners[n_corners - 1].x, bottom);
  cairo_close_path (self->cr);
  hr_chart_fill_component (self->cr, (HrComponent) component, self->palette, find_fill (self->marks, component), box);
}

/* How far down an area has to be drawn: to the lowest place from which on those below it cover it. */
static double
find_bottom (const Painter *self, int component)
{
  HrChartBox plot = hr_timeline_layout_plot (self->layout);
  double lowest = plot.y;
  guint n_points;
  const HrTimelinePoint *points = hr_timeline_layout_points (self->layout, &n_points);

  for (guint i = 0; i < n_points && component > 0; i++)
    lowest = MAX (lowest, hr_timeline_layout_edge (self->layout, points[i].moment, component - 1));

  return component > 0 ? MIN (ceil (lowest + 1), plot.y + plot.height) : plot.y + plot.height;
}

/* From the axis to the upper edge of @component: those below it are drawn over it, so that no seam is left between. */
static void
paint_area (const Painter *self, int component)
{
  HrChartBox plot = hr_timeline_layout_plot (self->layout);
  guint n_points;
  const HrTimelinePoint *points = hr_timeline_layout_points (self->layout, &n_points);

  for (guint i = 0; i < n_points; i++)
    self->corners[i]
        = (HrChartCorner){ points[i].x, hr_timeline_layout_edge (self->layout, points[i].moment, component) };
  plot.height = find_bottom (self, component) - plot.y;
  if (hr_chart_keeps_paths (self->cr) || n_points < 2)
    {
      fill_area (self, n_points, component, &plot);
      return;
    }

  hr_chart_set_component (self->cr, (HrComponent) component, self->palette, find_fill (self->marks, component),
                          self->device_pixels);
  hr_chart_paint_area (self->cr, self->corners, n_points, plot, self->device_pixels);
}

static gboolean
is_tooth (const Painter *self, const HrTimelinePoint *from, const HrTimelinePoint *to, int component)
{
  double width = fabs (to->x - from->x);
  double height = fabs (hr_timeline_layout_edge (self->layout, to->moment, component)
                        - hr_timeline_layout_edge (self->layout, from->moment, component));

  return width < TOOTH_WIDTH && height > width;
}

static gboolean
is_high (const Painter *self, const HrTimelinePoint *point, int component)
{
  return hr_timeline_layout_edge (self->layout, point->moment, component - 1)
             - hr_timeline_layout_edge (self->layout, point->moment, component)
         >= HAIRLINE_MIN_HEIGHT;
}

static void
add_hairline (const Painter *self, int component, const HrTimelinePoint *first, const HrTimelinePoint *last)
{
  if (fabs (last->x - first->x) < HAIRLINE_MIN_LENGTH)
    return;

  cairo_new_sub_path (self->cr);
  for (const HrTimelinePoint *point = first; point <= last; point++)
    cairo_line_to (self->cr, point->x, hr_timeline_layout_edge (self->layout, point->moment, component) + HAIRLINE / 2);
}

/* Areas that touch are told apart without their colours. */
static void
paint_hairline (const Painter *self, int component)
{
  guint n_points;
  const HrTimelinePoint *points = hr_timeline_layout_points (self->layout, &n_points);
  const HrTimelinePoint *first = points;

  for (guint i = 1; i < n_points; i++)
    if (!is_high (self, &points[i - 1], component) || is_tooth (self, &points[i - 1], &points[i], component))
      {
        add_hairline (self, component, first, &points[i - 1]);
        first = &points[i];
      }
  add_hairline (self, component, first, &points[n_points - 1]);
  set_role (self, HR_CHART_ROLE_BACKGROUND);
  cairo_set_line_width (self->cr, HAIRLINE);
  cairo_stroke (self->cr);
}

static void
paint_areas (const Painter *self)
{
  guint32 shown = hr_timeline_chart_components (self->chart) & ~self->chart->hidden;

  cairo_save (self->cr);
  if (hr_timeline_chart_is_zoomed (self->chart))
    {
      HrChartBox plot = hr_timeline_layout_plot (self->layout);

      cairo_rectangle (self->cr, plot.x, plot.y, plot.width, plot.height);
      cairo_clip (self->cr);
    }
  for (int i = HR_N_COMPONENTS - 1; i >= 0; i--)
    if (shown & 1u << i)
      {
        paint_area (self, i);
        if (shown >> (i + 1) != 0)
          paint_hairline (self, i);
      }
  cairo_restore (self->cr);
}

static void
add_circle (const Painter *self, guint moment, double radius)
{
  cairo_new_path (self->cr);
  cairo_arc (self->cr, hr_timeline_layout_x (self->layout, moment),
             hr_timeline_layout_edge (self->layout, moment, HR_N_COMPONENTS - 1), radius, 0, 2 * G_PI);
}

/* A ring with its own background stands out from any area. */
static void
paint_peak (const Painter *self)
{
  guint peak = hr_timeline_chart_peak (self->chart);

  if (!hr_timeline_layout_shows (self->layout, peak))
    return;

  add_circle (self, peak, RING_RADIUS);
  set_role (self, HR_CHART_ROLE_BACKGROUND);
  cairo_fill_preserve (self->cr);
  set_role (self, HR_CHART_ROLE_TEXT);
  cairo_set_line_width (self->cr, RING_WIDTH);
  cairo_stroke (self->cr);
}

static void
stroke_with_halo (const Painter *self, double width, double halo)
{
  cairo_set_line_width (self->cr, width + 2 * halo);
  set_role (self, HR_CHART_ROLE_BACKGROUND);
  cairo_stroke_preserve (self->cr);
  cairo_set_line_width (self->cr, width);
  set_role (self, HR_CHART_ROLE_CURSOR);
  cairo_stroke (self->cr);
}

static gboolean
shows_cursor (const Painter *self)
{
  return self->marks->cursor >= 0 && hr_timeline_layout_shows (self->layout, (guint) self->marks->cursor);
}

/* Below what is written, which has its own background. */
static void
paint_cursor_line (const Painter *self)
{
  HrChartBox plot = hr_timeline_layout_plot (self->layout);

  if (!shows_cursor (self))
    return;

  double x = hr_timeline_layout_x (self->layout, (guint) self->marks->cursor);

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x, plot.y);
  cairo_line_to (self->cr, x, plot.y + plot.height);
  stroke_with_halo (self, self->marks->show_focus ? FOCUS_WIDTH : CURSOR_WIDTH, LINE_HALO);
}

static void
paint_cursor_dot (const Painter *self)
{
  if (!shows_cursor (self))
    return;

  guint moment = (guint) self->marks->cursor;

  add_circle (self, moment, DOT_RADIUS);
  stroke_with_halo (self, FOCUS_WIDTH, DOT_HALO);
  set_role (self, HR_CHART_ROLE_CURSOR);
  add_circle (self, moment, DOT_RADIUS);
  cairo_fill (self->cr);
}

void
hr_timeline_paint (const HrTimelineLayout *layout, cairo_t *cr, PangoContext *context, HrChartPalette palette,
                   const HrTimelineMarks *marks, double scale)
{
  g_return_if_fail (layout != NULL && cr != NULL && PANGO_IS_CONTEXT (context) && marks != NULL);

  guint n_points;
  hr_timeline_layout_points (layout, &n_points);
  g_autofree HrChartCorner *corners = g_new (HrChartCorner, n_points);
  Painter painter = {
    .layout = layout,
    .chart = hr_timeline_layout_chart (layout),
    .cr = cr,
    .palette = palette,
    .marks = marks,
    .device_pixels = hr_chart_device_pixels (cr) * scale,
    .corners = corners,
  };
  gboolean has_areas = hr_timeline_layout_plot (layout).width > 0;
  size_t n_items;
  const HrChartItem *items = hr_timeline_layout_back (layout, &n_items);

  cairo_save (cr);
  hr_chart_paint_items (items, n_items, cr, context, palette);
  if (has_areas)
    {
      paint_areas (&painter);
      paint_cursor_line (&painter);
    }
  items = hr_timeline_layout_front (layout, &n_items);
  hr_chart_paint_items (items, n_items, cr, context, palette);
  if (has_areas)
    {
      paint_peak (&painter);
      paint_cursor_dot (&painter);
    }
  cairo_restore (cr);
}
