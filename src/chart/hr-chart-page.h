/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-file.h"
#include "hr-chart-items.h"
#include "hr-chart-palette.h"

G_BEGIN_DECLS

/*
 * Pages of charts in files: a title, perhaps a legend, and charts of one kind below each other.
 */

/** What stands above a chart, and is said of it. (nullable), all of it. */
typedef struct
{
  const char *title;
  const char *detail;
  const char *description;
} HrChartHeading;

/**
 * HrChartPanelKind:
 * @get_heading: texts of the chart
 * @lay_out: the chart as geometry within @width and @height from 0, 0
 * @paint: draws that from 0, 0
 * @width: @panel_height: @height_beside: size of a page, if nothing else is asked for: so high for each chart, and
 *   beside them
 * @heading_gap: space below the heading of a chart
 * @frames_itself: the layout fills the page: it has title, legend and margins of its own
 *
 * What is known of a kind of charts.
 */
typedef struct
{
  HrChartHeading (*get_heading) (gpointer chart);
  gpointer (*lay_out) (gpointer chart, double width, double height, gboolean right_to_left,
                       const HrChartMeasurer *measurer);
  void (*paint) (gpointer layout, cairo_t *cr, PangoContext *context, HrChartPalette palette);
  void (*free_layout) (gpointer layout);
  double width;
  double panel_height;
  double height_beside;
  double heading_gap;
  gboolean frames_itself;
} HrChartPanelKind;

/**
 * HrChartPage:
 * @title: (nullable): of the whole
 * @sample_text: (nullable): a text in the language of the charts: whether it is read from right to left
 * @legend: (nullable): of all charts
 * @width: @height: size in CSS pixels (1/96 inch); 0: one that suits the charts
 * @scale: PNG pixels a CSS pixel; 0: 1
 * @palette: its colours
 * @transparent: nothing is painted below the charts; otherwise white
 */
typedef struct
{
  const char *title;
  const char *sample_text;
  const HrChartLegend *legend;
  const HrChartPanelKind *kind;
  gpointer const *charts; /* (array length=n_charts) */
  guint n_charts;
  double width;
  double height;
  double scale;
  HrChartPalette palette;
  gboolean transparent;
} HrChartPage;

/** Returns: a page of @charts, with a title of its own; what else it has is to be filled in. */
HrChartPage hr_chart_page (const HrChartPanelKind *kind, const char *title, gpointer const *charts, guint n_charts,
                           double width, double height, double scale);

/**
 * hr_chart_page_encode:
 *
 * Draws a page into a file. SVG carries title and descriptions; PDF the title. The bytes depend only on the input.
 *
 * Returns: (transfer full): the encoded file, or NULL with @error set.
 */
GBytes *hr_chart_page_encode (const HrChartPage *self, HrChartFormat format, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
