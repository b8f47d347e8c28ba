/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-layout-private.h"

/* Between a text and the line or mark that it belongs to, and the ends of the plot. */
#define LINE_GAP 2.0
#define EDGE_GAP 4.0
#define MARK_GAP 10.0
#define MARK_RADIUS 5.0

#define ARROW " ↑"

static const HrChartId limit_id = { -1, -1, 0 };

/* Beside the peak and above it: nothing is higher there. */
static HrChartBox
add_peak (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  guint peak = hr_timeline_chart_peak (self->chart);
  g_autofree char *full = hr_timeline_chart_peak_text (self->chart);
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_FIGURE, full, self->plot.width);
  double x = hr_timeline_layout_x (self, peak), end = self->plot.x + self->plot.width;

  if (text == NULL || !hr_timeline_layout_shows (self, peak))
    return (HrChartBox){ 0 };

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, text);
  box.y = MAX (hr_timeline_layout_edge (self, peak, HR_N_COMPONENTS - 1) - LINE_GAP - box.height, 0);
  box.x = x + MARK_GAP;
  if (box.x + box.width > end)
    box.x = x - MARK_GAP - box.width;
  if (box.x < self->plot.x)
    {
      /* No room beside the mark: above it. */
      box.x = CLAMP (x - box.width / 2, self->plot.x, MAX (end - box.width, self->plot.x));
      box.y = MAX (box.y - MARK_RADIUS, 0);
    }
  hr_chart_items_add_text (self->front, HR_CHART_TEXT_FIGURE, HR_CHART_ROLE_TEXT, HR_CHART_ID_NONE, text, box);

  return box;
}

static gboolean
overlap (const HrChartBox *a, const HrChartBox *b)
{
  return a->x < b->x + b->width + EDGE_GAP && b->x < a->x + a->width + EDGE_GAP && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* Whether an area reaches into @box. */
static gboolean
covers_area (const HrTimelineLayout *self, const HrChartBox *box)
{
  for (guint i = 1; i < self->n_points; i++)
    {
      const HrTimelinePoint *a = &self->points[i - 1], *b = &self->points[i];
      double top = MIN (hr_timeline_layout_edge (self, a->moment, HR_N_COMPONENTS - 1),
                        hr_timeline_layout_edge (self, b->moment, HR_N_COMPONENTS - 1));

      if (a->x <= box->x + box->width && b->x >= box->x && top < box->y + box->height)
        return TRUE;
    }

  return FALSE;
}

/* Above or below the line, at its end or its beginning, where nothing is hidden; else where no text is. */
static gboolean
find_place (const HrTimelineLayout *self, HrChartBox box, double line, const HrChartBox *peak, HrChartBox *place)
{
  const double tops[] = { line - LINE_GAP - box.height, line + LINE_GAP };
  const double starts[] = { self->plot.x + self->plot.width - EDGE_GAP - box.width, self->plot.x + EDGE_GAP };

  for (int hides = 0; hides <= 1; hides++)
    for (guint i = 0; i < G_N_ELEMENTS (tops) * G_N_ELEMENTS (starts); i++)
      {
        box.x = starts[i % 2];
        box.y = tops[i / 2];
        if (box.y < 0 || box.y + box.height > self->plot.y + self->plot.height || overlap (&box, peak)
            || (!hides && covers_area (self, &box)))
          continue;
        *place = box;
        return TRUE;
      }

  return FALSE;
}

static gboolean
shows_limit (const HrTimelineLayout *self)
{
  double bytes = (double) self->chart->limit_bytes;

  return bytes > 0 && bytes <= self->scale.maximum_bytes * (1 + 1e-9);
}

/* On a thin line of background: its dashes stand out from any area. */
static void
add_limit_line (HrTimelineLayout *self)
{
  HrChartBox box
      = { self->plot.x, hr_timeline_layout_y (self, (double) self->chart->limit_bytes), self->plot.width, 0 };

  if (!shows_limit (self))
    return;

  hr_chart_items_add_box (self->front, HR_CHART_LINE, HR_CHART_ROLE_BACKGROUND, HR_CHART_ID_NONE, box);
  hr_chart_items_add_box (self->front, HR_CHART_LINE, HR_CHART_ROLE_LIMIT, limit_id, box);
}

/* A limit beyond the axis has no line; an arrow in its label points to where it is. */
static void
add_limit_label (HrTimelineLayout *self, const HrChartMeasurer *measurer, const HrChartBox *peak)
{
  double line = shows_limit (self) ? hr_timeline_layout_y (self, (double) self->chart->limit_bytes) : self->plot.y;
  g_autofree char *full = g_strconcat (self->chart->limit_label, shows_limit (self) ? "" : ARROW, NULL);
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_LIMIT, full, self->plot.width - 2 * EDGE_GAP);
  HrChartBox place;

  if (text != NULL && find_place (self, hr_chart_measure (measurer, HR_CHART_TEXT_LIMIT, text), line, peak, &place))
    hr_chart_items_add_text (self->front, HR_CHART_TEXT_LIMIT, HR_CHART_ROLE_LIMIT, limit_id, text, place);
}

void
hr_timeline_layout_add_peak_and_limit (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  add_limit_line (self);

  HrChartBox peak = add_peak (self, measurer);

  if (self->chart->limit_bytes > 0 && self->chart->limit_label != NULL)
    add_limit_label (self, measurer, &peak);
}
