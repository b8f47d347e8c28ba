/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-sheet.h"

#define MIN_CHART_HEIGHT 240

/* Of the page's height, in percent. */
#define CHART_SHARE 45

struct _HrCompareSheet
{
  GtkWidget parent_instance;

  GtkWidget *chart;
  GtkWidget *table;
  int page_height;
};

G_DEFINE_FINAL_TYPE (HrCompareSheet, hr_compare_sheet, GTK_TYPE_WIDGET)

static int
minimum_size (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
chart_height (HrCompareSheet *self)
{
  int share = MAX (MIN_CHART_HEIGHT, self->page_height * CHART_SHARE / 100);

  return MAX (share, minimum_size (self->chart, GTK_ORIENTATION_VERTICAL, -1));
}

static GtkSizeRequestMode
hr_compare_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hr_compare_sheet_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MAX (minimum_size (self->chart, orientation, -1), minimum_size (self->table, orientation, -1));
  else
    *minimum = chart_height (self) + minimum_size (self->table, orientation, for_size);
  *natural = *minimum;
}

static void
hr_compare_sheet_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (widget);
  int table_height = minimum_size (self->table, GTK_ORIENTATION_VERTICAL, width);
  int chart = MAX (chart_height (self), height - table_height);

  hr_chart_view_set_plot_start (HR_CHART_VIEW (self->chart),
                                hr_compare_table_get_label_width (HR_COMPARE_TABLE (self->table)));
  gtk_widget_size_allocate (self->chart, &(GtkAllocation){ 0, 0, width, chart }, -1);
  gtk_widget_size_allocate (self->table, &(GtkAllocation){ 0, chart, width, table_height }, -1);
}

static void
hr_compare_sheet_dispose (GObject *object)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (object);

  g_clear_pointer (&self->chart, gtk_widget_unparent);
  g_clear_pointer (&self->table, gtk_widget_unparent);

  G_OBJECT_CLASS (hr_compare_sheet_parent_class)->dispose (object);
}

static void
hr_compare_sheet_class_init (HrCompareSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_compare_sheet_dispose;
  widget_class->get_request_mode = hr_compare_sheet_get_request_mode;
  widget_class->measure = hr_compare_sheet_measure;
  widget_class->size_allocate = hr_compare_sheet_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "comparesheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_compare_sheet_init (HrCompareSheet *self)
{
  self->chart = hr_chart_view_new ();
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  self->table = hr_compare_table_new ();
  gtk_widget_set_parent (self->table, GTK_WIDGET (self));
}

HrChartView *
hr_compare_sheet_get_chart (HrCompareSheet *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_SHEET (self), NULL);

  return HR_CHART_VIEW (self->chart);
}

HrCompareTable *
hr_compare_sheet_get_table (HrCompareSheet *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_SHEET (self), NULL);

  return HR_COMPARE_TABLE (self->table);
}

void
hr_compare_sheet_set_page_size (HrCompareSheet *self, int width, int height)
{
  g_return_if_fail (HR_IS_COMPARE_SHEET (self));

  hr_compare_table_set_page_width (HR_COMPARE_TABLE (self->table), width);
  if (self->page_height == height)
    return;

  self->page_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
