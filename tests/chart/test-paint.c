/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include "chart/hr-chart-file.h"
#include "chart/hr-chart-paint.h"

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

static void
test_palettes (void)
{
  static const struct
  {
    const char *name;
    HrChartPalette palette;
  } palettes[] = {
    { "light", { FALSE, FALSE } }, { "dark", { TRUE, FALSE } }, { "hc", { FALSE, TRUE } }, { "hc-dark", { TRUE, TRUE } }
  };
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      Scene scene = { model, { 740, 300, .plot_start = 0 }, palettes[i].palette, HR_CHART_MARKS_NONE };
      scene.marks.selected_bar = 2;
      scene.marks.show_cursor = TRUE;
      scene.marks.cursor = (HrChartId){ 0, HR_COMPONENT_OPTIMIZER, -1 };
      cairo_surface_destroy (paint_scene (&scene, palettes[i].name));
    }
}

static void
test_shapes (void)
{
  g_autoptr (HrChartModel) four = sample_comparison ();
  g_autoptr (HrChartModel) twelve = sample_bars (12);
  g_autoptr (HrChartModel) cut = sample_comparison ();
  g_autoptr (HrChartModel) thousand = sample_bars (1000);
  cut->cut_at_limit = TRUE;
  HrChartMarks segment = HR_CHART_MARKS_NONE;
  segment.selected_component = HR_COMPONENT_WEIGHTS;
  segment.hover = (HrChartId){ 1, HR_COMPONENT_WEIGHTS, -1 };
  Scene scenes[] = {
    { four, { 740, 300, .right_to_left = TRUE, .with_names = TRUE }, { 0 }, HR_CHART_MARKS_NONE },
    { four, { 360, 260 }, { 0 }, HR_CHART_MARKS_NONE },
    { four, { 360, 260, .plot_start = 110 }, { 0 }, HR_CHART_MARKS_NONE },
    { twelve, { 900, 320, .with_names = TRUE }, { 0 }, HR_CHART_MARKS_NONE },
    { cut, { 740, 300, .plot_start = 210 }, { 0 }, HR_CHART_MARKS_NONE },
    { thousand, { 740, 300 }, { 0 }, HR_CHART_MARKS_NONE },
    { four, { 740, 300, .with_names = TRUE }, { 0 }, segment, 2 },
    { four, { 740, 480, .with_names = TRUE, .with_legend = TRUE }, { FALSE, TRUE }, HR_CHART_MARKS_NONE },
  };
  const char *names[] = { "rtl", "narrow", "narrow-start", "twelve", "cut", "thousand", "double", "legend-hc" };

  for (size_t i = 0; i < G_N_ELEMENTS (scenes); i++)
    cairo_surface_destroy (paint_scene (&scenes[i], names[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/paint/palettes", test_palettes);
  g_test_add_func ("/chart/paint/shapes", test_shapes);

  return g_test_run ();
}
