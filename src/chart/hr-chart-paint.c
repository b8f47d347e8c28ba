/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-paint.h"

#include "hr-chart-fill.h"
#include "hr-chart-fonts.h"

#include <math.h>
#include <pango/pangocairo.h>

#define LINE_WIDTH 1.0
#define LIMIT_WIDTH 2.0
#define MEASURED_WIDTH 2.0

/* Of the background beside a mark, which stands out so from any segment. */
#define MEASURED_HALO 1.0

/* Background behind a text, beyond its box. */
#define PLATE_PADDING 3.0

/* Between segments, where they are large enough to give it away. */
#define HAIRLINE 1.0
#define HAIRLINE_MIN_HEIGHT 2.0
#define HAIRLINE_MIN_WIDTH 4.0

#define TOOTH_WIDTH 8.0
#define TORN_GAP_SHARE 0.4

#define RING_WIDTH 2.0
#define RING_GAP 1.0
#define RING_RADIUS 4.0
#define BAND_RADIUS 6.0
#define SWATCH_RADIUS 0.2

typedef struct
{
  cairo_t *cr;
  HrChartFonts *fonts;
  HrChartPalette palette;
  const HrChartMarks *marks;
  const GArray *bands;  /* (nullable) (element-type HrChartBox): behind the selected bars */
  HrChartBox clip;      /* of what belongs to bars; no width: none */
  double device_pixels; /* a unit */
} Painter;

/* Edges on the grid of device pixels are crisp. */
static double
snap (const Painter *self, double position)
{
  return round (position * self->device_pixels) / self->device_pixels;
}

static HrChartBox
snap_box (const Painter *self, HrChartBox box)
{
  double x = snap (self, box.x), y = snap (self, box.y);

  return (HrChartBox){ x, y, snap (self, box.x + box.width) - x, snap (self, box.y + box.height) - y };
}

static void
set_role (const Painter *self, HrChartRole role)
{
  hr_chart_set_color (self->cr, hr_chart_palette_color (self->palette, role));
}

static void
add_rectangle (cairo_t *cr, const HrChartBox *box)
{
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
}

