/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fit-map-layout-private.h"

#include <math.h>

#define MAX_SIZE 1e6

/* Cells of a table are no larger than this. */
#define MAX_CELL_WIDTH 150.0
#define MAX_CELL_HEIGHT 96.0

/* A map that is smaller shows nothing. */
#define MIN_PLOT_SIZE 160.0

/* Of the frame of an outer cell. */
#define END_MARGIN 3.0

static double
position (const HrGridAxis *axis, uint32_t index)
{
  double value = (double) axis->values[index];

  return axis->logarithmic ? log2 (fmax (value, 1)) : value;
}

/* Cells meet halfway between their values; the outer ones reach as far out as in. */
static void
place_edges (const HrGridAxis *axis, gboolean alike, double start, double size, double *edges)
{
  uint32_t n = axis->n_values;
  double first, last;

  for (uint32_t i = 0; i <= n; i++)
    edges[i] = (double) i;
  if (!alike && n > 1)
    {
      for (uint32_t i = 1; i < n; i++)
        edges[i] = (position (axis, i - 1) + position (axis, i)) / 2;
      edges[0] = 2 * position (axis, 0) - edges[1];
      edges[n] = 2 * position (axis, n - 1) - edges[n - 1];
    }

  first = edges[0];
  last = edges[n];
  for (uint32_t i = 0; i <= n; i++)
    edges[i] = start + (edges[i] - first) / (last - first) * size;
}

static gboolean
place_plot (HrFitMapLayout *self, const HrChartMeasurer *measurer, double top)
{
  const HrFitMap *map = self->map;
  HrChartBox *plot = &self->plot;

  plot->x = hr_fit_map_labels_width (map, measurer);
  plot->y = top + hr_fit_map_head_height (measurer);
  plot->width = self->width - plot->x - END_MARGIN;
  plot->height = self->height - plot->y - END_MARGIN;
  if (!map->fine)
    {
      plot->width = MIN (plot->width, MAX_CELL_WIDTH * map->columns.n_values);
      plot->height = MIN (plot->height, MAX_CELL_HEIGHT * map->rows.n_values);
    }
  if (plot->width <= 0 || plot->height <= 0)
    return FALSE;

  place_edges (&map->columns, !map->fine, plot->x, plot->width, self->column_edges);
  place_edges (&map->rows, !map->fine, plot->y, plot->height, self->row_edges);

  return TRUE;
}

/* Whether the run can be made, tightly or not; where no card is chosen there is no frontier. */
static gboolean
is_over (const HrFitMap *map, guint column, guint row)
{
  return hr_fit_map_cell (map, (HrFitMapPlace){ (int) column, (int) row })->verdict == HR_VERDICT_OVER;
}

static void
add_frontier (HrFitMapLayout *self)
{
  const HrFitMap *map = self->map;
  const double *x = self->column_edges, *y = self->row_edges;

  for (guint r = 0; r < map->rows.n_values; r++)
    for (guint c = 0; c < map->columns.n_values; c++)
      {
        HrChartBox right = { x[c + 1], y[r], 0, y[r + 1] - y[r] };
        HrChartBox below = { x[c], y[r + 1], x[c + 1] - x[c], 0 };

        if (c + 1 < map->columns.n_values && is_over (map, c, r) != is_over (map, c + 1, r))
          g_array_append_val (self->frontier, right);
        if (r + 1 < map->rows.n_values && is_over (map, c, r) != is_over (map, c, r + 1))
          g_array_append_val (self->frontier, below);
      }
}

static void
add_empty_text (HrFitMapLayout *self, const HrChartMeasurer *measurer)
{
  g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_EMPTY, self->map->empty_text, self->width);

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, HR_CHART_TEXT_EMPTY, text);

  if (box.height > self->height)
    return;
  box.x = (self->width - box.width) / 2;
  box.y = (self->height - box.height) / 2;
  hr_chart_items_add_text (self->items, HR_CHART_TEXT_EMPTY, HR_CHART_ROLE_DIM_TEXT, HR_CHART_ID_NONE, text, box);
}

static void
fill (HrFitMapLayout *self, const HrChartMeasurer *measurer)
{
  double top = hr_fit_map_legend_height (self->map, measurer, self->width);

  if (self->map->cells == NULL)
    add_empty_text (self, measurer);
  if (self->map->cells == NULL || !place_plot (self, measurer, top))
    {
      self->plot = (HrChartBox){ 0 };
      return;
    }

  hr_fit_map_layout_add_legend (self, measurer);
  hr_fit_map_layout_add_axes (self, measurer, top);
  if (self->map->fine)
    add_frontier (self);
  else
    hr_fit_map_layout_add_figures (self, measurer);
}

static void
mirror_box (HrChartBox *box, double width)
{
  if (box->width > 0 || box->height > 0)
    box->x = width - box->x - box->width;
}

static void
mirror (HrFitMapLayout *self)
{
  hr_chart_items_mirror (self->items, self->width);
  mirror_box (&self->plot, self->width);
  for (guint i = 0; i < G_N_ELEMENTS (self->swatches); i++)
    mirror_box (&self->swatches[i], self->width);
  for (guint i = 0; i < self->frontier->len; i++)
    mirror_box (&g_array_index (self->frontier, HrChartBox, i), self->width);
  for (guint i = 0; i <= self->map->columns.n_values; i++)
    self->column_edges[i] = self->width - self->column_edges[i];
}

static double
clean_size (double size)
{
  return isfinite (size) ? CLAMP (size, 0, MAX_SIZE) : 0;
}

HrFitMapLayout *
hr_fit_map_layout_new (HrFitMap *map, double width, double height, gboolean right_to_left,
                       const HrChartMeasurer *measurer)
{
  g_return_val_if_fail (map != NULL && measurer != NULL, NULL);

  HrFitMapLayout *self = g_new0 (HrFitMapLayout, 1);

  self->map = hr_fit_map_ref (map);
  self->width = clean_size (width);
  self->height = clean_size (height);
  self->right_to_left = right_to_left;
  self->frontier = g_array_new (FALSE, FALSE, sizeof (HrChartBox));
  self->items = hr_chart_items_new ();
  fill (self, measurer);
  if (right_to_left)
    mirror (self);

  return self;
}

void
hr_fit_map_layout_free (HrFitMapLayout *self)
{
  if (self == NULL)
    return;

  hr_fit_map_unref (self->map);
  g_array_unref (self->frontier);
  g_array_unref (self->items);
  g_free (self);
}

void
hr_fit_map_layout_minimum (const HrFitMap *map, const HrChartMeasurer *measurer, double *width, double *height)
{
  double cell_height, cell_width = hr_fit_map_figure_width (map, measurer, &cell_height);

  *width = MIN_PLOT_SIZE;
  *height = MIN_PLOT_SIZE;
  if (!map->fine && map->cells != NULL)
    {
      *width = cell_width * map->columns.n_values;
      *height = cell_height * map->rows.n_values;
    }
  *width = ceil (*width + hr_fit_map_labels_width (map, measurer) + END_MARGIN);
  *height = ceil (*height + hr_fit_map_legend_height (map, measurer, *width) + hr_fit_map_head_height (measurer)
                  + END_MARGIN);
}
