/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-columns.h"

#include <math.h>

static int
column_start (const HrCompareColumns *self, guint column)
{
  double rest = MAX (0, self->width - self->label_width);

  return self->label_width + (int) round (rest * column / MAX (1, self->n_columns));
}

int
hr_compare_columns_mirror (const HrCompareColumns *self, int start, int width)
{
  return self->right_to_left ? self->width - start - width : start;
}

void
hr_compare_columns_get (const HrCompareColumns *self, guint column, int *start, int *width)
{
  *start = column_start (self, column);
  *width = column_start (self, column + 1) - *start;
}

int
hr_compare_columns_find (const HrCompareColumns *self, double x)
{
  double start = self->right_to_left ? self->width - x : x;

  for (guint column = 0; column < self->n_columns; column++)
    if (start >= column_start (self, column) && start < column_start (self, column + 1))
      return (int) column;

  return -1;
}
