/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-comparison-keep.h"

#include <string.h>

struct _HrComparisonKeep
{
  HrTable *earlier;         /* (nullable) */
  gboolean *unchanged;      /* (array): a column each */
  GHashTable *counterparts; /* (element-type HrTableRow HrTableRow): of rows that have been asked for */
};

HrComparisonKeep *
hr_comparison_keep_new (HrProject *project, HrTable *earlier)
{
  HrComparisonKeep *self = g_new0 (HrComparisonKeep, 1);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));

  self->counterparts = g_hash_table_new (NULL, NULL);
  if (earlier == NULL || earlier->basis == NULL || earlier->basis->len != n)
    return self;

  self->earlier = earlier;
  self->unchanged = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    self->unchanged[i]
        = earlier->basis->pdata[i] == hr_configuration_get_estimate (hr_project_get_configuration (project, i));
  return self;
}

void
hr_comparison_keep_free (HrComparisonKeep *self)
{
  g_hash_table_unref (self->counterparts);
  g_free (self->unchanged);
  g_free (self);
}

static HrTableRow *
find_counterpart (HrTable *earlier, const HrTableRow *row)
{
  for (guint i = 0; i < earlier->rows->len; i++)
    {
      HrTableRow *other = g_ptr_array_index (earlier->rows, i);

      if (other->kind == row->kind && strcmp (other->label, row->label) == 0)
        return other;
    }

  return NULL;
}

static HrTableRow *
get_counterpart (HrComparisonKeep *self, HrTableRow *row)
{
  gpointer counterpart;

  if (g_hash_table_lookup_extended (self->counterparts, row, NULL, &counterpart))
    return counterpart;

  counterpart = find_counterpart (self->earlier, row);
  g_hash_table_insert (self->counterparts, row, counterpart);
  return counterpart;
}

gboolean
hr_comparison_keep_cell (HrComparisonKeep *self, HrTableRow *row, guint column)
{
  if (self->earlier == NULL || !self->unchanged[column])
    return FALSE;

  HrTableRow *counterpart = get_counterpart (self, row);
  if (counterpart == NULL)
    return FALSE;

  char *empty = row->cells[column];

  row->cells[column] = counterpart->cells[column];
  counterpart->cells[column] = empty;
  if (counterpart->numbers != NULL)
    hr_table_row_set_number (row, column, counterpart->scale, counterpart->numbers[column]);
  return TRUE;
}
