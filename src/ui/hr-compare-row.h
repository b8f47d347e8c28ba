/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"
#include "io/hr-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_ROW (hr_compare_row_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareRow, hr_compare_row, HR, COMPARE_ROW, GtkWidget)

/**
 * HrCompareRow:
 *
 * One row of the comparison: a label and a cell a column. Figures end on one line near the middle of their column,
 * under the bar, since a wide column would tear them away from it.
 *
 * CSS: node comparerow with the class of its kind: values, section, verdict, component, total, difference or head; a
 * difference has a child "mark" behind its cells. The cell of the selected column is tinted like its bar in the chart.
 */
GtkWidget *hr_compare_row_new (HrRowKind kind);

/** A row with @corner in place of the label and whatever widgets hr_compare_row_set_cells() puts in the columns. */
GtkWidget *hr_compare_row_new_head (GtkWidget *corner);

HrRowKind hr_compare_row_get_kind (HrCompareRow *self);

/** The tag of the row that is shown: its component. */
int hr_compare_row_get_tag (HrCompareRow *self);

/** Shows @row, of the kind given at the start, with @n_columns cells. Only what differs is changed. */
void hr_compare_row_set_row (HrCompareRow *self, const HrTableRow *row, guint n_columns);

/** Shows @verdict in the cell of a verdict row, in the words of @text. */
void hr_compare_row_set_verdict (HrCompareRow *self, guint column, HrVerdict verdict, const char *text);

/** Makes @cells (element-type GtkWidget) the cells of a head row, in that order; those it has already stay. */
void hr_compare_row_set_cells (HrCompareRow *self, GPtrArray *cells);

GtkWidget *hr_compare_row_get_cell (HrCompareRow *self, guint column);
const char *hr_compare_row_get_label (HrCompareRow *self);
const char *hr_compare_row_get_text (HrCompareRow *self, guint column);

/** Width that the label would like; 0 for a section, whose label spans the row. */
int hr_compare_row_get_label_width (HrCompareRow *self);

/** Width that the widest cell needs. */
int hr_compare_row_get_cell_width (HrCompareRow *self);

/** Gives the first column its width; to be called before the row is measured or allocated. */
void hr_compare_row_set_label_width (HrCompareRow *self, int label_width);

/** Tints the cell of @column; -1: none. */
void hr_compare_row_set_selected (HrCompareRow *self, int column);

G_END_DECLS
