/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_SPLIT (hr_split_get_type ())
G_DECLARE_FINAL_TYPE (HrSplit, hr_split, HR, SPLIT, GtkWidget)

/**
 * HrSplit:
 *
 * Content with a sidebar at its end. Where the width does not suffice for both the sidebar collapses: it lies over the
 * content when it is shown, and goes with Escape, a swipe or a click beside it.
 *
 * Properties: content, sidebar (GtkWidget), show-sidebar (gboolean), collapsed (gboolean, read-only).
 */

G_END_DECLS
