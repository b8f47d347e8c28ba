/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * labels, so that bars can stand over them. A click in a column selects its configuration, in a component's row that
 * component too.
 *
 * When figures change only texts change: rows, focus and scroll position stay.
 */
GtkWidget *hr_compare_table_new (void);

void hr_compare_table_set_selection (HrCompareTable *self, HrSelection *selection);

/** Shows @table, the comparison of the selection's project. */
void hr_compare_table_update (HrCompareTable *self, const HrTable *table);

/** Shows what is selected and hidden now. */
void hr_compare_table_update_marks (HrCompareTable *self);

/** Tells the width of what shows the table: labels take no more than their share of it. */
void hr_compare_table_set_page_width (HrCompareTable *self, int page_width);

/** Width of the column of labels; valid once the table was measured. */
int hr_compare_table_get_label_width (HrCompareTable *self);

/** Returns: (transfer none): the head of @column. */
GtkWidget *hr_compare_table_get_head (HrCompareTable *self, guint column);

/** Returns: (element-type HrCompareRow) (transfer none): the rows under the heads. */
GPtrArray *hr_compare_table_get_rows (HrCompareTable *self);

G_END_DECLS
