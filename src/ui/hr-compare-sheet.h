/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-view.h"
#include "hr-compare-table.h"

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_SHEET (hr_compare_sheet_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareSheet, hr_compare_sheet, HR, COMPARE_SHEET, GtkWidget)

/**
 * HrCompareSheet:
 *
 * The chart over the table, each bar over its column. What the view scrolls.
 */

HrChartView *hr_compare_sheet_get_chart (HrCompareSheet *self);
HrCompareTable *hr_compare_sheet_get_table (HrCompareSheet *self);

/** Tells the size of what shows the sheet: the chart takes its share of the height, labels no more than theirs of the
 * width. */
void hr_compare_sheet_set_page_size (HrCompareSheet *self, int width, int height);

G_END_DECLS
