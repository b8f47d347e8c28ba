/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-paint.h"
#include "hr-chart-handle.h"

G_BEGIN_DECLS

/**
 * HrChartHandles:
 *
 * The handles of a chart: one for each bar in sight, in their order, and one for the bar with the cursor, which may
 * have the focus. Those of bars that went out of sight come back for others.
 */
typedef struct _HrChartHandles HrChartHandles;

/** @chart: parent of the handles; outlives them */
HrChartHandles *hr_chart_handles_new (GtkWidget *chart) G_GNUC_WARN_UNUSED_RESULT;
void hr_chart_handles_free (HrChartHandles *self);

/** Removes all handles from the chart. */
void hr_chart_handles_clear (HrChartHandles *self);

/** Makes handles those of the bars in sight, and of @cursor (-1: none), a bar of @n_bars. */
void hr_chart_handles_match (HrChartHandles *self, const HrChartLayout *layout, int cursor, guint n_bars);

/** Tells what screen readers say: the sentence of each bar; of the segment instead where the cursor is on one. */
void hr_chart_handles_describe (HrChartHandles *self, const HrChartLayout *layout, const HrChartMarks *marks);

/** Lays each handle over its bar. */
void hr_chart_handles_allocate (HrChartHandles *self, const HrChartLayout *layout);

/** Returns: (nullable): the handle of @bar. */
HrChartHandle *hr_chart_handles_find (HrChartHandles *self, int bar);

G_END_DECLS
