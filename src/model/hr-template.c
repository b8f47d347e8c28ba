/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-template.h"

#include "hr-labels.h"
#include "hr-project-clipboard.h"
#include "io/hr-error.h"
#include "io/hr-pasted.h"
#include "io/hr-project-io.h"
#include "io/hr-safe-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".json"
#define FOLDER_MODE 0700

/* Of a file's name without its number and ending. */
#define MAX_NAME_BYTES 64

struct _HrTemplate
{
  GObject parent_instance;

  GFile *file;
  HrEntry *entry; /* (nullable): NULL: it is broken */
  char *name;
  char *detail;
};

G_DEFINE_FINAL_TYPE (HrTemplate, hr_template, G_TYPE_OBJECT)

static void
hr_template_finalize (GObject *object)
{
  HrTemplate *self = HR_TEMPLATE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->entry, hr_entry_unref);
  g_free (self->name);
  g_free (self->detail);

  G_OBJECT_CLASS (hr_template_parent_class)->finalize (object);
}

static void
hr_template_class_init (HrTemplateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_template_finalize;
}

static void
hr_template_init (HrTemplate *self)
{
}

GFile *
hr_template_default_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "headroom", "templates", NULL);
}

static HrEntry *
read_entry (GFile *file, GError **error)
{
  g_autofree char *name = hr_file_display_name (file);
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, HR_TEMPLATE_MAX_BYTES, NULL, error);
  g_autoptr (HrPasted) pasted = bytes != NULL ? hr_pasted_read (bytes, name, error) : NULL;

  if (pasted == NULL)
    return NULL;
  if (pasted->project == NULL || pasted->project->entries->len != 1)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("%s: is no template; allowed: one configuration"), name);
      return NULL;
    }

  return hr_entry_ref (g_ptr_array_index (pasted->project->entries, 0));
}

/* Reads the file; what is wrong with it is what there is to tell. */
static void
load (HrTemplate *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->entry, hr_entry_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->detail, g_free);
  self->entry = read_entry (self->file, &error);
  if (self->entry != NULL)
    {
      const HrJob *job = hr_entry_get_job (self->entry);

      self->name = g_strdup (hr_job_title (job));
      self->detail = hr_job_summary (job);
      return;
    }

  g_autofree char *base_name = g_file_get_basename (self->file);
  self->name = g_filename_display_name (base_name);
  self->detail = g_strdup (error->message);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer unused)
{
  const HrTemplate *left = a, *right = b;

  return g_utf8_collate (left->name, right->name);
}

GListModel *
hr_templates_read (GFile *folder)
{
  g_autoptr (GListStore) templates = g_list_store_new (HR_TYPE_TEMPLATE);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  while (dir != NULL && g_list_model_get_n_items (G_LIST_MODEL (templates)) < HR_MAX_TEMPLATES
         && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (HrTemplate) template = NULL;

      if (!g_str_has_suffix (name, SUFFIX) || *name == '.')
        continue;
      template = g_object_new (HR_TYPE_TEMPLATE, NULL);
      template->file = g_file_get_child (folder, name);
      load (template);
      g_list_store_insert_sorted (templates, template, compare_names, NULL);
    }

  return G_LIST_MODEL (g_steal_pointer (&templates));
}

/* Returns: (transfer full): a file that is not there yet, called like @name where file systems allow it. */
static GFile *
find_free_file (GFile *folder, const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *c = name; *c != '\0' && plain->len < MAX_NAME_BYTES; c++)
    g_string_append_c (plain, g_ascii_isalnum (*c) ? g_ascii_tolower (*c) : '-');

  for (guint number = 1;; number++)
    {
      g_autofree char *file_name = number == 1 ? g_strconcat (plain->str, SUFFIX, NULL)
                                               : g_strdup_printf ("%s-%u%s", plain->str, number, SUFFIX);
      g_autoptr (GFile) file = g_file_get_child (folder, file_name);

      if (!g_file_query_exists (file, NULL))
        return g_steal_pointer (&file);
    }
}

/* Writes what @job says of a way to run: nothing of a card, nothing that was measured or noted. */
static gboolean
write_job (GFile *file, HrJob job, const HrArchitecture *architecture, const char *name, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_entry_unref);
  HrJob usual;

  hr_job_init (&usual);
  job.gpu = usual.gpu;
  hr_field_set_text (hr_field (HR_JOB_ID), &job, "template");
  hr_field_set_text (hr_field (HR_JOB_NAME), &job, name);
  g_ptr_array_add (entries, hr_entry_new (&job, architecture, NULL));
  char *text = hr_entries_serialize (entries, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return hr_safe_file_write (file, bytes, NULL, NULL, error);
}

gboolean
hr_template_save (GFile *folder, HrConfiguration *configuration, const char *name, GError **error)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), FALSE);

  g_autoptr (GFile) file = NULL;

  if (g_mkdir_with_parents (g_file_peek_path (folder), FOLDER_MODE) != 0)
    {
      g_autofree char *folder_name = hr_file_display_name (folder);

      g_set_error (error, HR_ERROR, HR_ERROR_FILE, _ ("%s: the folder cannot be made; make it, or make room for it"),
                   folder_name);
      return FALSE;
    }
  file = find_free_file (folder, name);

  return write_job (file, *hr_configuration_get_job (configuration), hr_configuration_get_architecture (configuration),
                    name, error);
}

const char *
hr_template_get_name (HrTemplate *self)
{
  return self->name;
}

const char *
hr_template_get_detail (HrTemplate *self)
{
  return self->detail;
}

gboolean
hr_template_is_broken (HrTemplate *self)
{
  return self->entry == NULL;
}

gboolean
hr_template_rename (HrTemplate *self, const char *name, GError **error)
{
  g_return_val_if_fail (self->entry != NULL, FALSE);

  if (!write_job (self->file, *hr_entry_get_job (self->entry), hr_entry_get_architecture (self->entry), name, error))
    return FALSE;

  load (self);
  return TRUE;
}

gboolean
hr_template_remove (HrTemplate *self, GError **error)
{
  return g_file_trash (self->file, NULL, NULL) || g_file_delete (self->file, NULL, error);
}

HrConfiguration *
hr_template_apply (HrTemplate *self, HrProject *project, guint position, HrConfiguration *like)
{
  g_return_val_if_fail (self->entry != NULL, NULL);

  g_autoptr (HrProjectData) added = hr_project_data_new ("");
  HrJob job = *hr_entry_get_job (self->entry);

  if (like != NULL)
    hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, hr_configuration_get_job (like)->model_id);
  g_ptr_array_add (added->entries, hr_entry_new (&job,
                                                 like != NULL ? hr_configuration_get_architecture (like)
                                                              : hr_entry_get_architecture (self->entry),
                                                 NULL));

  return hr_project_paste (project, position, added, NULL);
}
