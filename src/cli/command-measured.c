/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-input.h"
#include "hr-output.h"

#include "io/hr-error.h"
#include "io/hr-measurement.h"
#include "io/hr-project-io.h"

#include <glib/gi18n.h>
#include <string.h>

static HrMeasurement *
load_measurement (const char *path, HrEntry *entry, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = hr_input_read (path, &name, error);
  g_autoptr (HrMeasurement) measurement = bytes != NULL ? hr_measurement_parse (bytes, name, error) : NULL;
  const HrJob *job = hr_entry_get_job (entry);

  if (measurement != NULL && strcmp (measurement->model, job->model_id) != 0)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE,
                   _ ("%s:configuration.model: \"%s\" was measured, the configuration has \"%s\""), name,
                   measurement->model, job->model_id);
      return NULL;
    }

  return g_steal_pointer (&measurement);
}

static void
replace_entry (HrProjectData *project, guint position, HrEntry *entry)
{
  hr_entry_unref (project->entries->pdata[position]);
  project->entries->pdata[position] = entry;
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *choice = NULL, *result = NULL, *output = NULL, *path = NULL;
  const GOptionEntry entries[] = {
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &choice, N_ ("Id or name of the configuration"),
      N_ ("NAME") },
    { "result", 'r', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &result, N_ ("What the dry run wrote"), N_ ("FILE") },
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output, N_ ("File to write instead of the project"),
      N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProjectData) project = NULL;
  g_autoptr (HrMeasurement) measurement = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint position;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (result == NULL)
    return hr_command_misused (self, _ ("--result FILE is missing"));

  project = hr_input_read_project_to_write (path, &error);
  if (project == NULL)
    return hr_output_fail (error);
  if (!hr_choice_find (self, project, choice, &position, &code))
    return code;

  HrEntry *entry = project->entries->pdata[position];
  measurement = load_measurement (result, entry, &error);
  if (measurement == NULL)
    return hr_output_fail (error);

  replace_entry (project, position, hr_entry_with_measured (entry, measurement->figures, measurement->n_figures));
  bytes = hr_project_serialize (project);

  return hr_output_save (output != NULL ? output : path, bytes);
}

const HrCommand hr_command_measured = {
  .name = "measured",
  .operand = "PROJECT",
  .summary = N_ ("Keep what a dry run measured with its configuration"),
  .description = N_ ("Adds the peaks that a script of “recipe --for dry-run” wrote to the measured rows "
                     "of the configuration, and saves the project."),
  .run = run,
};
