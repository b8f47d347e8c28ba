/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-row-figure.h"

#include "hr-figure.h"

static gboolean
is_not_empty (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, text != NULL && *text != '\0');
  return TRUE;
}

/* The label follows the row as before, outside the window, where it has nothing laid out. */
void
hr_row_figure_show (AdwActionRow *row, const char *part)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  GtkWidget *label = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (row), ADW_TYPE_ACTION_ROW, part));
  GtkWidget *box = gtk_widget_get_parent (label);
  GtkWidget *figure = g_object_new (HR_TYPE_FIGURE, "xalign", 0.0, "wrap", TRUE, "width-chars", 1, NULL);
  gboolean is_title = g_str_equal (part, "title");

  gtk_widget_add_css_class (figure, part);
  gtk_widget_insert_after (figure, box, label);
  gtk_box_remove (GTK_BOX (box), label);
  g_object_bind_property (row, part, figure, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (row, part, figure, "visible", G_BINDING_SYNC_CREATE, is_not_empty, NULL, NULL, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  is_title ? GTK_ACCESSIBLE_RELATION_LABELLED_BY : GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  figure, NULL, -1);
}
