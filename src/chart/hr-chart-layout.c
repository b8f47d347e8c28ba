/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-layout-private.h"

#include <math.h>
#include <string.h>

/* A limit further above all bars than this is out of sight. */
#define LIMIT_REACH 3.0
#define CUT_REACH 1.25

#define MIN_AXIS_HEIGHT 80.0
#define MAX_SIZE 1e6

double
hr_chart_layout_y (const HrChartLayout *self, double bytes)
{
  return self->plot.y + self->plot.height * (1 - hr_chart_scale_fraction (&self->scale, bytes));
}

void
hr_chart_layout_add_box (HrChartLayout *self, HrChartShape shape, HrChartRole role, HrChartId id, HrChartBox box)
{
  hr_chart_items_add_box (self->items, shape, role, id, box);
}

void
hr_chart_layout_add_text (HrChartLayout *self, HrChartTextStyle style, HrChartRole role, HrChartId id, const char *text,
                          HrChartBox box)
{
  hr_chart_items_add_text (self->items, style, role, id, text, box);
}

static double
largest_total (const HrChartModel *model)
{
  double largest = 0;

  for (guint i = 0; i < model->bars->len; i++)
    largest = MAX (largest, (double) hr_chart_model_bar_total (model, g_ptr_array_index (model->bars, i)));

  return largest;
}

/* Of what stands beside bars, and is not above @reach: the end of a range, a measured peak. */
static double
largest_figure (const HrChartModel *model, double reach)
{
  double largest = 0;

  for (guint i = 0; i < model->bars->len; i++)
    {
      const HrChartBar *bar = g_ptr_array_index (model->bars, i);
      double high = (double) bar->high_bytes, measured = (double) bar->measured_bytes;

      largest = MAX (largest, MAX (high <= reach ? high : 0, measured <= reach ? measured : 0));
    }

  return largest;
}

/* Where the axis ends, in bytes: at the largest bar, or what is expected at most, a measured peak or a planned limit
 * not too far above it. */
