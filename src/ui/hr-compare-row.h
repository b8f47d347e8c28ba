/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"
#include "hr-compare-columns.h"
#include "io/hr-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_ROW (hr_compare_row_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareRow, hr_compare_row, HR, COMPARE_ROW, GtkWidget)

/**
 * HrCompareMarks:
 * @leading: column of the leading configuration; -1: none is told apart
 * @baseline: column that the others are compared with; -1: none
 * @selected: (nullable) (array): whether each column is selected
 *
 * What is marked in all rows alike.
 */
typedef struct
{
  int leading;
  int baseline;
  const gboolean *selected;
} HrCompareMarks;

/**
 * HrCompareRow:
 *
 * One row of the comparison: a label that stays, and a cell a column beside it, as far as columns are in sight: cells
 * that scroll away come back for other columns. Figures end on one line near the middle of their column, under the bar,
 * since a wide column would tear them away from it; how far they are from the baseline stands below them.
 *
 * CSS: node comparerow with the class of its kind: values, section, verdict, component, total, difference or head; a
 * difference has a child "mark" behind the cells that differ. Cells of selected columns are tinted like their bars.
 */
GtkWidget *hr_compare_row_new (HrRowKind kind);

/** A row with @corner in place of the label and whatever widgets hr_compare_row_set_cells() puts in the columns. */
GtkWidget *hr_compare_row_new_head (GtkWidget *corner);

HrRowKind hr_compare_row_get_kind (HrCompareRow *self);

/** Whether it shows what @row is about: its kind and label. */
gboolean hr_compare_row_is_about (HrCompareRow *self, const HrTableRow *row);

/** The tag of the row that is shown: its component. */
int hr_compare_row_get_tag (HrCompareRow *self);

/** Shows @row, of the kind given at the start, which must live until another is shown. Only what differs is changed. */
void hr_compare_row_set_row (HrCompareRow *self, const HrTableRow *row);

/** Tells a verdict row what its texts say: @verdicts (array) live as long as the row that is shown. */
void hr_compare_row_set_verdicts (HrCompareRow *self, const HrVerdict *verdicts);

/** Makes @cells (element-type GtkWidget) the cells of a head row, in that order, at @columns (element-type guint);
 * those it has already stay. */
void hr_compare_row_set_cells (HrCompareRow *self, GPtrArray *cells, GArray *columns);

/** Tells where columns are, before the row is measured or allocated; makes the cells that are in sight. */
void hr_compare_row_set_columns (HrCompareRow *self, const HrCompareColumns *columns);

/** Marks columns: @marks must live as long as the row, which is to be drawn anew when they change. */
void hr_compare_row_set_marks (HrCompareRow *self, const HrCompareMarks *marks);

/** Returns: (nullable): the cell of @column; NULL: it is out of sight. */
GtkWidget *hr_compare_row_get_cell (HrCompareRow *self, guint column);
const char *hr_compare_row_get_label (HrCompareRow *self);

/** Returns: (nullable): what the cell of @column says. */
const char *hr_compare_row_get_text (HrCompareRow *self, guint column);

/** Width that the label would like; 0 for a section, whose label spans the row. */
int hr_compare_row_get_label_width (HrCompareRow *self);

/** Width that the widest verdict of any column needs; 0 for rows of other kinds. */
int hr_compare_row_get_verdict_width (HrCompareRow *self);

G_END_DECLS
