/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-export.h"

#include "hr-chart-page.h"
#include "hr-chart-paint.h"

/* Default size: this much a bar, and beside them; many bars share what cairo and printers still take. */
#define WIDTH_A_BAR 150.0
#define WIDTH_BESIDE 160.0
#define MIN_WIDTH 480.0
#define MAX_WIDTH 8000.0
#define DEFAULT_HEIGHT 480.0

/* Its title stands in the chart itself. */
static HrChartHeading
get_heading (gpointer chart)
{
  const HrChartModel *self = chart;

  return (HrChartHeading){ .description = self->description };
}

static gpointer
lay_out (gpointer chart, double width, double height, gboolean right_to_left, const HrChartMeasurer *measurer)
{
  HrChartGeometry geometry = {
    .width = width,
    .height = height,
    .right_to_left = right_to_left,
    .with_names = TRUE,
    .with_legend = TRUE,
  };

  return hr_chart_layout_new (chart, &geometry, measurer);
}

static void
paint (gpointer layout, cairo_t *cr, PangoContext *context, HrChartPalette palette)
{
  hr_chart_paint (layout, cr, context, palette, &HR_CHART_MARKS_NONE);
}

static void
free_layout (gpointer layout)
{
  hr_chart_layout_free (layout);
}

static double
default_width (const HrChartModel *model)
{
  return CLAMP (WIDTH_BESIDE + WIDTH_A_BAR * model->bars->len, MIN_WIDTH, MAX_WIDTH);
}

static GBytes *
encode (const HrChartModel *model, HrChartPage *page, HrChartFormat format, GError **error)
{
  const HrChartPanelKind kind = {
    .get_heading = get_heading,
    .lay_out = lay_out,
    .paint = paint,
    .free_layout = free_layout,
    .width = default_width (model),
    .panel_height = DEFAULT_HEIGHT,
    .frames_itself = TRUE,
  };
  gpointer chart = (gpointer) model;

  page->title = model->title;
  page->sample_text = model->component_labels[0];
  page->kind = &kind;
  page->charts = &chart;
  page->n_charts = 1;

  return hr_chart_page_encode (page, format, error);
}

GBytes *
hr_chart_export (const HrChartModel *model, HrChartFormat format, double width, double height, double scale,
                 GError **error)
{
  g_return_val_if_fail (model != NULL, NULL);

  HrChartPage page = { .width = width, .height = height, .scale = scale };

  return encode (model, &page, format, error);
}

GBytes *
hr_chart_export_figure (const HrChartModel *model, HrChartPalette palette, double width, GError **error)
{
  g_return_val_if_fail (model != NULL, NULL);

  g_autoptr (HrChartModel) untitled = hr_chart_model_copy (model);
  HrChartPage page = { .width = width, .palette = palette, .transparent = TRUE };

  g_clear_pointer (&untitled->title, g_free);

  return encode (untitled, &page, HR_CHART_SVG, error);
}
