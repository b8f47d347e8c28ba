/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-table.h"

#include <math.h>
#include <string.h>

static void
free_row (gpointer data)
{
  HrTableRow *row = data;

  g_free (row->label);
  g_free (row->detail);
  for (guint i = 0; row->changes != NULL && i < row->n_cells; i++)
    {
      g_free (row->changes[i].text);
      g_free (row->changes[i].words);
    }
  g_free (row->changes);
  g_free (row->numbers);
  g_strfreev (row->cells);
  g_free (row);
}

HrTable *
hr_table_new (const char *title, const char *const *columns)
{
  HrTable *self = g_new0 (HrTable, 1);

  self->title = g_strdup (title != NULL ? title : "");
  self->columns = g_strdupv ((char **) columns);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->n_columns = g_strv_length (self->columns);
  self->baseline = -1;
  return self;
}

void
hr_table_free (HrTable *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_strfreev (self->columns);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->basis, g_ptr_array_unref);
  g_free (self);
}

HrTableRow *
hr_table_add (HrTable *self, HrRowKind kind, const char *label)
{
  HrTableRow *row = g_new0 (HrTableRow, 1);
  guint n_columns = self->n_columns;

  row->kind = kind;
  row->tag = -1;
  row->label = g_strdup (label);
  row->n_cells = n_columns;
  row->cells = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    row->cells[i] = g_strdup ("");

  g_ptr_array_add (self->rows, row);
  return row;
}

void
hr_table_row_set (HrTableRow *self, guint column, const char *text)
{
  g_return_if_fail (column < self->n_cells);

  char *copy = g_strdup (text != NULL ? text : "");
  g_free (self->cells[column]);
  self->cells[column] = copy;
}

void
hr_table_row_set_number (HrTableRow *self, guint column, HrTableScale scale, double number)
{
  g_return_if_fail (column < self->n_cells);
  g_return_if_fail (self->numbers == NULL || self->scale == scale);

  if (self->numbers == NULL)
    {
      self->numbers = g_new (double, self->n_cells);
      for (guint i = 0; i < self->n_cells; i++)
        self->numbers[i] = NAN;
    }
  self->scale = scale;
  self->numbers[column] = number;
}

void
hr_table_row_set_change (HrTableRow *self, guint column, const char *text, const char *words)
{
  g_return_if_fail (column < self->n_cells);

  if (self->changes == NULL)
    self->changes = g_new0 (HrTableChange, self->n_cells);
  g_free (self->changes[column].text);
  g_free (self->changes[column].words);
  self->changes[column] = (HrTableChange){ g_strdup (text), g_strdup (words) };
}

const HrTableChange *
hr_table_row_get_change (const HrTableRow *self, guint column)
{
  g_return_val_if_fail (column < self->n_cells, NULL);

  return self->changes != NULL && self->changes[column].text != NULL ? &self->changes[column] : NULL;
}

gboolean
hr_table_row_differs (const HrTableRow *self)
{
  for (guint i = 1; i < self->n_cells; i++)
    if (strcmp (self->cells[i], self->cells[0]) != 0)
      return TRUE;

  return FALSE;
}
