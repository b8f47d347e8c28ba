/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-export.h"

#include "hr-chart-layout-private.h"

/* Default size: this much a bar, and beside them; many bars share what cairo and printers still take. */
#define WIDTH_A_BAR 150.0
#define WIDTH_BESIDE 160.0
#define MIN_WIDTH 480.0
#define MAX_WIDTH 8000.0
#define DEFAULT_HEIGHT 480.0

typedef struct
{
  const HrChartLayout *layout;
  PangoContext *context;
} Drawing;

static void
draw_on_white (cairo_t *cr, gpointer user_data)
{
  const Drawing *drawing = user_data;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  hr_chart_paint (drawing->layout, cr, drawing->context, (HrChartPalette){ FALSE, FALSE }, &HR_CHART_MARKS_NONE);
}

static double
default_width (const HrChartModel *model)
{
  return CLAMP (WIDTH_BESIDE + WIDTH_A_BAR * model->bars->len, MIN_WIDTH, MAX_WIDTH);
}

/* By the language of the labels. */
static gboolean
reads_right_to_left (const HrChartModel *model, PangoContext *context)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, model->component_labels[0] != NULL ? model->component_labels[0] : "", -1);

  return pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
}

GBytes *
hr_chart_export (const HrChartModel *model, HrChartFormat format, double width, double height, double scale,
                 GError **error)
{
  g_return_val_if_fail (model != NULL, NULL);

  PangoContext *context = hr_chart_file_font ();
  HrChartGeometry geometry = {
    .width = width > 0 ? width : default_width (model),
    .height = height > 0 ? height : DEFAULT_HEIGHT,
    .right_to_left = reads_right_to_left (model, context),
    .with_names = TRUE,
    .with_legend = TRUE,
  };
  HrChartMeasurer measurer;

  hr_chart_pango_measurer_init (&measurer, context);
  g_autoptr (HrChartLayout) layout = hr_chart_layout_new (model, &geometry, &measurer);
  hr_chart_pango_measurer_clear (&measurer);

  Drawing drawing = { layout, context };
  HrChartPicture picture = {
    .width = geometry.width,
    .height = geometry.height,
    .scale = scale > 0 ? scale : 1,
    .title = layout->model->title,
    .description = layout->model->description,
    .draw = draw_on_white,
    .user_data = &drawing,
  };

  GBytes *bytes = hr_chart_file_encode (&picture, format, error);

  g_object_unref (context);

  return bytes;
}
