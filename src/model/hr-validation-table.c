/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-validation-table.h"

#include "chart/hr-text-parts.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DECIMALS 2

enum
{
  ROW_METRIC,
  ROW_MEASURED,
  ROW_PREDICTED,
  ROW_ERROR,
};

enum
{
  GROUP_COUNT,
  GROUP_MEDIAN,
  GROUP_PERCENTILE_90,
  GROUP_UNDERESTIMATES,
};

void
hr_validation_add_project (GArray *rows, HrProject *project)
{
  g_return_if_fail (HR_IS_PROJECT (project));

  hr_project_flush (project);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);

      hr_validation_add (rows, hr_configuration_get_entry (configuration),
                         hr_estimate_result_get (hr_configuration_get_estimate (configuration)));
    }
}

const char *
hr_validation_metric_label (int metric)
{
  switch (metric)
    {
    case HR_METRIC_MAX_ALLOCATED:
      /* Translators: a peak of memory: of all tensors */
      return _ ("Allocated");
    case HR_METRIC_MAX_RESERVED:
      /* Translators: a peak of memory: of what PyTorch's allocator holds */
      return _ ("Reserved");
    case HR_METRIC_DEVICE:
      /* Translators: a peak of memory: what the GPU's driver shows */
      return _ ("Device");
    default:
      return hr_component_label ((HrComponent) (metric - HR_N_METRICS));
    }
}

char *
hr_validation_error_text (double error)
{
  const char *sign = error >= 0.0005 ? "+" : error <= -0.0005 ? "−" : "";

  char number[HR_TEXT_SIZE];

  hr_format_number (fabs (error) * 100, 1, number);
  /* Translators: a sign and a number: how far a prediction is off */
  return g_strdup_printf (_ ("%s%s %%"), sign, number);
}

char *
hr_validation_row_text (const HrValidationRow *row, HrUnits units)
{
  g_autofree char *error = hr_validation_error_text (row->error);
  char size[HR_TEXT_SIZE];

  hr_format_bytes (row->measured->bytes, units, DECIMALS, size);
  /* Translators: a measured size, and by how much the estimate is off */
  return g_strdup_printf (_ ("%s (%s)"), size, error);
}

static void
set_bytes (HrTableRow *row, guint column, guint64 bytes, HrUnits units)
{
  char text[HR_TEXT_SIZE];

  hr_format_bytes (bytes, units, DECIMALS, text);
  hr_table_row_set (row, column, text);
}

static int
compare_errors (gconstpointer a, gconstpointer b)
{
  double left = fabs (((const HrValidationRow *) a)->error);
  double right = fabs (((const HrValidationRow *) b)->error);

  return (left < right) - (left > right);
}

HrTable *
hr_validation_rows_table (const GArray *rows, HrUnits units)
{
  const char *const columns[] = { _ ("Metric"), _ ("Measured"), _ ("Predicted"), _ ("Error"), NULL };
  HrTable *table = hr_table_new (_ ("Configuration"), columns);
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) rows);

  g_array_sort (sorted, compare_errors);
  for (guint i = 0; i < sorted->len; i++)
    {
      const HrValidationRow *row = &g_array_index (sorted, HrValidationRow, i);
      g_autofree char *error = hr_validation_error_text (row->error);
      HrTableRow *line = hr_table_add (table, HR_ROW_VALUES, row->job->id);

      line->detail = g_strdup (hr_job_title (row->job));
      hr_table_row_set (line, ROW_METRIC, hr_validation_metric_label (row->metric));
      set_bytes (line, ROW_MEASURED, row->measured->bytes, units);
      set_bytes (line, ROW_PREDICTED, row->predicted_bytes, units);
      hr_table_row_set (line, ROW_ERROR, error);
    }

  return table;
}

/* Returns: (transfer full): "Allocated · LoRA · Every layer · Transformers". */
static char *
group_label (const HrValidationGroup *group)
{
  GString *text = g_string_new (hr_validation_metric_label (group->metric));

  for (int key = 0; key < HR_N_VALIDATION_KEYS; key++)
    {
      int field = hr_validation_key_field (key);

      if (group->keys[key] == HR_VALIDATION_ANY)
        continue;
      g_autofree char *part = NULL;
      if (field < 0)
        /* Translators: whether a program's memory is simulated whole */
        part = g_strdup (group->keys[key] ? _ ("modelled") : _ ("not wholly modelled"));
      else if (key == HR_VALIDATION_CHECKPOINTING)
        /* Translators: gradient checkpointing: every layer, off */
        part = g_strdup_printf (_ ("checkpointing: %s"), hr_value_label (field, group->keys[key]));
      else if (key == HR_VALIDATION_ENGINE)
        /* Translators: the program that serves a model */
        part = g_strdup_printf (_ ("inference by %s"), hr_value_label (field, group->keys[key]));
      else
        part = g_strdup (hr_value_label (field, group->keys[key]));
      hr_text_add_part (text, part);
    }

  return g_string_free (text, FALSE);
}

static void
set_share (HrTableRow *row, guint column, double share)
{
  char number[HR_TEXT_SIZE];

  hr_format_number (share * 100, 1, number);
  g_autofree char *text = g_strdup_printf (_ ("%s %%"), number);
  hr_table_row_set (row, column, text);
}

HrTable *
hr_validation_groups_table (const GArray *groups)
{
  /* xgettext:no-c-format */
  const char *too_low = _ ("More than 5 % too low");
  const char *const columns[] = { _ ("Rows"), _ ("Median |error|"), _ ("90th percentile"), too_low, NULL };
  HrTable *table = hr_table_new (_ ("Group"), columns);

  for (guint i = 0; i < groups->len; i++)
    {
      const HrValidationGroup *group = &g_array_index (groups, HrValidationGroup, i);
      g_autofree char *label = group_label (group);
      g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, group->accuracy.count);
      HrTableRow *row = hr_table_add (table, HR_ROW_VALUES, label);

      hr_table_row_set (row, GROUP_COUNT, count);
      set_share (row, GROUP_MEDIAN, group->accuracy.median);
      set_share (row, GROUP_PERCENTILE_90, group->accuracy.percentile_90);
      set_share (row, GROUP_UNDERESTIMATES, group->accuracy.underestimates);
    }

  return table;
}
