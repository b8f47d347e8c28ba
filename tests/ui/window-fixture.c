/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/hr-compare-view.h"

#include <glib/gstdio.h>

/* One for all tests: a process has one only. */
static GtkApplication *
get_application (void)
{
  static AdwApplication *application;

  if (application == NULL)
    {
      application = adw_application_new ("io.github.headroom.Test", G_APPLICATION_NON_UNIQUE);
      g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
    }

  return GTK_APPLICATION (application);
}

void
window_fixture_set_up (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  self->application = get_application ();

  g_autoptr (HrDocument) sample = hr_document_new_sample (&error);
  g_assert_no_error (error);

  self->window = HR_WINDOW (hr_window_new (self->application, sample));
  self->document = hr_window_get_document (self->window);
  self->project = hr_document_get_project (self->document);
  g_object_get (ui_find (GTK_WIDGET (self->window), HR_TYPE_COMPARE_VIEW), "selection", &self->selection, NULL);

  self->folder = g_dir_make_tmp ("headroom-test-XXXXXX", &error);
  g_assert_no_error (error);

  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  ui_settle ();
}

void
window_fixture_tear_down (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *window = window_fixture_count (self) > 0 ? GTK_WIDGET (self->window) : NULL;

  if (window != NULL)
    g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);

  g_clear_object (&self->selection);
  g_list_free_full (g_list_copy (gtk_application_get_windows (self->application)), (GDestroyNotify) gtk_window_destroy);
  ui_wait_for (window == NULL);
  window_fixture_remove_folder (self);
  g_free (self->folder);
}

guint
window_fixture_count (WindowFixture *self)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    n += HR_IS_WINDOW (l->data);

  return n;
}

GFile *
window_fixture_write (WindowFixture *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

GFile *
window_fixture_save (WindowFixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  GFile *file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  hr_document_save (self->document, file, TRUE, &error);
  g_assert_no_error (error);

  return file;
}

void
window_fixture_activate (WindowFixture *self, const char *name, const char *target)
{
  GVariant *parameter = target != NULL ? g_variant_new_string (target) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (self->window), name, parameter));
  ui_settle ();
}

/* Widgets do not tell it; a button of the action shows it. */
gboolean
window_fixture_is_enabled (WindowFixture *self, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), name);
  gtk_widget_set_parent (button, GTK_WIDGET (self->window));

  gboolean enabled = gtk_widget_get_sensitive (button);

  gtk_widget_unparent (button);

  return enabled;
}

GtkWidget *
window_fixture_dialog (WindowFixture *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data)
        && gtk_window_get_transient_for (l->data) == GTK_WINDOW (self->window))
      return l->data;

  return NULL;
}

char *
window_fixture_answer (WindowFixture *self, const char *response)
{
  ui_wait_for (window_fixture_dialog (self) != NULL);

  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (window_fixture_dialog (self));
  const char *body = adw_message_dialog_get_body (dialog);
  char *question = g_strdup_printf ("%s\n%s", adw_message_dialog_get_heading (dialog), body != NULL ? body : "");

  g_assert_true (adw_message_dialog_has_response (dialog, response));
  g_signal_emit_by_name (ui_find_button (GTK_WIDGET (dialog), adw_message_dialog_get_response_label (dialog, response)),
                         "clicked");
  ui_settle ();

  return question;
}

guint
window_fixture_size (WindowFixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->project));
}

void
window_fixture_remove_folder (WindowFixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (self->folder, name, NULL);
      g_remove (file);
    }
  g_rmdir (self->folder);
}
