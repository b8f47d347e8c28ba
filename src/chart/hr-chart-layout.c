/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

#include <math.h>

#define FIGURE_DECIMALS 1

/* Share of its column that a bar takes, and the bounds in pixels that the column may overrule. */
#define BAR_SHARE 0.4
#define BAR_MAX_SHARE 0.8
#define BAR_MIN_WIDTH 16.0
#define BAR_MAX_WIDTH 112.0

/* Between a bar and its figure; between two neighbours' texts. */
#define FIGURE_GAP 2.0
#define TEXT_GAP 6.0

/* Labels stand clear of each other by at least this share of their height. */
#define TICK_SPACING 1.25

/* A limit further above all bars than this is out of sight. */
#define LIMIT_REACH 3.0
#define CUT_REACH 1.25

#define MIN_AXIS_HEIGHT 80.0
#define MAX_SIZE 1e6

static HrChartId
bar_id (guint bar)
{
  return (HrChartId){ (int) bar, -1, -1 };
}

double
hr_chart_layout_y (const HrChartLayout *self, double bytes)
{
  return self->plot.y + self->plot.height * (1 - hr_chart_scale_fraction (&self->scale, bytes));
}

static double
largest_total (const HrChartModel *model)
{
  double largest = 0;

  for (guint i = 0; i < model->bars->len; i++)
    largest = MAX (largest, (double) hr_chart_model_bar_total (model, g_ptr_array_index (model->bars, i)));

  return largest;
}

/* Where the axis ends, in bytes: at the largest bar or a planned limit that is not too far above it. */
static double
axis_end (const HrChartModel *model)
{
  double data = largest_total (model);
  double end = data;
  double highest = 0;

  for (guint i = 0; i < model->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (model->limits, i);
      double bytes = (double) limit->bytes;

      if (limit->is_reference)
        continue;
      highest = MAX (highest, bytes);
      if (data <= 0 || bytes <= data * LIMIT_REACH)
        end = MAX (end, bytes);
    }

  return model->cut_at_limit && highest > 0 ? MIN (end, highest * CUT_REACH) : end;
}

static gboolean
is_cut (const HrChartModel *model)
{
  return axis_end (model) < largest_total (model);
}

static void
format_figure (const HrChartModel *model, guint bar, int decimals, char text[HR_TEXT_SIZE])
{
  hr_format_bytes (hr_chart_model_bar_total (model, g_ptr_array_index (model->bars, bar)), model->units, decimals,
                   text);
}

gboolean
hr_chart_layout_shows_limit (const HrChartLayout *self, const HrChartLimit *limit)
{
  return limit->bytes > 0 && (double) limit->bytes <= self->scale.maximum_bytes * (1 + 1e-9);
}

static double
text_height (const HrChartMeasurer *measurer, HrChartTextStyle style)
{
  return hr_chart_measure (measurer, style, "0").height;
}

/* Width of the widest tick label, and the space beside it. */
static double
axis_text_width (const HrChartScale *scale, const HrChartMeasurer *measurer)
{
  double width = 0;

  for (int i = 0; i < scale->n_ticks; i++)
    {
      char text[HR_TEXT_SIZE];
      hr_chart_scale_label (scale, i, text);
      width = MAX (width, hr_chart_measure (measurer, HR_CHART_TEXT_AXIS, text).width);
    }

  return width + HR_CHART_GAP;
}

/* What texts and cut bars need above and below the axis. */
static void
measure_margins (const HrChartModel *model, const HrChartMeasurer *measurer, gboolean with_names, double *above,
                 double *below)
{
  *above = text_height (measurer, HR_CHART_TEXT_FIGURE) + 2 * FIGURE_GAP;
  if (is_cut (model))
    *above += HR_CHART_HEAD_HEIGHT + HR_CHART_TORN_HEIGHT;

  *below = ceil (text_height (measurer, HR_CHART_TEXT_AXIS) / 2) + 1;
  if (with_names)
    *below = HR_CHART_GAP + text_height (measurer, HR_CHART_TEXT_NAME) + text_height (measurer, HR_CHART_TEXT_DETAIL);
}

/* Heights first: they decide the ticks, whose labels decide the widths. */
static void
place_plot (HrChartLayout *self, const HrChartMeasurer *measurer, const HrChartBox *area)
{
  double tick_spacing = text_height (measurer, HR_CHART_TEXT_AXIS) * TICK_SPACING;
  double above, below;
  double start = self->geometry.plot_start;

  measure_margins (self->model, measurer, self->geometry.with_names, &above, &below);
  self->plot_top = area->y;
  self->plot.y = area->y + above;
  self->plot.height = area->height - above - below;
  self->scale = hr_chart_scale_new (axis_end (self->model), self->model->units, self->plot.height, tick_spacing);

  self->axis_text_width = axis_text_width (&self->scale, measurer);
  if (start <= 0)
    start = self->axis_text_width < area->width / 2 ? self->axis_text_width : 0;
  start = MIN (start, area->width);
  self->plot.x = area->x + start;
  self->plot.width = area->width - start;
}

