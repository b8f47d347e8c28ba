/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-table.h"

#include <string.h>

static void
free_row (gpointer data)
{
  HrTableRow *row = data;

  g_free (row->label);
  g_free (row->detail);
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
  g_free (self);
}

HrTableRow *
hr_table_add (HrTable *self, HrRowKind kind, const char *label)
{
  HrTableRow *row = g_new0 (HrTableRow, 1);
  guint n_columns = g_strv_length (self->columns);

  row->kind = kind;
  row->tag = -1;
  row->label = g_strdup (label);
  row->cells = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    row->cells[i] = g_strdup ("");

  g_ptr_array_add (self->rows, row);
  return row;
}

void
hr_table_row_set (HrTableRow *self, guint column, const char *text)
{
  g_return_if_fail (column < g_strv_length (self->cells));

  char *copy = g_strdup (text != NULL ? text : "");
  g_free (self->cells[column]);
  self->cells[column] = copy;
}
