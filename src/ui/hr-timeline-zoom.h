/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-timeline-plot.h"

G_BEGIN_DECLS

#define HR_TYPE_TIMELINE_ZOOM (hr_timeline_zoom_get_type ())
G_DECLARE_FINAL_TYPE (HrTimelineZoom, hr_timeline_zoom, HR, TIMELINE_ZOOM, GObject)

/**
 * HrTimelineZoom:
 *
 * Moves through the part of the run that a plot shows: Control and the wheel, or pinching, zoom where the pointer is;
 * Shift and the wheel, touchpads and dragging pan.
 *
 * Signal: "zoomed" (start, end): the user wants to see that part of the run, both 0: the whole; see HrTimelineWindow.
 */

/** Returns: (transfer full): for @plot, which keeps it. */
HrTimelineZoom *hr_timeline_zoom_new (HrTimelinePlot *plot) G_GNUC_WARN_UNUSED_RESULT;

/** Asks for @factor times as much detail, with what is at @x staying there; NaN: what is at the cursor. */
void hr_timeline_zoom_by (HrTimelineZoom *self, double x, double factor);

/** Asks for what is @pixels to the right. */
void hr_timeline_zoom_pan (HrTimelineZoom *self, double pixels);

/** Asks for what is half the plot to the right, -1: to the left. */
void hr_timeline_zoom_turn (HrTimelineZoom *self, int direction);

/** Asks for a part that a moment is in, if it is out of sight. */
void hr_timeline_zoom_reveal (HrTimelineZoom *self, guint moment);

G_END_DECLS
