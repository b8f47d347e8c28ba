/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-scatter-export.h"

#include "hr-chart-page.h"
#include "hr-scatter-paint.h"

#define NONE_SELECTED (-1)

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

  g_autofree HrChartPanel *panels = g_new (HrChartPanel, n_charts);

  for (guint i = 0; i < n_charts; i++)
    panels[i] = (HrChartPanel){ charts[i], charts[i]->title, charts[i]->detail, charts[i]->description };

  const HrChartPage page = {
    .title = title,
    .sample_text = charts[0]->empty_text,
    .kind = &kind,
    .panels = panels,
    .n_panels = n_charts,
    .width = width,
    .height = height,
    .scale = scale,
  };

  return hr_chart_page_encode (&page, format, error);
}
