/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice.h"
#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "model/hr-comparison.h"

#include <glib/gi18n.h>

static char *
comparison_to_json (HrProject *project, HrConfiguration *baseline)
{
  g_autoptr (GArray) reports = hr_reports_of_project (project);
  gboolean differs[HR_N_JOB_FIELDS] = { FALSE };

  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    differs[field] = field != HR_JOB_ID && field != HR_JOB_NAME && hr_comparison_differs (project, field);

  return hr_report_comparison_to_json (hr_project_get_data (project)->name, (const HrReport *) reports->data,
                                       reports->len, differs,
                                       baseline != NULL ? (int) hr_project_find (project, baseline) : -1);
}

static HrExit
print (HrProject *project, const HrComparisonOptions *options, gboolean json)
{
  g_autoptr (HrTable) table = hr_comparison_table_with (project, options);
  g_autofree char *text = json ? comparison_to_json (project, options->baseline) : hr_table_to_text (table);

  return hr_output_print (text);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  gboolean json = FALSE;
  HrComparisonOptions options = { 0 };
  g_autofree char *path = NULL, *baseline = NULL;
  const GOptionEntry entries[] = {
    { "only-differences", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.only_differences,
      N_ ("Leave out rows that are the same for all"), NULL },
    { "baseline", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &baseline,
      N_ ("Id or name of the configuration that the others are compared with"), N_ ("NAME") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  g_autoptr (GError) error = NULL;
  guint position = 0;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (json && options.only_differences)
    return hr_command_misused (self, _ ("--only-differences is for the table; JSON lists the differences"));

  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  if (baseline != NULL && !hr_choice_find (self, hr_project_get_data (project), baseline, &position, &code))
    return code;
  options.baseline = baseline != NULL ? hr_project_get_configuration (project, position) : NULL;

  return print (project, &options, json);
}

const HrCommand hr_command_compare = {
  .name = "compare",
  .operand = "PROJECT",
  .summary = N_ ("The configurations side by side"),
  .description = N_ ("Prints the table of the Compare view: verdicts, components at the peak, what differs. "
                     "With a baseline, figures of the others have their difference to its beside them."),
  .run = run,
};
