/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-minimum.h"

static gboolean
needs_other_size (int size, int before, int minimum)
{
  return minimum > size || (minimum < before && size <= before);
}

void
hr_minimum_replace (HrMinimum *self, HrMinimum minimum, GtkWidget *widget)
{
  HrMinimum before = *self;

  *self = minimum;
  if (needs_other_size (gtk_widget_get_width (widget), before.width, minimum.width)
      || needs_other_size (gtk_widget_get_height (widget), before.height, minimum.height))
    gtk_widget_queue_resize (widget);
}
