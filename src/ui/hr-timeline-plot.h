/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-timeline-layout.h"
#include "hr-plot.h"

G_BEGIN_DECLS

#define HR_TYPE_TIMELINE_PLOT (hr_timeline_plot_get_type ())
G_DECLARE_FINAL_TYPE (HrTimelinePlot, hr_timeline_plot, HR, TIMELINE_PLOT, HrPlot)

typedef struct _HrTimelineZoom HrTimelineZoom;

/**
 * HrTimelinePlot:
 *
 * The chart of a timeline with a cursor on one of its moments: Left and Right step through moments, with Control
 * through phases, Home and End go to the ends, P to the peak; Up and Down choose a component, Escape none. The pointer
 * shows the moment under it, a press moves the cursor there. The accessible label is the sentence of the cursor's
 * moment.
 *
 * Property: moment (gint, read-only): the one to show, under the pointer or the cursor; -1 where there is none.
 *
 * Signals: "picked" (component): the user chose a component, -1: none; "cursor-moved": the user moved the cursor.
 */
GtkWidget *hr_timeline_plot_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_timeline_plot_set_chart:
 * @chart: (transfer full): replaces the one shown; the cursor stays on its phase and layer, or on the peak
 */
void hr_timeline_plot_set_chart (HrTimelinePlot *self, HrTimelineChart *chart);

/** Fades all components but @component, -1: none. */
void hr_timeline_plot_set_selected (HrTimelinePlot *self, int component);

void hr_timeline_plot_move_cursor (HrTimelinePlot *self, HrTimelineMove move);

/** Puts the cursor on the largest moment of a span, if it is not on that span. */
void hr_timeline_plot_go_to_span (HrTimelinePlot *self, guint span);

/** Puts the cursor on the peak, without saying that the user moved it. */
void hr_timeline_plot_go_to_peak (HrTimelinePlot *self);

/** Returns: the span that the cursor is on, -1: none. */
int hr_timeline_plot_get_span (HrTimelinePlot *self);

gboolean hr_timeline_plot_is_zoomed (HrTimelinePlot *self);

/** Returns: (transfer none): what moves through the part of the run that is shown. */
HrTimelineZoom *hr_timeline_plot_get_zoom (HrTimelinePlot *self);

int hr_timeline_plot_get_moment (HrTimelinePlot *self);
int hr_timeline_plot_get_cursor (HrTimelinePlot *self);

/** Returns: (transfer none): where everything lies, at the size that @self has; until that or the chart changes. */
const HrTimelineLayout *hr_timeline_plot_get_layout (HrTimelinePlot *self);

G_END_DECLS
