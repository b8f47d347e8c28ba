/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-text-row.h"

#include "hr-column.h"
#include "hr-figure.h"

#define SPACING 12
#define LINE_SPACING 3

/* As narrow as texts get; setting it spares GTK from finding out. */
#define LEAST_CHARACTERS 14

#define TEXTS "hr-text-row-texts"

static GtkWidget *
create_label (void)
{
  return g_object_new (HR_TYPE_FIGURE, "xalign", 0.0, "wrap", TRUE, "width-chars", LEAST_CHARACTERS, NULL);
}

static GtkWidget *
create_texts (void)
{
  GtkWidget *texts = hr_column_new (LINE_SPACING);
  GtkWidget *detail = create_label ();

  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_parent (create_label (), texts);
  gtk_widget_set_parent (detail, texts);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

GtkWidget *
hr_text_row_new (const char *title, const char *detail, GtkWidget *prefix, GtkWidget *suffix)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *texts = create_texts ();

  if (prefix != NULL)
    gtk_box_append (GTK_BOX (box), prefix);
  gtk_box_append (GTK_BOX (box), texts);
  if (suffix != NULL)
    gtk_box_append (GTK_BOX (box), suffix);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "text");
  g_object_set_data (G_OBJECT (row), TEXTS, texts);
  hr_text_row_set (row, title, detail);
  return row;
}

void
hr_text_row_set (GtkWidget *row, const char *title, const char *detail)
{
  GtkWidget *texts = g_object_get_data (G_OBJECT (row), TEXTS);
  GtkWidget *title_label = gtk_widget_get_first_child (texts), *detail_label = gtk_widget_get_last_child (texts);

  hr_figure_set_text (HR_FIGURE (title_label), title);
  hr_figure_set_text (HR_FIGURE (detail_label), detail);
  gtk_widget_set_visible (detail_label, *detail != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

GtkWidget *
hr_text_row_get_prefix (GtkWidget *row)
{
  return gtk_widget_get_prev_sibling (g_object_get_data (G_OBJECT (row), TEXTS));
}

GtkWidget *
hr_text_row_get_suffix (GtkWidget *row)
{
  return gtk_widget_get_next_sibling (g_object_get_data (G_OBJECT (row), TEXTS));
}
