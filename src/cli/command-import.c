/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-input.h"
#include "hr-output.h"

#include "io/hr-error.h"
#include "io/hr-model-import.h"
#include "io/hr-project-io.h"
#include "io/hr-training-import.h"
#include "model/hr-project-names.h"

#include <glib/gi18n.h>

typedef struct
{
  char *file;
  char *project;
  char *choice;
  char *model;
  char *output;
  gboolean json;
} Options;

static void
clear (Options *self)
{
  g_free (self->file);
  g_free (self->project);
  g_free (self->choice);
  g_free (self->model);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear)

/* Returns: (transfer full): @base with the model of the file @path. */
static HrEntry *
with_model (HrEntry *base, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (HrModelImport) model = hr_model_import (file, error);
  HrJob job;

  if (model == NULL)
    return NULL;
  if (!model->has_architecture)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_UNKNOWN_MODEL, _ ("%s: says nothing of a model's shape"), model->name);
      return NULL;
    }

  hr_job_init (&job);
  if (base != NULL)
    job = *hr_entry_get_job (base);
  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, model->architecture.model_type);
  return hr_entry_new (&job, &model->architecture, NULL);
}

/* A new configuration, or for files of DeepSpeed and accelerate the one that they change. */
static gboolean
add_entry (HrProjectData *project, const HrTrainingImport *import, HrEntry *base, GError **error)
{
  gboolean replaces = import->is_partial && base != NULL;
  guint position = 0;
  HrTrainingImport named = *import;

  if (!replaces)
    {
      hr_project_name_id (project, &named.job);
      hr_project_name_uniquely (project, &named.job, import->job.name);
    }

  g_autoptr (HrEntry) entry = hr_training_import_to_entry (&named, replaces ? base : NULL, error);
  if (entry == NULL)
    return FALSE;
  if (replaces && g_ptr_array_find (project->entries, base, &position))
    {
      hr_entry_unref (base);
      project->entries->pdata[position] = g_steal_pointer (&entry);
    }
  else
    g_ptr_array_add (project->entries, g_steal_pointer (&entry));

  return TRUE;
}

static char *
to_text (const HrTrainingImport *import)
{
  g_autofree char *notes = hr_import_report_to_text (import->report);

  return g_strconcat (import->name, ": ", hr_enum_id (&HR_TRAINING_FORMATS, (int) import->format), "\n", notes, NULL);
}

/* What is asked for goes to standard output, the report for people beside a project to standard error. */
static HrExit
print (const Options *options, const HrTrainingImport *import, const HrProjectData *project)
{
  g_autoptr (GBytes) bytes = hr_project_serialize (project);
  g_autofree char *report = to_text (import);
  const char *target = options->output != NULL ? options->output : options->project;
  HrExit code = target != NULL ? hr_output_save (target, bytes) : HR_EXIT_DONE;

  if (code != HR_EXIT_DONE)
    return code;
  if (options->json)
    {
      g_autofree char *json = hr_training_import_to_json (import);
      return hr_output_print (json);
    }
  if (target != NULL)
    return hr_output_print (report);

  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_printerr ("%s", report);
  return hr_output_print (text);
}

static HrExit
import (const Options *options, HrProjectData *project, HrEntry *base)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (HrEntry) start = NULL;
  g_autoptr (HrTrainingImport) training = NULL;

  if (options->model != NULL)
    start = with_model (base, options->model, &error);
  else if (base != NULL)
    start = hr_entry_ref (base);
  if (error == NULL)
    training = hr_training_import_load (file, start, &error);
  if (training != NULL && options->json && options->output == NULL && options->project == NULL)
    {
      g_autofree char *json = hr_training_import_to_json (training);
      return hr_output_print (json);
    }
  if (training == NULL || !add_entry (project, training, base, &error))
    {
      if (training != NULL)
        {
          g_autofree char *report = to_text (training);
          g_printerr ("%s\n", report);
        }
      return hr_output_fail (error);
    }

  return print (options, training, project);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "into", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.project,
      N_ ("Project that gets the configuration"), N_ ("PROJECT") },
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.choice,
      N_ ("Id or name of the configuration to start from"), N_ ("NAME") },
    { "model", 'm', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.model,
      N_ ("Model's config.json, for a model that the catalogue lacks"), N_ ("FILE") },
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.output, N_ ("Project file to write"),
      N_ ("FILE") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProjectData) project = NULL;
  g_autoptr (GError) error = NULL;
  HrEntry *base = NULL;
  guint position = 0;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &options.file, &code))
    return code;
  if (options.choice != NULL && options.project == NULL)
    return hr_command_misused (self, _ ("-c needs --into PROJECT"));

  project
      = options.project != NULL ? hr_input_read_project_to_write (options.project, &error) : hr_project_data_new ("");
  if (project == NULL)
    return hr_output_fail (error);
  if (options.choice != NULL)
    {
      if (!hr_choice_find (self, project, options.choice, &position, &code))
        return code;
      base = project->entries->pdata[position];
    }

  return import (&options, project, base);
}

const HrCommand hr_command_import = {
  .name = "import",
  .operand = "FILE",
  .summary = N_ ("A configuration out of a training program's file"),
  .description
  = N_ ("Reads a training file of axolotl, LLaMA-Factory or torchtune (YAML), or a configuration of DeepSpeed "
        "(JSON) or accelerate (YAML), and tells what it understood, assumed and ignored. Prints the "
        "configuration as a project, or puts it into one. Files of DeepSpeed and accelerate change the "
        "configuration that -c names."),
  .run = run,
};
