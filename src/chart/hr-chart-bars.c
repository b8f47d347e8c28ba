/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

#include "hr-chart-wrap.h"

#include <string.h>

#define FIGURE_DECIMALS 1

/* Share of its column that a bar takes, and the bounds in pixels that the column may overrule. */
#define BAR_SHARE 0.4
#define BAR_MAX_SHARE 0.8
#define BAR_MIN_WIDTH 16.0
#define BAR_MAX_WIDTH 112.0

/* The mark of a range stands beside its bar; below this height it says nothing. */
#define RANGE_GAP 4.0
#define RANGE_CAP 6.0
#define RANGE_MIN_HEIGHT 3.0

/* How far the mark of a measured peak stands out on both sides of its bar; the one of a range follows behind it. */
#define MEASURED_START 12.0
#define MEASURED_END 3.0

/* How high the strip is in which a pointer means the mark. */
#define MEASURED_REACH 6.0

/* Names wrap into so many lines under their bar; details are a word or two. */
#define NAME_LINES 3
#define DETAIL_LINES 1

/* Between two neighbours' texts. */
#define TEXT_GAP 6.0

static HrChartId
bar_id (guint bar)
{
  return (HrChartId){ (int) bar, -1, -1 };
}

static void
format_figure (const HrChartModel *model, guint bar, int decimals, char text[HR_TEXT_SIZE])
{
  hr_format_bytes (hr_chart_model_bar_total (model, g_ptr_array_index (model->bars, bar)), model->units, decimals,
                   text);
}

static double
bar_width (double column_width)
{
  double width = CLAMP (column_width * BAR_SHARE, BAR_MIN_WIDTH, BAR_MAX_WIDTH);

  return MIN (width, column_width * BAR_MAX_SHARE);
}

void
hr_chart_layout_place_columns (HrChartLayout *self, double bottom)
{
  double column_width = self->bars_width / self->n_columns;
  double start = self->plot.x - self->geometry.offset;
  double baseline = self->plot.y + self->plot.height;

  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      double width = bar_width (column_width);

      column->stack
          = hr_chart_stack_new (self->model, g_ptr_array_index (self->model->bars, i), &self->scale, self->plot.height);
      column->column = (HrChartBox){ start + self->bars_width * i / self->n_columns, self->plot_top, column_width,
                                     bottom - self->plot_top };
      column->box = (HrChartBox){ column->column.x + (column_width - width) / 2, baseline - column->stack.height, width,
                                  column->stack.height };
    }
}

/* From the lowest to the highest size expected, where the bar stands for its whole and the axis reaches as far. */
static void
add_range (HrChartLayout *self, guint bar)
{
  const HrChartBar *data = g_ptr_array_index (self->model->bars, bar);
  const HrChartColumn *column = &self->columns[bar];
  double low = hr_chart_layout_y (self, (double) data->low_bytes);
  double high = MAX (hr_chart_layout_y (self, (double) data->high_bytes), self->plot_top);
  double x = column->box.x + column->box.width + RANGE_GAP;

  if (self->model->hidden != 0 || column->stack.torn >= 0 || low - high < RANGE_MIN_HEIGHT
      || x + RANGE_CAP > column->column.x + column->column.width)
    return;

  hr_chart_layout_add_box (self, HR_CHART_LINE, HR_CHART_ROLE_RANGE, bar_id (bar),
                           (HrChartBox){ x + RANGE_CAP / 2, high, 0, low - high });
  hr_chart_layout_add_box (self, HR_CHART_LINE, HR_CHART_ROLE_RANGE, bar_id (bar),
                           (HrChartBox){ x, high, RANGE_CAP, 0 });
  hr_chart_layout_add_box (self, HR_CHART_LINE, HR_CHART_ROLE_RANGE, bar_id (bar),
                           (HrChartBox){ x, low, RANGE_CAP, 0 });
}

/* Where the bar stands for its whole and the axis reaches as far. */
static void
add_measured (HrChartLayout *self, guint bar)
{
  const HrChartBar *data = g_ptr_array_index (self->model->bars, bar);
  HrChartColumn *column = &self->columns[bar];
  double y = hr_chart_layout_y (self, (double) data->measured_bytes);
  double x = MAX (column->box.x - MEASURED_START, column->column.x);
  double end = MIN (column->box.x + column->box.width + MEASURED_END, column->column.x + column->column.width);

  if (data->measured_bytes == 0 || (double) data->measured_bytes > self->scale.maximum_bytes || self->model->hidden != 0
      || column->stack.torn >= 0)
    return;

  hr_chart_layout_add_box (self, HR_CHART_LINE, HR_CHART_ROLE_MEASURED, bar_id (bar), (HrChartBox){ x, y, end - x, 0 });
  column->measured = (HrChartBox){ x, y - MEASURED_REACH / 2, end - x, MEASURED_REACH };
}

