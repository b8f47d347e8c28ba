/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fit-map-paint.h"

#include "hr-chart-fill.h"
#include "hr-chart-paint.h"

#include <math.h>

/* Between the cells of a table, and their corners. */
#define CELL_GAP 2.0
#define CELL_RADIUS 4.0

#define FRONTIER_WIDTH 2.0
#define FRAME_WIDTH 2.5
#define CURSOR_WIDTH 2.0
#define HOVER_WIDTH 1.0
#define HALO 1.0

/* Cells that are smaller have a larger frame. */
#define SMALLEST_FRAME 8.0

/* Of the colour of words in the lines of a map. */
#define HATCH_SHARE 0.35
#define HATCH_PITCH 7.0
#define HATCH_WIDTH 1.0

typedef struct
{
  const HrFitMapLayout *layout;
  const HrFitMap *map;
  cairo_t *cr;
  HrChartPalette palette;
} Painter;

static HrChartColor
role_color (const Painter *self, HrChartRole role)
{
  return hr_chart_palette_color (self->palette, role);
}

static void
add_table_cell (const Painter *self, HrFitMapPlace place)
{
  HrChartBox box = hr_fit_map_layout_box (self->layout, place);

  box = (HrChartBox){ box.x + CELL_GAP / 2, box.y + CELL_GAP / 2, MAX (box.width - CELL_GAP, 0),
                      MAX (box.height - CELL_GAP, 0) };
  hr_chart_add_rounded (self->cr, &box, CELL_RADIUS);
}

/* Neighbours of a row in one piece; edges on whole pixels leave no seams. */
static void
add_run (const Painter *self, int row, int first, int last)
{
  HrChartBox a = hr_fit_map_layout_box (self->layout, (HrFitMapPlace){ first, row });
  HrChartBox b = hr_fit_map_layout_box (self->layout, (HrFitMapPlace){ last, row });
  double left = round (MIN (a.x, b.x)), right = round (MAX (a.x + a.width, b.x + b.width));
  double top = round (a.y), bottom = round (a.y + a.height);

  cairo_rectangle (self->cr, left, top, right - left, bottom - top);
}

static HrVerdict
get_verdict (const Painter *self, int column, int row)
{
  return hr_fit_map_cell (self->map, (HrFitMapPlace){ column, row })->verdict;
}

static void
add_cells (const Painter *self, HrVerdict verdict)
{
  int n_columns = (int) self->map->columns.n_values;

  cairo_new_path (self->cr);
  for (int r = 0; r < (int) self->map->rows.n_values; r++)
    for (int c = 0; c < n_columns; c++)
      {
        int first = c;

        if (get_verdict (self, c, r) != verdict)
          continue;
        if (!self->map->fine)
          {
            add_table_cell (self, (HrFitMapPlace){ c, r });
            continue;
          }
        while (c + 1 < n_columns && get_verdict (self, c + 1, r) == verdict)
          c++;
        add_run (self, r, first, c);
      }
}

/* One period of the lines, in pixels of a screen: repeated it is drawn much faster than lines are. */
static cairo_pattern_t *
create_hatch (double pitch, double slope, HrChartColor color)
{
  int size = (int) pitch;
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (tile);
  cairo_t *cr = cairo_create (tile);

  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (cr, i * pitch - pitch, slope > 0 ? -pitch : 2 * pitch);
      cairo_rel_line_to (cr, 3 * pitch, slope * 3 * pitch);
    }
  cairo_set_line_width (cr, HATCH_WIDTH);
  hr_chart_set_color (cr, color);
  cairo_stroke (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_FAST);

  return pattern;
}

/* As lines, which files keep sharp at any size. */
static void
stroke_hatch (cairo_t *cr, double pitch, double slope, HrChartColor color)
{
  double left, top, right, bottom;

  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  cairo_new_path (cr);
  for (double x = floor ((left - (bottom - top)) / pitch) * pitch; x < right + (bottom - top); x += pitch)
    {
      cairo_move_to (cr, x, slope > 0 ? top : bottom);
      cairo_rel_line_to (cr, bottom - top, slope * (bottom - top));
    }
  cairo_set_line_width (cr, HATCH_WIDTH);
  hr_chart_set_color (cr, color);
  cairo_stroke (cr);
}

/* Lines across the current path where it does not fit, fewer ones the other way where it is tight: no eye needs the
 * colour. */
static void
hatch (const Painter *self, HrVerdict verdict, HrChartColor color)
{
  double pitch = verdict == HR_VERDICT_OVER ? HATCH_PITCH : 2 * HATCH_PITCH;
  double slope = verdict == HR_VERDICT_OVER ? -1 : 1;

  cairo_save (self->cr);
  if (hr_chart_keeps_paths (self->cr))
    {
      cairo_clip (self->cr);
      stroke_hatch (self->cr, pitch, slope, color);
    }
  else
    {
      cairo_pattern_t *pattern = create_hatch (pitch, slope, color);

      cairo_set_source (self->cr, pattern);
      cairo_fill (self->cr);
      cairo_pattern_destroy (pattern);
    }
  cairo_restore (self->cr);
}

