/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include "chart/hr-chart-file.h"
#include "chart/hr-chart-items.h"
#include "chart/hr-chart-paint.h"

#include <string.h>

/* Where this names a folder, each picture is kept there to be looked at. */
#define PICTURES_VARIABLE "HR_CHART_PICTURES"

typedef struct
{
  const HrChartModel *model;
  HrChartGeometry geometry;
  HrChartPalette palette;
  HrChartMarks marks;
  double scale;
} Scene;

static void
keep_picture (cairo_surface_t *surface, const char *name)
{
  const char *folder = g_getenv (PICTURES_VARIABLE);

  if (folder == NULL)
    return;

  g_autofree char *file_name = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
}

/* What a window shows: the chart on the window's colour. */
static cairo_surface_t *
paint_scene (const Scene *scene, const char *name)
{
  double scale = scene->scale > 0 ? scene->scale : 1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (scene->geometry.width * scale),
                                                         (int) (scene->geometry.height * scale));
  cairo_t *cr;
  PangoContext *context = hr_chart_file_font ();
  HrChartColor background = hr_chart_palette_color (scene->palette, HR_CHART_ROLE_BACKGROUND);
  HrChartMeasurer measurer;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  hr_chart_pango_measurer_init (&measurer, context);
  g_autoptr (HrChartLayout) layout = hr_chart_layout_new (scene->model, &scene->geometry, &measurer);
  hr_chart_pango_measurer_clear (&measurer);

  cairo_set_source_rgb (cr, background.red, background.green, background.blue);
  cairo_paint (cr);
  hr_chart_paint (layout, cr, context, scene->palette, &scene->marks);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  g_object_unref (context);
  cairo_surface_flush (surface);
  keep_picture (surface, name);

  return surface;
}

static const guint32 *
get_row (cairo_surface_t *surface, int y)
{
  return (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface)
                                            + y * cairo_image_surface_get_stride (surface));
}

/* As 0xRRGGBB, at a point in units of the scene. */
static guint32
get_pixel (cairo_surface_t *surface, double x, double y)
{
  double scale, ignored;

  cairo_surface_get_device_scale (surface, &scale, &ignored);
  const guint32 *row
      = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface)
                                           + (gsize) (y * scale) * (gsize) cairo_image_surface_get_stride (surface));

  return row[(gsize) (x * scale)] & 0xffffff;
}

static guint32
to_pixel (HrChartColor color)
{
  return (guint32) (color.red * 255 + 0.5) << 16 | (guint32) (color.green * 255 + 0.5) << 8
         | (guint32) (color.blue * 255 + 0.5);
}

static HrChartLayout *
lay_out (const Scene *scene)
{
  PangoContext *context = hr_chart_file_font ();
  HrChartMeasurer measurer;

  hr_chart_pango_measurer_init (&measurer, context);
  HrChartLayout *layout = hr_chart_layout_new (scene->model, &scene->geometry, &measurer);
  hr_chart_pango_measurer_clear (&measurer);
  g_object_unref (context);

  return layout;
}

static const struct
{
  const char *name;
  HrChartPalette palette;
} palettes[] = { { "light", { FALSE, FALSE } },
                 { "dark", { TRUE, FALSE } },
                 { "high-contrast", { FALSE, TRUE } },
                 { "high-contrast-dark", { TRUE, TRUE } } };

/* Segments that are high enough to look into show the colour of their component; in high contrast so does most of them.
 */
static void
test_colors (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (int scale = 1; scale <= 2; scale++)
      {
        Scene scene = { model, { 740, 300 }, palettes[i].palette, HR_CHART_MARKS_NONE, scale };
        g_autofree char *name = g_strdup_printf ("%s-%d", palettes[i].name, scale);
        cairo_surface_t *surface = paint_scene (&scene, name);
        g_autoptr (HrChartLayout) layout = lay_out (&scene);
        guint n_seen = 0;

        for (int bar = 0; bar < 4; bar++)
          for (int c = 0; c < HR_N_COMPONENTS; c++)
            {
              double x, y, width, height;
              guint n_pixels = 0, n_matching = 0;

              if (!hr_chart_layout_bounds (layout, (HrChartId){ bar, c, -1 }, &x, &y, &width, &height) || height < 8)
                continue;
              n_seen++;
              for (double at_y = y + 2; at_y < y + height - 2; at_y++)
                for (double at_x = x + 2; at_x < x + width - 2; at_x++, n_pixels++)
                  n_matching += get_pixel (surface, at_x, at_y)
                                == to_pixel (hr_chart_palette_component (scene.palette, (HrComponent) c));
              if (scene.palette.high_contrast && c != HR_COMPONENT_WEIGHTS)
                g_assert_cmpuint (n_matching, >, n_pixels / 4);
              else
                g_assert_cmpuint (n_matching, ==, n_pixels);
            }
        g_assert_cmpuint (n_seen, >=, 6);
        cairo_surface_destroy (surface);
      }
}

