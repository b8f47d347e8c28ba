/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-private.h"
#include "hr-labels.h"
#include "hr-project-names.h"
#include "hr-project-private.h"

#include <glib/gi18n-lib.h>

/* The model of a configuration that is made like no other. */
#define FIRST_MODEL_ID "meta-llama/Meta-Llama-3-8B"

static HrConfiguration *
insert (HrProject *self, guint position, HrEntry *entry, const char *label)
{
  const HrProjectData *data = hr_project_get_data (self);

  if (data->entries->len >= HR_MAX_CONFIGURATIONS)
    return NULL;

  HrProjectData *edited = hr_project_data_copy (data);
  g_ptr_array_insert (edited->entries, (int) position, hr_entry_ref (entry));

  return hr_project_edit (self, edited, label, NULL) ? hr_project_get_configuration (self, position) : NULL;
}

HrConfiguration *
hr_project_add (HrProject *self, guint position, HrTask task, HrMethod method, HrConfiguration *like)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (self));
  HrJob job;

  if (like == NULL && n_configurations > 0)
    like = hr_project_get_configuration (self, n_configurations - 1);
  if (like != NULL)
    job = *hr_configuration_get_job (like);
  else
    hr_job_init (&job);
  if (like == NULL)
    hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, FIRST_MODEL_ID);

  hr_job_apply_template (&job, task, method);
  g_autofree char *name = hr_project_template_name (&job);
  hr_project_name_uniquely (hr_project_get_data (self), &job, name);
  hr_project_name_id (hr_project_get_data (self), &job);

  g_autoptr (HrEntry) entry = hr_entry_new (&job, like != NULL ? hr_configuration_get_architecture (like) : NULL, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Add %s"), job.name);
  return insert (self, position < n_configurations ? position + 1 : n_configurations, entry, label);
}

HrConfiguration *
hr_project_duplicate (HrProject *self, HrConfiguration *configuration)
{
  guint position = hr_project_find (self, configuration);

  g_return_val_if_fail (position != G_MAXUINT, NULL);

  HrJob job = *hr_configuration_get_job (configuration);
  g_autofree char *label = g_strdup_printf (_ ("Duplicate %s"), hr_job_title (&job));
  hr_project_name_uniquely (hr_project_get_data (self), &job, hr_configuration_get_job (configuration)->name);
  hr_project_name_id (hr_project_get_data (self), &job);

  HrEntry *like = hr_configuration_get_entry (configuration);
  g_autoptr (HrEntry) entry = hr_entry_new (&job, hr_entry_get_architecture (like), like);
  return insert (self, position + 1, entry, label);
}

void
hr_project_remove (HrProject *self, HrConfiguration *configuration)
{
  guint position = hr_project_find (self, configuration);

  g_return_if_fail (position != G_MAXUINT);

  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), hr_job_title (hr_configuration_get_job (configuration)));

  g_ptr_array_remove_index (data->entries, position);
  hr_project_edit (self, data, label, NULL);
}

void
hr_project_move (HrProject *self, HrConfiguration *configuration, guint position)
{
  guint from = hr_project_find (self, configuration);

  g_return_if_fail (from != G_MAXUINT);
  g_return_if_fail (position < g_list_model_get_n_items (G_LIST_MODEL (self)));

  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));
  g_autofree char *label = g_strdup_printf (_ ("Move %s"), hr_job_title (hr_configuration_get_job (configuration)));

  g_ptr_array_insert (data->entries, (int) position, g_ptr_array_steal_index (data->entries, from));
  hr_project_edit (self, data, label, NULL);
}

/* The name of the only one of @configurations. */
static const char *
only_title (GListModel *configurations)
{
  g_autoptr (HrConfiguration) first = g_list_model_get_item (configurations, 0);

  return hr_job_title (hr_configuration_get_job (first));
}

