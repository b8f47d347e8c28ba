/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-palette.h"
#include "hr-fit-map-layout-private.h"

#include <math.h>

#define SWATCH_SIZE 20.0
#define SWATCH_GAP 6.0
#define ENTRY_GAP 18.0
#define ROW_GAP 4.0

/* Between a value and the cells, and between two values. */
#define LABEL_GAP 6.0
#define TICK_GAP 10.0
#define TICK_GAP_BELOW 4.0

#define ARROW_DOWN "↓"
#define ARROW_ON "→"
#define ARROW_ON_MIRRORED "←"

static void
value_text (const HrFitMap *map, uint64_t value, char text[HR_TEXT_SIZE])
{
  if (map->grouped)
    hr_format_count (value, text);
  else
    g_snprintf (text, HR_TEXT_SIZE, "%" G_GUINT64_FORMAT, value);
}

static double
row_height (const HrChartMeasurer *measurer)
{
  return MAX (hr_chart_measure (measurer, HR_CHART_TEXT_LEGEND, "0").height, SWATCH_SIZE);
}

/* Where an entry of the legend goes; the next one in @x, @row. */
static void
place_entry (const HrChartMeasurer *measurer, const char *label, double width, double *x, guint *row, HrChartBox *text)
{
  *text = hr_chart_measure (measurer, HR_CHART_TEXT_LEGEND, label);
  if (*x > 0 && *x + SWATCH_SIZE + SWATCH_GAP + text->width > width)
    {
      *x = 0;
      (*row)++;
    }
  text->x = *x + SWATCH_SIZE + SWATCH_GAP;
  text->y = *row * (row_height (measurer) + ROW_GAP) + (row_height (measurer) - text->height) / 2;
  *x = text->x + text->width + ENTRY_GAP;
}

double
hr_fit_map_legend_height (const HrFitMap *map, const HrChartMeasurer *measurer, double width)
{
  double x = 0;
  guint row = 0;

  if (map->limit_bytes == 0)
    return 0;
  for (HrVerdict verdict = HR_VERDICT_FITS; verdict < HR_VERDICT_UNKNOWN; verdict++)
    {
      HrChartBox text;

      place_entry (measurer, hr_fit_map_verdict_label (verdict), width, &x, &row, &text);
    }

  return (row + 1) * (row_height (measurer) + ROW_GAP) + HR_CHART_GAP;
}

void
hr_fit_map_layout_add_legend (HrFitMapLayout *self, const HrChartMeasurer *measurer)
{
  double x = 0;
  guint row = 0;

  for (HrVerdict verdict = HR_VERDICT_FITS; verdict < HR_VERDICT_UNKNOWN && self->map->limit_bytes > 0; verdict++)
    {
      HrChartBox text, sign = hr_chart_measure (measurer, HR_CHART_TEXT_NAME, hr_fit_map_sign (verdict));

      place_entry (measurer, hr_fit_map_verdict_label (verdict), self->width, &x, &row, &text);
      self->swatches[verdict] = (HrChartBox){ text.x - SWATCH_GAP - SWATCH_SIZE,
                                              text.y + (text.height - SWATCH_SIZE) / 2, SWATCH_SIZE, SWATCH_SIZE };
      sign.x = self->swatches[verdict].x + (SWATCH_SIZE - sign.width) / 2;
      sign.y = text.y + (text.height - sign.height) / 2;
      hr_chart_items_add_text (self->items, HR_CHART_TEXT_NAME, hr_chart_verdict_text_role (verdict), HR_CHART_ID_NONE,
                               hr_fit_map_sign (verdict), sign);
      hr_chart_items_add_text (self->items, HR_CHART_TEXT_LEGEND, HR_CHART_ROLE_TEXT, HR_CHART_ID_NONE,
                               hr_fit_map_verdict_label (verdict), text);
    }
}

double
hr_fit_map_labels_width (const HrFitMap *map, const HrChartMeasurer *measurer)
{
  double width = 0;

  for (guint i = 0; i < map->rows.n_values; i++)
    {
      char text[HR_TEXT_SIZE];

      value_text (map, map->rows.values[i], text);
      width = MAX (width, hr_chart_measure (measurer, HR_CHART_TEXT_NAME, text).width);
    }

  return width + LABEL_GAP;
}