/* Lines and edges do not blur: the rows beside the line at 0 are clear of it. */
static void
test_crisp (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (int scale = 1; scale <= 3; scale++)
    {
      Scene scene = { model, { 740, 301.3 }, { 0 }, HR_CHART_MARKS_NONE, scale };
      cairo_surface_t *surface = paint_scene (&scene, "crisp");
      g_autoptr (HrChartLayout) layout = lay_out (&scene);
      size_t n_items;
      const HrChartItem *line = hr_chart_layout_items (layout, &n_items);
      guint32 grid = to_pixel (hr_chart_palette_color (scene.palette, HR_CHART_ROLE_GRID));
      guint n_grid = 0;

      g_assert_cmpint (line->shape, ==, HR_CHART_LINE);
      for (int row = -2 * scale; row <= 2 * scale; row++)
        {
          guint32 pixel = get_pixel (surface, line->x + 5, line->y + (double) row / scale);
          g_assert_true (pixel == grid || pixel == 0xffffff);
          n_grid += pixel == grid;
        }
      g_assert_cmpuint (n_grid, ==, (guint) scale);
      cairo_surface_destroy (surface);
    }
}

/* Whether the pixels of two pictures differ inside the box, and outside it. */
static void
compare (cairo_surface_t *a, cairo_surface_t *b, const HrChartBox *box, gboolean *inside, gboolean *outside)
{
  int width = cairo_image_surface_get_width (a);

  *inside = *outside = FALSE;
  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < width; x++)
      if (get_row (a, y)[x] != get_row (b, y)[x])
        {
          gboolean is_inside
              = x >= box->x - 1 && x <= box->x + box->width && y >= box->y - 1 && y <= box->y + box->height;
          *inside |= is_inside;
          *outside |= !is_inside;
        }
}

static void
test_hover (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      Scene scene = { model, { 740, 300 }, palettes[i].palette, HR_CHART_MARKS_NONE };
      g_autoptr (HrChartLayout) layout = lay_out (&scene);
      cairo_surface_t *plain = paint_scene (&scene, "plain");
      gboolean inside, outside;
      HrChartBox box;

      scene.marks.hover = (HrChartId){ 0, HR_COMPONENT_OPTIMIZER, -1 };
      hr_chart_layout_bounds (layout, scene.marks.hover, &box.x, &box.y, &box.width, &box.height);
      cairo_surface_t *hovered = paint_scene (&scene, "hover");
      compare (plain, hovered, &box, &inside, &outside);
      g_assert_true (inside);
      g_assert_false (outside);

      cairo_surface_destroy (plain);
      cairo_surface_destroy (hovered);
    }
}

