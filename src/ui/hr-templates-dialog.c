/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-templates-dialog.h"

#include "hr-accessible-name.h"
#include "hr-compat.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_WIDTH 480
#define DEFAULT_HEIGHT 420

struct _HrTemplatesDialog
{
  AdwWindow parent_instance;

  GFile *folder;
  GtkWidget *page;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* (element-type GtkWidget): of the group */
};

G_DEFINE_FINAL_TYPE (HrTemplatesDialog, hr_templates_dialog, ADW_TYPE_WINDOW)

static void refresh (HrTemplatesDialog *self);

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_free (hr_compat_ask_finish (result));
}

static void
tell (HrTemplatesDialog *self, const char *heading, const GError *error)
{
  const char *const responses[] = { "close", _ ("_Close"), "", NULL };

  hr_compat_ask_async (GTK_WINDOW (self), heading, error->message, responses, "close", told_cb, NULL);
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrTemplatesDialog *self = HR_TEMPLATES_DIALOG (source);
  g_autoptr (HrTemplate) template = user_data;
  g_autofree char *name = hr_compat_ask_text_finish (result);
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return;
  if (!hr_template_rename (template, name, &error))
    tell (self, _ ("The Template Could Not Be Renamed"), error);
  refresh (self);
}

static HrTemplate *
template_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "hr-template");
}

static void
rename_cb (GtkWidget *button, HrTemplatesDialog *self)
{
  HrTemplate *template = template_of (button);

  hr_compat_ask_text_async (GTK_WINDOW (self), _ ("Rename Template"), _ ("Name of the template"),
                            hr_template_get_name (template), _ ("_Rename"), renamed_cb, g_object_ref (template));
}

static void
remove_cb (GtkWidget *button, HrTemplatesDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!hr_template_remove (template_of (button), &error))
    tell (self, _ ("The Template Could Not Be Removed"), error);
  refresh (self);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
add_button (HrTemplatesDialog *self, AdwActionRow *row, HrTemplate *template, const char *icon, const char *name,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  /* Translators: what is done with a template, and its name */
  g_autofree char *label = g_strdup_printf (_ ("%s %s"), name, hr_template_get_name (template));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "hr-template", g_object_ref (template), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  adw_action_row_add_suffix (row, button);
}

static void
add_row (HrTemplatesDialog *self, HrTemplate *template)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hr_template_get_name (template));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hr_template_get_detail (template));
  if (hr_template_is_broken (template))
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  else
    add_button (self, ADW_ACTION_ROW (row), template, "document-edit-symbolic", _ ("Rename"), G_CALLBACK (rename_cb));
  add_button (self, ADW_ACTION_ROW (row), template, "user-trash-symbolic", _ ("Remove"), G_CALLBACK (remove_cb));
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
refresh (HrTemplatesDialog *self)
{
  g_autoptr (GListModel) templates = hr_templates_read (self->folder);
  guint n = g_list_model_get_n_items (templates);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrTemplate) template = g_list_model_get_item (templates, i);

      add_row (self, template);
    }
  adw_preferences_group_set_description (
      self->group, n > 0 ? _ ("A template is applied with the model of the selected configuration.")
                         : _ ("No template yet. “Save as Template” keeps how the selected configuration runs."));
}

static void
hr_templates_dialog_dispose (GObject *object)
{
  HrTemplatesDialog *self = HR_TEMPLATES_DIALOG (object);

  g_clear_object (&self->folder);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (hr_templates_dialog_parent_class)->dispose (object);
}

static void
hr_templates_dialog_class_init (HrTemplatesDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_templates_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_templates_dialog_init (HrTemplatesDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), self->group);
  gtk_widget_set_vexpand (self->page, TRUE);
  hr_accessible_name_part (self->page, GTK_TYPE_SCROLLED_WINDOW, _ ("Templates"));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->page);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Templates"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

GtkWidget *
hr_templates_dialog_new (GtkWindow *parent, GFile *folder)
{
  HrTemplatesDialog *self = g_object_new (HR_TYPE_TEMPLATES_DIALOG, "transient-for", parent, NULL);

  self->folder = g_object_ref (folder);
  refresh (self);

  return GTK_WIDGET (self);
}
