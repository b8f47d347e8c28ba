/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_TOOLBAR (hr_toolbar_get_type ())
G_DECLARE_FINAL_TYPE (HrToolbar, hr_toolbar, HR, TOOLBAR, AdwBin)

/**
 * HrToolbar:
 *
 * A GtkScrolledWindow with what stands above a view. It is as high as its content wants to be on its width, where that
 * leaves the view what it needs at least; else it gives way down to a line and scrolls.
 */

G_END_DECLS
