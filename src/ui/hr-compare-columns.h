/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrCompareColumns:
 * @label_width: of the first column, which stays where it is
 * @width: of what is seen
 * @content_width: of the labels and all columns
 * @offset: how much of the columns is scrolled away under the labels
 * @n_columns: how many share the content equally
 *
 * Where the columns of a comparison stand: the same for all rows of the table and for the bars of the chart above.
 */
typedef struct
{
  int label_width;
  int width;
  int content_width;
  int offset;
  guint n_columns;
  gboolean right_to_left;
} HrCompareColumns;

gboolean hr_compare_columns_equal (const HrCompareColumns *a, const HrCompareColumns *b);

/** Where @column begins, from the start edge, and its width. */
void hr_compare_columns_get (const HrCompareColumns *self, guint column, int *start, int *width);

/** The columns that are worth having: those in sight and a neighbour on each side; from @first, up to @end. */
void hr_compare_columns_in_sight (const HrCompareColumns *self, guint *first, guint *end);

/** The column at @x, or -1 over the labels. */
int hr_compare_columns_find (const HrCompareColumns *self, double x);

/** Distance from the left of something @width wide that lies @start from the start edge. */
int hr_compare_columns_mirror (const HrCompareColumns *self, int start, int width);

/** Where columns are seen, beside the labels: from the left, and the width. */
void hr_compare_columns_plot (const HrCompareColumns *self, int *x, int *width);

G_END_DECLS
