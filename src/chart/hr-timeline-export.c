/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-export.h"

#include "hr-chart-page.h"
#include "hr-timeline-paint.h"

static HrChartHeading
get_heading (gpointer chart)
{
  const HrTimelineChart *self = chart;

  return (HrChartHeading){ self->title, self->detail, self->description };
}

static gpointer
lay_out (gpointer chart, double width, double height, gboolean right_to_left, const HrChartMeasurer *measurer)
{
  return hr_timeline_layout_new (chart, width, height, right_to_left, measurer);
}

static void
paint (gpointer layout, cairo_t *cr, PangoContext *context, HrChartPalette palette)
{
  hr_timeline_paint (layout, cr, context, palette, &HR_TIMELINE_MARKS_NONE, 1);
}

static void
free_layout (gpointer layout)
{
  hr_timeline_layout_free (layout);
}

/* So high for each chart with its heading, and beside them. */
static const HrChartPanelKind kind = {
  .get_heading = get_heading,
  .lay_out = lay_out,
  .paint = paint,
  .free_layout = free_layout,
  .width = 960,
  .panel_height = 320,
  .height_beside = 96,
};

GBytes *
hr_timeline_export (const char *title, HrTimelineChart *const *charts, guint n_charts, HrChartFormat format,
                    double width, double height, double scale, GError **error)
{
  g_return_val_if_fail (n_charts > 0, NULL);

  HrChartPage page = hr_chart_page (&kind, title, (gpointer const *) charts, n_charts, width, height, scale);
  HrChartLegend legend = { .labels = charts[0]->component_labels };

  for (guint i = 0; i < n_charts; i++)
    legend.shown |= hr_timeline_chart_components (charts[i]) & ~charts[i]->hidden;
  page.legend = &legend;
  page.sample_text = charts[0]->component_labels[0];

  return hr_chart_page_encode (&page, format, error);
}
