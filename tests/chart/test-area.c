/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/hr-chart-area.h"
#include "chart/hr-chart-fill.h"

#include <math.h>

#define WIDTH 150
#define HEIGHT 90
#define N_TEETH 40

/* Cairo knows 15 lines a pixel: so far it is from what is exact, at each of two edges. */
#define TOLERANCE (2 * 255 / 15)

typedef struct
{
  double scale;
  double x, y; /* where the drawing begins */
  gboolean mirrored;
} Case;

static const Case cases[] = {
  { 1, 0, 0, FALSE }, { 1, 0, 0, TRUE }, { 2, 3, 5, FALSE }, { 1, 0.4, 7.7, FALSE }, { 1.5, 0.3, 0.1, TRUE },
};

static const HrChartBox box = { 10.3, 8.2, 120.5, 70.4 };

/* Level pieces, steps, slopes, and teeth narrower than a pixel, on both sides of the box's edges. */
static GArray *
make_corners (gboolean mirrored)
{
  GArray *corners = g_array_new (FALSE, FALSE, sizeof (HrChartCorner));

  for (int i = 0; i < N_TEETH; i++)
    {
      HrChartCorner teeth[] = { { 5 + i, 70.0 - i }, { 5.4 + i, 12.3 + i % 7 } };
      g_array_append_vals (corners, teeth, G_N_ELEMENTS (teeth));
    }
  const HrChartCorner rest[]
      = { { 50, 40.25 }, { 80, 40.25 }, { 80, 60 }, { 100, 60 }, { 100, 78.6 }, { 110, 78.6 }, { 140, 10 } };
  g_array_append_vals (corners, rest, G_N_ELEMENTS (rest));

  for (guint i = 0; i < corners->len && mirrored; i++)
    {
      HrChartCorner *corner = &g_array_index (corners, HrChartCorner, i);
      corner->x = 2 * box.x + box.width - corner->x;
    }

  return corners;
}

static cairo_surface_t *
create_surface (const Case *c, cairo_t **cr)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) (WIDTH * c->scale), (int) (HEIGHT * c->scale));

  cairo_surface_set_device_scale (surface, c->scale, c->scale);
  *cr = cairo_create (surface);
  cairo_translate (*cr, c->x, c->y);

  return surface;
}

static cairo_surface_t *
paint_path (const Case *c, const GArray *corners)
{
  cairo_t *cr;
  cairo_surface_t *surface = create_surface (c, &cr);
  double bottom = box.y + box.height;

  cairo_rectangle (cr, box.x, 0, box.width, HEIGHT);
  cairo_clip (cr);
  cairo_move_to (cr, g_array_index (corners, HrChartCorner, 0).x, bottom);
  for (guint i = 0; i < corners->len; i++)
    cairo_line_to (cr, g_array_index (corners, HrChartCorner, i).x, g_array_index (corners, HrChartCorner, i).y);
  cairo_line_to (cr, g_array_index (corners, HrChartCorner, corners->len - 1).x, bottom);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);

  return surface;
}

static int
coverage_at (cairo_surface_t *surface, int x, int y)
{
  return cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x];
}

/* Every pixel is covered as by a path: at any scale, from anywhere, in both directions. */
static void
test_covers_as_path (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GArray) corners = make_corners (c->mirrored);
      cairo_t *cr;
      cairo_surface_t *surface = create_surface (c, &cr), *path = paint_path (c, corners);

      hr_chart_paint_area (cr, (const HrChartCorner *) (gpointer) corners->data, corners->len, box, c->scale);
      cairo_surface_flush (surface);
      for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
        for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
          if (ABS (coverage_at (surface, x, y) - coverage_at (path, x, y)) > TOLERANCE)
            g_error ("case %u: %d instead of %d at %d, %d", i, coverage_at (surface, x, y), coverage_at (path, x, y), x,
                     y);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      cairo_surface_destroy (path);
    }
}

static double
sum_coverage (cairo_surface_t *surface)
{
  double sum = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      sum += coverage_at (surface, x, y) / 255.0;

  return sum;
}

/* A tooth too narrow for any pixel is as dark as it is large. */
static void
test_keeps_size (void)
{
  const HrChartCorner tooth[] = { { 10, 60 }, { 40.2, 60 }, { 40.3, 20 }, { 40.4, 60 }, { 70, 60 } };
  const HrChartBox all = { 10, 0, 60, 60 };
  cairo_t *cr;
  cairo_surface_t *surface = create_surface (&cases[0], &cr);

  hr_chart_paint_area (cr, tooth, G_N_ELEMENTS (tooth), all, 1);
  cairo_surface_flush (surface);
  g_assert_cmpfloat_with_epsilon (sum_coverage (surface), 0.2 * 40 / 2, 0.1);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* In high contrast the source has the component's colour and its pattern, which goes on over the whole area. */
static void
test_pattern (void)
{
  const HrChartPalette palette = { FALSE, TRUE };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  HrChartColor color = hr_chart_palette_component (palette, HR_COMPONENT_ACTIVATIONS);
  guint32 own = (guint32) (color.red * 255 + 0.5) << 16 | (guint32) (color.green * 255 + 0.5) << 8
                | (guint32) (color.blue * 255 + 0.5);

  hr_chart_set_component (cr, HR_COMPONENT_ACTIVATIONS, palette, HR_CHART_FILL_NORMAL, 1);
  cairo_paint (cr);
  cairo_surface_flush (surface);
  for (int row = 0; row < HEIGHT; row++)
    {
      const guint32 *pixels = (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                                            + row * cairo_image_surface_get_stride (surface));
      int n_own = 0;

      for (int x = 0; x < WIDTH; x++)
        n_own += (pixels[x] & 0xffffff) == own;
      g_assert_cmpint (n_own, >, WIDTH / 3);
      g_assert_cmpint (n_own, <, WIDTH * 9 / 10);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/area/covers-as-path", test_covers_as_path);
  g_test_add_func ("/chart/area/keeps-size", test_keeps_size);
  g_test_add_func ("/chart/area/pattern", test_pattern);

  return g_test_run ();
}
