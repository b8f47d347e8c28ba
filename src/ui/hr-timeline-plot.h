/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-timeline-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_TIMELINE_PLOT (hr_timeline_plot_get_type ())
G_DECLARE_FINAL_TYPE (HrTimelinePlot, hr_timeline_plot, HR, TIMELINE_PLOT, GtkWidget)

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
 * Signals: "picked" (component): the user chose a component, -1: none; "cursor-moved": the user moved the cursor;
 * "zoomed" (start, end): the user wants to see that part of the run, both 0: the whole; see HrTimelineWindow.
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

/** Asks for @factor times as much detail, with what is at @x staying there; NaN: what is at the cursor. */
void hr_timeline_plot_zoom (HrTimelinePlot *self, double x, double factor);

/** Asks for what is @pixels to the right. */
void hr_timeline_plot_pan (HrTimelinePlot *self, double pixels);

int hr_timeline_plot_get_moment (HrTimelinePlot *self);
int hr_timeline_plot_get_cursor (HrTimelinePlot *self);

/** Returns: (nullable): for tests. */
const HrTimelineLayout *hr_timeline_plot_get_layout (HrTimelinePlot *self);

G_END_DECLS
