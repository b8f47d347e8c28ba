/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-output.h"

#include "catalog/hr-catalog.h"
#include "io/hr-solution-json.h"
#include "model/hr-answer.h"
#include "model/hr-labels.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define FOR_MODEL "model"
#define DECIMALS 2

typedef struct
{
  const HrCommand *command;
  HrConfiguration *configuration;
  HrUnits units;
  HrSolveOptions options;
  gboolean json;
} Question;

static void
append_outcome (GString *text, const Question *self, uint64_t device_bytes, int64_t headroom_bytes, HrVerdict verdict)
{
  const HrEstimate outcome
      = { .peak.device_bytes = device_bytes, .fit = { .verdict = verdict, .headroom_bytes = headroom_bytes } };
  g_autofree char *words = hr_verdict_text (&outcome, self->units);
  char peak[HR_TEXT_SIZE];

  hr_format_bytes (device_bytes, self->units, DECIMALS, peak);
  /* Translators: a size and whether it fits */
  g_string_append_printf (text, _ ("Peak %s: %s\n"), peak, words);
}

static void
append_rounded (GString *text, const HrSolution *solution)
{
  char power[HR_TEXT_SIZE], multiple[HR_TEXT_SIZE];

  hr_format_count (solution->power_of_two, power);
  hr_format_count (solution->multiple_of_256, multiple);
  if (solution->power_of_two > 0)
    g_string_append_printf (text, _ ("Rounded down to a power of two: %s\n"), power);
  if (solution->multiple_of_256 > 0)
    g_string_append_printf (text, _ ("Rounded down to a multiple of 256: %s\n"), multiple);
}

static char *
solution_to_text (const Question *self, HrUnknown unknown, const HrSolution *solution, const HrSolution *shardings)
{
  g_autofree char *answer = hr_answer_text (unknown, solution);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s: %s\n", hr_job_title (hr_configuration_get_job (self->configuration)),
                          hr_unknown_label (unknown), answer);
  append_rounded (text, solution);
  if (self->options.keep_effective_batch && solution->answer > 0)
    g_string_append_printf (text, _ ("Accumulation steps with it: %" PRIu64 "\n"), solution->accumulation_steps);
  append_outcome (text, self, solution->device_bytes, solution->headroom_bytes, solution->verdict);
  for (int i = 0; shardings != NULL && i < HR_N_DATA_SHARDINGS; i++)
    {
      g_autofree char *fewest = hr_answer_text (unknown, &shardings[i]);

      g_string_append_printf (text, "  %s: %s\n", hr_value_label (HR_JOB_PARALLEL_DATA_SHARDING, i), fewest);
    }
  return g_string_free (text, FALSE);
}

static HrExit
print (char *text)
{
  HrExit code = hr_output_print (text);

  g_free (text);
  return code;
}

static HrExit
solve (const Question *self, HrUnknown unknown)
{
  const HrJob *job = hr_configuration_get_job (self->configuration);
  const HrGpu *gpu = hr_estimate_result_get_gpu (hr_configuration_get_estimate (self->configuration));
  HrSolution solution, by_sharding[HR_N_DATA_SHARDINGS];
  const HrSolution *shardings = NULL;

  hr_answer_find (self->configuration, unknown, &self->options, &solution);
  if (!solution.applies)
    return hr_command_misused (self->command, _ ("“%s” means nothing for “%s”"),
                               hr_enum_id (&HR_UNKNOWNS, (int) unknown), hr_job_title (job));
  if (unknown == HR_UNKNOWN_GPUS && job->task == HR_TASK_TRAIN)
    {
      hr_solve_shardings (hr_configuration_get_architecture (self->configuration), job, gpu, &self->options,
                          by_sharding);
      shardings = by_sharding;
    }
  return print (self->json ? hr_solution_to_json (unknown, &solution, shardings)
                           : solution_to_text (self, unknown, &solution, shardings));
}

/* Models of the family that the configuration's model belongs to. */
static guint
find_family (const HrJob *job, const HrCatalogModel **found, const HrArchitecture **architectures)
{
  const HrCatalogModel *own = hr_catalog_find_model (job->model_id);
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);
  guint n_found = 0;

  for (size_t i = 0; own != NULL && i < n_models; i++)
    if (g_str_equal (models[i].family, own->family))
      {
        found[n_found] = &models[i];
        architectures[n_found++] = &models[i].architecture;
      }
  return n_found;
}

static HrExit
solve_model (const Question *self)
{
  const HrJob *job = hr_configuration_get_job (self->configuration);
  const HrGpu *gpu = hr_estimate_result_get_gpu (hr_configuration_get_estimate (self->configuration));
  size_t n_models;

  hr_catalog_models (&n_models);
  g_autofree const HrCatalogModel **models = g_new (const HrCatalogModel *, n_models);
  g_autofree const HrArchitecture **architectures = g_new (const HrArchitecture *, n_models);
  guint n_family = find_family (job, models, architectures);
  HrEstimate estimate = { 0 };

  if (n_family == 0)
    return hr_command_misused (self->command, _ ("the catalogue has no model “%s”, and so knows no family of it"),
                               job->model_id);

  int answer = hr_solve_model (architectures, (int) n_family, job, gpu, &self->options, &estimate);
  const char *id = answer >= 0 ? models[answer]->id : NULL;
  if (self->json)
    return print (hr_solved_model_to_json (id, estimate.total_parameters, &estimate));

  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%s\n", hr_job_title (job));
  /* Translators: the name of a model, or that none fits */
  g_string_append_printf (text, _ ("Largest model of the family: %s\n"), id != NULL ? id : _ ("Nothing fits"));
  append_outcome (text, self, estimate.peak.device_bytes, estimate.fit.headroom_bytes, estimate.fit.verdict);
  return print (g_string_free (text, FALSE));
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *target = NULL, *choice = NULL, *path = NULL;
  Question question = { .command = self };
  gboolean keep = FALSE, tight = FALSE;
  const GOptionEntry entries[] = {
    { "for", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &target,
      N_ ("What to find: micro-batch, sequence, rank, gpus, context, concurrent or model"), N_ ("WHAT") },
    { "configuration", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &choice, N_ ("Id or name of the configuration"),
      N_ ("NAME") },
    { "keep-effective-batch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &keep,
      N_ ("Change the accumulation steps along with micro-batch or GPUs"), NULL },
    { "tight", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &tight, N_ ("Count what fits tightly"), NULL },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &question.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (target == NULL)
    return hr_command_misused (self, _ ("--for WHAT is missing"));

  int unknown = hr_enum_value (&HR_UNKNOWNS, target);
  if (unknown < 0 && strcmp (target, FOR_MODEL) != 0)
    return hr_command_misused (
        self, _ ("“%s” cannot be asked for, allowed are micro-batch, sequence, rank, gpus, context, concurrent, model"),
        target);

  question.configuration = hr_choice_load (self, path, choice, &project, &code);
  if (question.configuration == NULL)
    return code;
  question.units = hr_project_get_units (project);
  question.options = (HrSolveOptions){ .tight_is_enough = tight, .keep_effective_batch = keep };
  return unknown >= 0 ? solve (&question, (HrUnknown) unknown) : solve_model (&question);
}

const HrCommand hr_command_solve = {
  .name = "solve",
  .operand = "PROJECT",
  .summary = N_ ("The largest batch, length or model, or the fewest GPUs, that fit"),
  .description = N_ ("Finds the largest value of one member with which a configuration fits its GPU: one more does "
                     "not."),
  .run = run,
};
