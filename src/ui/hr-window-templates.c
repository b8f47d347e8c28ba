/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-compat.h"
#include "hr-templates-dialog.h"
#include "model/hr-labels.h"
#include "model/hr-template.h"

#include <glib/gi18n-lib.h>

static char *
menu_label (HrTemplate *template)
{
  g_auto (GStrv) halves = g_strsplit (hr_template_get_name (template), "_", -1);
  g_autofree char *name = g_strjoinv ("__", halves);

  /* Translators: the name of a file of a template in a menu */
  return hr_template_is_broken (template) ? g_strdup_printf (_ ("%s (cannot be read)"), name) : g_steal_pointer (&name);
}

void
hr_window_fill_templates (HrWindow *self)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autoptr (GListModel) templates = hr_templates_read (folder);
  guint n = g_list_model_get_n_items (templates);

  g_menu_remove_all (self->templates_menu);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrTemplate) template = g_list_model_get_item (templates, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_autofree char *label = menu_label (template);

      g_menu_item_set_label (item, label);
      if (hr_template_is_broken (template))
        g_menu_item_set_detailed_action (item, "win.manage-templates");
      else
        g_menu_item_set_action_and_target (item, "win.add-template", "s", hr_template_get_name (template));
      g_menu_append_item (self->templates_menu, item);
    }
  if (n > 0)
    g_menu_append (self->templates_menu, _ ("_Manage Templates…"), "win.manage-templates");
}

/* Returns: (transfer full) (nullable): the first template called @name that can be read. */
static HrTemplate *
find (const char *name)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autoptr (GListModel) templates = hr_templates_read (folder);

  for (guint i = 0; i < g_list_model_get_n_items (templates); i++)
    {
      g_autoptr (HrTemplate) template = g_list_model_get_item (templates, i);

      if (!hr_template_is_broken (template) && g_str_equal (hr_template_get_name (template), name))
        return g_steal_pointer (&template);
    }

  return NULL;
}

static void
add_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  HrProject *project = hr_document_get_project (self->document);
  g_autoptr (HrTemplate) template = find (g_variant_get_string (parameter, NULL));
  HrConfiguration *selected = hr_window_get_configuration (self);
  guint position = selected != NULL ? hr_project_find (project, selected) : G_MAXUINT;

  hr_window_commit (self);
  if (template == NULL)
    hr_window_toast (self, _ ("The template is not there any more"));
  else
    hr_selection_set_configuration (self->selection, hr_template_apply (template, project, position, selected));
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrWindow *self = HR_WINDOW (source);
  g_autoptr (HrConfiguration) configuration = user_data;
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autofree char *name = hr_compat_ask_text_finish (result);
  g_autoptr (GError) error = NULL;

  if (name == NULL || self->document == NULL
      || hr_project_find (hr_document_get_project (self->document), configuration) == G_MAXUINT)
    return;
  if (!hr_template_save (folder, configuration, name, &error))
    {
      hr_window_tell_failure (self, _ ("The Template Could Not Be Saved"), error->message);
      return;
    }

  /* Translators: the name of a template */
  g_autofree char *message = g_strdup_printf (_ ("Saved template “%s”"), name);
  hr_window_toast (self, message);
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  HrConfiguration *configuration = hr_window_get_configuration (self);

  hr_window_commit (self);
  hr_compat_ask_text_async (GTK_WINDOW (self), _ ("Save as Template"), _ ("Name of the template"),
                            hr_job_title (hr_configuration_get_job (configuration)), _ ("_Save"), named_cb,
                            g_object_ref (configuration));
}

static void
manage_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();

  gtk_window_present (GTK_WINDOW (hr_templates_dialog_new (GTK_WINDOW (widget), folder)));
}

void
hr_window_install_template_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-template", "s", add_cb);
  gtk_widget_class_install_action (widget_class, "win.save-template", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "win.manage-templates", NULL, manage_cb);
}
