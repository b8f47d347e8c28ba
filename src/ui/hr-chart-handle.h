/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_CHART_HANDLE (hr_chart_handle_get_type ())
G_DECLARE_FINAL_TYPE (HrChartHandle, hr_chart_handle, HR, CHART_HANDLE, GtkWidget)

/**
 * HrChartHandle:
 *
 * Stands for one bar of a chart: invisible, transparent to the pointer, there to take the keyboard focus and to be read
 * out. Role: list item.
 */
GtkWidget *hr_chart_handle_new (void);

/** Which bar it stands for; -1: none yet. */
int hr_chart_handle_get_bar (HrChartHandle *self);
void hr_chart_handle_set_bar (HrChartHandle *self, int bar);

/** What screen readers say: a sentence about the bar or about the segment that the keyboard cursor is on. */
void hr_chart_handle_set_label (HrChartHandle *self, const char *label);

/** Tells that this is bar @position (from 0) of @size. */
void hr_chart_handle_set_position (HrChartHandle *self, int position, int size);

void hr_chart_handle_set_selected (HrChartHandle *self, gboolean selected);

G_END_DECLS
