/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-comparison-changes.h"

#include "hr-run-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define COMPONENT_DECIMALS 2
#define TOTAL_DECIMALS 1
#define MOST_DECIMALS 3

/* Percents from here on have no digits after the point. */
#define FEWEST_WHOLE 9.5

#define MINUS "\342\210\222" /* U+2212, as wide as a plus */

/* Returns: (transfer full): a size that is not 0; a small one is told by its first digit. */
static char *
bytes_text (double bytes, int decimals, HrUnits units)
{
  char text[HR_TEXT_SIZE];

  do
    hr_format_bytes ((uint64_t) bytes, units, decimals++, text);
  while (g_str_has_prefix (text, "<") && decimals <= MOST_DECIMALS);
  return g_strdup (text);
}

/* Returns: (transfer full): @size, which is not negative, as the cells of @row tell it. */
static char *
size_text (const HrTableRow *row, double size, HrUnits units)
{
  HrSpan span = { size, size, size };

  switch (row->scale)
    {
    case HR_SCALE_BYTES:
      return bytes_text (size, row->kind == HR_ROW_TOTAL ? TOTAL_DECIMALS : COMPONENT_DECIMALS, units);
    case HR_SCALE_HOURS:
      return hr_hours_text (span);
    case HR_SCALE_SECONDS:
      return hr_seconds_text (span);
    case HR_SCALE_DOLLARS:
      return hr_cost_text (span);
    case HR_SCALE_RATE:
    case HR_SCALE_NONE:
    default:
      return hr_rate_text (size);
    }
}

/* Returns: (transfer full) (nullable): "64 %"; NULL where there is nothing to take a part of. */
static char *
percent_text (double difference, double base)
{
  double percent = difference / base * 100;
  char text[HR_TEXT_SIZE];

  if (!(base > 0))
    return NULL;

  if (percent < FEWEST_WHOLE)
    hr_format_figures (percent, 2, text);
  else
    hr_format_count ((uint64_t) round (percent), text);
  /* Translators: a number in percent */
  return g_strdup_printf (_ ("%s %%"), text);
}

static void
add_difference (HrTableRow *row, guint column, double base, const char *name, HrUnits units)
{
  double difference = row->numbers[column] - base;
  gboolean less = difference < 0;
  g_autofree char *size = size_text (row, fabs (difference), units);
  g_autofree char *percent = percent_text (fabs (difference), base);
  const char *sign = less ? MINUS : "+";
  g_autofree char *text = percent != NULL ? g_strdup_printf ("%s%s, %s%s", sign, size, sign, percent)
                                          : g_strdup_printf ("%s%s", sign, size);
  g_autofree char *words = NULL;

  if (percent != NULL)
    /* Translators: of a figure: it is so much (10.3 GB) less than in the baseline, whose name follows, and that in
     * percent */
    words = g_strdup_printf (less ? _ ("%s less than %s (%s less)") : _ ("%s more than %s (%s more)"), size, name,
                             percent);
  else
    /* Translators: of a figure: it is so much (10.3 GB) more than in the baseline, which has none */
    words = g_strdup_printf (_ ("%s more than %s"), size, name);
  hr_table_row_set_change (row, column, text, words);
}

static void
add_changes (HrTableRow *row, guint baseline, const char *name, HrUnits units)
{
  double base = row->numbers[baseline];

  for (guint i = 0; i < row->n_cells && !isnan (base); i++)
    {
      if (i == baseline || isnan (row->numbers[i]))
        continue;
      if (strcmp (row->cells[i], row->cells[baseline]) != 0)
        add_difference (row, i, base, name, units);
      else
        {
          /* Translators: of a figure that is the same as in the baseline, whose name follows */
          g_autofree char *words = g_strdup_printf (_ ("the same as %s"), name);

          /* Translators: beside a figure that is the same as in the baseline */
          hr_table_row_set_change (row, i, _ ("same"), words);
        }
    }
}

void
hr_comparison_add_changes (HrTable *table, guint baseline, HrUnits units)
{
  g_return_if_fail (baseline < table->n_columns);

  table->baseline = (int) baseline;
  for (guint i = 0; i < table->rows->len; i++)
    {
      HrTableRow *row = g_ptr_array_index (table->rows, i);

      if (row->numbers != NULL)
        add_changes (row, baseline, table->columns[baseline], units);
    }
}

void
hr_comparison_keep_differences (HrTable *table)
{
  gboolean heads_something = FALSE;

  for (guint i = table->rows->len; i > 0; i--)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i - 1);
      gboolean keep = row->kind == HR_ROW_SECTION ? heads_something : hr_table_row_differs (row);

      heads_something = row->kind != HR_ROW_SECTION && (heads_something || keep);
      if (!keep)
        g_ptr_array_remove_index (table->rows, i - 1);
    }
  if (table->rows->len > 0)
    return;

  hr_table_add (table, HR_ROW_SECTION,
                table->n_columns > 1 ? _ ("Nothing differs between the configurations")
                                     : _ ("With one configuration there is nothing to compare"));
}
