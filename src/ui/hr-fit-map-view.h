/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-view.h"

G_BEGIN_DECLS

#define HR_TYPE_FIT_MAP_VIEW (hr_fit_map_view_get_type ())
G_DECLARE_FINAL_TYPE (HrFitMapView, hr_fit_map_view, HR, FIT_MAP_VIEW, HrView)

/**
 * HrFitMapView:
 *
 * The Fit map view: what of the selected configuration fits when two of its values change; a cell is adopted as one
 * edit. Computed anew while it is shown, once for each turn of the main loop: few lines of cells at once, the others
 * while there is nothing else to do.
 */
GtkWidget *hr_fit_map_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
