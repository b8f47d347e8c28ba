/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-table.h"

#include "hr-markdown.h"
#include "hr-plain-text.h"

#include <string.h>

/* Between the columns of a text table. */
#define GAP 2

static char *
row_label (const HrTableRow *row)
{
  if (row->detail == NULL || *row->detail == '\0')
    return g_strdup (row->label);

  return g_strdup_printf ("%s (%s)", row->label, row->detail);
}

/* Returns: (transfer full): the cell, with its change behind it. */
static char *
cell_text (const HrTableRow *row, guint column)
{
  const HrTableChange *change = hr_table_row_get_change (row, column);

  return change != NULL ? g_strdup_printf ("%s (%s)", row->cells[column], change->text) : g_strdup (row->cells[column]);
}

/* Returns: (transfer full) (array zero-terminated=1) */
static char **
cell_texts (const HrTableRow *row)
{
  char **texts = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    texts[i] = cell_text (row, i);
  return texts;
}

/* What a spreadsheet would calculate (OWASP, CSV Injection). "-1.2 GB" and "+3 %" are figures, whatever calculates. */
static gboolean
is_formula (const char *cell)
{
  if (*cell == '+' || *cell == '-')
    return !g_ascii_isdigit (cell[1]) || strpbrk (cell + 1, "=+-*/^&|!(@") != NULL;

  return *cell != '\0' && strchr ("=@\t\r", *cell) != NULL;
}

/*
 * RFC 4180, section 2: quotes around what holds a comma, a quote or a line break; quotes doubled. An apostrophe leads
 * what is no formula but looks like one.
 */
static void
append_csv (GString *text, const char *cell)
{
  const char *mark = is_formula (cell) ? "'" : "";

  if (strpbrk (cell, ",\"\r\n") == NULL && *cell != ' ' && !g_str_has_suffix (cell, " "))
    {
      g_string_append_printf (text, "%s%s", mark, cell);
      return;
    }

  g_string_append_printf (text, "\"%s", mark);
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
append_csv_line (GString *text, const char *label, char **cells)
{
  append_csv (text, label);
  for (char **cell = cells; *cell != NULL; cell++)
    {
      g_string_append_c (text, ',');
      append_csv (text, *cell);
    }
  g_string_append (text, "\r\n");
}

char *
hr_table_to_csv (const HrTable *self)
{
  GString *text = g_string_new (NULL);

  append_csv_line (text, self->title, self->columns);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *label = row_label (row);
      g_auto (GStrv) cells = cell_texts (row);
      append_csv_line (text, label, cells);
    }

  return g_string_free (text, FALSE);
}

static void
append_markdown_line (GString *text, const char *label, char **cells, const char *emphasis)
{
  g_string_append_printf (text, "| %s", *label != '\0' ? emphasis : "");
  hr_markdown_append_text (text, label);
  g_string_append_printf (text, "%s |", *label != '\0' ? emphasis : "");
  for (char **cell = cells; *cell != NULL; cell++)
    {
      g_string_append_printf (text, " %s", **cell != '\0' ? emphasis : "");
      hr_markdown_append_text (text, *cell);
      g_string_append_printf (text, "%s |", **cell != '\0' ? emphasis : "");
    }
  g_string_append_c (text, '\n');
}

char *
hr_table_to_markdown (const HrTable *self)
{
  GString *text = g_string_new (NULL);

  append_markdown_line (text, self->title, self->columns, "");
  g_string_append (text, "| --- |");
  for (char **column = self->columns; *column != NULL; column++)
    g_string_append (text, " ---: |");
  g_string_append_c (text, '\n');

  for (guint i = 0; i < self->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *label = row_label (row);
      g_auto (GStrv) cells = cell_texts (row);
      append_markdown_line (text, label, cells, row->kind == HR_ROW_SECTION || row->kind == HR_ROW_TOTAL ? "**" : "");
    }

  return g_string_free (text, FALSE);
}

/* Columns of a terminal. */
static guint
display_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

static void
append_padded (GString *text, const char *cell, guint width, gboolean at_end)
{
  g_autofree char *line = hr_plain_text (cell);
  guint padding = width - MIN (width, display_width (line));

  if (at_end)
    g_string_append_printf (text, "%*s%s", (int) padding, "", line);
  else
    g_string_append_printf (text, "%s%*s", line, (int) padding, "");
}

static void
append_text_line (GString *text, const char *label, char **cells, const guint *widths)
{
  append_padded (text, label, widths[0], FALSE);
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_string_append_printf (text, "%*s", GAP, "");
      append_padded (text, cells[i], widths[i + 1], TRUE);
    }
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
widen (guint *widths, const char *label, char **cells)
{
  widths[0] = MAX (widths[0], display_width (label));
  for (guint i = 0; cells[i] != NULL; i++)
    widths[i + 1] = MAX (widths[i + 1], display_width (cells[i]));
}

char *
hr_table_to_text (const HrTable *self)
{
  GString *text = g_string_new (NULL);
  g_autofree guint *widths = g_new0 (guint, self->n_columns + 1);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  widen (widths, self->title, self->columns);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (self->rows, i);
      char *label = row_label (row);
      g_ptr_array_add (labels, label);
      g_auto (GStrv) cells = cell_texts (row);
      widen (widths, label, cells);
    }

  append_text_line (text, self->title, self->columns, widths);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (self->rows, i);
      if (row->kind == HR_ROW_SECTION)
        g_string_append_c (text, '\n');
      g_auto (GStrv) cells = cell_texts (row);
      append_text_line (text, labels->pdata[i], cells, widths);
    }

  return g_string_free (text, FALSE);
}
