/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-fill.h"

#include <math.h>

#define HOVER_LIGHT 0.22
#define FADE 0.62

/* Patterns: distance of lines or dots, that of diagonals on their way across, their width. */
#define PITCH 6.0
#define DIAGONAL_PITCH 8.0
#define STROKE 1.25
#define DOT_RADIUS 1.25

/* All patterns repeat after this. */
#define TILE 24.0

/* Round what is reserved and empty, which is pale, where there is room for it. */
#define OUTLINE 1.0
#define OUTLINE_MIN 4.0

/* What is drawn over a component's colour, besides telling them apart by colour. */
typedef enum
{
  SOLID = 0,
  RISING = 1 << 0,
  FALLING = 1 << 1,
  HORIZONTAL = 1 << 2,
  VERTICAL = 1 << 3,
  DOTS = 1 << 4,
  DASHED = 1 << 5,
} Pattern;

static const guint patterns[HR_N_PARTS] = {
  [HR_COMPONENT_WEIGHTS] = SOLID,
  [HR_COMPONENT_ADAPTERS] = RISING,
  [HR_COMPONENT_GRADIENTS] = HORIZONTAL,
  [HR_COMPONENT_OPTIMIZER] = DOTS,
  [HR_COMPONENT_ACTIVATIONS] = FALLING,
  [HR_COMPONENT_LOGITS_LOSS] = RISING | FALLING,
  [HR_COMPONENT_KV_CACHE] = VERTICAL,
  [HR_COMPONENT_WORKSPACE] = HORIZONTAL | VERTICAL,
  [HR_COMPONENT_CONTEXT] = HORIZONTAL | DASHED,
  [HR_PART_UNUSED] = RISING | DASHED,
};

HrChartColor
hr_chart_mix (HrChartColor color, HrChartColor other, double share)
{
  return (HrChartColor){
    color.red + (other.red - color.red) * share,
    color.green + (other.green - color.green) * share,
    color.blue + (other.blue - color.blue) * share,
    color.alpha,
  };
}

void
hr_chart_set_color (cairo_t *cr, HrChartColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

/* Lines through multiples of the pitch, so that the patterns of neighbours go on. */
static void
add_horizontal (cairo_t *cr, const HrChartBox *box)
{
  for (double y = ceil (box->y / PITCH) * PITCH; y < box->y + box->height; y += PITCH)
    {
      cairo_move_to (cr, box->x, y);
      cairo_rel_line_to (cr, box->width, 0);
    }
}

static void
add_vertical (cairo_t *cr, const HrChartBox *box)
{
  for (double x = ceil (box->x / PITCH) * PITCH; x < box->x + box->width; x += PITCH)
    {
      cairo_move_to (cr, x, box->y);
      cairo_rel_line_to (cr, 0, box->height);
    }
}

/* Where x + y, or x - y, is a multiple of the pitch. */
static void
add_diagonal (cairo_t *cr, const HrChartBox *box, gboolean rising)
{
  double sign = rising ? 1 : -1;
  double top = sign * box->y;
  double bottom = sign * (box->y + box->height);

  for (double at = ceil ((box->x + MIN (top, bottom)) / DIAGONAL_PITCH) * DIAGONAL_PITCH;
       at < box->x + box->width + MAX (top, bottom); at += DIAGONAL_PITCH)
    {
      cairo_move_to (cr, at - top, box->y);
      cairo_line_to (cr, at - bottom, box->y + box->height);
    }
}

static void
add_dots (cairo_t *cr, const HrChartBox *box)
{
  long row = (long) floor (box->y / PITCH);

  for (double y = (double) row * PITCH; y < box->y + box->height + PITCH; y += PITCH, row++)
    for (double x = (floor (box->x / PITCH) + (row % 2 == 0 ? 0 : 0.5)) * PITCH; x < box->x + box->width + PITCH;
         x += PITCH)
      {
        cairo_new_sub_path (cr);
        cairo_arc (cr, x, y, DOT_RADIUS, 0, 2 * G_PI);
      }
}

static void
add_pattern (cairo_t *cr, guint pattern, const HrChartBox *box)
{
  if (pattern & HORIZONTAL)
    add_horizontal (cr, box);
  if (pattern & VERTICAL)
    add_vertical (cr, box);
  if (pattern & RISING)
    add_diagonal (cr, box, TRUE);
  if (pattern & FALLING)
    add_diagonal (cr, box, FALSE);
}

static void
outline (cairo_t *cr, HrChartPalette palette, const HrChartBox *box)
{
  if (box->width < OUTLINE_MIN || box->height < OUTLINE_MIN)
    return;

  cairo_rectangle (cr, box->x + OUTLINE / 2, box->y + OUTLINE / 2, box->width - OUTLINE, box->height - OUTLINE);
  hr_chart_set_color (cr, hr_chart_palette_color (palette, HR_CHART_ROLE_AXIS_TEXT));
  cairo_set_line_width (cr, OUTLINE);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
}

static void
draw_pattern (cairo_t *cr, guint pattern, HrChartColor color, const HrChartBox *box)
{
  hr_chart_set_color (cr, color);
  cairo_set_line_width (cr, STROKE);
  if (pattern & DASHED)
    cairo_set_dash (cr, &(double){ PITCH / 2 }, 1, 0);
  add_pattern (cr, pattern, box);
  cairo_stroke (cr);
  if (pattern & DOTS)
    {
      add_dots (cr, box);
      cairo_fill (cr);
    }
}

static HrChartColor
find_color (HrComponent component, HrChartPalette palette, HrChartFill fill)
{
  HrChartColor color = hr_chart_palette_component (palette, component);

  switch (fill)
    {
    case HR_CHART_FILL_HOVERED:
      return hr_chart_mix (color, (HrChartColor){ 1, 1, 1, 1 }, HOVER_LIGHT);
    case HR_CHART_FILL_FADED:
      return hr_chart_mix (color, hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND), FADE);
    case HR_CHART_FILL_NORMAL:
    default:
      return color;
    }
}

