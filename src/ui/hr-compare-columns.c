/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-columns.h"

#include <math.h>

/* Beyond what is in sight, so that scrolling a little finds columns ready. */
#define MARGIN 1

gboolean
hr_compare_columns_equal (const HrCompareColumns *a, const HrCompareColumns *b)
{
  return a->label_width == b->label_width && a->width == b->width && a->content_width == b->content_width
         && a->offset == b->offset && a->n_columns == b->n_columns && a->right_to_left == b->right_to_left;
}

static double
column_width (const HrCompareColumns *self)
{
  return MAX (1, self->content_width - self->label_width) / (double) MAX (1, self->n_columns);
}

static int
column_start (const HrCompareColumns *self, guint column)
{
  return self->label_width + (int) round (column_width (self) * column) - self->offset;
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

void
hr_compare_columns_in_sight (const HrCompareColumns *self, guint *first, guint *end)
{
  double width = column_width (self);
  int room = MAX (0, self->width - self->label_width);
  guint n_before = (guint) (MAX (0, self->offset) / width);

  *first = MIN (n_before, self->n_columns);
  *first -= MIN (*first, MARGIN);
  *end = MIN ((guint) ceil ((MAX (0, self->offset) + room) / width) + MARGIN, self->n_columns);
}

int
hr_compare_columns_find (const HrCompareColumns *self, double x)
{
  double along = (self->right_to_left ? self->width - x : x) - self->label_width;

  if (along < 0 || self->n_columns == 0)
    return -1;
  return MIN ((int) ((along + self->offset) / column_width (self)), (int) self->n_columns - 1);
}

void
hr_compare_columns_plot (const HrCompareColumns *self, int *x, int *width)
{
  *width = MAX (0, self->width - self->label_width);
  *x = hr_compare_columns_mirror (self, self->label_width, *width);
}
