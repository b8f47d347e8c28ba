/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-handle.h"

struct _HrChartHandle
{
  GtkWidget parent_instance;

  int bar;
  char *label;
  int position;
  int size;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (HrChartHandle, hr_chart_handle, GTK_TYPE_WIDGET)

static void
hr_chart_handle_finalize (GObject *object)
{
  HrChartHandle *self = HR_CHART_HANDLE (object);

  g_free (self->label);

  G_OBJECT_CLASS (hr_chart_handle_parent_class)->finalize (object);
}

static void
hr_chart_handle_class_init (HrChartHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hr_chart_handle_finalize;

  gtk_widget_class_set_css_name (widget_class, "handle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
hr_chart_handle_init (HrChartHandle *self)
{
  self->bar = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
}

GtkWidget *
hr_chart_handle_new (void)
{
  return g_object_new (HR_TYPE_CHART_HANDLE, NULL);
}

int
hr_chart_handle_get_bar (HrChartHandle *self)
{
  g_return_val_if_fail (HR_IS_CHART_HANDLE (self), -1);

  return self->bar;
}

void
hr_chart_handle_set_bar (HrChartHandle *self, int bar)
{
  g_return_if_fail (HR_IS_CHART_HANDLE (self));

  self->bar = bar;
}

void
hr_chart_handle_set_label (HrChartHandle *self, const char *label)
{
  g_return_if_fail (HR_IS_CHART_HANDLE (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
hr_chart_handle_set_position (HrChartHandle *self, int position, int size)
{
  g_return_if_fail (HR_IS_CHART_HANDLE (self));

  if (self->position == position && self->size == size)
    return;

  self->position = position;
  self->size = size;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, size, -1);
}

void
hr_chart_handle_set_selected (HrChartHandle *self, gboolean selected)
{
  g_return_if_fail (HR_IS_CHART_HANDLE (self));

  if (self->selected == selected)
    return;

  self->selected = selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