/* The ring of the cursor and the band of the selection show in all palettes, and only where they belong. */
static void
test_marks (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      Scene scene = { model, { 740, 300 }, palettes[i].palette, HR_CHART_MARKS_NONE };
      g_autoptr (HrChartLayout) layout = lay_out (&scene);
      cairo_surface_t *plain = paint_scene (&scene, "plain");
      g_autofree char *name = g_strconcat ("marks-", palettes[i].name, NULL);
      gboolean inside, outside;
      HrChartBox box;

      scene.marks.selected_bar = 2;
      cairo_surface_t *selected = paint_scene (&scene, "selected");
      g_assert_true (hr_chart_layout_column (layout, 2, &box));
      compare (plain, selected, &box, &inside, &outside);
      g_assert_true (inside);
      g_assert_false (outside);
      g_assert_cmphex (get_pixel (selected, box.x + 10, box.y + 60), ==,
                       to_pixel (hr_chart_palette_color (scene.palette, HR_CHART_ROLE_SELECTION)));

      scene.marks.cursor = (HrChartId){ 0, HR_COMPONENT_GRADIENTS, -1 };
      scene.marks.show_cursor = TRUE;
      cairo_surface_t *focused = paint_scene (&scene, name);
      hr_chart_layout_bounds (layout, scene.marks.cursor, &box.x, &box.y, &box.width, &box.height);
      g_assert_cmphex (get_pixel (focused, box.x - 2, box.y + box.height / 2), ==,
                       to_pixel (hr_chart_palette_color (scene.palette, HR_CHART_ROLE_CURSOR)));
      box = (HrChartBox){ box.x - 4, box.y - 4, box.width + 8, box.height + 8 };
      compare (selected, focused, &box, &inside, &outside);
      g_assert_true (inside);
      g_assert_false (outside);

      cairo_surface_destroy (plain);
      cairo_surface_destroy (selected);
      cairo_surface_destroy (focused);
    }
}

/* The selected component keeps its colour, the others step back. */
static void
test_emphasis (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  Scene scene = { model, { 740, 300 }, { 0 }, HR_CHART_MARKS_NONE };
  g_autoptr (HrChartLayout) layout = lay_out (&scene);
  double x, y, width, height;

  scene.marks.selected_component = HR_COMPONENT_OPTIMIZER;
  cairo_surface_t *surface = paint_scene (&scene, "emphasis");

  hr_chart_layout_bounds (layout, (HrChartId){ 0, HR_COMPONENT_OPTIMIZER, -1 }, &x, &y, &width, &height);
  g_assert_cmphex (get_pixel (surface, x + width / 2, y + height / 2), ==,
                   to_pixel (hr_chart_palette_component (scene.palette, HR_COMPONENT_OPTIMIZER)));
  hr_chart_layout_bounds (layout, (HrChartId){ 0, HR_COMPONENT_WEIGHTS, -1 }, &x, &y, &width, &height);
  g_assert_cmphex (get_pixel (surface, x + width / 2, y + height / 2), !=,
                   to_pixel (hr_chart_palette_component (scene.palette, HR_COMPONENT_WEIGHTS)));
  cairo_surface_destroy (surface);
}

/* As small as legends show it. */
#define SWATCH 12

/* Of the pixels of a swatch, so many show which of two patterns it is. */
#define PATTERN_PIXELS (SWATCH * SWATCH / 12)

/* Which pixels of a swatch are not its colour: its pattern, seen without colour. */
static void
get_pattern (HrComponent component, HrChartPalette palette, gboolean pattern[SWATCH][SWATCH])
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SWATCH, SWATCH);
  cairo_t *cr = cairo_create (surface);
  HrChartColor background = hr_chart_palette_color (palette, HR_CHART_ROLE_BACKGROUND);

  cairo_set_source_rgb (cr, background.red, background.green, background.blue);
  cairo_paint (cr);
  hr_chart_paint_swatch (cr, component, SWATCH, palette);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < SWATCH; y++)
    for (int x = 0; x < SWATCH; x++)
      pattern[y][x] = get_pixel (surface, x, y) != to_pixel (hr_chart_palette_component (palette, component));
  cairo_surface_destroy (surface);
}

static void
test_patterns (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (int a = 0; a < HR_N_PARTS; a++)
      for (int b = 0; b < a; b++)
        {
          gboolean first[SWATCH][SWATCH], second[SWATCH][SWATCH];

          get_pattern ((HrComponent) a, palettes[i].palette, first);
          get_pattern ((HrComponent) b, palettes[i].palette, second);
          guint n_different = 0;

          for (int pixel = 0; pixel < SWATCH * SWATCH; pixel++)
            n_different += first[pixel / SWATCH][pixel % SWATCH] != second[pixel / SWATCH][pixel % SWATCH];
          if (palettes[i].palette.high_contrast)
            g_assert_cmpuint (n_different, >=, PATTERN_PIXELS);
          else if (a < HR_N_COMPONENTS)
            g_assert_cmpuint (n_different, ==, 0);
        }
}

