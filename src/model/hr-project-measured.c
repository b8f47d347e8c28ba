/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-project-measured.h"

#include "hr-labels.h"
#include "hr-project-private.h"
#include "io/hr-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_of_model (const HrMeasurement *measurement, const HrJob *job)
{
  return strcmp (measurement->model, job->model_id) == 0;
}

HrConfiguration *
hr_project_find_measured (HrProject *self, const HrMeasurement *measurement)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (self, i);
      const HrJob *job = hr_configuration_get_job (configuration);

      if (strcmp (job->id, measurement->id) == 0 && is_of_model (measurement, job))
        return configuration;
    }

  return NULL;
}

gboolean
hr_project_add_measurement (HrProject *self, HrConfiguration *configuration, const HrMeasurement *measurement,
                            GError **error)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), FALSE);

  const HrJob *job = hr_configuration_get_job (configuration);
  g_autofree char *label = g_strdup_printf (_ ("Add Measurement to %s"), hr_job_title (job));

  if (!is_of_model (measurement, job))
    {
      /* Translators: names of a model that was run, of a configuration, and of that one's model */
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("“%s” was measured, but “%s” is a plan for “%s”."),
                   measurement->model, hr_job_title (job), job->model_id);
      return FALSE;
    }

  g_autoptr (HrEntry) entry = hr_entry_with_measured (hr_configuration_get_entry (configuration), measurement->figures,
                                                      measurement->n_figures);
  if (hr_project_replace_entry (self, configuration, entry, label, NULL))
    return TRUE;

  g_set_error_literal (error, HR_ERROR, HR_ERROR_VERSION,
                       _ ("A newer program made this project: it is never written."));
  return FALSE;
}

void
hr_project_remove_measured (HrProject *self, HrConfiguration *configuration, guint index)
{
  g_return_if_fail (HR_IS_PROJECT (self));

  g_autofree char *label
      = g_strdup_printf (_ ("Remove Measurement of %s"), hr_configuration_get_job (configuration)->name);
  g_autoptr (HrEntry) entry = hr_entry_without_measured (hr_configuration_get_entry (configuration), index);

  hr_project_replace_entry (self, configuration, entry, label, NULL);
}