static double
axis_end (const HrChartModel *model)
{
  double data = largest_total (model);
  double end = model->hidden == 0 ? MAX (data, largest_figure (model, data * LIMIT_REACH)) : data;
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

/* What texts and cut bars need above and below the axis, without names. */
static void
measure_margins (const HrChartModel *model, const HrChartMeasurer *measurer, double *above, double *below)
{
  *above = text_height (measurer, HR_CHART_TEXT_FIGURE) + 2 * HR_CHART_FIGURE_GAP;
  if (is_cut (model))
    *above += HR_CHART_HEAD_HEIGHT + HR_CHART_TORN_HEIGHT;

  *below = ceil (text_height (measurer, HR_CHART_TEXT_AXIS) / 2) + 1;
}

static void
find_in_sight (HrChartLayout *self)
{
  double room = self->plot.width;

  self->n_columns = self->model->bars->len;
  self->bars_width = MAX (self->geometry.bars_width, room);
  self->geometry.offset = CLAMP (self->geometry.offset, 0, self->bars_width - room);

  double column_width = self->bars_width / self->n_columns;

  self->first = (guint) (self->geometry.offset / column_width);
  self->end = MIN ((guint) ceil ((self->geometry.offset + room) / column_width), self->n_columns);
}

/* Heights first: they decide the ticks, whose labels decide the widths. */
static void
place_axis (HrChartLayout *self, const HrChartMeasurer *measurer, const HrChartBox *area, double below)
{
  double above, least_below;
  double start = self->geometry.plot_start;

  measure_margins (self->model, measurer, &above, &least_below);
  self->plot_top = area->y;
  self->plot.y = area->y + above;
  self->plot.height = area->height - above - MAX (below, least_below);
  self->scale = hr_chart_scale_new (axis_end (self->model), self->model->units, self->plot.height,
                                    hr_chart_axis_spacing (measurer));

  self->axis_text_width = hr_chart_axis_width (&self->scale, measurer);
  if (start <= 0)
    start = self->axis_text_width < area->width / 2 ? self->axis_text_width : 0;
  start = MIN (start, area->width);
  self->plot.x = area->x + start;
  self->plot.width = area->width - start;
  find_in_sight (self);
}

/* How high names are depends on the widths, which hardly depend on how high they are. */
static void
place_plot (HrChartLayout *self, const HrChartMeasurer *measurer, const HrChartBox *area)
{
  place_axis (self, measurer, area, 0);
  if (self->geometry.with_names && self->plot.width > 0)
    place_axis (self, measurer, area, HR_CHART_GAP + hr_chart_layout_wrap_names (self, measurer));
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
  hr_chart_items_mirror (self->items, self->geometry.width);
  for (guint i = 0; i < self->n_columns; i++)
    {
      HrChartColumn *column = &self->columns[i];
      mirror_box (self, &column->column);
      mirror_box (self, &column->box);
      mirror_box (self, &column->figure);
      mirror_box (self, &column->labels);
      mirror_box (self, &column->measured);
    }
  for (guint i = 0; i < self->model->limits->len; i++)
    mirror_box (self, &self->limit_labels[i]);
  mirror_box (self, &self->plot);
}

/* Bit n: component n occurs in a bar and is not hidden. */
static guint32
find_shown (const HrChartModel *model)
{
  guint32 shown = 0;

  for (guint i = 0; i < model->bars->len; i++)
    {
      const HrChartBar *bar = g_ptr_array_index (model->bars, i);

      for (guint component = 0; component < HR_N_PARTS; component++)
        if (bar->components_bytes[component] > 0)
          shown |= 1u << component;
    }

  return shown & ~model->hidden;
}

static void
add_frame (HrChartLayout *self, const HrChartMeasurer *measurer, HrChartBox *area)
{
  hr_chart_frame_take_margins (area);
  hr_chart_items_add_title (self->items, measurer, self->model->title, area);

  const HrChartModel *model = self->model;
  const HrChartLegend legend = {
    .labels = model->component_labels,
    .shown = find_shown (model),
    .range_label = hr_chart_model_has_ranges (model) ? model->range_label : NULL,
    .measured_label = hr_chart_model_has_measured (model) ? model->measured_label : NULL,
  };
  hr_chart_items_add_legend (self->items, measurer, &legend, area);
}

static void
fill (HrChartLayout *self, const HrChartMeasurer *measurer)
{
  HrChartBox area = { 0, 0, self->geometry.width, self->geometry.height };

  if (self->geometry.with_legend)
    add_frame (self, measurer, &area);
  if (self->model->bars->len == 0)
    {
      add_empty_text (self, measurer, &area);
      return;
    }

  place_plot (self, measurer, &area);
  if (self->plot.height < MIN_AXIS_HEIGHT / 2 || self->plot.width <= 0)
    {
      self->n_columns = 0;
      return;
    }

  self->columns = g_new0 (HrChartColumn, self->n_columns);
  hr_chart_layout_place_columns (self, area.y + area.height);
  hr_chart_items_add_axis (self->items, measurer, &self->scale, &self->plot, self->axis_text_width <= self->plot.x);
  hr_chart_layout_add_limit_lines (self);
  hr_chart_layout_add_bars (self);
  hr_chart_layout_add_figures (self, measurer);
  hr_chart_layout_add_limit_labels (self, measurer);
  if (self->geometry.with_names)
    hr_chart_layout_add_names (self, measurer);
}

static double
clean_size (double size)
{
  return isfinite (size) ? CLAMP (size, 0, MAX_SIZE) : 0;
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
  self->geometry.bars_width = clean_size (geometry->bars_width);
  self->geometry.offset = clean_size (geometry->offset);
  self->items = hr_chart_items_new ();
  self->limit_labels = g_new0 (HrChartBox, model->limits->len);
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  fill (self, measurer);
  if (self->geometry.right_to_left)
    mirror (self);

  return self;
}

void
hr_chart_layout_scroll (HrChartLayout *self, double offset, const HrChartMeasurer *measurer)
{
  g_return_if_fail (self != NULL && measurer != NULL);

  self->geometry.offset = clean_size (offset);
  g_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_set_size (self->details, 0);
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
  memset (self->limit_labels, 0, self->model->limits->len * sizeof *self->limit_labels);

  fill (self, measurer);
  if (self->geometry.right_to_left)
    mirror (self);
}

void
hr_chart_layout_in_sight (const HrChartLayout *self, guint *first, guint *end)
{
  g_return_if_fail (self != NULL && first != NULL && end != NULL);

  *first = self->first;
  *end = self->end;
}

void
hr_chart_layout_free (HrChartLayout *self)
{
  if (self == NULL)
    return;

  hr_chart_model_free (self->model);
  g_array_unref (self->items);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->details);
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

  HrChartScale scale
      = hr_chart_scale_new (axis_end (model), model->units, MIN_AXIS_HEIGHT, hr_chart_axis_spacing (measurer));
  double above, below;

  measure_margins (model, measurer, &above, &below);
  *width = ceil (hr_chart_axis_width (&scale, measurer)
                 + model->bars->len * hr_chart_layout_minimum_column (model, measurer));
  *height = ceil (above + MIN_AXIS_HEIGHT + below);
}
