/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fit-map-export.h"

#include "hr-chart-page.h"
#include "hr-fit-map-paint.h"

static HrChartHeading
get_heading (gpointer chart)
{
  const HrFitMap *self = chart;

  return (HrChartHeading){ self->title, self->detail, self->description };
}

static gpointer
lay_out (gpointer chart, double width, double height, gboolean right_to_left, const HrChartMeasurer *measurer)
{
  return hr_fit_map_layout_new (chart, width, height, right_to_left, measurer);
}

static void
paint (gpointer layout, cairo_t *cr, PangoContext *context, HrChartPalette palette)
{
  hr_fit_map_paint (layout, cr, context, palette, &HR_FIT_MAP_MARKS_NONE);
}

static void
free_layout (gpointer layout)
{
  hr_fit_map_layout_free (layout);
}

/* So high for each map with its heading, and beside them. */
static const HrChartPanelKind kind = {
  .get_heading = get_heading,
  .lay_out = lay_out,
  .paint = paint,
  .free_layout = free_layout,
  .width = 960,
  .panel_height = 520,
  .height_beside = 80,
  .heading_gap = HR_CHART_GAP,
};

GBytes *
hr_fit_map_export (const char *title, HrFitMap *const *maps, guint n_maps, HrChartFormat format, double width,
                   double height, double scale, GError **error)
{
  g_return_val_if_fail (n_maps > 0, NULL);

  HrChartPage page = hr_chart_page (&kind, title, (gpointer const *) maps, n_maps, width, height, scale);
  page.sample_text = hr_fit_map_verdict_label (HR_VERDICT_OVER);

  return hr_chart_page_encode (&page, format, error);
}
