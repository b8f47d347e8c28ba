/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-view.h"

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_VIEW (hr_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareView, hr_compare_view, HR, COMPARE_VIEW, HrView)

/**
 * HrCompareView:
 *
 * The configurations side by side: legend, stacked bars over the columns of a table, verdicts, figures, what differs.
 */
GtkWidget *hr_compare_view_new (void);

G_END_DECLS
