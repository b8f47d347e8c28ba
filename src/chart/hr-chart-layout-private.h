/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-items.h"
#include "hr-chart-layout.h"
#include "hr-chart-scale.h"
#include "hr-chart-stack.h"

G_BEGIN_DECLS

/** Between a bar and its figure. */
#define HR_CHART_FIGURE_GAP 2.0

/** Where one bar stands. Boxes without width are not drawn. */
typedef struct
{
  HrChartBox column;
  HrChartBox box;
  HrChartBox figure;
  HrChartBox labels;   /* name and detail */
  HrChartBox measured; /* the mark's line in its middle */
  HrChartStack stack;
} HrChartColumn;

/* While a layout is made, distances are from the start edge; the last step mirrors those that run right to left. */
struct _HrChartLayout
{
  HrChartModel *model; /* own copy: the layout outlives it */
  HrChartGeometry geometry;
  HrChartScale scale;
  HrChartBox plot;        /* from the end of the axis to 0 */
  double plot_top;        /* what is above the plot's axis but belongs to the bars begins here */
  double axis_text_width; /* of the tick labels, with their gap */
  GArray *items;          /* (element-type HrChartItem) */
  HrChartColumn *columns;
  guint n_columns;
  double bars_width; /* of all columns together */
  guint first, end;  /* columns in sight */
  GPtrArray *names;  /* (element-type GPtrArray): lines of each bar */
  GPtrArray *details;
  HrChartBox *limit_labels; /* one a limit line */
};

/** Where @bytes are on the axis, from the top of the chart. */
double hr_chart_layout_y (const HrChartLayout *self, double bytes);

/** The segment of @component in a bar; without height if there is none. */
HrChartBox hr_chart_column_segment (const HrChartColumn *column, int component);

void hr_chart_layout_add_box (HrChartLayout *self, HrChartShape shape, HrChartRole role, HrChartId id, HrChartBox box);
void hr_chart_layout_add_text (HrChartLayout *self, HrChartTextStyle style, HrChartRole role, HrChartId id,
                               const char *text, HrChartBox box);

/** Stacks the bars in columns that share the plot and reach down to @bottom. */
void hr_chart_layout_place_columns (HrChartLayout *self, double bottom);

void hr_chart_layout_add_bars (HrChartLayout *self);

/** Totals above the bars; shorter ones, then none, where the columns are too narrow for all. */
void hr_chart_layout_add_figures (HrChartLayout *self, const HrChartMeasurer *measurer);

/** Names and details below the bars, as they were wrapped. */
void hr_chart_layout_add_names (HrChartLayout *self, const HrChartMeasurer *measurer);

/** Wraps names and details into the columns. Returns: the height of the highest. */
double hr_chart_layout_wrap_names (HrChartLayout *self, const HrChartMeasurer *measurer);

/** Whether a limit line lies on the axis. */
gboolean hr_chart_layout_shows_limit (const HrChartLayout *self, const HrChartLimit *limit);

void hr_chart_layout_add_limit_lines (HrChartLayout *self);

/** Needs the figures of the bars, which the labels avoid. */
void hr_chart_layout_add_limit_labels (HrChartLayout *self, const HrChartMeasurer *measurer);

G_END_DECLS
