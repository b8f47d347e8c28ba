/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "io/hr-table.h"
#include "io/hr-time-json.h"
#include "model/hr-labels.h"
#include "model/hr-run-time.h"

#include <glib/gi18n.h>

static void
set_span (HrTableRow *row, guint column, HrSpan span, char *(*format) (HrSpan))
{
  g_autofree char *text = format (span);

  hr_table_row_set (row, column, text);
}

static char *
to_text (HrProject *project)
{
  const HrProjectData *data = hr_project_get_data (project);
  const char *columns[]
      = { _ ("Tokens a second"), _ ("Hours"), _ ("GPU hours"), _ ("Price in $"), _ ("$ a million tokens"), NULL };
  g_autoptr (HrTable) table = hr_table_new (data->name, columns);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      HrTableRow *row = hr_table_add (table, HR_ROW_COMPONENT, hr_job_title (hr_configuration_get_job (configuration)));
      HrRunTime time;

      hr_run_time (project, configuration, &time);
      set_span (row, 0, time.throughput.tokens_per_second, hr_span_text);
      set_span (row, 1, time.cost.hours, hr_span_text);
      set_span (row, 2, time.cost.gpu_hours, hr_span_text);
      set_span (row, 3, time.cost.price, hr_cost_text);
      set_span (row, 4, time.cost.price_per_million_tokens, hr_cost_text);
    }
  return hr_table_to_text (table);
}

static char *
to_json (HrProject *project)
{
  const HrProjectData *data = hr_project_get_data (project);
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_add_text (writer, "name", data->name);
  hr_json_writer_add_array (writer, "configurations");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      HrRunTime time;

      hr_run_time (project, configuration, &time);
      hr_time_write (writer, hr_configuration_get_job (configuration), &time.throughput, &time.cost);
    }
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);
  return hr_json_writer_finish (writer, NULL);
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
  g_autoptr (GError) error = NULL;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  text = json ? to_json (project) : to_text (project);
  return hr_output_print (text);
}

const HrCommand hr_command_time = {
  .name = "time",
  .operand = "PROJECT",
  .summary = N_ ("How long every configuration takes, and what it costs"),
  .description = N_ ("Tells tokens a second, hours and price of every configuration, with the range that each can lie "
                     "in: the expected value, then the lowest and the highest."),
  .run = run,
};
