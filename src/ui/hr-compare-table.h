/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-compare-columns.h"
#include "io/hr-table.h"
#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_TABLE (hr_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareTable, hr_compare_table, HR, COMPARE_TABLE, GtkWidget)

/**
 * HrCompareTable:
 *
 * The comparison in figures: a head a configuration, and rows of cells. Its columns share the width equally after the
 * labels, so that bars can stand over them; where they need more they scroll, and the labels stay. Only columns in
 * sight have widgets. A click in a column selects its configuration, in a component's row that component too; Ctrl and
 * Shift select several.
 *
 * When figures change only texts change: rows, focus and scroll position stay.
 */
GtkWidget *hr_compare_table_new (void);

void hr_compare_table_set_selection (HrCompareTable *self, HrSelection *selection);

/** Shows @table, the comparison of the selection's project. (transfer full) */
void hr_compare_table_update (HrCompareTable *self, HrTable *table);

/** Returns: (nullable) (transfer none): what it shows */
HrTable *hr_compare_table_get_table (HrCompareTable *self);

/** Shows what is selected, hidden and compared with now. */
void hr_compare_table_update_marks (HrCompareTable *self);

/**
 * hr_compare_table_measure_columns:
 * @page_width: of what shows the table: labels take no more than their share of it
 * @least_column: what anything else needs of a column
 * @columns: (out): all but the offset
 */
void hr_compare_table_measure_columns (HrCompareTable *self, int page_width, int least_column,
                                       HrCompareColumns *columns);

/** Puts columns where they are to be seen, before the table is measured or allocated. */
void hr_compare_table_set_columns (HrCompareTable *self, const HrCompareColumns *columns);

/** Sees to it that rows that lie in the upper @height have their cells. The others get them after the first frame. */
void hr_compare_table_fill (HrCompareTable *self, int width, int height);

/** Returns: (nullable) (transfer none): the head of @column; NULL: it is out of sight. */
GtkWidget *hr_compare_table_get_head (HrCompareTable *self, guint column);

/** Returns: (element-type HrCompareRow) (transfer none): the rows under the heads. */
GPtrArray *hr_compare_table_get_rows (HrCompareTable *self);

G_END_DECLS