void
hr_chart_fill_component (cairo_t *cr, HrComponent component, HrChartPalette palette, HrChartFill fill,
                         const HrChartBox *box)
{
  cairo_save (cr);
  hr_chart_set_color (cr, find_color (component, palette, fill));
  if (palette.high_contrast && patterns[component] != SOLID)
    {
      cairo_fill_preserve (cr);
      cairo_clip (cr);
      draw_pattern (cr, patterns[component], hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND), box);
    }
  else
    cairo_fill (cr);
  if (component == (HrComponent) HR_PART_UNUSED)
    outline (cr, palette, box);
  cairo_restore (cr);
}

void
hr_chart_set_component (cairo_t *cr, HrComponent component, HrChartPalette palette, HrChartFill fill,
                        double device_pixels)
{
  HrChartColor color = find_color (component, palette, fill);

  hr_chart_set_color (cr, color);
  if (!palette.high_contrast || patterns[component] == SOLID)
    return;

  int size = MAX (1, (int) round (TILE * device_pixels));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_pattern_t *tile = cairo_pattern_create_for_surface (surface);

  cairo_surface_set_device_scale (surface, device_pixels, device_pixels);
  cairo_t *tile_cr = cairo_create (surface);

  hr_chart_set_color (tile_cr, color);
  cairo_paint (tile_cr);
  draw_pattern (tile_cr, patterns[component], hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND),
                &(HrChartBox){ -TILE, -TILE, 3 * TILE, 3 * TILE });
  cairo_destroy (tile_cr);
  cairo_pattern_set_extend (tile, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (tile, CAIRO_FILTER_FAST);
  cairo_set_source (cr, tile);
  cairo_pattern_destroy (tile);
  cairo_surface_destroy (surface);
}

gboolean
hr_chart_keeps_paths (cairo_t *cr)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));

  return type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF;
}

double
hr_chart_device_pixels (cairo_t *cr)
{
  double dx = 1, dy = 1, device_x = 1, device_y = 1;

  cairo_user_to_device_distance (cr, &dx, &dy);
  cairo_surface_get_device_scale (cairo_get_target (cr), &device_x, &device_y);
  dx = fabs (dx * device_x);

  return dx > 0 ? dx : 1;
}