static void
add_axis (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  gboolean with_labels = self->axis_text_width <= self->plot.x;

  for (int i = 0; i < self->scale.n_ticks; i++)
    {
      double y = hr_chart_layout_y (self, self->scale.step_bytes * i);
      char text[HR_TEXT_SIZE];
      HrChartBox box;

      hr_chart_layout_add_box (self, HR_CHART_LINE, HR_CHART_ROLE_GRID, HR_CHART_ID_NONE,
                               (HrChartBox){ self->plot.x, y, self->plot.width, 0 });
      if (!with_labels)
        continue;

      hr_chart_scale_label (&self->scale, i, text);
      box = hr_chart_measure (measurer, HR_CHART_TEXT_AXIS, text);
      box.x = self->plot.x - HR_CHART_GAP - box.width;
      box.y = y - box.height / 2;
      hr_chart_layout_add_text (self, HR_CHART_TEXT_AXIS, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE, text, box);
    }
}

static double
bar_width (double column_width)
{
  double width = CLAMP (column_width * BAR_SHARE, BAR_MIN_WIDTH, BAR_MAX_WIDTH);

  return MIN (width, column_width * BAR_MAX_SHARE);
}

static void
place_columns (HrChartLayout *self, const HrChartBox *area)
{
  double column_width = self->plot.width / self->n_columns;
  double baseline = self->plot.y + self->plot.height;

  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      double width = bar_width (column_width);

      column->stack
          = hr_chart_stack_new (self->model, g_ptr_array_index (self->model->bars, i), &self->scale, self->plot.height);
      column->column = (HrChartBox){ self->plot.x + self->plot.width * i / self->n_columns, self->plot_top,
                                     column_width, area->y + area->height - self->plot_top };
      column->box = (HrChartBox){ column->column.x + (column_width - width) / 2, baseline - column->stack.height, width,
                                  column->stack.height };
    }
}

static void
add_bars (HrChartLayout *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const HrChartColumn *column = &self->columns[i];

      for (int component = 0; component < HR_N_COMPONENTS; component++)
        {
          HrChartBox box = hr_chart_column_segment (column, component);
          if (box.height > 0)
            hr_chart_layout_add_box (self, HR_CHART_RECT, HR_CHART_ROLE_COMPONENT,
                                     (HrChartId){ (int) i, component, -1 }, box);
        }
      if (column->stack.torn >= 0)
        hr_chart_layout_add_box (self, HR_CHART_TORN_EDGE, HR_CHART_ROLE_BACKGROUND, bar_id (i),
                                 (HrChartBox){ column->box.x, column->box.y + HR_CHART_HEAD_HEIGHT, column->box.width,
                                               HR_CHART_TORN_HEIGHT });
    }
}

/* Whether all figures fit into the columns with so many decimals. */
static gboolean
figures_fit (const HrChartLayout *self, const HrChartMeasurer *measurer, int decimals)
{
  double room = self->plot.width / self->n_columns - TEXT_GAP;

  if (hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, "0").width > room)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      char text[HR_TEXT_SIZE];
      format_figure (self->model, i, decimals, text);
      if (hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, text).width > room)
        return FALSE;
    }

  return TRUE;
}

static void
add_figures (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  int decimals = FIGURE_DECIMALS;

  while (decimals >= 0 && !figures_fit (self, measurer, decimals))
    decimals--;
  if (decimals < 0)
    return;

  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      char text[HR_TEXT_SIZE];

      format_figure (self->model, i, decimals, text);
      column->figure = hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, text);
      column->figure.x = column->column.x + (column->column.width - column->figure.width) / 2;
      column->figure.y = column->box.y - FIGURE_GAP - column->figure.height;
      hr_chart_layout_add_text (self, HR_CHART_TEXT_FIGURE, HR_CHART_ROLE_TEXT, bar_id (i), text, column->figure);
    }
}

/* Returns the height it took. */
static double
add_label (HrChartLayout *self, const HrChartMeasurer *measurer, guint bar, const char *text, HrChartTextStyle style,
           double y)
{
  HrChartColumn *column = &self->columns[bar];
  g_autofree char *shown = hr_chart_ellipsize (measurer, style, text, column->column.width - TEXT_GAP);
  HrChartRole role = style == HR_CHART_TEXT_NAME ? HR_CHART_ROLE_TEXT : HR_CHART_ROLE_DIM_TEXT;

  if (shown == NULL)
    return 0;

  HrChartBox box = hr_chart_measure (measurer, style, shown);

  box.x = column->column.x + (column->column.width - box.width) / 2;
  box.y = y;
  hr_chart_layout_add_text (self, style, role, bar_id (bar), shown, box);

  return box.height;
}