double
hr_fit_map_head_height (const HrChartMeasurer *measurer)
{
  return hr_chart_measure (measurer, HR_CHART_TEXT_AXIS, "0").height + ROW_GAP
         + hr_chart_measure (measurer, HR_CHART_TEXT_NAME, "0").height + LABEL_GAP;
}

/* The name of the rows stands over their values, that of the columns behind it, then the unit of the figures. */
static void
add_names (HrFitMapLayout *self, const HrChartMeasurer *measurer, double top)
{
  const char *on = self->right_to_left ? ARROW_ON_MIRRORED : ARROW_ON;
  g_autofree char *rows = g_strdup_printf ("%s " ARROW_DOWN, self->map->row_label);
  g_autofree char *columns = g_strdup_printf ("%s %s", self->map->column_label, on);
  g_autofree char *unit = self->map->fine ? NULL : hr_fit_map_unit_text (self->map);
  const char *names[] = { rows, columns, unit };
  double x = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = hr_chart_ellipsize (measurer, HR_CHART_TEXT_AXIS, names[i], self->width - x);
      HrChartBox box;

      if (text == NULL)
        return;
      box = hr_chart_measure (measurer, HR_CHART_TEXT_AXIS, text);
      box.x = x;
      box.y = top;
      hr_chart_items_add_text (self->items, HR_CHART_TEXT_AXIS, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE, text, box);
      x = MAX (x + box.width + ENTRY_GAP, self->plot.x);
    }
}

/* A value as it stands beside its cells. */
static HrChartBox
place_value (const HrFitMapLayout *self, const HrChartMeasurer *measurer, gboolean is_column, guint index,
             char text[HR_TEXT_SIZE])
{
  const double *edges = is_column ? self->column_edges : self->row_edges;
  double middle = (edges[index] + edges[index + 1]) / 2;
  HrChartBox box;

  value_text (self->map, (is_column ? &self->map->columns : &self->map->rows)->values[index], text);
  box = hr_chart_measure (measurer, HR_CHART_TEXT_NAME, text);
  box.x = is_column ? middle - box.width / 2 : self->plot.x - LABEL_GAP - box.width;
  box.y = is_column ? self->plot.y - LABEL_GAP - box.height : middle - box.height / 2;
  if (is_column)
    box.x = CLAMP (box.x, 0, MAX (self->width - box.width, 0));
  else
    box.y = CLAMP (box.y, self->plot.y - LABEL_GAP, MAX (self->height - box.height, self->plot.y - LABEL_GAP));

  return box;
}

static gboolean
stands_clear (const GArray *taken, const HrChartBox *box, gboolean is_column)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const HrChartBox *other = &g_array_index (taken, HrChartBox, i);

      if (is_column && box->x < other->x + other->width + TICK_GAP && other->x < box->x + box->width + TICK_GAP)
        return FALSE;
      if (!is_column && box->y < other->y + other->height + TICK_GAP_BELOW
          && other->y < box->y + box->height + TICK_GAP_BELOW)
        return FALSE;
    }

  return TRUE;
}

/* What is in force comes first, then the roundest values: those that most powers of two divide. */
static void
add_values (HrFitMapLayout *self, const HrChartMeasurer *measurer, gboolean is_column)
{
  const HrGridAxis *axis = is_column ? &self->map->columns : &self->map->rows;
  int current = is_column ? self->map->current.column : self->map->current.row;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (HrChartBox));

  for (int power = 64; power >= 0; power--)
    for (int i = 0; i < (int) axis->n_values; i++)
      {
        gboolean is_current = i == current;
        int own = is_current ? 64 : axis->values[i] > 0 ? g_bit_nth_lsf (axis->values[i], -1) : 0;
        char text[HR_TEXT_SIZE];

        if (own != power)
          continue;

        HrChartBox box = place_value (self, measurer, is_column, (guint) i, text);
        if (!stands_clear (taken, &box, is_column))
          continue;

        g_array_append_val (taken, box);
        hr_chart_items_add_text (self->items, is_current || !self->map->fine ? HR_CHART_TEXT_NAME : HR_CHART_TEXT_AXIS,
                                 is_current ? HR_CHART_ROLE_TEXT : HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE, text,
                                 box);
      }
}

void
hr_fit_map_layout_add_axes (HrFitMapLayout *self, const HrChartMeasurer *measurer, double top)
{
  add_names (self, measurer, top);
  add_values (self, measurer, TRUE);
  add_values (self, measurer, FALSE);
}
