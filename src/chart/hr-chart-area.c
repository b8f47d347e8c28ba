/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-area.h"

#include <math.h>

#define OPAQUE 255.0

/* Lower than this, a piece of the line is level: what divides by its height stays exact. */
#define LEVEL 1e-6

/* Columns that are drawn together: no more, so that a step in the line makes few of them high. */
#define COLUMNS 64

/* In device pixels; rows are counted from the first that the line crosses. */
typedef struct
{
  const HrChartCorner *corners; /* of the line, from left to right */
  guint n_corners;
  guint at; /* corner before the column that is looked at */
  int first_column, n_columns;
  int first_row, n_rows;
  double left, right, bottom; /* of what is drawn */
  double *coverage;           /* of the rows of a column, each the difference from the one above */
} Line;

/* What of a column from its top to @y lies below a piece of the line that begins at @top and ends at @bottom. */
static double
covered (double y, double top, double bottom)
{
  double height = bottom - top;

  if (y >= bottom)
    return y - (top + bottom) / 2;
  if (y <= top || height < LEVEL)
    return 0;

  return (y - top) * (y - top) / (2 * height);
}

/* A piece of the line that is so wide, within one column. */
static void
add_piece (Line *self, double width, double from, double to)
{
  double top = MIN (from, to) - self->first_row, bottom = MAX (from, to) - self->first_row;
  int first = CLAMP ((int) floor (top), 0, self->n_rows), end = CLAMP ((int) ceil (bottom), first, self->n_rows);
  double above = covered (first, top, bottom), part = 0;

  for (int row = first; row < end; row++)
    {
      double below = covered (row + 1, top, bottom), share = (below - above) * width;

      self->coverage[row] += share - part;
      above = below;
      part = share;
    }
  self->coverage[end] += width - part;
}

static void
add_column (Line *self, int column)
{
  double left = MAX (column, self->left), right = MIN (column + 1, self->right);

  while (self->at + 2 < self->n_corners && self->corners[self->at + 1].x <= left)
    self->at++;
  for (guint i = self->at; i + 1 < self->n_corners && self->corners[i].x < right; i++)
    {
      const HrChartCorner *a = &self->corners[i], *b = &self->corners[i + 1];
      double start = MAX (a->x, left), end = MIN (b->x, right);

      if (end <= start)
        continue;

      double slope = (b->y - a->y) / (b->x - a->x);
      add_piece (self, end - start, a->y + slope * (start - a->x), a->y + slope * (end - a->x));
      add_piece (self, start - end, self->bottom, self->bottom);
    }
}

static cairo_surface_t *
create_mask (Line *self)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, self->n_columns, self->n_rows);
  int stride = cairo_image_surface_get_stride (mask);
  unsigned char *pixels = cairo_image_surface_get_data (mask);

  if (pixels == NULL)
    return mask;

  for (int column = 0; column < self->n_columns; column++)
    {
      double sum = 0;

      add_column (self, self->first_column + column);
      for (int row = 0; row < self->n_rows; row++)
        {
          sum += self->coverage[row];
          pixels[row * stride + column] = (unsigned char) (sum * OPAQUE + 0.5);
          self->coverage[row] = 0;
        }
      self->coverage[self->n_rows] = 0;
    }
  cairo_surface_mark_dirty (mask);

  return mask;
}

/* In device pixels, from left to right. */
static HrChartCorner *
place_corners (const HrChartCorner *corners, guint n_corners, double origin_x, double origin_y, double device_pixels)
{
  HrChartCorner *placed = g_new (HrChartCorner, n_corners);
  gboolean backward = corners[n_corners - 1].x < corners[0].x;

  for (guint i = 0; i < n_corners; i++)
    {
      const HrChartCorner *corner = &corners[backward ? n_corners - 1 - i : i];

      placed[i] = (HrChartCorner){ origin_x + corner->x * device_pixels, origin_y + corner->y * device_pixels };
    }

  return placed;
}

/* Where the line is in these columns: what lies higher is empty, what lies lower is full. */
static void
find_rows (Line *self, guint first, double box_top)
{
  double left = MAX (self->first_column, self->left), right = MIN (self->first_column + self->n_columns, self->right);
  double top = self->bottom, bottom = box_top;

  for (guint i = first; i + 1 < self->n_corners && self->corners[i].x < right; i++)
    if (self->corners[i + 1].x >= left)
      {
        top = MIN (top, MIN (self->corners[i].y, self->corners[i + 1].y));
        bottom = MAX (bottom, MAX (self->corners[i].y, self->corners[i + 1].y));
      }
  self->first_row = (int) floor (MAX (top, box_top));
  self->n_rows = MAX ((int) ceil (MIN (bottom, self->bottom)) - self->first_row, 0);
}

/* Adds what is full to the path. @x, @y: device pixels where the units begin */
static void
paint_columns (Line *self, cairo_t *cr, double x, double y, double device_pixels)
{
  double end = self->first_row + self->n_rows;
  double left = MAX (self->first_column, self->left), right = MIN (self->first_column + self->n_columns, self->right);

  if (self->n_rows > 0)
    {
      cairo_surface_t *mask = create_mask (self);

      cairo_surface_set_device_scale (mask, device_pixels, device_pixels);
      cairo_mask_surface (cr, mask, (self->first_column - x) / device_pixels, (self->first_row - y) / device_pixels);
      cairo_surface_destroy (mask);
    }
  if (end < self->bottom)
    cairo_rectangle (cr, (left - x) / device_pixels, (end - y) / device_pixels, (right - left) / device_pixels,
                     (self->bottom - end) / device_pixels);
}

void
hr_chart_paint_area (cairo_t *cr, const HrChartCorner *corners, guint n_corners, HrChartBox box, double device_pixels)
{
  double x = 0, y = 0, unit = 1, unused = 0;

  g_return_if_fail (n_corners > 1 && device_pixels > 0);

  /* Rows and columns are those of the surface, wherever the drawing begins on it. */
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device_distance (cr, &unit, &unused);
  x *= device_pixels / unit;
  y *= device_pixels / unit;
  x -= floor (x);
  y -= floor (y);

  double top = y + box.y * device_pixels;
  g_autofree HrChartCorner *placed = place_corners (corners, n_corners, x, y, device_pixels);
  g_autofree double *coverage = g_new0 (double, (gsize) ceil (box.height * device_pixels) + 3);
  Line line = { .corners = placed, .n_corners = n_corners, .coverage = coverage };

  line.left = MAX (x + box.x * device_pixels, placed[0].x);
  line.right = MIN (x + (box.x + box.width) * device_pixels, placed[n_corners - 1].x);
  line.bottom = top + box.height * device_pixels;
  cairo_new_path (cr);
  for (int column = (int) floor (line.left); column < line.right; column += COLUMNS)
    {
      line.first_column = column;
      line.n_columns = MIN (COLUMNS, (int) ceil (line.right) - column);
      find_rows (&line, line.at, top);
      paint_columns (&line, cr, x, y, device_pixels);
    }
  cairo_fill (cr);
}
