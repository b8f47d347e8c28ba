/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-project-clipboard.h"

#include "hr-configuration-private.h"
#include "hr-labels.h"
#include "hr-project-names.h"
#include "hr-project-private.h"
#include "io/hr-error.h"
#include "io/hr-project-gpus.h"
#include "io/hr-project-io.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
hr_project_copy (HrProject *self, GListModel *configurations)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (configurations); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      g_ptr_array_add (entries, hr_configuration_get_entry (configuration));
    }

  return hr_entries_serialize (entries, hr_project_get_data (self)->gpus);
}

void
hr_project_remove_all (HrProject *self, GListModel *configurations, const char *label)
{
  g_return_if_fail (HR_IS_PROJECT (self));

  HrProjectData *data = hr_project_data_copy (hr_project_get_data (self));

  for (guint i = 0; i < g_list_model_get_n_items (configurations); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      g_ptr_array_remove (data->entries, hr_configuration_get_entry (configuration));
    }
  hr_project_edit (self, data, label, NULL);
}

/* What a project of this program already has of an id counts. */
static void
carry_gpus (HrProjectData *data, const HrProjectData *pasted)
{
  for (guint i = 0; i < pasted->gpus->len && data->gpus->len < HR_MAX_PROJECT_GPUS; i++)
    {
      HrOwnEntry *gpu = g_ptr_array_index (pasted->gpus, i);
      const char *id = hr_own_entry_get_gpu (gpu)->gpu.id;
      gboolean used = FALSE;

      for (guint n = 0; n < pasted->entries->len; n++)
        used |= strcmp (hr_entry_get_job (pasted->entries->pdata[n])->gpu.id, id) == 0;
      if (used && hr_project_gpus_find (data->gpus, id) == NULL)
        g_ptr_array_add (data->gpus, hr_own_entry_ref (gpu));
    }
}

/* Names and ids of those that are there already count for the next. */
static void
insert (HrProjectData *data, guint position, HrEntry *pasted)
{
  HrJob job = *hr_entry_get_job (pasted);
  g_autofree char *name = g_strdup (hr_job_title (&job));

  hr_project_name_uniquely (data, &job, name);
  hr_project_name_id (data, &job);
  g_ptr_array_insert (data->entries, (int) position, hr_entry_new (&job, hr_entry_get_architecture (pasted), pasted));
}

static char *
label_of (const HrProjectData *pasted)
{
  guint n = pasted->entries->len;

  if (n == 1)
    /* Translators: the name of a configuration */
    return g_strdup_printf (_ ("Paste %s"), hr_job_title (hr_entry_get_job (pasted->entries->pdata[0])));

  return g_strdup_printf (ngettext ("Paste %u configuration", "Paste %u configurations", n), n);
}

HrConfiguration *
hr_project_paste (HrProject *self, guint position, const HrProjectData *pasted, GError **error)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  const HrProjectData *before = hr_project_get_data (self);
  guint first = position < before->entries->len ? position + 1 : before->entries->len;

  if (before->entries->len + pasted->entries->len > HR_MAX_CONFIGURATIONS)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("A project has at most %d configurations."),
                   HR_MAX_CONFIGURATIONS);
      return NULL;
    }

  HrProjectData *data = hr_project_data_copy (before);
  g_autofree char *label = label_of (pasted);

  carry_gpus (data, pasted);
  for (guint i = 0; i < pasted->entries->len; i++)
    insert (data, first + i, pasted->entries->pdata[i]);
  if (!hr_project_edit (self, data, label, NULL))
    {
      g_set_error_literal (error, HR_ERROR, HR_ERROR_VERSION,
                           _ ("A newer program made this project: it is never written."));
      return NULL;
    }

  return hr_project_get_configuration (self, first);
}
