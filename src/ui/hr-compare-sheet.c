/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-compare-sheet.h"

#include <math.h>

#define MIN_CHART_HEIGHT 240

/* Of the page's height, in percent. */
#define CHART_SHARE 45

/* What is brought into view stands off the edge by so much: a bar's figure above it, the axis below. */
#define REVEAL_MARGIN 28

/* Of the page, that a click beside the slider scrolls; and of a step. */
#define PAGE_SHARE 0.9
#define STEP_SHARE 0.1

#define NO_COLUMN G_MAXUINT

struct _HrCompareSheet
{
  GtkWidget parent_instance;

  GtkWidget *chart;
  GtkWidget *table;
  GtkWidget *root; /* (nullable): whose focus is followed */

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  HrCompareColumns columns;
  double start;          /* how much is scrolled away at the start edge */
  guint wanted_column;   /* to be brought into view when it has its place */
  gboolean is_adjusting; /* what adjustments say comes from here */
};

static void scrollable_iface_init (GtkScrollableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HrCompareSheet, hr_compare_sheet, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, scrollable_iface_init))

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} HrCompareSheetProperty;

static int
minimum_size (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
chart_height (HrCompareSheet *self, int page_height)
{
  int share = MAX (MIN_CHART_HEIGHT, page_height * CHART_SHARE / 100);

  return MAX (share, minimum_size (self->chart, GTK_ORIENTATION_VERTICAL, -1));
}

static void
apply_columns (HrCompareSheet *self)
{
  hr_compare_table_set_columns (HR_COMPARE_TABLE (self->table), &self->columns);
  hr_chart_view_set_columns (HR_CHART_VIEW (self->chart), self->columns.label_width,
                             self->columns.content_width - self->columns.label_width, self->columns.offset);
}

/* Adjustments count from the left. */
static void
scrolled_cb (HrCompareSheet *self)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  if (self->is_adjusting)
    return;

  self->start = gtk_adjustment_get_value (horizontal);
  if (self->columns.right_to_left)
    self->start = gtk_adjustment_get_upper (horizontal) - gtk_adjustment_get_page_size (horizontal) - self->start;
  self->columns.offset = (int) round (self->start);
  apply_columns (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
configure (GtkAdjustment *adjustment, double value, int size, int page)
{
  double upper = MAX (size, page);

  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - page), 0, upper, page * STEP_SHARE, page * PAGE_SHARE,
                            page);
}

static double
reveal_column (HrCompareSheet *self)
{
  guint column = MIN (self->wanted_column, self->columns.n_columns - 1);
  int room = self->columns.width - self->columns.label_width;
  HrCompareColumns unscrolled = self->columns;
  int start, width;

  self->wanted_column = NO_COLUMN;
  unscrolled.offset = 0;
  hr_compare_columns_get (&unscrolled, column, &start, &width);
  start -= unscrolled.label_width;
  return MIN (MAX (self->start, start + width - room), start);
}

/* Sideways, by what the columns need. */
static void
place_columns (HrCompareSheet *self, int width)
{
  int least = hr_chart_view_get_minimum_column (HR_CHART_VIEW (self->chart));
  double most;

  hr_compare_table_measure_columns (HR_COMPARE_TABLE (self->table), width, least, &self->columns);
  if (self->wanted_column != NO_COLUMN && self->columns.n_columns > 0)
    self->start = reveal_column (self);
  most = self->columns.content_width - width;
  self->start = CLAMP (self->start, 0, most);
  self->columns.offset = (int) round (self->start);
  apply_columns (self);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL],
               self->columns.right_to_left ? most - self->start : self->start, self->columns.content_width, width);
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

  *minimum = *natural = minimum_size (self->chart, orientation, -1);
}

