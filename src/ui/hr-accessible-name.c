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

/* The name is that of the label within. The class sets another, with the underscore, whenever the label changes. */
static void
label_cb (GtkButton *button)
{
  if (gtk_button_get_use_underline (button) && GTK_IS_LABEL (gtk_button_get_child (button)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
mend_button (GtkButton *button)
{
  g_signal_connect (button, "notify::label", G_CALLBACK (label_cb), NULL);
  label_cb (button);
}

static void
selected_cb (GtkDropDown *choices)
{
  GObject *item = gtk_drop_down_get_selected_item (choices);
  GtkWidget *button = find_part (GTK_WIDGET (choices), GTK_TYPE_TOGGLE_BUTTON);

  if (GTK_IS_STRING_OBJECT (item))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_string_object_get_string (GTK_STRING_OBJECT (item)), -1);
}

static void
mend_drop_down (GtkDropDown *choices)
{
  GtkWidget *button = find_part (GTK_WIDGET (choices), GTK_TYPE_TOGGLE_BUTTON);

  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, choices, NULL, -1);
  g_signal_connect (choices, "notify::selected-item", G_CALLBACK (selected_cb), NULL);
  selected_cb (choices);
}

static void
visible_child_cb (AdwViewStack *stack)
{
  GtkWidget *shown = adw_view_stack_get_visible_child (stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, page != shown, -1);
}

static void
mend_stack (AdwViewStack *stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (visible_child_cb), NULL);
  visible_child_cb (stack);
}

void
hr_accessible_mend (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root))
    mend_button (GTK_BUTTON (root));
  else if (GTK_IS_DROP_DOWN (root))
    mend_drop_down (GTK_DROP_DOWN (root));
  else if (ADW_IS_VIEW_STACK (root))
    mend_stack (ADW_VIEW_STACK (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    hr_accessible_mend (child);
}
