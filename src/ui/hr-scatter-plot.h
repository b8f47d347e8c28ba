/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-scatter-layout.h"
#include "hr-plot.h"

G_BEGIN_DECLS

#define HR_TYPE_SCATTER_PLOT (hr_scatter_plot_get_type ())
G_DECLARE_FINAL_TYPE (HrScatterPlot, hr_scatter_plot, HR, SCATTER_PLOT, HrPlot)

/**
 * HrScatterPlot:
 *
 * The chart of price over time with one of its points selected: Left and Right step to the next by time, Up and Down by
 * price, Left and Right with Control along what nothing beats; Home goes to the fastest, End to the cheapest. The
 * accessible label is the sentence of the selected point.
 *
 * Signals: "picked" (point, -1: none): the user chose a point; "activated": the user means the selected point, by Enter
 * or a double click.
 */
GtkWidget *hr_scatter_plot_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_scatter_plot_set_chart:
 * @chart: (transfer full): replaces the one shown
 * @selected: one of its points; -1: none
 */
void hr_scatter_plot_set_chart (HrScatterPlot *self, HrScatterChart *chart, int selected);

/** Marks a point; -1: none. */
void hr_scatter_plot_set_selected (HrScatterPlot *self, int point);
int hr_scatter_plot_get_selected (HrScatterPlot *self);

/** Returns: (transfer none): for tests. */
const HrScatterLayout *hr_scatter_plot_get_layout (HrScatterPlot *self);

G_END_DECLS
