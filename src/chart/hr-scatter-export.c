/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-scatter-export.h"

#include "hr-chart-page.h"
#include "hr-scatter-paint.h"

#define NONE_SELECTED (-1)

static HrChartHeading
get_heading (gpointer chart)
{
  const HrScatterChart *self = chart;

  return (HrChartHeading){ self->title, self->detail, self->description };
}

static gpointer
lay_out (gpointer chart, double width, double height, gboolean right_to_left, const HrChartMeasurer *measurer)
{
  return hr_scatter_layout_new (chart, NONE_SELECTED, width, height, right_to_left, measurer);
}

static void
paint (gpointer layout, cairo_t *cr, PangoContext *context, HrChartPalette palette)
{
  hr_scatter_paint (layout, cr, context, palette, &HR_SCATTER_MARKS_NONE);
}

static void
free_layout (gpointer layout)
{
  hr_scatter_layout_free (layout);
}

/* So high for each chart with its heading, and beside them. */
static const HrChartPanelKind kind = {
  .get_heading = get_heading,
  .lay_out = lay_out,
  .paint = paint,
  .free_layout = free_layout,
  .width = 960,
  .panel_height = 460,
  .height_beside = 80,
};

GBytes *
hr_scatter_export (const char *title, HrScatterChart *const *charts, guint n_charts, HrChartFormat format, double width,
                   double height, double scale, GError **error)
{
  g_return_val_if_fail (n_charts > 0, NULL);

  HrChartPage page = hr_chart_page (&kind, title, (gpointer const *) charts, n_charts, width, height, scale);
  page.sample_text = charts[0]->empty_text;

  return hr_chart_page_encode (&page, format, error);
}