/* Takes the entries of @configurations out of @data. Returns: (element-type HrEntry): what was taken. */
static GPtrArray *
take_entries (HrProject *self, HrProjectData *data, GListModel *configurations)
{
  guint n = g_list_model_get_n_items (configurations);
  GPtrArray *taken = g_ptr_array_new_full (n, (GDestroyNotify) hr_entry_unref);

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i - 1);

      g_ptr_array_insert (taken, 0, g_ptr_array_steal_index (data->entries, hr_project_find (self, configuration)));
    }

  return taken;
}

static gboolean
are_of_project (HrProject *self, GListModel *configurations)
{
  for (guint i = 0; i < g_list_model_get_n_items (configurations); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      if (hr_project_find (self, configuration) == G_MAXUINT)
        return FALSE;
    }

  return g_list_model_get_n_items (configurations) > 0;
}

void
hr_project_remove_several (HrProject *self, GListModel *configurations)
{
  g_return_if_fail (HR_IS_PROJECT (self));
  g_return_if_fail (are_of_project (self, configurations));

  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));
  g_autoptr (GPtrArray) taken = take_entries (self, data, configurations);
  guint n = g_list_model_get_n_items (configurations);
  g_autofree char *label
      = n == 1 ? g_strdup_printf (_ ("Remove %s"), only_title (configurations))
               : g_strdup_printf (ngettext ("Remove %u Configuration", "Remove %u Configurations", n), n);

  hr_project_edit (self, data, label, NULL);
}

/* Returns: (transfer full): a copy of @configuration with an id and a name that @data does not have. */
static HrEntry *
copy_entry (const HrProjectData *data, HrConfiguration *configuration)
{
  HrEntry *like = hr_configuration_get_entry (configuration);
  HrJob job = *hr_entry_get_job (like);

  hr_project_name_uniquely (data, &job, hr_entry_get_job (like)->name);
  hr_project_name_id (data, &job);
  return hr_entry_new (&job, hr_entry_get_architecture (like), like);
}

HrConfiguration *
hr_project_duplicate_several (HrProject *self, GListModel *configurations)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);
  g_return_val_if_fail (are_of_project (self, configurations), NULL);

  guint n = g_list_model_get_n_items (configurations);
  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));
  g_autoptr (HrConfiguration) last = g_list_model_get_item (configurations, n - 1);
  guint position = hr_project_find (self, last) + 1;
  g_autofree char *label
      = n == 1 ? g_strdup_printf (_ ("Duplicate %s"), only_title (configurations))
               : g_strdup_printf (ngettext ("Duplicate %u Configuration", "Duplicate %u Configurations", n), n);

  if (data->entries->len + n > HR_MAX_CONFIGURATIONS)
    {
      hr_project_data_free (data);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      g_ptr_array_insert (data->entries, (int) (position + i), copy_entry (data, configuration));
    }

  return hr_project_edit (self, data, label, NULL) ? hr_project_get_configuration (self, position) : NULL;
}

void
hr_project_move_several (HrProject *self, GListModel *configurations, guint position)
{
  g_return_if_fail (HR_IS_PROJECT (self));
  g_return_if_fail (are_of_project (self, configurations));
  g_return_if_fail (position <= g_list_model_get_n_items (G_LIST_MODEL (self)));

  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));
  guint n = g_list_model_get_n_items (configurations);
  g_autofree char *label = n == 1
                               ? g_strdup_printf (_ ("Move %s"), only_title (configurations))
                               : g_strdup_printf (ngettext ("Move %u Configuration", "Move %u Configurations", n), n);
  guint to = position;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      to -= hr_project_find (self, configuration) < position;
    }

  g_autoptr (GPtrArray) taken = take_entries (self, data, configurations);
  for (guint i = 0; i < taken->len; i++)
    g_ptr_array_insert (data->entries, (int) (to + i), hr_entry_ref (taken->pdata[i]));
  hr_project_edit (self, data, label, NULL);
}
