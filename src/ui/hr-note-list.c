/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-note-list.h"

#include "hr-text-row.h"

#include <glib/gi18n-lib.h>

/* Of the value at the end of a row. */
#define LEAST_CHARACTERS 8
#define MOST_CHARACTERS 24

#define LONGEST_NUMBER 6
#define NO_BREAK_SPACE "\u00a0"

struct _HrNoteList
{
  GtkWidget parent_instance;

  GtkWidget *heading;
  GtkWidget *list;
  GListStore *notes; /* that are shown */
};

G_DEFINE_FINAL_TYPE (HrNoteList, hr_note_list, GTK_TYPE_WIDGET)

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
create_value (const char *text)
{
  g_autofree char *lines = value_text (text);
  GtkWidget *value = gtk_label_new (lines);

  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_label_set_width_chars (GTK_LABEL (value), LEAST_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (value), MOST_CHARACTERS);
  gtk_widget_add_css_class (value, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  HrExplainNote *note = HR_EXPLAIN_NOTE (item);
  const char *detail = hr_explain_note_get_detail (note), *source = hr_explain_note_get_source (note);
  const char *value = hr_explain_note_get_value (note);
  /* Translators: %s is a publication or a file of a program */
  g_autofree char *from = *source != '\0' ? g_strdup_printf (_ ("Source: %s"), source) : g_strdup ("");
  g_autofree char *texts = g_strjoin (*detail != '\0' && *from != '\0' ? "\n" : "", detail, from, NULL);

  return hr_text_row_new (hr_explain_note_get_title (note), texts,
                          hr_explain_note_get_attention (note) ? create_mark () : NULL,
                          *value != '\0' ? create_value (value) : NULL);
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
hr_note_list_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&HR_NOTE_LIST (object)->notes);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hr_note_list_parent_class)->dispose (object);
}

static void
hr_note_list_class_init (HrNoteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = hr_note_list_set_property;
  object_class->dispose = hr_note_list_dispose;
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, "",
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "notelist");
}

static void
hr_note_list_init (HrNoteList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->notes = g_list_store_new (HR_TYPE_EXPLAIN_NOTE);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->notes), create_row, NULL, NULL);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

static gboolean
says_the_same (HrExplainNote *a, HrExplainNote *b)
{
  return g_str_equal (hr_explain_note_get_title (a), hr_explain_note_get_title (b))
         && g_str_equal (hr_explain_note_get_value (a), hr_explain_note_get_value (b))
         && g_str_equal (hr_explain_note_get_detail (a), hr_explain_note_get_detail (b))
         && g_str_equal (hr_explain_note_get_source (a), hr_explain_note_get_source (b))
         && hr_explain_note_get_attention (a) == hr_explain_note_get_attention (b);
}

/* Rows that stay are not laid out again. */
static void
replace_notes (HrNoteList *self, GListModel *notes)
{
  guint n_notes = notes != NULL ? g_list_model_get_n_items (notes) : 0;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; i < n_notes; i++)
    {
      g_autoptr (HrExplainNote) note = g_list_model_get_item (notes, i);
      g_autoptr (HrExplainNote) shown = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      if (shown == NULL || !says_the_same (note, shown))
        g_list_store_splice (self->notes, i, shown != NULL ? 1 : 0, (gpointer *) &note, 1);
    }
  if (n_shown > n_notes)
    g_list_store_splice (self->notes, n_notes, n_shown - n_notes, NULL, 0);
}

void
hr_note_list_show (HrNoteList *self, GListModel *notes)
{
  g_return_if_fail (HR_IS_NOTE_LIST (self));

  replace_notes (self, notes);
  gtk_widget_set_visible (GTK_WIDGET (self), notes != NULL && g_list_model_get_n_items (notes) > 0);
}
