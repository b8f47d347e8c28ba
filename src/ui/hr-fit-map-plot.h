/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-fit-map-layout.h"
#include "hr-plot.h"

G_BEGIN_DECLS

#define HR_TYPE_FIT_MAP_PLOT (hr_fit_map_plot_get_type ())
G_DECLARE_FINAL_TYPE (HrFitMapPlot, hr_fit_map_plot, HR, FIT_MAP_PLOT, HrPlot)

/**
 * HrFitMapPlot:
 *
 * A fit map with a cursor on one of its cells: arrows go from cell to cell, Home and End to the ends of the row, with
 * Control of the column, Escape back to what is in force; Return and Space adopt the cell, as a click does on the one
 * under the pointer. The accessible label is the sentence of the cell to show.
 *
 * Signal "moved": another cell is to be shown, under the pointer or the cursor.
 * Signal "adopted" (column, row): the user wants what this cell stands for.
 */
GtkWidget *hr_fit_map_plot_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_fit_map_plot_set_map:
 * @map: (transfer full): replaces the one shown; the cursor stays on its values, or on what is in force
 */
void hr_fit_map_plot_set_map (HrFitMapPlot *self, HrFitMap *map);

const HrFitMap *hr_fit_map_plot_get_map (HrFitMapPlot *self);

/** The cell to show: under the pointer, else under the cursor; nowhere where there is none. */
HrFitMapPlace hr_fit_map_plot_get_place (HrFitMapPlot *self);

/** Returns: (nullable): for tests. */
const HrFitMapLayout *hr_fit_map_plot_get_layout (HrFitMapPlot *self);

G_END_DECLS
