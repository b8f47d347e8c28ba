/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-note-list.h"

#include "hr-figure.h"
#include "hr-text-row.h"

#include <glib/gi18n-lib.h>

/* Of the value at the end of a row. */
#define LEAST_CHARACTERS 8
#define MOST_CHARACTERS 20

#define LONGEST_NUMBER 6
#define NO_BREAK_SPACE "\u00a0"

struct _HrNoteList
{
  HrColumn parent_instance;

  GtkWidget *heading;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (HrNoteList, hr_note_list, HR_TYPE_COLUMN)

typedef enum
{
  PROP_HEADING = 1,
} HrNoteListProperty;

static GParamSpec *properties[PROP_HEADING + 1];

static GtkWidget *
create_mark (void)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Applies here"), -1);
  gtk_widget_set_tooltip_text (icon, _ ("Applies here"));
  return icon;
}

/* A part a line, and no break between a number and its unit, unless it is as long as that of a range. */
static char *
value_text (const char *text)
{
  g_autoptr (GString) parts = g_string_new (text);
  GString *lines = g_string_new (NULL);
  const char *word = parts->str;

  g_string_replace (parts, " · ", "\n", 0);
  for (const char *c = parts->str; *c != '\0'; c++)
    {
      if (*c == ' ' && c > word && c - word <= LONGEST_NUMBER && g_ascii_isdigit (c[-1]))
        g_string_append (lines, NO_BREAK_SPACE);
      else
        g_string_append_c (lines, *c);
      if (g_ascii_isspace (*c))
        word = c + 1;
    }

  return g_string_free (lines, FALSE);
}

static GtkWidget *
create_value (void)
{
  GtkWidget *value = g_object_new (HR_TYPE_FIGURE, "xalign", 1.0, "wrap", TRUE, "width-chars", LEAST_CHARACTERS,
                                   "max-width-chars", MOST_CHARACTERS, NULL);

  gtk_widget_add_css_class (value, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

static void
fill_row (GtkWidget *row, HrExplainNote *note)
{
  const char *detail = hr_explain_note_get_detail (note), *source = hr_explain_note_get_source (note);
  GtkWidget *value = hr_text_row_get_suffix (row);
  /* Translators: %s is a publication or a file of a program */
  g_autofree char *from = *source != '\0' ? g_strdup_printf (_ ("Source: %s"), source) : g_strdup ("");
  g_autofree char *texts = g_strjoin (*detail != '\0' && *from != '\0' ? "\n" : "", detail, from, NULL);
  g_autofree char *lines = value_text (hr_explain_note_get_value (note));

  hr_text_row_set (row, hr_explain_note_get_title (note), texts);
  gtk_widget_set_visible (hr_text_row_get_prefix (row), hr_explain_note_get_attention (note));
  hr_figure_set_text (HR_FIGURE (value), lines);
  gtk_widget_set_visible (value, *lines != '\0');
}

static void
hr_note_list_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrNoteList *self = HR_NOTE_LIST (object);

  switch ((HrNoteListProperty) property_id)
    {
    case PROP_HEADING:
      gtk_label_set_label (GTK_LABEL (self->heading), g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_label (GTK_LABEL (self->heading)), -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_note_list_class_init (HrNoteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = hr_note_list_set_property;
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, "",
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "notelist");
}

static void
hr_note_list_init (HrNoteList *self)
{
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
hr_note_list_show (HrNoteList *self, GListModel *notes)
{
  g_return_if_fail (HR_IS_NOTE_LIST (self));

  GtkListBox *list = GTK_LIST_BOX (self->list);
  guint n_notes = notes != NULL ? g_list_model_get_n_items (notes) : 0;
  GtkListBoxRow *row;

  for (guint i = 0; i < n_notes; i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);

      if (gtk_list_box_get_row_at_index (list, (int) i) == NULL)
        gtk_list_box_append (list, hr_text_row_new ("", "", create_mark (), create_value ()));
      fill_row (GTK_WIDGET (gtk_list_box_get_row_at_index (list, (int) i)), note);
    }
  while ((row = gtk_list_box_get_row_at_index (list, (int) n_notes)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), n_notes > 0);
}
