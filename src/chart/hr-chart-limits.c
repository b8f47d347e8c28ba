/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

/* Between a label and its line, and the end of the plot. */
#define LINE_GAP 2.0
#define EDGE_GAP 4.0

/* Between two texts. */
#define CLEARANCE 3.0

/* Labels look for a place over so many columns, from the end. */
#define MAX_SHIFTS 24

/* How bad a place is. */
typedef enum
{
  FREE,
  COVERS_SHAPES, /* bars or other lines: readable, but hides something */
  COVERS_TEXT,
} Cover;

static gboolean
overlap (const HrChartBox *a, const HrChartBox *b, double clearance)
{
  return a->width > 0 && b->width > 0 && a->x < b->x + b->width + clearance && b->x < a->x + a->width + clearance
         && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Columns that a box may touch: the first, and the one after the last. */
static void
columns_of (const HrChartLayout *self, const HrChartBox *box, guint *first, guint *end)
{
  double column_width = self->plot.width / self->n_columns;

  *first = (guint) CLAMP ((box->x - CLEARANCE - self->plot.x) / column_width - 1, 0, self->n_columns);
  *end = (guint) CLAMP ((box->x + box->width + CLEARANCE - self->plot.x) / column_width + 2, 0, self->n_columns);
}

static Cover
look_at_columns (const HrChartLayout *self, const HrChartBox *box)
{
  Cover cover = FREE;
  guint first, end;

  columns_of (self, box, &first, &end);
  for (guint i = first; i < end; i++)
    {
      const HrChartColumn *column = &self->columns[i];

      if (overlap (box, &column->figure, CLEARANCE))
        return COVERS_TEXT;
      if (column->box.height > 0 && overlap (box, &column->box, CLEARANCE))
        cover = COVERS_SHAPES;
    }

  return cover;
}

static Cover
look_at_limits (const HrChartLayout *self, const HrChartBox *box, guint own)
{
  Cover cover = FREE;

  for (guint i = 0; i < self->model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (self->model->limits, i);
      double y = hr_chart_layout_y (self, (double) limit->bytes);

      if (overlap (box, &self->limit_labels[i], CLEARANCE))
        return COVERS_TEXT;
      if (i != own && hr_chart_layout_shows_limit (self, limit) && y > box->y && y < box->y + box->height)
        cover = COVERS_SHAPES;
    }

  return cover;
}

static Cover
look_at (const HrChartLayout *self, const HrChartBox *box, guint own)
{
  double bottom = self->plot.y + self->plot.height;

  if (box->x < self->plot.x || box->x + box->width > self->plot.x + self->plot.width || box->y < self->plot_top
      || box->y + box->height > bottom)
    return COVERS_TEXT;

  Cover columns = look_at_columns (self, box);

  return columns == COVERS_TEXT ? COVERS_TEXT : MAX (columns, look_at_limits (self, box, own));
}

/* Tries @box above and below its line; keeps the first of the best places. */
static void
try_place (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best, Cover *best_cover)
{
  const double tops[] = { line - LINE_GAP - box.height, line + LINE_GAP };

  for (size_t i = 0; i < G_N_ELEMENTS (tops) && *best_cover != FREE; i++)
    {
      box.y = tops[i];
      Cover cover = look_at (self, &box, own);
      if (cover < *best_cover)
        {
          *best = box;
          *best_cover = cover;
        }
    }
}

/* First at the end edge, then between bars and at the ends of columns, further and further from the edge. */
static Cover
find_along_line (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best)
{
  Cover cover = COVERS_TEXT;
  guint last = self->n_columns;
  guint first = last > MAX_SHIFTS ? last - MAX_SHIFTS : 0;

  box.x = self->plot.x + self->plot.width - EDGE_GAP - box.width;
  try_place (self, box, line, own, best, &cover);

  for (guint i = last; i > first && cover != FREE; i--)
    {
      const HrChartColumn *column = &self->columns[i - 1];
      double before = i > 1 ? self->columns[i - 2].box.x + self->columns[i - 2].box.width : self->plot.x;

      box.x = (before + column->box.x - box.width) / 2;
      try_place (self, box, line, own, best, &cover);
      box.x = column->column.x + column->column.width - EDGE_GAP - box.width;
      try_place (self, box, line, own, best, &cover);
    }

  return cover;
}

/* Away from the line at the end edge: the place nearest to it. */
static Cover
find_near_line (const HrChartLayout *self, HrChartBox box, double line, guint own, HrChartBox *best)
{
  box.x = self->plot.x + self->plot.width - EDGE_GAP - box.width;
  for (double shift = 0; shift < self->plot.height; shift += LINE_GAP)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        box.y = line - box.height / 2 + sign * shift;
        Cover cover = look_at (self, &box, own);
        if (cover != COVERS_TEXT)
          {
            *best = box;
            return cover;
          }
      }

  return COVERS_TEXT;
}

static void
add_label (HrChartLayout *self, const HrChartMeasurer *measurer, guint index)
{
  const HrChartLimit *limit = g_ptr_array_index (self->model->limits, index);
  HrChartRole role = limit->is_reference ? HR_CHART_ROLE_REFERENCE : HR_CHART_ROLE_LIMIT;
  double line = hr_chart_layout_y (self, (double) limit->bytes);
  double room = self->plot.width - 2 * EDGE_GAP;
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_LIMIT, limit->label, room);
  HrChartBox best;

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_LIMIT, text);

  if (find_along_line (self, box, line, index, &best) == COVERS_TEXT
      && find_near_line (self, box, line, index, &best) == COVERS_TEXT)
    return;

  self->limit_labels[index] = best;
  hr_chart_layout_add_text (self, HR_CHART_TEXT_LIMIT, role, (HrChartId){ -1, -1, (int) index }, text, best);
}

void
hr_chart_layout_add_limit_lines (HrChartLayout *self)
{
  for (guint i = 0; i < self->model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (self->model->limits, i);
      HrChartRole role = limit->is_reference ? HR_CHART_ROLE_REFERENCE : HR_CHART_ROLE_LIMIT;
      HrChartBox box = { self->plot.x, hr_chart_layout_y (self, (double) limit->bytes), self->plot.width, 0 };

      if (hr_chart_layout_shows_limit (self, limit))
        hr_chart_layout_add_box (self, HR_CHART_LINE, role, (HrChartId){ -1, -1, (int) i }, box);
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
        if (!!limit->is_reference == references && hr_chart_layout_shows_limit (self, limit))
          add_label (self, measurer, i);
      }
}
