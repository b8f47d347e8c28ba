/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-in-sight.h"

gboolean
hr_in_sight (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds, page;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (viewport == NULL || !gtk_widget_compute_bounds (widget, viewport, &bounds))
    return TRUE;

  graphene_rect_init (&page, 0, 0, (float) gtk_widget_get_width (viewport), (float) gtk_widget_get_height (viewport));
  return graphene_rect_intersection (&page, &bounds, NULL);
}
