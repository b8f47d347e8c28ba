/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-handles.h"

#include <math.h>

struct _HrChartHandles
{
  GtkWidget *chart;
  GPtrArray *handles; /* (element-type HrChartHandle): children of the chart */
  guint n_bars;
};

HrChartHandles *
hr_chart_handles_new (GtkWidget *chart)
{
  HrChartHandles *self = g_new0 (HrChartHandles, 1);

  self->chart = chart;
  self->handles = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  return self;
}

void
hr_chart_handles_clear (HrChartHandles *self)
{
  g_ptr_array_set_size (self->handles, 0);
}

void
hr_chart_handles_free (HrChartHandles *self)
{
  g_ptr_array_unref (self->handles);
  g_free (self);
}

HrChartHandle *
hr_chart_handles_find (HrChartHandles *self, int bar)
{
  for (guint i = 0; i < self->handles->len; i++)
    if (hr_chart_handle_get_bar (self->handles->pdata[i]) == bar)
      return self->handles->pdata[i];

  return NULL;
}

static HrChartHandle *
new_handle (HrChartHandles *self)
{
  GtkWidget *handle = hr_chart_handle_new ();

  gtk_widget_set_parent (handle, self->chart);
  g_signal_connect_object (handle, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw), self->chart,
                           G_CONNECT_SWAPPED);
  return HR_CHART_HANDLE (handle);
}

/* Takes the handle of @bar, else one of a bar that went out of sight, else a new one. */
static void
take_handle (HrChartHandles *self, const HrChartLayout *layout, int bar, int cursor, GPtrArray *handles)
{
  HrChartHandle *handle = hr_chart_handles_find (self, bar);
  guint first, end;

  hr_chart_layout_in_sight (layout, &first, &end);
  for (guint i = 0; i < self->handles->len && handle == NULL; i++)
    {
      int other = hr_chart_handle_get_bar (self->handles->pdata[i]);

      if ((other < (int) first || other >= (int) end) && other != cursor)
        handle = self->handles->pdata[i];
    }

  if (handle != NULL)
    {
      guint position;

      g_ptr_array_find (self->handles, handle, &position);
      g_ptr_array_steal_index (self->handles, position);
    }
  else
    handle = new_handle (self);
  hr_chart_handle_set_bar (handle, bar);
  gtk_widget_insert_before (GTK_WIDGET (handle), self->chart, NULL);
  g_ptr_array_add (handles, handle);
}

/* Whether handles are those of the bars from @first to @end, and of the one with the cursor where it is @beyond. */
static gboolean
is_matched (HrChartHandles *self, guint first, guint end, int cursor, gboolean beyond)
{
  if (self->handles->len != end - first + beyond)
    return FALSE;
  for (guint bar = first; bar < end; bar++)
    if (hr_chart_handles_find (self, (int) bar) == NULL)
      return FALSE;
  return !beyond || hr_chart_handles_find (self, cursor) != NULL;
}

void
hr_chart_handles_match (HrChartHandles *self, const HrChartLayout *layout, int cursor, guint n_bars)
{
  guint first, end;

  hr_chart_layout_in_sight (layout, &first, &end);
  gboolean before = cursor >= 0 && cursor < (int) first;
  gboolean behind = cursor >= (int) end && cursor < (int) n_bars;

  self->n_bars = n_bars;
  if (is_matched (self, first, end, cursor, before || behind))
    return;

  GPtrArray *handles = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);

  if (before)
    take_handle (self, layout, cursor, cursor, handles);
  for (guint bar = first; bar < end; bar++)
    take_handle (self, layout, (int) bar, cursor, handles);
  if (behind)
    take_handle (self, layout, cursor, cursor, handles);

  g_ptr_array_unref (self->handles);
  self->handles = handles;
}

static gboolean
is_selected (const HrChartMarks *marks, int bar)
{
  gboolean found = marks->selected_bar == bar;

  for (guint i = 0; i < marks->further_bars->len; i++)
    found |= g_array_index (marks->further_bars, int, i) == bar;
  return found;
}

void
hr_chart_handles_describe (HrChartHandles *self, const HrChartLayout *layout, const HrChartMarks *marks)
{
  for (guint i = 0; i < self->handles->len; i++)
    {
      HrChartHandle *handle = g_ptr_array_index (self->handles, i);
      int bar = hr_chart_handle_get_bar (handle);
      HrChartId whole = { bar, -1, -1 };
      g_autofree char *label = hr_chart_layout_describe (layout, marks->cursor.bar == bar ? marks->cursor : whole);

      if (label == NULL)
        label = hr_chart_layout_describe (layout, whole);
      hr_chart_handle_set_label (handle, label);
      hr_chart_handle_set_position (handle, bar, (int) self->n_bars);
      hr_chart_handle_set_selected (handle, is_selected (marks, bar));
    }
}

void
hr_chart_handles_allocate (HrChartHandles *self, const HrChartLayout *layout)
{
  for (guint i = 0; i < self->handles->len; i++)
    {
      GtkWidget *handle = g_ptr_array_index (self->handles, i);
      double x = 0, y = 0, bar_width = 0, bar_height = 0;

      hr_chart_layout_bounds (layout, (HrChartId){ hr_chart_handle_get_bar (HR_CHART_HANDLE (handle)), -1, -1 }, &x, &y,
                              &bar_width, &bar_height);
      gtk_widget_measure (handle, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (handle,
                                &(GtkAllocation){ (int) round (x), (int) round (y), MAX (1, (int) round (bar_width)),
                                                  MAX (1, (int) round (bar_height)) },
                                -1);
    }
}