/* Drawing a part only gives the same as the whole, there. */
static void
test_clip (void)
{
  g_autoptr (HrChartModel) model = sample_bars (40);
  Scene scene = { model, { 2000, 300, .with_names = TRUE }, { 0 }, HR_CHART_MARKS_NONE };
  g_autoptr (HrChartLayout) layout = lay_out (&scene);
  cairo_surface_t *whole = paint_scene (&scene, "whole");
  cairo_surface_t *part = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2000, 300);
  cairo_t *cr = cairo_create (part);
  PangoContext *context = hr_chart_file_font ();

  cairo_rectangle (cr, 500, 50, 300, 220);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  hr_chart_paint (layout, cr, context, scene.palette, &scene.marks);
  cairo_destroy (cr);
  g_object_unref (context);
  cairo_surface_flush (part);

  for (int y = 50; y < 270; y++)
    for (int x = 500; x < 800; x++)
      g_assert_cmphex (get_pixel (part, x, y), ==, get_pixel (whole, x, y));
  g_assert_cmphex (get_pixel (part, 400, 100), ==, 0);
  cairo_surface_destroy (whole);
  cairo_surface_destroy (part);
}

/* Paints what else there is; to be looked at where the pictures are kept. */
static void
test_scenes (void)
{
  g_autoptr (HrChartModel) four = sample_comparison ();
  g_autoptr (HrChartModel) twelve = sample_bars (12);
  g_autoptr (HrChartModel) thousand = sample_bars (1000);
  g_autoptr (HrChartModel) one = sample_bars (1);
  g_autoptr (HrChartModel) none = sample_bars (0);
  g_autoptr (HrChartModel) cut = sample_comparison ();
  const struct
  {
    const char *name;
    Scene scene;
  } scenes[] = {
    { "right-to-left", { four, { 740, 300, .right_to_left = TRUE, .with_names = TRUE }, { 0 }, HR_CHART_MARKS_NONE } },
    { "narrow", { four, { 360, 260 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "narrow-table", { four, { 360, 260, .plot_start = 110 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "twelve", { twelve, { 900, 320, .with_names = TRUE }, { 0 }, HR_CHART_MARKS_NONE } },
    { "cut", { cut, { 740, 300, .plot_start = 210 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "thousand", { thousand, { 740, 300 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "one", { one, { 740, 300, .plot_start = 210 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "none", { none, { 740, 300 }, { 0 }, HR_CHART_MARKS_NONE } },
    { "legend", { four, { 740, 480, .with_names = TRUE, .with_legend = TRUE }, { FALSE, TRUE }, HR_CHART_MARKS_NONE } },
  };

  cut->cut_at_limit = TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (scenes); i++)
    cairo_surface_destroy (paint_scene (&scenes[i].scene, scenes[i].name));
}

static double
measure_width (PangoContext *context)
{
  HrChartMeasurer measurer;

  hr_chart_pango_measurer_init (&measurer, context);
  double width = hr_chart_measure (&measurer, HR_CHART_TEXT_NAME, "13.1 GB").width;
  hr_chart_pango_measurer_clear (&measurer);

  return width;
}

/* What is known of texts goes with the font of their context, and does not keep the context. */
static void
test_fonts (void)
{
  PangoContext *context = hr_chart_file_font ();
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (pango_context_get_font_description (context));
  double width = measure_width (context);

  g_assert_cmpfloat (width, >, 0);
  g_assert_cmpfloat (measure_width (context), ==, width);
  pango_font_description_set_size (font, 2 * pango_font_description_get_size (font));
  pango_context_set_font_description (context, font);
  g_assert_cmpfloat_with_epsilon (measure_width (context), 2 * width, 0.1 * width);

  g_object_add_weak_pointer (G_OBJECT (context), (gpointer *) &context);
  g_object_unref (context);
  g_assert_null (context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/paint/colors", test_colors);
  g_test_add_func ("/chart/paint/crisp", test_crisp);
  g_test_add_func ("/chart/paint/hover", test_hover);
  g_test_add_func ("/chart/paint/marks", test_marks);
  g_test_add_func ("/chart/paint/emphasis", test_emphasis);
  g_test_add_func ("/chart/paint/patterns", test_patterns);
  g_test_add_func ("/chart/paint/clip", test_clip);
  g_test_add_func ("/chart/paint/scenes", test_scenes);
  g_test_add_func ("/chart/paint/fonts", test_fonts);

  return g_test_run ();
}
