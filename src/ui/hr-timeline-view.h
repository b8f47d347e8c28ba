/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-view.h"

G_BEGIN_DECLS

#define HR_TYPE_TIMELINE_VIEW (hr_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (HrTimelineView, hr_timeline_view, HR, TIMELINE_VIEW, HrView)

/**
 * HrTimelineView:
 *
 * The Timeline view: what the selected configuration has in memory from loading to the end of the second step, and what
 * it is made of at one moment.
 */
GtkWidget *hr_timeline_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
