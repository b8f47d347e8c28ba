/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-accessible-name.h"

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
hr_accessible_name_row (GtkWidget *cell, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (cell));

  GtkWidget *row = gtk_widget_get_parent (cell);

  while (row != NULL && !gtk_widget_get_focusable (row))
    row = gtk_widget_get_parent (row);
  if (row != NULL)
    set_name (row, name);
}

static GtkWidget *
find_part (GtkWidget *widget, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *part = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find_part (child, type);

      if (part != NULL)
        return part;
    }

  return NULL;
}

void
hr_accessible_name_part (GtkWidget *control, GType type, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (control));

  GtkWidget *part = find_part (control, type);

  g_return_if_fail (part != NULL);
  set_name (part, name);
}
