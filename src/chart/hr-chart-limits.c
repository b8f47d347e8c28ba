/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

#include <math.h>

/* Between a label and its line, and the end of the plot. */
#define LINE_GAP 2.0
#define EDGE_GAP 4.0

/* Between two texts. */
#define CLEARANCE 3.0

#define ARROW " ↑"

/* Labels look for a place over so many columns, from the end. */
#define MAX_SHIFTS 24

/* How bad a place is: 0: free; above: segments that it hides, parts of them added up; what is written over cannot be.
 */
#define COVERS_TEXT HUGE_VAL
#define COVERS_LINE 0.2

static double
overlap (const HrChartBox *a, const HrChartBox *b, double clearance)
{
  double width = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x) + clearance;
  double height = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

  return a->width > 0 && b->width > 0 && width > 0 && height > 0 ? width * height : 0;
}

/* Columns that a box may touch: the first, and the one after the last. */
static void
columns_of (const HrChartLayout *self, const HrChartBox *box, guint *first, guint *end)
{
  double column_width = self->bars_width / self->n_columns;
  double start = self->plot.x - self->geometry.offset;

  *first = (guint) CLAMP ((box->x - CLEARANCE - start) / column_width - 1, self->first, self->end);
  *end = (guint) CLAMP ((box->x + box->width + CLEARANCE - start) / column_width + 2, self->first, self->end);
}

/* Hiding a part of a large segment is better than hiding a small one. */
static double
cover_segments (const HrChartColumn *column, const HrChartBox *box)
{
  double cover = 0;

  for (int i = 0; i < HR_N_PARTS && overlap (box, &column->box, CLEARANCE) > 0; i++)
    {
      HrChartBox segment = hr_chart_column_segment (column, i);
      if (segment.height > 0)
        cover += overlap (box, &segment, CLEARANCE) / (segment.width * segment.height);
    }

  return cover;
}

static double
cover_columns (const HrChartLayout *self, const HrChartBox *box)
{
  double cover = 0;
  guint first, end;

  columns_of (self, box, &first, &end);
  for (guint i = first; i < end; i++)
    {
      const HrChartColumn *column = &self->columns[i];

      if (overlap (box, &column->figure, CLEARANCE) > 0)
        return COVERS_TEXT;
      cover += cover_segments (column, box);
    }

  return cover;
}

static double
cover_limits (const HrChartLayout *self, const HrChartBox *box, guint own)
{
  double cover = 0;

  for (guint i = 0; i < self->model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (self->model->limits, i);
      double y = hr_chart_layout_y (self, (double) limit->bytes);

      if (overlap (box, &self->limit_labels[i], CLEARANCE) > 0)
        return COVERS_TEXT;
      if (i != own && hr_chart_layout_shows_limit (self, limit) && y > box->y && y < box->y + box->height)
        cover += COVERS_LINE;
    }

  return cover;
}

static double
find_cover (const HrChartLayout *self, const HrChartBox *box, guint own)
{
  gboolean is_inside = box->x >= self->plot.x && box->x + box->width <= self->plot.x + self->plot.width
                       && box->y >= self->plot_top && box->y + box->height <= self->plot.y + self->plot.height;

  return is_inside ? cover_columns (self, box) + cover_limits (self, box, own) : COVERS_TEXT;
}

/* Tries @box above and below its line; keeps the first of the best places. */
static void
try_place (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best, double *least)
{
  const double tops[] = { line - LINE_GAP - box.height, line + LINE_GAP };

  for (size_t i = 0; i < G_N_ELEMENTS (tops) && *least > 0; i++)
    {
      box.y = tops[i];
      double cover = find_cover (self, &box, own);
      if (cover < *least)
        {
          *best = box;
          *least = cover;
        }
    }
}

/* First at the end edge, then between bars and at the ends of columns, further and further from the edge. */
static gboolean
find_along_line (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best)
{
  double least = COVERS_TEXT;
  guint last = self->end;
  guint first = MAX (self->first, last > MAX_SHIFTS ? last - MAX_SHIFTS : 0);

  box.x = self->plot.x + self->plot.width - EDGE_GAP - box.width;
  try_place (self, box, line, own, best, &least);

  for (guint i = last; i > first && least > 0; i--)
    {
      const HrChartColumn *column = &self->columns[i - 1];
      double before = i > 1 ? self->columns[i - 2].box.x + self->columns[i - 2].box.width : self->plot.x;

      box.x = (before + column->box.x - box.width) / 2;
      try_place (self, box, line, own, best, &least);
      box.x = column->column.x + column->column.width - EDGE_GAP - box.width;
      try_place (self, box, line, own, best, &least);
    }

  return least < COVERS_TEXT;
}

/* Away from the line at the end edge: the place nearest to it. */
static gboolean
find_near_line (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best)
{
  box.x = self->plot.x + self->plot.width - EDGE_GAP - box.width;
  for (double shift = 0; shift < self->plot.height; shift += LINE_GAP)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        box.y = line - box.height / 2 + sign * shift;
        if (find_cover (self, &box, own) < COVERS_TEXT)
          {
            *best = box;
            return TRUE;
          }
      }

  return FALSE;
}

static HrChartRole
role_of (const HrChartLimit *limit)
{
  return limit->is_reference ? HR_CHART_ROLE_REFERENCE : HR_CHART_ROLE_LIMIT;
}

/* A planned limit beyond the axis has no line; an arrow in its label points to where it is. */
static void
add_label (HrChartLayout *self, const HrChartMeasurer *measurer, guint index)
{
  const HrChartLimit *limit = g_ptr_array_index (self->model->limits, index);
  gboolean is_shown = hr_chart_layout_shows_limit (self, limit);
  double line = is_shown ? hr_chart_layout_y (self, (double) limit->bytes) : self->plot.y;
  double room = self->plot.width - 2 * EDGE_GAP;
  g_autofree char *full = g_strconcat (limit->label, is_shown ? "" : ARROW, NULL);
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_LIMIT, full, room);
  HrChartBox best;

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_LIMIT, text);

  if (!find_along_line (self, box, line, index, &best) && !find_near_line (self, box, line, index, &best))
    return;

  self->limit_labels[index] = best;
  hr_chart_layout_add_text (self, HR_CHART_TEXT_LIMIT, role_of (limit), (HrChartId){ -1, -1, (int) index }, text, best);
}

void
hr_chart_layout_add_limit_lines (HrChartLayout *self)
{
  for (guint i = 0; i < self->model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (self->model->limits, i);
      HrChartBox box = { self->plot.x, hr_chart_layout_y (self, (double) limit->bytes), self->plot.width, 0 };

      if (hr_chart_layout_shows_limit (self, limit))
        hr_chart_layout_add_box (self, HR_CHART_LINE, role_of (limit), (HrChartId){ -1, -1, (int) i }, box);
    }
}

void
hr_chart_layout_add_limit_labels (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  /* The planned ones choose first. */
  for (int references = 0; references <= 1; references++)
    for (guint i = 0; i < self->model->limits->len; i++)
      {
        const HrChartLimit *limit = g_ptr_array_index (self->model->limits, i);
        gboolean has_label = hr_chart_layout_shows_limit (self, limit) || (!limit->is_reference && limit->bytes > 0);
        if (has_label && !!limit->is_reference == references)
          add_label (self, measurer, i);
      }
}
