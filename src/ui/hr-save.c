/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-save.h"

#include "hr-compat.h"
#include "hr-save-name.h"
#include "io/hr-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  HrDocument *document;
  GFile *file; /* (nullable): chosen now; NULL: the document's own */
} Save;

static void ask_where (GTask *task);
static void save (GTask *task, gboolean overwrite);

static void
free_save (gpointer data)
{
  Save *self = data;

  g_object_unref (self->document);
  g_clear_object (&self->file);
  g_free (self);
}

static char *
display_name (GFile *file)
{
  g_autofree char *base_name = g_file_get_basename (file);

  return g_filename_display_name (base_name);
}

static void
failed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = hr_compat_ask_finish (result);

  if (g_str_equal (response, "save-as"))
    ask_where (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, FALSE);
}

static void
tell_failure (GTask *task, const char *heading, const char *message)
{
  const char *const responses[] = { "close", _ ("_Close"), "", "save-as", _ ("Sa_ve As…"), "suggested", NULL };

  hr_compat_ask_async (g_task_get_source_object (task), heading, message, responses, "close", failed_cb, task);
}

static void
reload (GTask *task)
{
  Save *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (hr_document_reload (self->document, &error))
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
    }
  else
    tell_failure (task, _ ("The File Could Not Be Opened"), error->message);
}

static void
conflict_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = hr_compat_ask_finish (result);

  if (g_str_equal (response, "overwrite"))
    save (g_steal_pointer (&task), TRUE);
  else if (g_str_equal (response, "save-as"))
    ask_where (g_steal_pointer (&task));
  else if (g_str_equal (response, "reload"))
    reload (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, FALSE);
}

static void
ask_about_changed (GTask *task, const char *name)
{
  g_autofree char *body = g_strdup_printf (
      _ ("Another program has changed “%s” since it was opened here. Overwriting loses what that program wrote; "
         "reloading can be undone."),
      name);
  const char *const responses[]
      = { "cancel",         _ ("_Cancel"), "",        "reload",        _ ("_Reload"), "",  "overwrite",
          _ ("_Overwrite"), "destructive", "save-as", _ ("Sa_ve As…"), "suggested",   NULL };

  hr_compat_ask_async (g_task_get_source_object (task), _ ("The File Has Changed"), body, responses, "cancel",
                       conflict_cb, task);
}

static void
ask_about_gone (GTask *task, const char *name)
{
  g_autofree char *body = g_strdup_printf (_ ("“%s” was moved, renamed or deleted since it was opened here."), name);
  const char *const responses[] = { "cancel",  _ ("_Cancel"),   "",          "overwrite", _ ("_Save Again"), "",
                                    "save-as", _ ("Sa_ve As…"), "suggested", NULL };

  hr_compat_ask_async (g_task_get_source_object (task), _ ("The File Is Gone"), body, responses, "cancel", conflict_cb,
                       task);
}

static void
ask_conflict (GTask *task)
{
  Save *self = g_task_get_task_data (task);
  GFile *file = hr_document_get_file (self->document);
  g_autofree char *name = display_name (file);

  if (g_file_query_exists (file, NULL))
    ask_about_changed (task, name);
  else
    ask_about_gone (task, name);
}

/* Takes the task. */
static void
save (GTask *task, gboolean overwrite)
{
  Save *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (hr_document_save (self->document, self->file, overwrite, &error))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (g_error_matches (error, HR_ERROR, HR_ERROR_CHANGED))
    ask_conflict (task);
  else
    tell_failure (task, _ ("The Project Could Not Be Saved"), error->message);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *self = g_task_get_task_data (task);

  g_clear_object (&self->file);
  self->file = hr_save_name_finish (result);
  if (self->file != NULL)
    save (g_steal_pointer (&task), FALSE);
  else
    g_task_return_boolean (task, FALSE);
}

/* Takes the task. */
static void
ask_where (GTask *task)
{
  Save *self = g_task_get_task_data (task);
  GFile *file = hr_document_get_file (self->document);
  g_autofree char *name = file != NULL
                              ? display_name (file)
                              : g_strdup (hr_project_get_data (hr_document_get_project (self->document))->name);

  hr_save_name_async (g_task_get_source_object (task), _ ("Save Project"), name, file, HR_PROJECT_SUFFIX, chosen_cb,
                      task);
}

void
hr_save_async (GtkWindow *parent, HrDocument *document, gboolean as, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Save *self = g_new0 (Save, 1);

  self->document = g_object_ref (document);
  g_task_set_source_tag (task, hr_save_async);
  g_task_set_task_data (task, self, free_save);

  if (as || hr_document_get_file (document) == NULL)
    ask_where (task);
  else
    save (task, FALSE);
}

gboolean
hr_save_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
