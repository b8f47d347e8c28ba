/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** HrMinimum: how small a chart can be, in pixels, as it was last found out. */
typedef struct
{
  int width;
  int height;
} HrMinimum;

/**
 * hr_minimum_replace:
 * @minimum: of the chart that is shown in @widget from now on
 *
 * Has the window laid out again if the chart does not fit into the place that @widget has, or if that is so large only
 * because the chart before asked for it. While it fits, an edit moves nothing.
 */
void hr_minimum_replace (HrMinimum *self, HrMinimum minimum, GtkWidget *widget);

G_END_DECLS
