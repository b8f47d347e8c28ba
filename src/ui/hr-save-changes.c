/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-save-changes.h"

#include "hr-compat.h"
#include "hr-save.h"

#include <glib/gi18n-lib.h>

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, hr_save_finish (result));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = hr_compat_ask_finish (result);

  if (g_str_equal (response, "save"))
    hr_save_async (GTK_WINDOW (source), g_task_get_task_data (task), FALSE, saved_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, g_str_equal (response, "discard"));
}

void
hr_save_changes_async (GtkWindow *parent, HrDocument *document, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  g_autofree char *title = NULL;
  const char *const responses[] = { "cancel",      _ ("_Cancel"), "",          "discard",   _ ("_Discard"),
                                    "destructive", "save",        _ ("_Save"), "suggested", NULL };

  g_task_set_source_tag (task, hr_save_changes_async);
  g_task_set_task_data (task, g_object_ref (document), g_object_unref);

  g_object_get (document, "title", &title, NULL);
  g_autofree char *body
      = g_strdup_printf (_ ("“%s” has changes that are not saved. They are lost if you discard them."), title);
  hr_compat_ask_async (parent, _ ("Save Changes?"), body, responses, "cancel", answered_cb, task);
}

gboolean
hr_save_changes_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
