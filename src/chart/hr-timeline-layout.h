/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-layout.h"
#include "hr-timeline-chart.h"

G_BEGIN_DECLS

/** A corner of the areas: where a moment is on the axis of time. A phase of one moment has two, at its ends. */
typedef struct
{
  double x;
  guint moment;
} HrTimelinePoint;

/**
 * HrTimelineLayout:
 *
 * Where everything of a timeline goes: areas stacked by component over the moments, phases side by side. A phase is as
 * wide as its layers are many, with a minimum: the axis of time has no unit. What is shown of the run fills the plot.
 */
typedef struct _HrTimelineLayout HrTimelineLayout;

/** Returns: (transfer full): pure geometry, within @width and @height pixels from 0, 0. */
HrTimelineLayout *hr_timeline_layout_new (HrTimelineChart *chart, double width, double height, gboolean right_to_left,
                                          const HrChartMeasurer *measurer) G_GNUC_WARN_UNUSED_RESULT;
void hr_timeline_layout_free (HrTimelineLayout *self);

const HrTimelineChart *hr_timeline_layout_chart (const HrTimelineLayout *self);

/** From the end of the axis of sizes to 0; empty where there is nothing to show or no room. */
HrChartBox hr_timeline_layout_plot (const HrTimelineLayout *self);

/** The corners of the areas in order of time; of a part of the run those in sight, and the next on either side. */
const HrTimelinePoint *hr_timeline_layout_points (const HrTimelineLayout *self, guint *n_points);

/** The upper edge of the area of @component at a moment; that of nothing is the one below it, of -1 the axis. */
double hr_timeline_layout_edge (const HrTimelineLayout *self, guint moment, int component);

/** Where the cursor stands for a moment: in the middle of a phase of one; beside the plot, if it is out of sight. */
double hr_timeline_layout_x (const HrTimelineLayout *self, guint moment);

/** What lies behind the areas, and what lies on them: display lists, back to front. */
const HrChartItem *hr_timeline_layout_back (const HrTimelineLayout *self, size_t *n_items);
const HrChartItem *hr_timeline_layout_front (const HrTimelineLayout *self, size_t *n_items);

/**
 * hr_timeline_layout_hit:
 * @moment: (out): the nearest one, or -1 beside the plot
 * @component: (out): whose area it is, or -1
 */
void hr_timeline_layout_hit (const HrTimelineLayout *self, double x, double y, int *moment, int *component);

/** Whether a moment is in sight. */
gboolean hr_timeline_layout_shows (const HrTimelineLayout *self, guint moment);

/** The position in the run at @x, within what is shown; see #HrTimelineWindow. */
double hr_timeline_layout_position (const HrTimelineLayout *self, double x);

/** Where a position in the run is. */
double hr_timeline_layout_position_x (const HrTimelineLayout *self, double position);

/** Smallest size at which the chart can be read. */
void hr_timeline_layout_minimum (const HrTimelineChart *chart, const HrChartMeasurer *measurer, double *width,
                                 double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTimelineLayout, hr_timeline_layout_free)

G_END_DECLS
