/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrCompareColumns:
 * @label_width: of the first column
 * @width: of the whole
 * @n_columns: how many share the rest equally
 *
 * Where the columns of a comparison stand: the same for all rows of the table and for the bars of the chart above.
 */
typedef struct
{
  int label_width;
  int width;
  guint n_columns;
  gboolean right_to_left;
} HrCompareColumns;

/** Where @column begins, from the start edge, and its width. */
void hr_compare_columns_get (const HrCompareColumns *self, guint column, int *start, int *width);

/** The column at @x, or -1 over the labels. */
int hr_compare_columns_find (const HrCompareColumns *self, double x);

/** Distance from the left of something @width wide that lies @start from the start edge. */
int hr_compare_columns_mirror (const HrCompareColumns *self, int start, int width);

G_END_DECLS
