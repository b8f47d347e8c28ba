/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-fit-map.h"

#include "hr-text-parts.h"

#include <glib/gi18n-lib.h>

#define FIGURE_DECIMALS 1

/* From here on a figure of a table has no decimals. */
#define LARGE_FIGURE 99.95

const char *
hr_fit_map_sign (HrVerdict verdict)
{
  switch (verdict)
    {
    case HR_VERDICT_FITS:
      return "✓";
    case HR_VERDICT_TIGHT:
      return "≈";
    case HR_VERDICT_OVER:
      return "✗";
    case HR_VERDICT_UNKNOWN:
    default:
      return "?";
    }
}

const char *
hr_fit_map_verdict_label (HrVerdict verdict)
{
  switch (verdict)
    {
    case HR_VERDICT_FITS:
      /* Translators: what a map says of a configuration: "fits", "tight", "does not fit" */
      return _ ("fits");
    case HR_VERDICT_TIGHT:
      return _ ("tight");
    case HR_VERDICT_OVER:
      return _ ("does not fit");
    case HR_VERDICT_UNKNOWN:
    default:
      return _ ("no GPU chosen");
    }
}

char *
hr_fit_map_figure (const HrFitMap *self, HrFitMapPlace place)
{
  double size = hr_bytes_in_units (hr_fit_map_cell (self, place)->device_bytes, self->units);
  char text[HR_TEXT_SIZE];

  hr_format_number (size, size < LARGE_FIGURE ? FIGURE_DECIMALS : 0, text);
  return g_strdup (text);
}

char *
hr_fit_map_unit_text (const HrFitMap *self)
{
  /* Translators: what the figures of a table are; %s is GB or GiB */
  return g_strdup_printf (_ ("Peak in %s"), hr_enum_id (&HR_UNITS, (int) self->units));
}

static char *
value_text (const char *label, uint64_t value)
{
  char text[HR_TEXT_SIZE];

  hr_format_count (value, text);

  /* Translators: a value with its name: "Micro-batch 4" */
  return g_strdup_printf (_ ("%s %s"), label != NULL ? label : "", text);
}

char *
hr_fit_map_column_text (const HrFitMap *self, guint column)
{
  return value_text (self->column_label, self->columns.values[column]);
}

char *
hr_fit_map_row_text (const HrFitMap *self, guint row)
{
  return value_text (self->row_label, self->rows.values[row]);
}

static void
get_value_texts (const HrFitMap *self, HrFitMapPlace place, char **column, char **row)
{
  *column = hr_fit_map_column_text (self, (guint) place.column);
  *row = hr_fit_map_row_text (self, (guint) place.row);
}

char *
hr_fit_map_values_text (const HrFitMap *self, HrFitMapPlace place)
{
  g_autofree char *column = NULL;
  g_autofree char *row = NULL;

  get_value_texts (self, place, &column, &row);

  return hr_text_join_parts (column, row, NULL);
}

/* Returns: (nullable): what is left or missing. */
static char *
room_text (const HrFitMap *self, const HrGridCell *cell, HrWording wording)
{
  uint64_t limit = self->limit_bytes, total = cell->device_bytes;

  if (cell->waits)
    return g_strdup (_ ("requests wait for room in the cache"));
  if (limit == 0)
    return NULL;

  g_autofree char *size
      = hr_size_text (total > limit ? total - limit : limit - total, self->units, FIGURE_DECIMALS, wording);
  if (total > limit)
    /* Translators: so much is missing below the limit of the GPU */
    return g_strdup_printf (_ ("%s over the limit"), size);

  /* Translators: so much is left below the limit of the GPU */
  return g_strdup_printf (_ ("%s free"), size);
}

/* Returns: "does not fit, 3.1 GB over the limit". */
static char *
reason_text (const HrFitMap *self, const HrGridCell *cell, HrWording wording)
{
  g_autofree char *room = room_text (self, cell, wording);
  const char *verdict = hr_fit_map_verdict_label (cell->verdict);

  if (room == NULL)
    return g_strdup (verdict);

  /* Translators: a verdict and why: "does not fit, 3.1 GB over the limit" */
  return g_strdup_printf (_ ("%s, %s"), verdict, room);
}

char *
hr_fit_map_verdict_text (const HrFitMap *self, HrFitMapPlace place)
{
  const HrGridCell *cell = hr_fit_map_cell (self, place);
  g_autofree char *reason = reason_text (self, cell, HR_WRITTEN);
  char size[HR_TEXT_SIZE];

  hr_format_bytes (cell->device_bytes, self->units, FIGURE_DECIMALS, size);

  g_autofree char *marked = g_strdup_printf ("%s %s", hr_fit_map_sign (cell->verdict), reason);

  return hr_text_join_parts (size, marked, NULL);
}

char *
hr_fit_map_describe (const HrFitMap *self, HrFitMapPlace place, HrWording wording)
{
  const HrGridCell *cell = hr_fit_map_cell (self, place);
  g_autofree char *reason = reason_text (self, cell, wording);
  g_autofree char *column = NULL;
  g_autofree char *row = NULL;
  g_autofree char *size = hr_size_text (cell->device_bytes, self->units, FIGURE_DECIMALS, wording);

  get_value_texts (self, place, &column, &row);

  /* Translators: a cell of the fit map: two values, the peak, the verdict: "Micro-batch 4, Sequence length 2,048: 19.2
   * GB, does not fit, 3.1 GB over the limit" */
  return g_strdup_printf (_ ("%s, %s: %s, %s"), column, row, size, reason);
}
