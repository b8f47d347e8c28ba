/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-compat.h"
#include "hr-export.h"
#include "hr-recent.h"
#include "hr-save-changes.h"
#include "hr-save-name.h"
#include "hr-save.h"
#include "hr-session.h"
#include "hr-settings.h"
#include "io/hr-safe-file.h"

#include <glib/gi18n-lib.h>

/* What the schema allows. */
#define NARROWEST_WIDTH 360
#define LOWEST_HEIGHT 294

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_free (hr_compat_ask_finish (result));
}

void
hr_window_tell_failure (HrWindow *self, const char *heading, const char *message)
{
  const char *const responses[] = { "close", _ ("_Close"), "", NULL };

  hr_compat_ask_async (GTK_WINDOW (self), heading, message, responses, "close", told_cb, NULL);
}

static HrWindow *
find_window (HrWindow *self, GFile *file)
{
  for (GList *l = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self))); l != NULL; l = l->next)
    {
      GFile *shown = HR_IS_WINDOW (l->data) ? hr_document_get_file (HR_WINDOW (l->data)->document) : NULL;

      if (shown != NULL && g_file_equal (shown, file))
        return l->data;
    }

  return NULL;
}

static void
show_document (HrWindow *self, HrDocument *document)
{
  if (hr_document_is_pristine (self->document))
    hr_window_set_document (self, document);
  else
    gtk_window_present (GTK_WINDOW (hr_window_new (gtk_window_get_application (GTK_WINDOW (self)), document)));
}

static void
new_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (hr_window_new_empty (gtk_window_get_application (GTK_WINDOW (widget)))));
}

static void
open_sample_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (HrDocument) document = hr_document_new_sample (NULL);

  show_document (HR_WINDOW (widget), document);
}

static void
open_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = hr_compat_file_finish (result, NULL);

  if (file != NULL)
    hr_window_open_file (HR_WINDOW (source), file);
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_open_file_async (GTK_WINDOW (widget), _ ("Open Project"), "*" HR_PROJECT_SUFFIX, _ ("Headroom projects"),
                             open_chosen_cb, NULL);
}

static void
open_uri_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  hr_window_open_file (HR_WINDOW (widget), file);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrWindow *self = HR_WINDOW (source);

  if (hr_save_finish (result))
    hr_recent_add (hr_document_get_file (self->document));
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);
  hr_save_async (GTK_WINDOW (self), self->document, g_str_equal (action_name, "win.save-as"), saved_cb, NULL);
}

static void
write_export (HrWindow *self, const HrExportFormat *format, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_export_make (format, self->selection, hr_window_get_export_view (self), &error);

  if (bytes == NULL || !hr_safe_file_write (file, bytes, NULL, NULL, &error))
    {
      hr_window_tell_failure (self, _ ("The Export Failed"), error->message);
      return;
    }

  g_autofree char *base_name = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base_name);
  g_autofree char *message = g_strdup_printf (_ ("Exported “%s”"), name);
  hr_window_toast (self, message);
}

static void
export_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = hr_save_name_finish (result);

  if (file != NULL)
    write_export (HR_WINDOW (source), user_data, file);
}

static void
export_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  const HrExportFormat *format = hr_export_format (g_variant_get_string (parameter, NULL));

  g_return_if_fail (format != NULL);

  g_autofree char *suffix = g_strconcat (".", format->ending, NULL);
  const char *name = hr_project_get_data (hr_document_get_project (self->document))->name;

  hr_window_commit (self);
  hr_save_name_async (GTK_WINDOW (self), _ ("Export"), name, hr_document_get_file (self->document), suffix,
                      export_chosen_cb, (gpointer) format);
}

static void
close_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
remember_session (HrWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL)
    hr_session_remember (application);
}

static void
active_cb (HrWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    hr_document_banner_check (self->document_banner);
}

void
hr_window_guard_file (HrWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  g_signal_connect (self, "notify::document", G_CALLBACK (remember_session), NULL);
  g_signal_group_connect_swapped (self->document_signals, "notify::file", G_CALLBACK (remember_session), self);
}

static void
remember_size (HrWindow *self)
{
  GSettings *settings = hr_settings_get_default ();
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, NARROWEST_WIDTH));
  g_settings_set_int (settings, "window-height", MAX (height, LOWEST_HEIGHT));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

/* What is not saved is not wanted. */
static void
go (HrWindow *self)
{
  remember_size (self);
  remember_session (self);
  hr_document_banner_discard (self->document_banner);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
changes_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HrWindow *self = HR_WINDOW (source);
  gboolean may_close = hr_save_changes_finish (result);

  self->asking = FALSE;
  if (may_close)
    go (self);
  g_task_return_boolean (task, may_close);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  hr_window_close_finish (result);
}

gboolean
hr_window_close_request (GtkWindow *window)
{
  hr_window_close_async (HR_WINDOW (window), closed_cb, NULL);

  return GDK_EVENT_STOP;
}

void
hr_window_close_async (HrWindow *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (HR_IS_WINDOW (self));

  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  hr_window_commit (self);
  if (self->asking)
    {
      g_task_return_boolean (task, FALSE);
    }
  else if (hr_document_is_modified (self->document))
    {
      self->asking = TRUE;
      gtk_window_present (GTK_WINDOW (self));
      hr_save_changes_async (GTK_WINDOW (self), self->document, changes_settled_cb, g_steal_pointer (&task));
    }
  else
    {
      go (self);
      g_task_return_boolean (task, TRUE);
    }
}

gboolean
hr_window_close_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
hr_window_open_file (HrWindow *self, GFile *file)
{
  g_return_if_fail (HR_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  HrWindow *showing = find_window (self, file);
  g_autoptr (HrDocument) document = hr_document_new ();
  g_autoptr (GError) error = NULL;

  if (showing != NULL)
    {
      gtk_window_present (GTK_WINDOW (showing));
    }
  else if (hr_document_load (document, file, &error))
    {
      show_document (self, document);
      hr_recent_add (file);
    }
  else
    {
      hr_window_tell_failure (self, _ ("The File Could Not Be Opened"), error->message);
    }
}

void
hr_window_install_file_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter_type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.new", NULL, new_cb },
    { "win.open", NULL, open_cb },
    { "win.open-sample", NULL, open_sample_cb },
    { "win.open-uri", "s", open_uri_cb },
    { "win.save", NULL, save_cb },
    { "win.save-as", NULL, save_cb },
    { "win.export-chart", "s", export_cb },
    { "win.export-table", "s", export_cb },
    { "win.export-report", "s", export_cb },
    { "win.close", NULL, close_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
}
