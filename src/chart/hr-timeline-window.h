/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-timeline-layout.h"

G_BEGIN_DECLS

/*
 * The part of a run that is shown next, when people move through it. All answers are windows for
 * HrTimelineChart.window; the whole run is all 0.
 */

/** Shows @factor times as much detail, with what is at @x staying there. At most one layer fills the plot. */
HrTimelineWindow hr_timeline_layout_zoom (const HrTimelineLayout *self, double x, double factor);

/** Moves on by @pixels to the right, as far as the run goes. */
HrTimelineWindow hr_timeline_layout_pan (const HrTimelineLayout *self, double pixels);

/** Moves so far that a moment is in sight; shows the same where it is. */
HrTimelineWindow hr_timeline_layout_reveal (const HrTimelineLayout *self, guint moment);

G_END_DECLS
