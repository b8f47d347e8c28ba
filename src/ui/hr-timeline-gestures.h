/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-timeline-plot.h"

G_BEGIN_DECLS

/** Lets the pointer move through the run that @plot shows: Control and the wheel, or two fingers, zoom; dragging and
 * wheels to the side pan. */
void hr_timeline_gestures_add (HrTimelinePlot *plot);

G_END_DECLS
