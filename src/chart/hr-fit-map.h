/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-grid.h"
#include "hr-size-text.h"

#include <glib.h>

G_BEGIN_DECLS

/** A cell of a map, by its place on both axes; -1, -1: none. What is pointed at, under the cursor or in force. */
typedef struct
{
  int column;
  int row;
} HrFitMapPlace;

#define HR_FIT_MAP_NOWHERE ((HrFitMapPlace){ -1, -1 })

/**
 * HrFitMap:
 * @fine: drawn as a map of small cells, not as a table of figures
 * @grouped: the values of the axes are written as other counts are, "2,048"; else as in files that are made of it,
 *   "2048"
 * @current: what the configuration has; nowhere where the axes leave it out
 *
 * What fits of one configuration when two of its values change, before any geometry. Its maker fills in the texts; from
 * then on it does not change.
 */
typedef struct
{
  char *title;       /* name of the configuration */
  char *detail;      /* (nullable): behind the title: "NF4 · all linear · 1 × T4" */
  char *description; /* spoken summary; SVG desc */
  char *empty_text;  /* shown where there is no cell */
  char *column_label;
  char *row_label;
  HrUnits units;
  uint64_t limit_bytes; /* 0: no card */
  gboolean fine;
  gboolean grouped;

  HrGridAxis columns;
  HrGridAxis rows;
  HrGridCell *cells; /* for each row a cell of each column */
  HrFitMapPlace current;
} HrFitMap;

/**
 * hr_fit_map_new:
 * @columns: @rows: (nullable): NULL: there is no cell
 * @cells: as hr_grid() made them
 *
 * Returns: (transfer full): a map of copies, without texts.
 */
HrFitMap *hr_fit_map_new (const HrGridAxis *columns, const HrGridAxis *rows,
                          const HrGridCell *cells) G_GNUC_WARN_UNUSED_RESULT;
HrFitMap *hr_fit_map_ref (HrFitMap *self) G_GNUC_WARN_UNUSED_RESULT;
void hr_fit_map_unref (HrFitMap *self);

gboolean hr_fit_map_place_equal (HrFitMapPlace a, HrFitMapPlace b);

/** Whether @place is a cell of @self. */
gboolean hr_fit_map_has (const HrFitMap *self, HrFitMapPlace place);

const HrGridCell *hr_fit_map_cell (const HrFitMap *self, HrFitMapPlace place);

/** The cell of these values, or the one next to it; nowhere where there is no cell. */
HrFitMapPlace hr_fit_map_find (const HrFitMap *self, uint64_t column_value, uint64_t row_value);

typedef enum
{
  HR_FIT_MAP_MOVE_LEFT, /* along the axes: smaller and larger columns, smaller and larger rows */
  HR_FIT_MAP_MOVE_RIGHT,
  HR_FIT_MAP_MOVE_UP,
  HR_FIT_MAP_MOVE_DOWN,
  HR_FIT_MAP_MOVE_ROW_START,
  HR_FIT_MAP_MOVE_ROW_END,
  HR_FIT_MAP_MOVE_COLUMN_START,
  HR_FIT_MAP_MOVE_COLUMN_END,
  HR_FIT_MAP_MOVE_CURRENT, /* to what the configuration has */
} HrFitMapMove;

/** Where the cursor goes from @from; @from itself where it cannot move. From nowhere it goes to what is in force. */
HrFitMapPlace hr_fit_map_move (const HrFitMap *self, HrFitMapPlace from, HrFitMapMove move);

/** "✓", "≈", "✗", "?": what tells verdicts apart without colour. */
const char *hr_fit_map_sign (HrVerdict verdict);

/** "fits", "tight", "does not fit", "no GPU". */
const char *hr_fit_map_verdict_label (HrVerdict verdict);

/** Returns: (transfer full): the peak without its unit, as short as a table needs it: "9.0", "193". */
char *hr_fit_map_figure (const HrFitMap *self, HrFitMapPlace place) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): what those figures are: "Peak in GB". */
char *hr_fit_map_unit_text (const HrFitMap *self) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): what heads a column or a row: "Micro-batch 4". */
char *hr_fit_map_column_text (const HrFitMap *self, guint column) G_GNUC_WARN_UNUSED_RESULT;
char *hr_fit_map_row_text (const HrFitMap *self, guint row) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "Micro-batch 4 · Sequence length 2,048". */
char *hr_fit_map_values_text (const HrFitMap *self, HrFitMapPlace place) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "19.2 GB · ✗ does not fit, 3.1 GB over the limit". */
char *hr_fit_map_verdict_text (const HrFitMap *self, HrFitMapPlace place) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_fit_map_describe:
 *
 * Returns: (transfer full): the sentence for tooltips and screen readers: "Micro-batch 4, Sequence length 2,048: 19.2
 * GB, does not fit, 3.1 GB over the limit".
 */
char *hr_fit_map_describe (const HrFitMap *self, HrFitMapPlace place, HrWording wording) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrFitMap, hr_fit_map_unref)

G_END_DECLS
