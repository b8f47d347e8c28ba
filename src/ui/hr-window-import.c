/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-compat.h"
#include "hr-import-patterns.h"
#include "io/hr-import.h"

#include <glib/gi18n-lib.h>

/* Reading that takes longer is worth telling of. */
#define TELL_READING_AFTER_MS 200

#define READ "read"
#define CANCEL "cancel"

/* A model that may be something else than it is read as. */
typedef struct
{
  GFile *file;          /* (nullable): it came as a text */
  HrModelImport *model; /* (nullable): taken once it is used */
} Guess;

static void
guess_free (Guess *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->model, hr_model_import_free);
  g_free (self);
}

static void
guess_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Guess *guess = user_data;
  g_autofree char *answer = hr_compat_ask_finish (result);

  if (g_strcmp0 (answer, READ) == 0)
    hr_window_apply_model (HR_WINDOW (source), guess->file, g_steal_pointer (&guess->model));
  guess_free (guess);
}

static void
ask_about_guess (HrWindow *self, GFile *file, HrModelImport *model)
{
  const char *const responses[] = { CANCEL, _ ("_Cancel"), "", READ, _ ("_Read as Llama-Like"), "suggested", NULL };
  g_autofree char *body = g_strdup_printf (_ ("%s: %s"), model->name, hr_model_import_guess (model));
  Guess *guess = g_new0 (Guess, 1);

  g_set_object (&guess->file, file);
  guess->model = model;
  hr_compat_ask_async (GTK_WINDOW (self), _ ("Unknown Type of Model"), body, responses, CANCEL, guess_answered_cb,
                       guess);
}

void
hr_window_take_model (HrWindow *self, GFile *file, HrModelImport *model)
{
  if (hr_model_import_guess (model) != NULL)
    ask_about_guess (self, file, model);
  else
    hr_window_apply_model (self, file, model);
}

static void
take (HrWindow *self, HrImport *import)
{
  switch (import->subject)
    {
    case HR_IMPORT_OF_PROJECT:
      hr_window_open_file (self, import->file);
      break;
    case HR_IMPORT_OF_MEASUREMENT:
      hr_window_add_measurement (self, import->file, NULL);
      break;
    case HR_IMPORT_OF_TRAINING:
      hr_window_apply_training (self, import->file);
      break;
    case HR_IMPORT_OF_MODEL:
      hr_window_take_model (self, import->file, g_steal_pointer (&import->model));
      break;
    default:
      g_return_if_reached ();
    }
}

static void
update_reading (HrWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel-import", self->n_importing > 0);
  if (self->n_importing > 0)
    return;

  g_autoptr (AdwToast) toast = g_steal_pointer (&self->reading_toast);
  g_clear_handle_id (&self->reading_source, g_source_remove);
  if (toast != NULL)
    hr_compat_dismiss_toast (self->toasts, toast);
}

static gboolean
tell_reading_cb (gpointer user_data)
{
  HrWindow *self = user_data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();
  AdwToast *toast = hr_window_toast (self, self->reading);

  self->reading_source = 0;
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (self->reading));
  adw_toast_set_custom_title (toast, box);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _ ("_Cancel"));
  adw_toast_set_action_name (toast, "win.cancel-import");
  g_set_object (&self->reading_toast, toast);

  return G_SOURCE_REMOVE;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HrImport) import = hr_import_finish (result, &error);

  if (self->document == NULL) /* closed */
    return;

  hr_window_end_reading (self);
  if (import != NULL)
    take (self, import);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hr_window_tell_not_imported (self, error);
}

GCancellable *
hr_window_begin_reading (HrWindow *self, const char *message)
{
  if (self->importing == NULL || g_cancellable_is_cancelled (self->importing))
    {
      g_clear_object (&self->importing);
      self->importing = g_cancellable_new ();
    }
  if (self->n_importing++ == 0)
    self->reading_source = g_timeout_add (TELL_READING_AFTER_MS, tell_reading_cb, self);
  self->reading = message;
  update_reading (self);
  return self->importing;
}

void
hr_window_end_reading (HrWindow *self)
{
  self->n_importing--;
  update_reading (self);
}

void
hr_window_import_file (HrWindow *self, GFile *file)
{
  hr_import_async (file, hr_window_begin_reading (self, _ ("Reading the Model…")), imported_cb, g_object_ref (self));
}

void
hr_window_drop_imports (HrWindow *self)
{
  g_clear_handle_id (&self->reading_source, g_source_remove);
  g_clear_object (&self->reading_toast);
  g_cancellable_cancel (self->importing);
  g_clear_object (&self->importing);
}

static void
cancel_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_cancellable_cancel (HR_WINDOW (widget)->importing);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = hr_compat_file_finish (result, NULL);

  if (file != NULL)
    hr_window_import_file (HR_WINDOW (source), file);
}

static void
import_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_open_file_async (GTK_WINDOW (widget), _ ("Import"), HR_IMPORT_PATTERNS,
                             _ ("Models, adapters and training files"), chosen_cb, NULL);
}

static void
import_uri_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  hr_window_import_file (HR_WINDOW (widget), file);
}

void
hr_window_install_import_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "win.import-uri", "s", import_uri_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel-import", NULL, cancel_cb);
}