/* Fills the current path. */
static void
fill (const Painter *self, HrVerdict verdict)
{
  HrChartColor color = role_color (self, hr_chart_verdict_role (verdict));
  HrChartColor words = role_color (self, hr_chart_verdict_text_role (verdict));

  hr_chart_set_color (self->cr, color);
  if (!self->map->fine || (verdict != HR_VERDICT_OVER && verdict != HR_VERDICT_TIGHT))
    {
      cairo_fill (self->cr);
      return;
    }

  cairo_fill_preserve (self->cr);
  hatch (self, verdict, hr_chart_mix (color, words, HATCH_SHARE));
}

static void
paint_swatches (const Painter *self)
{
  for (HrVerdict verdict = HR_VERDICT_FITS; verdict < HR_VERDICT_UNKNOWN; verdict++)
    {
      HrChartBox box = hr_fit_map_layout_swatch (self->layout, verdict);

      if (box.width <= 0)
        continue;
      cairo_new_path (self->cr);
      hr_chart_add_rounded (self->cr, &box, CELL_RADIUS);
      fill (self, verdict);
    }
}

/* A line with its own background stands out from any cell. */
static void
stroke (const Painter *self, double width, HrChartRole role)
{
  hr_chart_set_color (self->cr, role_color (self, HR_CHART_ROLE_BACKGROUND));
  cairo_set_line_width (self->cr, width + 2 * HALO);
  cairo_stroke_preserve (self->cr);
  hr_chart_set_color (self->cr, role_color (self, role));
  cairo_set_line_width (self->cr, width);
  cairo_stroke (self->cr);
}

static void
paint_frontier (const Painter *self)
{
  guint n_lines;
  const HrChartBox *lines = hr_fit_map_layout_frontier (self->layout, &n_lines);

  cairo_new_path (self->cr);
  for (guint i = 0; i < n_lines; i++)
    {
      cairo_move_to (self->cr, round (lines[i].x), round (lines[i].y));
      cairo_line_to (self->cr, round (lines[i].x + lines[i].width), round (lines[i].y + lines[i].height));
    }
  cairo_save (self->cr);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_SQUARE);
  stroke (self, FRONTIER_WIDTH, HR_CHART_ROLE_TEXT);
  cairo_restore (self->cr);
}

/* @outset: further out than the edge of the cell. */
static void
paint_frame (const Painter *self, HrFitMapPlace place, double width, double outset, HrChartRole role)
{
  if (!hr_fit_map_has (self->map, place))
    return;

  HrChartBox box = hr_fit_map_layout_box (self->layout, place);
  double inset = (self->map->fine ? 0 : (CELL_GAP + width) / 2) - outset;
  double grow_x = MAX (SMALLEST_FRAME - box.width, 0) / 2, grow_y = MAX (SMALLEST_FRAME - box.height, 0) / 2;

  box = (HrChartBox){ box.x - grow_x + inset, box.y - grow_y + inset, MAX (box.width + 2 * (grow_x - inset), 0),
                      MAX (box.height + 2 * (grow_y - inset), 0) };
  cairo_new_path (self->cr);
  hr_chart_add_rounded (self->cr, &box, CELL_RADIUS);
  stroke (self, width, role);
}

void
hr_fit_map_paint (const HrFitMapLayout *layout, cairo_t *cr, PangoContext *context, HrChartPalette palette,
                  const HrFitMapMarks *marks)
{
  g_return_if_fail (layout != NULL && cr != NULL && PANGO_IS_CONTEXT (context) && marks != NULL);

  Painter painter = { layout, hr_fit_map_layout_map (layout), cr, palette };
  gboolean has_cells = hr_fit_map_layout_plot (layout).width > 0;
  size_t n_items;
  const HrChartItem *items = hr_fit_map_layout_items (layout, &n_items);

  cairo_save (cr);
  for (HrVerdict verdict = HR_VERDICT_FITS; verdict <= HR_VERDICT_UNKNOWN && has_cells; verdict++)
    {
      add_cells (&painter, verdict);
      fill (&painter, verdict);
    }
  paint_swatches (&painter);
  if (has_cells)
    paint_frontier (&painter);
  hr_chart_paint_items (items, n_items, cr, context, palette);
  if (has_cells)
    {
      gboolean together = hr_fit_map_place_equal (marks->cursor, painter.map->current);

      paint_frame (&painter, painter.map->current, FRAME_WIDTH, 0, HR_CHART_ROLE_CURSOR);
      paint_frame (&painter, marks->hover, HOVER_WIDTH, 0, HR_CHART_ROLE_TEXT);
      if (marks->show_focus)
        paint_frame (&painter, marks->cursor, CURSOR_WIDTH, together ? FRAME_WIDTH + HALO : 0, HR_CHART_ROLE_TEXT);
    }
  cairo_restore (cr);
}
