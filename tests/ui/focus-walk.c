/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "focus-walk.h"

gboolean
focus_is_target (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_focusable (widget))
    return FALSE;
  for (GtkWidget *w = widget; w != NULL; w = gtk_widget_get_parent (w))
    if (!gtk_widget_get_can_focus (w))
      return FALSE;

  return TRUE;
}

static gboolean
is_in_button (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && gtk_widget_get_ancestor (parent, GTK_TYPE_BUTTON) != NULL;
}

static gboolean
holds_target (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (focus_is_target (child) || holds_target (child))
      return TRUE;

  return FALSE;
}

/* Those that only hand the focus on to what they hold. */
static gboolean
is_container (GtkWidget *widget)
{
  return (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget))
         && holds_target (widget);
}

gboolean
focus_is_control (GtkWidget *widget)
{
  return focus_is_target (widget) && gtk_widget_is_sensitive (widget) && !is_in_button (widget)
         && !is_container (widget);
}
