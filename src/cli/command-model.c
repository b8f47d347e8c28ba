/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-input.h"
#include "hr-output.h"

#include "catalog/hr-catalog.h"
#include "io/hr-error.h"
#include "io/hr-model-config.h"
#include "io/hr-report-json.h"
#include "io/hr-table.h"
#include "model/hr-labels.h"

#include <glib/gi18n.h>
#include <string.h>

/* What names a file and no model: an ending or a path that exists. */
static gboolean
is_file (const char *operand)
{
  return g_str_has_suffix (operand, ".json") || g_file_test (operand, G_FILE_TEST_EXISTS);
}

static gboolean
read_config (const char *path, char **id, HrArchitecture *architecture, GError **error)
{
  g_autoptr (GBytes) bytes = hr_input_read (path, id, error);

  return bytes != NULL && hr_model_config_parse (bytes, *id, architecture, error);
}

static void
set_unknown (const char *operand, GError **error)
{
  const char *nearest = hr_catalog_nearest_model (operand);
  g_autofree char *shown = g_filename_display_name (operand);

  if (nearest != NULL)
    g_set_error (error, HR_ERROR, HR_ERROR_UNKNOWN_MODEL,
                 _ ("%s: neither a file nor a model of the catalogue; the nearest is %s"), shown, nearest);
  else
    g_set_error (error, HR_ERROR, HR_ERROR_UNKNOWN_MODEL,
                 _ ("%s: neither a file nor a model of the catalogue; name a model as its hub does, or give its "
                    "config.json"),
                 shown);
}

static gboolean
find_architecture (const char *operand, char **id, HrArchitecture *architecture, GError **error)
{
  const HrCatalogModel *model = hr_catalog_find_model (operand);

  if (model != NULL)
    {
      *id = g_strdup (model->id);
      *architecture = model->architecture;
      return TRUE;
    }
  if (is_file (operand))
    return read_config (operand, id, architecture, error);

  set_unknown (operand, error);
  return FALSE;
}

static void
add_count (HrTable *table, HrRowKind kind, const char *label, uint64_t count)
{
  HrTableRow *row = hr_table_add (table, kind, label);
  char text[HR_TEXT_SIZE];

  hr_format_count (count, text);
  hr_table_row_set (row, 0, text);
}

static char *
model_to_text (const char *id, const HrArchitecture *architecture, const HrParameters *parameters)
{
  const char *const columns[] = { _ ("Parameters"), NULL };
  g_autoptr (HrTable) table = hr_table_new (id, columns);
  g_autofree char *summary = hr_architecture_summary (architecture);
  g_autofree char *rows = NULL;

  for (int module = 0; module < HR_N_MODULES; module++)
    if (parameters->modules[module] > 0)
      add_count (table, HR_ROW_VALUES, hr_module_label (module), parameters->modules[module]);
  add_count (table, HR_ROW_TOTAL, _ ("Total"), parameters->total);
  if (parameters->active != parameters->total)
    add_count (table, HR_ROW_VALUES, _ ("Active for one token"), parameters->active);
  rows = hr_table_to_text (table);

  return g_strconcat (rows, summary, "\n", NULL);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *operand = NULL, *id = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  HrArchitecture architecture;
  HrParameters parameters;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &operand, &code))
    return code;
  if (!find_architecture (operand, &id, &architecture, &error))
    return hr_output_fail (error);

  hr_parameters_count (&architecture, &parameters);
  text = json ? hr_report_model_to_json (id, &architecture, &parameters)
              : model_to_text (id, &architecture, &parameters);

  return hr_output_print (text);
}

const HrCommand hr_command_model = {
  .name = "model",
  .operand = "ID|config.json",
  .summary = N_ ("Exact parameters of a model, by module"),
  .description = N_ ("Counts the parameters of a model of the catalogue, or of the one that a config.json describes."),
  .run = run,
};
