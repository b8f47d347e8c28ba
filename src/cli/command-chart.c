/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"
#include "hr-reports.h"

#include "chart/hr-chart-export.h"
#include "model/hr-comparison.h"

#include <glib/gi18n.h>

/* PNG pixels for one CSS pixel: sharp on a dense screen and in a document. */
#define PNG_SCALE 2

static HrExit
run (const HrCommand *self, char **arguments)
{
  g_autofree char *view = NULL, *output = NULL, *path = NULL;
  const GOptionEntry entries[] = {
    { "view", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &view, N_ ("What to draw: compare (default)"), N_ ("VIEW") },
    { "output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; its ending chooses PNG, SVG or PDF"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HrProject) project = NULL;
  g_autoptr (HrChartModel) chart = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  HrChartFormat format;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;
  if (view != NULL && !g_str_equal (view, "compare"))
    return hr_command_misused (self, _ ("no view is called “%s”, allowed is compare"), view);
  if (output == NULL)
    return hr_command_misused (self, _ ("-o FILE is missing"));
  if (!hr_chart_format_from_name (output, &format))
    return hr_command_misused (self, _ ("a chart's file name ends in .png, .svg or .pdf"));

  project = hr_reports_load_project (path, &error);
  if (project == NULL)
    return hr_output_fail (error);

  chart = hr_comparison_chart (project, 0, FALSE);
  bytes = hr_chart_export (chart, format, 0, 0, PNG_SCALE, &error);
  if (bytes == NULL)
    return hr_output_fail (error);

  return hr_output_save (output, bytes);
}

const HrCommand hr_command_chart = {
  .name = "chart",
  .operand = "PROJECT",
  .summary = N_ ("Draw a project as PNG, SVG or PDF"),
  .description = N_ ("Draws the chart of the Compare view: one bar for each configuration, the GPU's limit across."),
  .run = run,
};
