/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HR_ROW_VALUES,
  HR_ROW_SECTION,    /* a heading over the rows that follow; no cells */
  HR_ROW_VERDICT,    /* cells are verdicts: show icon and words */
  HR_ROW_COMPONENT,  /* cells are sizes of one component */
  HR_ROW_TOTAL,      /* sums: shown in bold */
  HR_ROW_DIFFERENCE, /* a setting in which the configurations differ */
} HrRowKind;

/** What the numbers of a row count. */
typedef enum
{
  HR_SCALE_NONE, /* its cells are no figures that could be set against each other */
  HR_SCALE_BYTES,
  HR_SCALE_HOURS,
  HR_SCALE_SECONDS,
  HR_SCALE_DOLLARS,
  HR_SCALE_RATE,
} HrTableScale;

/**
 * HrTableChange:
 * @text: "−10.30 GB, −64 %"; NULL where nothing is told
 * @words: the same as a screen reader says it, with what it is compared to
 *
 * How far a figure is from the one of the baseline.
 */
typedef struct
{
  char *text;
  char *words;
} HrTableChange;

/**
 * HrTableRow:
 * @cells: (array zero-terminated=1): one text a column
 * @numbers: (nullable) (array length=n_cells): the figures that the cells tell, on @scale; NAN: none
 * @changes: (nullable) (array length=n_cells): beside the cells, where there is a baseline
 * @tag: what the row is about: a component or verdict row's C value; -1 else
 */
typedef struct
{
  HrRowKind kind;
  char *label;
  char *detail; /* (nullable): smaller text beside the label */
  char **cells;
  guint n_cells;
  HrTableScale scale;
  double *numbers;
  HrTableChange *changes;
  int tag;
} HrTableRow;

/**
 * HrTable:
 * @columns: (array zero-terminated=1): heads, one a column
 * @rows: (element-type HrTableRow)
 * @baseline: the column that the others are compared with; -1: none
 * @basis: (nullable): what the cells of each column rest on, only to be compared
 *
 * A comparison as text: what the Compare view, the command line and the exported table show alike.
 */
typedef struct
{
  char *title;
  char **columns;
  guint n_columns;
  GPtrArray *rows;
  int baseline;
  GPtrArray *basis;
} HrTable;

HrTable *hr_table_new (const char *title, const char *const *columns) G_GNUC_WARN_UNUSED_RESULT;
void hr_table_free (HrTable *self);

/** Adds a row with empty cells, owned by the table; set cells with hr_table_row_set(). */
HrTableRow *hr_table_add (HrTable *self, HrRowKind kind, const char *label);

/** Sets the text of one cell. */
void hr_table_row_set (HrTableRow *self, guint column, const char *text);

/** Tells the figure of a cell, so that it can be compared. A row has one scale. */
void hr_table_row_set_number (HrTableRow *self, guint column, HrTableScale scale, double number);

/** Tells beside a cell how far it is from the baseline. */
void hr_table_row_set_change (HrTableRow *self, guint column, const char *text, const char *words);

/** Returns: (nullable): the change beside a cell. */
const HrTableChange *hr_table_row_get_change (const HrTableRow *self, guint column);

/** Whether the cells of a row differ from each other. */
gboolean hr_table_row_differs (const HrTableRow *self);

/** Returns: (transfer full): the table as CSV: UTF-8, CRLF, quoted where needed (RFC 4180); an apostrophe leads a cell
 * that a spreadsheet would take for a formula. */
char *hr_table_to_csv (const HrTable *self) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the table in GitHub's Markdown. */
char *hr_table_to_markdown (const HrTable *self) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the table for a terminal, columns aligned. */
char *hr_table_to_text (const HrTable *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTable, hr_table_free)

G_END_DECLS
