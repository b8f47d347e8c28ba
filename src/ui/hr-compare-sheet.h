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
 * The chart over the table, its bars over the table's columns. The chart takes its share of the page; what is left is
 * the table's. Implements GtkScrollable: sideways only the columns scroll, the axis and the labels stay.
 */
HrChartView *hr_compare_sheet_get_chart (HrCompareSheet *self);
HrCompareTable *hr_compare_sheet_get_table (HrCompareSheet *self);

/** Scrolls sideways until @column is in sight, once it was laid out. */
void hr_compare_sheet_show_column (HrCompareSheet *self, guint column);

G_END_DECLS