void
hr_chart_layout_add_bars (HrChartLayout *self)
{
  for (guint i = self->first; i < self->end; i++)
    {
      const HrChartColumn *column = &self->columns[i];

      for (int component = 0; component < HR_N_PARTS; component++)
        {
          HrChartBox box = hr_chart_column_segment (column, component);
          if (box.height > 0)
            hr_chart_layout_add_box (self, HR_CHART_RECT, HR_CHART_ROLE_COMPONENT,
                                     (HrChartId){ (int) i, component, -1 }, box);
        }
      add_range (self, i);
      add_measured (self, i);
      if (column->stack.torn >= 0)
        hr_chart_layout_add_box (self, HR_CHART_TORN_EDGE, HR_CHART_ROLE_BACKGROUND, bar_id (i),
                                 (HrChartBox){ column->box.x, column->box.y + HR_CHART_HEAD_HEIGHT, column->box.width,
                                               HR_CHART_TORN_HEIGHT });
    }
}

/* Measures the figures in sight. Returns: whether all fit into the columns with so many decimals. */
static gboolean
measure_figures (HrChartLayout *self, const HrChartMeasurer *measurer, int decimals)
{
  double room = self->bars_width / self->n_columns - TEXT_GAP;

  if (hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, "0").width > room)
    return FALSE;
  for (guint i = self->first; i < self->end; i++)
    {
      char text[HR_TEXT_SIZE];
      format_figure (self->model, i, decimals, text);
      self->columns[i].figure = hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, text);
      if (self->columns[i].figure.width > room)
        return FALSE;
    }

  return TRUE;
}

void
hr_chart_layout_add_figures (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  int decimals = FIGURE_DECIMALS;

  while (decimals >= 0 && !measure_figures (self, measurer, decimals))
    decimals--;
  for (guint i = self->first; i < self->end; i++)
    {
      HrChartColumn *column = &self->columns[i];
      char text[HR_TEXT_SIZE];

      if (decimals < 0)
        {
          column->figure = (HrChartBox){ 0 };
          continue;
        }
      format_figure (self->model, i, decimals, text);
      column->figure.x = column->column.x + (column->column.width - column->figure.width) / 2;
      column->figure.y = column->box.y - HR_CHART_FIGURE_GAP - column->figure.height;
      hr_chart_layout_add_text (self, HR_CHART_TEXT_FIGURE, HR_CHART_ROLE_TEXT, bar_id (i), text, column->figure);
    }
}

double
hr_chart_layout_wrap_names (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  double room = self->bars_width / self->n_columns - TEXT_GAP;
  double name_height = hr_chart_measure (measurer, HR_CHART_TEXT_NAME, "0").height;
  double detail_height = hr_chart_measure (measurer, HR_CHART_TEXT_DETAIL, "0").height;
  double highest = 0;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const HrChartBar *bar = g_ptr_array_index (self->model->bars, i);
      GPtrArray *name = hr_chart_wrap (measurer, HR_CHART_TEXT_NAME, bar->name, room, NAME_LINES);
      GPtrArray *detail = hr_chart_wrap (measurer, HR_CHART_TEXT_DETAIL, bar->detail, room, DETAIL_LINES);

      g_ptr_array_add (self->names, name);
      g_ptr_array_add (self->details, detail);
      highest = MAX (highest, name->len * name_height + detail->len * detail_height);
    }

  return highest;
}

/* Returns the height it took. */
static double
add_label (HrChartLayout *self, const HrChartMeasurer *measurer, guint bar, const GPtrArray *lines,
           HrChartTextStyle style, double top)
{
  const HrChartBox *column = &self->columns[bar].column;
  HrChartRole role = style == HR_CHART_TEXT_NAME ? HR_CHART_ROLE_TEXT : HR_CHART_ROLE_DIM_TEXT;
  double y = top;

  for (guint i = 0; i < lines->len; i++)
    {
      HrChartBox box = hr_chart_measure (measurer, style, lines->pdata[i]);

      box.x = column->x + (column->width - box.width) / 2;
      box.y = y;
      y += box.height;
      hr_chart_layout_add_text (self, style, role, bar_id (bar), lines->pdata[i], box);
    }

  return y - top;
}

void
hr_chart_layout_add_names (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  double top = self->plot.y + self->plot.height + HR_CHART_GAP;

  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      double y = top;

      y += add_label (self, measurer, i, self->names->pdata[i], HR_CHART_TEXT_NAME, y);
      y += add_label (self, measurer, i, self->details->pdata[i], HR_CHART_TEXT_DETAIL, y);
      column->labels = (HrChartBox){ column->column.x, top, column->column.width, y - top };
    }
}

/* Figures of as many characters are as wide, digits being so. */
double
hr_chart_layout_minimum_column (const HrChartModel *model, const HrChartMeasurer *measurer)
{
  char longest[HR_TEXT_SIZE] = "";

  g_return_val_if_fail (model != NULL && measurer != NULL, 0);

  for (guint i = 0; i < model->bars->len; i++)
    {
      char text[HR_TEXT_SIZE];

      format_figure (model, i, FIGURE_DECIMALS, text);
      if (strlen (text) > strlen (longest))
        memcpy (longest, text, sizeof longest);
    }

  return hr_chart_measure (measurer, HR_CHART_TEXT_FIGURE, longest).width + TEXT_GAP;
}
