/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-reports.h"

#include "hr-input.h"

#include "io/hr-project-io.h"

#include <glib/gi18n.h>

HrProject *
hr_reports_load_project (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = hr_input_read (path, &name, error);
  g_autoptr (HrProjectData) data = bytes != NULL ? hr_project_parse (bytes, name, error) : NULL;
  HrProject *project;

  if (data == NULL)
    return NULL;
  if (data->read_only)
    /* Translators: the name of a file */
    g_printerr (_ ("%s: a newer Headroom wrote this; what this one does not know counts as left out\n"), name);

  project = hr_project_new (data);
  hr_project_flush (project);

  return project;
}

GArray *
hr_reports_of_project (HrProject *project)
{
  const HrProjectData *data = hr_project_get_data (project);
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));
  GArray *reports = g_array_sized_new (FALSE, FALSE, sizeof (HrReport), n_configurations);

  for (guint i = 0; i < n_configurations; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      HrEstimateResult *result = hr_configuration_get_estimate (configuration);
      const HrJob *job = hr_configuration_get_job (configuration);
      HrReport report = {
        .job = job,
        .estimate = hr_estimate_result_get (result),
        .gpu = hr_estimate_result_get_gpu (result),
        .gpu_count = job->gpu.set ? job->gpu.count : data->gpu.count,
      };

      g_array_append_val (reports, report);
    }

  return reports;
}