void
hr_chart_add_rounded (cairo_t *cr, const HrChartBox *box, double radius)
{
  double right = box->x + box->width, bottom = box->y + box->height;

  radius = MIN (radius, MIN (box->width, box->height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, box->y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, box->x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, box->x + radius, box->y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static HrChartFill
find_fill (const Painter *self, HrChartId id)
{
  const HrChartMarks *marks = self->marks;

  if (id.bar < 0)
    return HR_CHART_FILL_NORMAL;
  if (marks->hover.bar == id.bar && (marks->hover.component < 0 || marks->hover.component == id.component))
    return HR_CHART_FILL_HOVERED;

  return marks->selected_component >= 0 && marks->selected_component != id.component ? HR_CHART_FILL_FADED
                                                                                     : HR_CHART_FILL_NORMAL;
}

/* What lies behind everything: background, and the band where it is over it. */
static void
paint_background (const Painter *self, HrChartBox box)
{
  box = snap_box (self, box);
  cairo_save (self->cr);
  add_rectangle (self->cr, &box);
  cairo_clip (self->cr);
  set_role (self, HR_CHART_ROLE_BACKGROUND);
  cairo_paint (self->cr);
  for (guint i = 0; self->bands != NULL && i < self->bands->len; i++)
    {
      set_role (self, HR_CHART_ROLE_SELECTION);
      add_rectangle (self->cr, &g_array_index (self->bands, HrChartBox, i));
      cairo_fill (self->cr);
    }
  cairo_restore (self->cr);
}

/* Segments leave a hairline to the one above, which comes after them in the list. */
static void
paint_rect (const Painter *self, const HrChartItem *item, const HrChartItem *next)
{
  HrChartBox box = snap_box (self, (HrChartBox){ item->x, item->y, item->width, item->height });
  gboolean is_segment = item->role == HR_CHART_ROLE_COMPONENT && item->id.bar >= 0;
  gboolean has_upper = next != NULL && next->shape == HR_CHART_RECT && next->id.bar == item->id.bar;

  if (is_segment && has_upper && box.height >= HAIRLINE_MIN_HEIGHT && box.width >= HAIRLINE_MIN_WIDTH)
    {
      paint_background (self, (HrChartBox){ box.x, box.y, box.width, HAIRLINE });
      box.y += HAIRLINE;
      box.height -= HAIRLINE;
    }

  if (item->role != HR_CHART_ROLE_COMPONENT)
    {
      set_role (self, item->role);
      add_rectangle (self->cr, &box);
      cairo_fill (self->cr);
      return;
    }

  if (is_segment)
    add_rectangle (self->cr, &box);
  else
    hr_chart_add_rounded (self->cr, &box, box.width * SWATCH_RADIUS);
  hr_chart_fill_component (self->cr, (HrComponent) item->id.component, self->palette, find_fill (self, item->id), &box);
}

static double
line_width (HrChartRole role)
{
  switch ((int) role)
    {
    case HR_CHART_ROLE_LIMIT:
      return LIMIT_WIDTH;
    case HR_CHART_ROLE_MEASURED:
      return MEASURED_WIDTH;
    default:
      return LINE_WIDTH;
    }
}

static void
paint_line (const Painter *self, const HrChartItem *item)
{
  static const double limit_dashes[] = { 7, 4 };
  static const double reference_dashes[] = { 5, 4 };
  gboolean is_limit = item->role == HR_CHART_ROLE_LIMIT;
  double width = line_width (item->role);
  double offset = width / 2;

  cairo_save (self->cr);
  set_role (self, item->role);
  cairo_set_line_width (self->cr, width);
  if (is_limit)
    cairo_set_dash (self->cr, limit_dashes, G_N_ELEMENTS (limit_dashes), 0);
  else if (item->role == HR_CHART_ROLE_REFERENCE)
    cairo_set_dash (self->cr, reference_dashes, G_N_ELEMENTS (reference_dashes), 0);
  double x = item->width > 0 ? item->x : snap (self, item->x - offset) + offset;

  cairo_move_to (self->cr, x, snap (self, item->y - offset) + offset);
  cairo_line_to (self->cr, x + item->width, snap (self, item->y + item->height - offset) + offset);
  if (item->role == HR_CHART_ROLE_MEASURED)
    {
      set_role (self, HR_CHART_ROLE_BACKGROUND);
      cairo_set_line_width (self->cr, width + 2 * MEASURED_HALO);
      cairo_stroke_preserve (self->cr);
      set_role (self, item->role);
      cairo_set_line_width (self->cr, width);
    }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

static void
paint_text (const Painter *self, const HrChartItem *item)
{
  /* Lines run up to these texts, not through them. */
  if (item->style == HR_CHART_TEXT_FIGURE || item->style == HR_CHART_TEXT_LIMIT)
    paint_background (self,
                      (HrChartBox){ item->x - PLATE_PADDING, item->y, item->width + 2 * PLATE_PADDING, item->height });

  set_role (self, item->role);
  cairo_move_to (self->cr, snap (self, item->x), snap (self, item->y));
  pango_cairo_show_layout (self->cr, hr_chart_fonts_layout (self->fonts, item->style, item->text));
}

static void
add_zigzag (cairo_t *cr, const HrChartItem *item, double high, double low, int direction)
{
  int n_teeth = MAX (1, (int) round (item->width / TOOTH_WIDTH));
  double half = item->width / n_teeth / 2;
  double x = direction > 0 ? item->x : item->x + item->width;

  cairo_line_to (cr, x, low);
  for (int i = 1; i <= 2 * n_teeth; i++)
    cairo_line_to (cr, x + direction * half * i, i % 2 == 1 ? high : low);
}

/* A gap between two parallel zigzags, through which what lies behind is seen. */
static void
paint_torn_edge (const Painter *self, const HrChartItem *item)
{
  double gap = item->height * TORN_GAP_SHARE;
  double bottom = item->y + item->height;

  cairo_save (self->cr);
  cairo_new_path (self->cr);
  add_zigzag (self->cr, item, item->y + gap, bottom, 1);
  add_zigzag (self->cr, item, item->y, bottom - gap, -1);
  cairo_close_path (self->cr);
  cairo_clip (self->cr);
  paint_background (self, (HrChartBox){ item->x, item->y, item->width, item->height });
  cairo_restore (self->cr);
}

static gboolean
is_outside (const HrChartItem *item, const HrChartBox *clip)
{
  return item->x - PLATE_PADDING > clip->x + clip->width || item->x + item->width + PLATE_PADDING < clip->x
         || item->y - LIMIT_WIDTH > clip->y + clip->height || item->y + item->height + LIMIT_WIDTH < clip->y;
}

static void
paint_item (const Painter *self, const HrChartItem *item, const HrChartItem *next)
{
  switch (item->shape)
    {
    case HR_CHART_RECT:
      paint_rect (self, item, next);
      break;
    case HR_CHART_LINE:
      paint_line (self, item);
      break;
    case HR_CHART_TEXT:
      paint_text (self, item);
      break;
    case HR_CHART_TORN_EDGE:
      paint_torn_edge (self, item);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
paint_items (const Painter *self, const HrChartItem *items, size_t n_items)
{
  double left, top, right, bottom;

  cairo_clip_extents (self->cr, &left, &top, &right, &bottom);
  for (size_t i = 0; i < n_items; i++)
    {
      const HrChartItem *item = &items[i];

      if (is_outside (item, &(HrChartBox){ left, top, right - left, bottom - top }))
        continue;

      if (item->id.bar < 0 || self->clip.width <= 0)
        {
          paint_item (self, item, i + 1 < n_items ? item + 1 : NULL);
          continue;
        }
      cairo_save (self->cr);
      add_rectangle (self->cr, &self->clip);
      cairo_clip (self->cr);
      paint_item (self, item, i + 1 < n_items ? item + 1 : NULL);
      cairo_restore (self->cr);
    }
}

static void
paint_band (const Painter *self, HrChartBox band)
{
  set_role (self, HR_CHART_ROLE_SELECTION);
  cairo_save (self->cr);
  add_rectangle (self->cr, &band);
  cairo_clip (self->cr);
  band.height += BAND_RADIUS; /* rounded at the top only: a table may go on below */
  hr_chart_add_rounded (self->cr, &band, BAND_RADIUS);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

/* A ring with a gap of background stands out from any segment. */
static void
paint_cursor (const Painter *self, const HrChartLayout *layout)
{
  double grow = RING_GAP + RING_WIDTH / 2;
  HrChartBox box;

  if (!self->marks->show_cursor
      || !hr_chart_layout_bounds (layout, self->marks->cursor, &box.x, &box.y, &box.width, &box.height))
    return;

  box = snap_box (self, box);
  box = (HrChartBox){ box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow };
  cairo_save (self->cr);
  if (self->clip.width > 0)
    {
      add_rectangle (self->cr, &self->clip);
      cairo_clip (self->cr);
    }
  hr_chart_add_rounded (self->cr, &box, RING_RADIUS);
  cairo_set_line_width (self->cr, RING_WIDTH + 2 * RING_GAP);
  set_role (self, HR_CHART_ROLE_BACKGROUND);
  cairo_stroke_preserve (self->cr);
  cairo_set_line_width (self->cr, RING_WIDTH);
  set_role (self, HR_CHART_ROLE_CURSOR);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

/* Adds the band of a selected bar, as far as it is in the plot. */
static void
add_band (const Painter *self, const HrChartLayout *layout, int bar, GArray *bands)
{
  HrChartBox column;

  if (!hr_chart_layout_column (layout, bar, &column))
    return;

  double start = MAX (column.x, self->clip.x);
  double end = MIN (column.x + column.width, self->clip.x + self->clip.width);

  if (end <= start)
    return;
  column = snap_box (self, (HrChartBox){ start, column.y, end - start, column.height });
  g_array_append_val (bands, column);
}

void
hr_chart_paint_items (const HrChartItem *items, size_t n_items, cairo_t *cr, PangoContext *context,
                      HrChartPalette palette)
{
  g_return_if_fail (cr != NULL && PANGO_IS_CONTEXT (context));

  g_autoptr (HrChartFonts) fonts = hr_chart_fonts_get (context);
  Painter painter = { cr, fonts, palette, &HR_CHART_MARKS_NONE, NULL, { 0 }, hr_chart_device_pixels (cr) };

  paint_items (&painter, items, n_items);
}

void
hr_chart_paint (const HrChartLayout *layout, cairo_t *cr, PangoContext *context, HrChartPalette palette,
                const HrChartMarks *marks)
{
  g_return_if_fail (layout != NULL && cr != NULL && PANGO_IS_CONTEXT (context) && marks != NULL);

  g_autoptr (HrChartFonts) fonts = hr_chart_fonts_get (context);
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (HrChartBox));
  Painter painter = { cr, fonts, palette, marks, bands, hr_chart_layout_plot (layout), hr_chart_device_pixels (cr) };
  size_t n_items;
  const HrChartItem *items = hr_chart_layout_items (layout, &n_items);

  cairo_save (cr);
  add_band (&painter, layout, marks->selected_bar, bands);
  for (guint i = 0; marks->further_bars != NULL && i < marks->further_bars->len; i++)
    add_band (&painter, layout, g_array_index (marks->further_bars, int, i), bands);
  for (guint i = 0; i < bands->len; i++)
    paint_band (&painter, g_array_index (bands, HrChartBox, i));
  paint_items (&painter, items, n_items);
  paint_cursor (&painter, layout);
  cairo_restore (cr);
}

void
hr_chart_paint_swatch (cairo_t *cr, HrComponent component, double size, HrChartPalette palette)
{
  HrChartBox box = { 0, 0, size, size };

  g_return_if_fail (cr != NULL && (guint) component < HR_N_PARTS);

  hr_chart_add_rounded (cr, &box, size * SWATCH_RADIUS);
  hr_chart_fill_component (cr, component, palette, HR_CHART_FILL_NORMAL, &box);
}

void
hr_chart_paint_mark (cairo_t *cr, HrChartRole role, double size, HrChartPalette palette)
{
  gboolean is_range = role == HR_CHART_ROLE_RANGE;
  double middle = floor (size / 2) + LINE_WIDTH / 2;

  g_return_if_fail (cr != NULL && (is_range || role == HR_CHART_ROLE_MEASURED));

  hr_chart_set_color (cr, hr_chart_palette_color (palette, role));
  cairo_set_line_width (cr, line_width (role));
  if (is_range)
    {
      cairo_move_to (cr, middle, 0);
      cairo_line_to (cr, middle, size);
      cairo_move_to (cr, size / 4, LINE_WIDTH / 2);
      cairo_line_to (cr, size * 3 / 4, LINE_WIDTH / 2);
      cairo_move_to (cr, size / 4, size - LINE_WIDTH / 2);
      cairo_line_to (cr, size * 3 / 4, size - LINE_WIDTH / 2);
    }
  else
    {
      cairo_move_to (cr, 0, size / 2);
      cairo_line_to (cr, size, size / 2);
    }
  cairo_stroke (cr);
}
