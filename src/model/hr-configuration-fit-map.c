/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-fit-map.h"

#include "chart/hr-chart-model.h"
#include "chart/hr-text-parts.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>

#define FIGURE_DECIMALS 1

/* Every so many lines at first, then those halfway between, down to every line. */
#define FIRST_STRIDE 32

struct _HrFitMapFiller
{
  HrEntry *entry; /* (nullable): the configuration's value */
  HrGpu gpu;
  gboolean has_gpu;
  HrUnits units;
  gboolean fine;
  HrGridAxis columns;
  HrGridAxis rows;
  HrGridCell *cells;
  guint n_lines;
  guint stride;
  guint line;
};

static void
init_axis (HrGridAxis *axis, const HrFitMapAxis *options, HrGridRange range, const HrFitMapFiller *self)
{
  hr_grid_axis_init (axis, options->unknown, hr_entry_get_architecture (self->entry), hr_entry_get_job (self->entry),
                     range, self->fine ? HR_GRID_FINE : HR_GRID_COARSE, !options->linear);
}

HrFitMapFiller *
hr_fit_map_filler_new (HrProject *project, HrConfiguration *configuration, const HrFitMapOptions *options)
{
  HrFitMapFiller *self = g_new0 (HrFitMapFiller, 1);

  self->units = hr_project_get_units (project);
  self->fine = options->fine;
  if (configuration == NULL)
    return self;

  const HrGpu *gpu = hr_project_get_gpu (project, configuration);
  HrGridRange columns, rows;

  self->entry = hr_entry_ref (hr_configuration_get_entry (configuration));
  self->has_gpu = gpu != NULL;
  if (gpu != NULL)
    self->gpu = *gpu;
  hr_fit_map_options_get_ranges (options, configuration, &columns, &rows);
  init_axis (&self->columns, &options->columns, columns, self);
  init_axis (&self->rows, &options->rows, rows, self);
  self->n_lines = hr_grid_n_lines (&self->columns, &self->rows);
  self->cells = g_new (HrGridCell, (gsize) self->columns.n_values * self->rows.n_values);
  self->stride = FIRST_STRIDE;

  return self;
}

void
hr_fit_map_filler_free (HrFitMapFiller *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entry, hr_entry_unref);
  g_free (self->cells);
  g_free (self);
}

/* The line, and up to the next one that is known all like it. */
static void
fill_line (HrFitMapFiller *self)
{
  guint end = MIN (self->line + self->stride, self->n_lines);

  hr_grid_line (hr_entry_get_architecture (self->entry), hr_entry_get_job (self->entry),
                self->has_gpu ? &self->gpu : NULL, &self->columns, &self->rows, self->line, self->cells);
  for (guint i = self->line + 1; i < end; i++)
    hr_grid_copy_line (&self->columns, &self->rows, self->line, i, self->cells);
}

/* To the next line that is not known yet. */
static void
step (HrFitMapFiller *self)
{
  self->line += self->stride * (self->stride < FIRST_STRIDE ? 2 : 1);
  while (self->stride > 0 && self->line >= self->n_lines)
    {
      self->stride /= 2;
      self->line = self->stride;
    }
}

gboolean
hr_fit_map_filler_run (HrFitMapFiller *self, gint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  while (self->stride > 0)
    {
      fill_line (self);
      step (self);
      if (self->stride < FIRST_STRIDE && g_get_monotonic_time () >= end)
        break;
    }

  return self->stride > 0;
}

/* What the configuration has is told to the byte, as everywhere else, whatever the cells about it are. */
static void
set_current (HrFitMap *map, const HrFitMapFiller *self)
{
  const HrArchitecture *architecture = hr_entry_get_architecture (self->entry);
  const HrJob *job = hr_entry_get_job (self->entry);
  HrGridAxis column = { .unknown = map->columns.unknown, .n_values = 1 };
  HrGridAxis row = { .unknown = map->rows.unknown, .n_values = 1 };

  column.values[0] = hr_unknown_get (column.unknown, job);
  row.values[0] = hr_unknown_get (row.unknown, job);

  HrFitMapPlace place = hr_fit_map_find (map, column.values[0], row.values[0]);
  if (map->columns.values[place.column] != column.values[0] || map->rows.values[place.row] != row.values[0])
    return;

  map->current = place;
  hr_grid (architecture, job, self->has_gpu ? &self->gpu : NULL, &column, &row,
           &map->cells[(guint) place.row * map->columns.n_values + (guint) place.column]);
}

static guint
count_fitting (const HrFitMap *map, guint n_cells)
{
  guint n_fitting = 0;

  for (guint i = 0; i < n_cells; i++)
    n_fitting += map->cells[i].verdict == HR_VERDICT_FITS || map->cells[i].verdict == HR_VERDICT_TIGHT;

  return n_fitting;
}

static char *
describe (const HrFitMap *map)
{
  guint n_cells = map->columns.n_values * map->rows.n_values;

  if (map->cells == NULL)
    return g_strdup (map->empty_text);

  HrFitMapPlace place = hr_fit_map_has (map, map->current) ? map->current : (HrFitMapPlace){ 0, 0 };
  g_autofree char *now = hr_fit_map_describe (map, place, HR_SPOKEN);

  /* Translators: a fit map as a screen reader says it: the configuration's name, one cell of the map, and how many of
   * all cells fit */
  return g_strdup_printf (_ ("%s. %s. %u of %u combinations fit."), map->title, now, count_fitting (map, n_cells),
                          n_cells);
}

static void
set_texts (HrFitMap *map, const HrFitMapFiller *self)
{
  const HrJob *job = hr_entry_get_job (self->entry);
  g_autofree char *summary = hr_job_summary (job);
  g_autofree char *detail = NULL;

  map->title = hr_chart_dup_text (hr_job_title (job));
  map->column_label = g_strdup (hr_fit_map_axis_label (map->columns.unknown));
  map->row_label = g_strdup (hr_fit_map_axis_label (map->rows.unknown));
  if (self->has_gpu)
    {
      char capacity[HR_TEXT_SIZE];

      map->limit_bytes = hr_gpu_usable_bytes (&self->gpu);
      hr_format_bytes (map->limit_bytes, map->units, FIGURE_DECIMALS, capacity);
      detail = hr_text_join_parts (summary, hr_gpu_short_name (&self->gpu), capacity, NULL);
    }
  map->detail = hr_chart_dup_text (detail != NULL ? detail : summary);
}

HrFitMap *
hr_fit_map_filler_make_map (const HrFitMapFiller *self)
{
  HrFitMap *map = self->entry != NULL ? hr_fit_map_new (&self->columns, &self->rows, self->cells)
                                      : hr_fit_map_new (NULL, NULL, NULL);

  map->empty_text = g_strdup (_ ("No configuration yet"));
  map->units = self->units;
  map->fine = self->fine;
  if (self->entry != NULL)
    {
      set_texts (map, self);
      set_current (map, self);
    }
  map->description = describe (map);

  return map;
}

HrFitMap *
hr_configuration_fit_map (HrProject *project, HrConfiguration *configuration, const HrFitMapOptions *options)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);
  g_return_val_if_fail (configuration == NULL || HR_IS_CONFIGURATION (configuration), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  g_autoptr (HrFitMapFiller) filler = hr_fit_map_filler_new (project, configuration, options);

  hr_fit_map_filler_run (filler, G_MAXINT64 / 2);

  return hr_fit_map_filler_make_map (filler);
}
