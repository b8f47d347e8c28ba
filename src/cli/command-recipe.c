/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-input.h"
#include "hr-output.h"

#include "io/hr-dry-run.h"
#include "io/hr-project-io.h"

#include <glib/gi18n.h>

static HrExit
write_script (HrEntry *entry, const char *output)
{
  const HrJob *job = hr_entry_get_job (entry);
  g_autoptr (GBytes) script = hr_dry_run_script (job, hr_entry_get_architecture (entry));
  const char *limits[HR_MAX_DRY_RUN_LIMITS];
  guint n_limits = hr_dry_run_limits (job, limits);

  for (guint i = 0; i < n_limits; i++)
    g_printerr (_ ("Not reproduced: %s\n"), _ (limits[i]));
  if (output != NULL)
    return hr_output_save (output, script);

  g_autofree char *text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
  return hr_output_print (text);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *target = NULL, *choice = NULL, *output = NULL, *path = NULL, *name = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &target, N_ ("What to write: dry-run"), N_ ("TARGET") },
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &choice, N_ ("Id or name of the configuration"),
      N_ ("NAME") },
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write instead of standard output"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (HrProjectData) project = NULL;
  g_autoptr (GError) error = NULL;
  guint position;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (target == NULL)
    return hr_command_misused (self, _ ("--for TARGET is missing"));
  if (!g_str_equal (target, "dry-run"))
    return hr_command_misused (self, _ ("nothing is written for “%s”, allowed is dry-run"), target);

  bytes = hr_input_read (path, &name, &error);
  project = bytes != NULL ? hr_project_parse (bytes, name, &error) : NULL;
  if (project == NULL)
    return hr_output_fail (error);
  if (!hr_choice_find (self, project, choice, &position, &code))
    return code;

  return write_script (project->entries->pdata[position], output);
}

const HrCommand hr_command_recipe = {
  .name = "recipe",
  .operand = "PROJECT",
  .summary = N_ ("Write the script that measures a configuration"),
  .description = N_ ("Writes a Python program for a machine with a GPU: it builds the model with random "
                     "weights, runs a few steps of the configuration and measures its memory."),
  .run = run,
};
