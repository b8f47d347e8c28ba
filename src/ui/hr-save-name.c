/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-save-name.h"

#include "hr-compat.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *title;
  char *name; /* of the file, proposed */
  char *suffix;
  GFile *folder; /* (nullable) */
  GFile *file;   /* (nullable): chosen */
} SaveName;

static void ask (GTask *task);

static void
free_save_name (gpointer data)
{
  SaveName *self = data;

  g_free (self->title);
  g_free (self->name);
  g_free (self->suffix);
  g_clear_object (&self->folder);
  g_clear_object (&self->file);
  g_free (self);
}

static GFile *
add_suffix (GFile *file, const char *suffix)
{
  g_autofree char *name = g_file_get_basename (file);

  if (g_str_has_suffix (name, suffix))
    return g_object_ref (file);

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *longer = g_strconcat (name, suffix, NULL);

  return g_file_get_child (folder, longer);
}

static void
replace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveName *self = g_task_get_task_data (task);
  g_autofree char *response = hr_compat_ask_finish (result);

  if (g_str_equal (response, "replace"))
    g_task_return_pointer (task, g_steal_pointer (&self->file), g_object_unref);
  else
    ask (g_steal_pointer (&task));
}

/* The file chooser asked about the name as it was typed, not about the one with the ending. */
static void
ask_replace (GTask *task)
{
  SaveName *self = g_task_get_task_data (task);
  g_autofree char *base_name = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base_name);
  g_autofree char *heading = g_strdup_printf (_ ("Replace “%s”?"), name);
  const char *const responses[] = { "cancel", _ ("_Cancel"), "", "replace", _ ("_Replace"), "destructive", NULL };

  hr_compat_ask_async (g_task_get_source_object (task), heading,
                       _ ("A file of that name is there already. Replacing it loses what is in it."), responses,
                       "cancel", replace_cb, task);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveName *self = g_task_get_task_data (task);
  g_autoptr (GFile) chosen = hr_compat_file_finish (result, NULL);

  g_clear_object (&self->file);
  self->file = chosen != NULL ? add_suffix (chosen, self->suffix) : NULL;

  if (self->file != NULL && !g_file_equal (self->file, chosen) && g_file_query_exists (self->file, NULL))
    ask_replace (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->file), g_object_unref);
}

/* Takes the task. */
static void
ask (GTask *task)
{
  SaveName *self = g_task_get_task_data (task);

  hr_compat_save_file_async (g_task_get_source_object (task), self->title, self->name, self->folder, chosen_cb, task);
}

void
hr_save_name_async (GtkWindow *parent, const char *title, const char *name, GFile *beside, const char *suffix,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  SaveName *self = g_new0 (SaveName, 1);
  g_autofree char *stem
      = g_strdelimit (g_strdup (name != NULL && *name != '\0' ? name : _ ("Untitled")), G_DIR_SEPARATOR_S, '-');

  self->title = g_strdup (title);
  self->name = g_str_has_suffix (stem, suffix) ? g_strdup (stem) : g_strconcat (stem, suffix, NULL);
  self->suffix = g_strdup (suffix);
  self->folder = beside != NULL ? g_file_get_parent (beside) : NULL;
  g_task_set_source_tag (task, hr_save_name_async);
  g_task_set_task_data (task, self, free_save_name);
  ask (task);
}

GFile *
hr_save_name_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
