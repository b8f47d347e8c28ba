/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_VIEW (hr_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareView, hr_compare_view, HR, COMPARE_VIEW, GtkWidget)

/**
 * HrCompareView:
 *
 * The configurations side by side: legend, stacked bars over the columns of a table, verdicts, figures, what differs.
 *
 * Properties: selection (HrSelection, read-write): what it shows and where it tells what is chosen.
 */
GtkWidget *hr_compare_view_new (void);

void hr_compare_view_set_selection (HrCompareView *self, HrSelection *selection);

G_END_DECLS
