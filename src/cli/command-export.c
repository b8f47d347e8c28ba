/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "model/hr-comparison.h"
#include "model/hr-report.h"
#include "report/hr-report-html.h"
#include "report/hr-report-markdown.h"
#include "report/hr-report-pages.h"

#include <glib/gi18n.h>
#include <string.h>

static GBytes *
make_table (HrProject *project, char *(*format) (const HrTable *) )
{
  g_autoptr (HrTable) table = hr_comparison_table (project);
  char *text = format (table);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
make_csv (HrProject *project, GError **error)
{
  return make_table (project, hr_table_to_csv);
}

static GBytes *
make_markdown_table (HrProject *project, GError **error)
{
  return make_table (project, hr_table_to_markdown);
}

static GBytes *
make_markdown (HrProject *project, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);

  return hr_report_to_markdown (report);
}

static GBytes *
make_html (HrProject *project, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);

  return hr_report_to_html (report, error);
}

static GBytes *
make_pdf (HrProject *project, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);

  return hr_report_to_pdf (report, error);
}

typedef GBytes *(*Maker) (HrProject *project, GError **error);

/* Returns: (nullable): NULL: there is no such file. */
static Maker
maker_for (const char *file_name, gboolean table)
{
  static const struct
  {
    const char *ending;
    Maker make_whole, make_table;
  } makers[] = {
    { ".csv", make_csv, make_csv },
    { ".md", make_markdown, make_markdown_table },
    { ".html", make_html, NULL },
    { ".pdf", make_pdf, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_has_suffix (file_name, makers[i].ending))
      return table ? makers[i].make_table : makers[i].make_whole;

  return NULL;
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *output = NULL, *path = NULL;
  gboolean table = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; its ending chooses CSV, Markdown, HTML or PDF"), N_ ("FILE") },
    { "table", 't', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &table, N_ ("Write only the table, also as Markdown"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Maker make;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (output == NULL)
    return hr_command_misused (self, _ ("-o FILE is missing"));
  make = maker_for (output, table);
  if (make == NULL)
    return hr_command_misused (
        self, _ ("a report's file name ends in .md, .html or .pdf, a table's in .csv, or with --table in .md"));

  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  bytes = make (project, &error);
  if (bytes == NULL)
    return hr_output_fail (error);

  return hr_output_save (output, bytes);
}

const HrCommand hr_command_export = {
  .name = "export",
  .operand = "PROJECT",
  .summary = N_ ("Write the comparison as a table, or a report of the project"),
  .description
  = N_ ("Writes, as Markdown, HTML or PDF, a report: notes, chart and tables of the comparison, and each configuration "
        "with its memory taken apart, what it rests on, and advice; Markdown tells the chart in words. As CSV, or with "
        "--table as Markdown, it writes the table of the Compare view alone."),
  .run = run,
};
