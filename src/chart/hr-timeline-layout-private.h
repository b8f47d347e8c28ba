/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-items.h"
#include "hr-timeline-layout.h"

G_BEGIN_DECLS

/* While a layout is made, distances are from the start edge; the last step mirrors those that run right to left. */
struct _HrTimelineLayout
{
  HrTimelineChart *chart;
  double width;
  gboolean right_to_left;
  HrChartScale scale;
  HrChartBox plot;
  double *span_starts; /* one a span, and the end of the last; beyond the plot where that shows a part */
  double *xs;          /* of each moment */
  double *edges;       /* the upper ones of the areas of each moment, HR_N_COMPONENTS a moment */
  HrTimelinePoint *points;
  guint n_points;
  GArray *back; /* (element-type HrChartItem) */
  GArray *front;
};

double hr_timeline_layout_y (const HrTimelineLayout *self, double bytes);

/** Space below the plot for phases and steps, and for layers where @chart shows a part. */
double hr_timeline_phases_height (const HrTimelineChart *chart, const HrChartMeasurer *measurer);

/** The numbers of the layers that run, where a part of the run is shown, and lines between them. */
void hr_timeline_layout_add_layers (HrTimelineLayout *self, const HrChartMeasurer *measurer);

/** Shares the width of the plot out among the spans. */
void hr_timeline_layout_place_spans (HrTimelineLayout *self, const HrChartMeasurer *measurer);

/**
 * Marks between phases, their names and the steps below them. Names that do not fit: all of a kind of phase are
 * shortened, or left out; forward and backward go first, idle last.
 */
void hr_timeline_layout_add_phases (HrTimelineLayout *self, const HrChartMeasurer *measurer);

/** The highest point with its text, the line of the limit and its label; neither text over the other. */
void hr_timeline_layout_add_peak_and_limit (HrTimelineLayout *self, const HrChartMeasurer *measurer);

G_END_DECLS
