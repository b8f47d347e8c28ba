/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-timeline-chart.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define HR_TYPE_LOOKS (hr_looks_get_type ())
G_DECLARE_FINAL_TYPE (HrLooks, hr_looks, HR, LOOKS, GObject)

/**
 * HrLooks:
 *
 * What views keep with the project besides what is selected, each as a text that only its view understands: a sort
 * order, the widths of columns. Names say the view and what it is of it: "gpus-order".
 *
 * Signal: "changed" (name, as detail too).
 */
HrLooks *hr_looks_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (nullable): NULL where nothing was set */
const char *hr_looks_get (HrLooks *self, const char *name);

/** @value: (nullable): NULL: nothing any more */
void hr_looks_set (HrLooks *self, const char *name, const char *value);

/** Forgets all, without a signal: another project is looked at. */
void hr_looks_clear (HrLooks *self);

/** Returns: (transfer full) (array zero-terminated=1): what was set. */
char **hr_looks_dup_names (HrLooks *self) G_GNUC_WARN_UNUSED_RESULT;

/** The part of the timeline that is looked at, a look like the others; all 0: the whole. */
#define HR_LOOK_TIMELINE_WINDOW "timeline-window"

HrTimelineWindow hr_looks_get_timeline_window (HrLooks *self);
void hr_looks_set_timeline_window (HrLooks *self, HrTimelineWindow window);

G_END_DECLS