static void
hr_compare_sheet_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (widget);
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  self->is_adjusting = TRUE;
  place_columns (self, width);

  int scrolled = vertical != NULL ? (int) gtk_adjustment_get_value (vertical) : 0;
  hr_compare_table_fill (HR_COMPARE_TABLE (self->table), width, height + scrolled - chart_height (self, height));

  int table_height = minimum_size (self->table, GTK_ORIENTATION_VERTICAL, width);
  int chart = MAX (chart_height (self, height), height - table_height);

  if (vertical != NULL)
    configure (vertical, gtk_adjustment_get_value (vertical), chart + table_height, height);
  self->is_adjusting = FALSE;

  int y = vertical != NULL ? -(int) round (gtk_adjustment_get_value (vertical)) : 0;

  minimum_size (self->chart, GTK_ORIENTATION_HORIZONTAL, -1);
  gtk_widget_size_allocate (self->chart, &(GtkAllocation){ 0, y, width, chart }, -1);
  gtk_widget_size_allocate (self->table, &(GtkAllocation){ 0, y + chart, width, table_height }, -1);
}

static void
clamp_vertically (HrCompareSheet *self, double y, double height)
{
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  if (vertical == NULL)
    return;
  y += gtk_adjustment_get_value (vertical);
  gtk_adjustment_clamp_page (vertical, MAX (0, y), y + height);
}

/* What is focused in the table comes into view; its column does when it is selected. */
static void
focus_cb (HrCompareSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->root));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->table)
      && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    clamp_vertically (self, (double) bounds.origin.y, (double) bounds.size.height);
}

/* The cursor's bar with its figure and the end of the axis, or its segment. */
static void
cursor_moved_cb (HrCompareSheet *self)
{
  HrChartId cursor = hr_chart_view_get_cursor (HR_CHART_VIEW (self->chart));
  const HrChartLayout *layout = hr_chart_view_get_layout (HR_CHART_VIEW (self->chart));
  graphene_rect_t chart;
  double x, y, width, height;

  if (cursor.bar >= 0)
    hr_compare_sheet_show_column (self, (guint) cursor.bar);
  if (layout != NULL && hr_chart_layout_bounds (layout, cursor, &x, &y, &width, &height)
      && gtk_widget_compute_bounds (self->chart, GTK_WIDGET (self), &chart))
    clamp_vertically (self, (double) chart.origin.y + y - REVEAL_MARGIN, height + 2 * REVEAL_MARGIN);
}

static void
hr_compare_sheet_root (GtkWidget *widget)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (widget);

  GTK_WIDGET_CLASS (hr_compare_sheet_parent_class)->root (widget);

  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_swapped (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self);
}

static void
hr_compare_sheet_unroot (GtkWidget *widget)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (widget);

  g_signal_handlers_disconnect_by_func (self->root, focus_cb, self);
  self->root = NULL;

  GTK_WIDGET_CLASS (hr_compare_sheet_parent_class)->unroot (widget);
}

static void
set_adjustment (HrCompareSheet *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], scrolled_cb, self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
hr_compare_sheet_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (object);

  switch ((HrCompareSheetProperty) property_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_compare_sheet_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (object);

  switch ((HrCompareSheetProperty) property_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_compare_sheet_dispose (GObject *object)
{
  HrCompareSheet *self = HR_COMPARE_SHEET (object);

  g_clear_pointer (&self->chart, gtk_widget_unparent);
  g_clear_pointer (&self->table, gtk_widget_unparent);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);

  G_OBJECT_CLASS (hr_compare_sheet_parent_class)->dispose (object);
}

static void
hr_compare_sheet_class_init (HrCompareSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_compare_sheet_get_property;
  object_class->set_property = hr_compare_sheet_set_property;
  object_class->dispose = hr_compare_sheet_dispose;
  widget_class->get_request_mode = hr_compare_sheet_get_request_mode;
  widget_class->measure = hr_compare_sheet_measure;
  widget_class->size_allocate = hr_compare_sheet_size_allocate;
  widget_class->root = hr_compare_sheet_root;
  widget_class->unroot = hr_compare_sheet_unroot;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "comparesheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
scrollable_iface_init (GtkScrollableInterface *iface)
{
}

static void
hr_compare_sheet_init (HrCompareSheet *self)
{
  self->wanted_column = NO_COLUMN;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->chart = hr_chart_view_new ();
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  g_signal_connect_swapped (self->chart, "cursor-moved", G_CALLBACK (cursor_moved_cb), self);
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
hr_compare_sheet_show_column (HrCompareSheet *self, guint column)
{
  g_return_if_fail (HR_IS_COMPARE_SHEET (self));

  self->wanted_column = column;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
