/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "model/hr-comparison.h"

#include <glib/gi18n.h>
#include <string.h>

typedef char *(*Writer) (const HrTable *table);

static Writer
writer_for (const char *file_name)
{
  if (g_str_has_suffix (file_name, ".csv"))
    return hr_table_to_csv;
  if (g_str_has_suffix (file_name, ".md"))
    return hr_table_to_markdown;

  return NULL;
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *output = NULL, *path = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; its ending chooses CSV or Markdown"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  g_autoptr (HrTable) table = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Writer writer;
  char *text;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (output == NULL)
    return hr_command_misused (self, _ ("-o FILE is missing"));
  writer = writer_for (output);
  if (writer == NULL)
    return hr_command_misused (self, _ ("a table's file name ends in .csv or .md"));

  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  table = hr_comparison_table (project);
  text = writer (table);
  bytes = g_bytes_new_take (text, strlen (text));

  return hr_output_save (output, bytes);
}

const HrCommand hr_command_export = {
  .name = "export",
  .operand = "PROJECT",
  .summary = N_ ("Write the comparison as CSV or Markdown"),
  .description = N_ ("Writes the table of the Compare view to a file."),
  .run = run,
};
