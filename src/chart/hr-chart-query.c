/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

HrChartBox
hr_chart_column_segment (const HrChartColumn *column, int component)
{
  HrChartBox box = column->box;
  double below = 0;

  for (int i = 0; i < component; i++)
    below += column->stack.heights[i];
  box.height = column->stack.heights[component];
  box.y = column->box.y + column->stack.height - below - box.height;

  return box;
}

static gboolean
contains (const HrChartBox *box, double x, double y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

static const HrChartColumn *
find_column (const HrChartLayout *self, int bar)
{
  return bar >= 0 && (guint) bar < self->n_columns ? &self->columns[bar] : NULL;
}

/* The component whose segment is drawn, or -1. */
static int
find_segment (const HrChartColumn *column, int component)
{
  gboolean drawn = component >= 0 && component < HR_N_PARTS && column->stack.heights[component] > 0;

  return drawn ? component : -1;
}

static HrChartId
hit_column (const HrChartColumn *column, int bar, double x, double y)
{
  if (contains (&column->measured, x, y))
    return (HrChartId){ bar, -1, -1 };

  for (int i = 0; i < HR_N_PARTS; i++)
    {
      HrChartBox segment = hr_chart_column_segment (column, i);
      if (contains (&segment, x, y))
        return (HrChartId){ bar, i, -1 };
    }

  return contains (&column->figure, x, y) || contains (&column->labels, x, y) ? (HrChartId){ bar, -1, -1 }
                                                                              : HR_CHART_ID_NONE;
}

HrChartId
hr_chart_layout_hit (const HrChartLayout *self, double x, double y)
{
  g_return_val_if_fail (self != NULL, HR_CHART_ID_NONE);

  for (guint i = 0; i < self->model->limits->len; i++)
    if (contains (&self->limit_labels[i], x, y))
      return (HrChartId){ -1, -1, (int) i };

  double along = self->geometry.right_to_left ? self->plot.x + self->plot.width - x : x - self->plot.x;

  if (self->n_columns == 0 || !(along >= 0 && along < self->plot.width))
    return HR_CHART_ID_NONE;

  along += self->geometry.offset;
  int bar = MIN ((int) (along / self->bars_width * self->n_columns), (int) self->n_columns - 1);

  return hit_column (&self->columns[bar], bar, x, y);
}

gboolean
hr_chart_layout_bounds (const HrChartLayout *self, HrChartId id, double *x, double *y, double *width, double *height)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const HrChartColumn *column = find_column (self, id.bar);
  HrChartBox box = { 0 };

  if (column != NULL && id.component < 0)
    box = column->box;
  else if (column != NULL && find_segment (column, id.component) >= 0)
    box = hr_chart_column_segment (column, id.component);
  else if (column == NULL && id.limit >= 0 && (guint) id.limit < self->model->limits->len)
    box = self->limit_labels[id.limit];

  *x = box.x;
  *y = box.y;
  *width = box.width;
  *height = box.height;

  return box.width > 0;
}

gboolean
hr_chart_layout_column (const HrChartLayout *self, int bar, HrChartBox *box)
{
  g_return_val_if_fail (self != NULL && box != NULL, FALSE);

  const HrChartColumn *column = find_column (self, bar);

  if (column != NULL)
    *box = column->column;

  return column != NULL;
}

HrChartBox
hr_chart_layout_plot (const HrChartLayout *self)
{
  g_return_val_if_fail (self != NULL, (HrChartBox){ 0 });

  return (HrChartBox){ self->plot.x, 0, self->plot.width, self->geometry.height };
}

/* The next drawn segment of a bar; from the bar as a whole up into the lowest, from the lowest down to the whole. */
static int
step_component (const HrChartColumn *column, int component, int step)
{
  for (int i = component + step; i >= 0 && i < HR_N_PARTS; i += step)
    if (find_segment (column, i) >= 0)
      return i;

  return step > 0 ? component : -1;
}

HrChartId
hr_chart_layout_move (const HrChartLayout *self, HrChartId from, HrChartMove move)
{
  g_return_val_if_fail (self != NULL, from);

  const HrChartColumn *column = find_column (self, from.bar);
  int last = (int) self->n_columns - 1;
  int forward = self->geometry.right_to_left ? -1 : 1;
  HrChartId to = { from.bar, -1, -1 };

  if (self->n_columns == 0)
    return from;
  if (column == NULL)
    return (HrChartId){ move == HR_CHART_MOVE_LAST ? last : 0, -1, -1 };

  switch (move)
    {
    case HR_CHART_MOVE_LEFT:
    case HR_CHART_MOVE_RIGHT:
      to.bar += move == HR_CHART_MOVE_RIGHT ? forward : -forward;
      if (to.bar < 0 || to.bar > last)
        return from;
      to.component = find_segment (find_column (self, to.bar), from.component);
      return to;

    case HR_CHART_MOVE_UP:
    case HR_CHART_MOVE_DOWN:
      to.component = step_component (column, from.component, move == HR_CHART_MOVE_UP ? 1 : -1);
      return to;

    case HR_CHART_MOVE_FIRST:
    case HR_CHART_MOVE_LAST:
    default:
      to.bar = move == HR_CHART_MOVE_LAST ? last : 0;
      return to;
    }
}