static void
add_labels (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  double top = self->plot.y + self->plot.height + HR_CHART_GAP;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const HrChartBar *bar = g_ptr_array_index (self->model->bars, i);
      HrChartColumn *column = &self->columns[i];
      double y = top;

      y += add_label (self, measurer, i, bar->name, HR_CHART_TEXT_NAME, y);
      y += add_label (self, measurer, i, bar->detail, HR_CHART_TEXT_DETAIL, y);
      column->labels = (HrChartBox){ column->column.x, top, column->column.width, y - top };
    }
}

static void
add_empty_text (HrChartLayout *self, const HrChartMeasurer *measurer, const HrChartBox *area)
{
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_EMPTY, self->model->empty_text, area->width);

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_EMPTY, text);

  if (box.height > area->height)
    return;

  box.x = area->x + (area->width - box.width) / 2;
  box.y = area->y + (area->height - box.height) / 2;
  hr_chart_layout_add_text (self, HR_CHART_TEXT_EMPTY, HR_CHART_ROLE_DIM_TEXT, HR_CHART_ID_NONE, text, box);
}

static void
mirror_box (const HrChartLayout *self, HrChartBox *box)
{
  box->x = self->geometry.width - box->x - box->width;
}

static void
mirror (HrChartLayout *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      HrChartItem *item = &g_array_index (self->items, HrChartItem, i);
      item->x = self->geometry.width - item->x - item->width;
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      mirror_box (self, &column->column);
      mirror_box (self, &column->box);
      mirror_box (self, &column->figure);
      mirror_box (self, &column->labels);
    }
  for (guint i = 0; i < self->model->limits->len; i++)
    mirror_box (self, &self->limit_labels[i]);
  mirror_box (self, &self->plot);
}

static void
fill (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  HrChartBox area = { 0, 0, self->geometry.width, self->geometry.height };

  if (self->geometry.with_legend)
    hr_chart_layout_add_frame (self, measurer, &area);
  if (self->model->bars->len == 0)
    {
      add_empty_text (self, measurer, &area);
      return;
    }

  place_plot (self, measurer, &area);
  if (self->plot.height < MIN_AXIS_HEIGHT / 2 || self->plot.width <= 0)
    return;

  self->n_columns = self->model->bars->len;
  self->columns = g_new0 (HrChartColumn, self->n_columns);
  place_columns (self, &area);
  add_axis (self, measurer);
  hr_chart_layout_add_limit_lines (self);
  add_bars (self);
  add_figures (self, measurer);
  hr_chart_layout_add_limit_labels (self, measurer);
  if (self->geometry.with_names)
    add_labels (self, measurer);
}

static double
clean_size (double size)
{
  return isfinite (size) ? CLAMP (size, 0, MAX_SIZE) : 0;
}

static void
clear_item (gpointer data)
{
  g_free (((HrChartItem *) data)->text);
}

HrChartLayout *
hr_chart_layout_new (const HrChartModel *model, const HrChartGeometry *geometry, const HrChartMeasurer *measurer)
{
  g_return_val_if_fail (model != NULL && geometry != NULL && measurer != NULL, NULL);

  HrChartLayout *self = g_new0 (HrChartLayout, 1);

  self->model = hr_chart_model_copy (model);
  self->geometry = *geometry;
  self->geometry.width = clean_size (geometry->width);
  self->geometry.height = clean_size (geometry->height);
  self->geometry.plot_start = clean_size (geometry->plot_start);
  self->items = g_array_new (FALSE, FALSE, sizeof (HrChartItem));
  g_array_set_clear_func (self->items, clear_item);
  self->limit_labels = g_new0 (HrChartBox, model->limits->len);

  fill (self, measurer);
  if (self->geometry.right_to_left)
    mirror (self);

  return self;
}

void
hr_chart_layout_free (HrChartLayout *self)
{
  if (self == NULL)
    return;

  hr_chart_model_free (self->model);
  g_array_unref (self->items);
  g_free (self->columns);
  g_free (self->limit_labels);
  g_free (self);
}

const HrChartItem *
hr_chart_layout_items (const HrChartLayout *self, size_t *n_items)
{
  g_return_val_if_fail (self != NULL && n_items != NULL, NULL);

  *n_items = self->items->len;

  return (const HrChartItem *) (gpointer) self->items->data;
}

void
hr_chart_layout_minimum (const HrChartModel *model, const HrChartMeasurer *measurer, double *width, double *height)
{
  g_return_if_fail (model != NULL && measurer != NULL && width != NULL && height != NULL);

  HrChartScale scale = hr_chart_scale_new (axis_end (model), model->units, MIN_AXIS_HEIGHT,
                                           text_height (measurer, HR_CHART_TEXT_AXIS) * TICK_SPACING);
  double figure = 0, above, below;

  for (guint i = 0; i < model->bars->len; i++)
    {
      char text[HR_TEXT_SIZE];
      format_figure (model, i, FIGURE_DECIMALS, text);
      figure = MAX (figure, hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, text).width);
    }

  measure_margins (model, measurer, FALSE, &above, &below);
  *width = ceil (axis_text_width (&scale, measurer) + model->bars->len * (figure + TEXT_GAP));
  *height = ceil (above + MIN_AXIS_HEIGHT + below);
}
