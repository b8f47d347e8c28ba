/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-fit-map.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_FIT_MAP_TABLE (hr_fit_map_table_get_type ())
G_DECLARE_FINAL_TYPE (HrFitMapTable, hr_fit_map_table, HR, FIT_MAP_TABLE, GtkWidget)

/**
 * HrFitMapTable:
 *
 * A fit map as a table of widgets, for those who do not see a drawing: headers of columns and rows, and in each cell
 * the figure with the verdict in words. Arrows go from cell to cell, Home and End to the ends of the row, with Control
 * of the column; Return adopts. For Tab the table is one stop.
 *
 * Signal "adopted" (column, row): the user wants what this cell stands for.
 */
GtkWidget *hr_fit_map_table_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Shows @map (nullable: nothing); the cursor stays in its place, or is on what is in force. */
void hr_fit_map_table_set_map (HrFitMapTable *self, const HrFitMap *map);

/** Returns: (transfer none) (nullable): the widget of a cell. */
GtkWidget *hr_fit_map_table_get_cell (HrFitMapTable *self, HrFitMapPlace place);

G_END_DECLS
