/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "model/hr-comparison.h"

#include <glib/gi18n.h>

static char *
comparison_to_json (HrProject *project)
{
  g_autoptr (GArray) reports = hr_reports_of_project (project);
  gboolean differs[HR_N_JOB_FIELDS] = { FALSE };

  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    differs[field] = field != HR_JOB_ID && field != HR_JOB_NAME && hr_comparison_differs (project, field);

  return hr_report_comparison_to_json (hr_project_get_data (project)->name, (const HrReport *) reports->data,
                                       reports->len, differs);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (HrProject) project = NULL;
  g_autoptr (HrTable) table = NULL;
  g_autoptr (GError) error = NULL;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;

  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  table = hr_comparison_table (project);
  text = json ? comparison_to_json (project) : hr_table_to_text (table);

  return hr_output_print (text);
}

const HrCommand hr_command_compare = {
  .name = "compare",
  .operand = "PROJECT",
  .summary = N_ ("The configurations side by side"),
  .description = N_ ("Prints the table of the Compare view: verdicts, components at the peak, what differs."),
  .run = run,
};
