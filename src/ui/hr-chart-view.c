/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-view.h"

#include "chart/hr-chart-paint.h"
#include "chart/hr-chart-tween.h"
#include "hr-chart-handles.h"
#include "hr-focus.h"
#include "hr-motion.h"
#include "hr-palette.h"

#include <adwaita.h>
#include <math.h>

struct _HrChartView
{
  GtkWidget parent_instance;

  HrChartModel *model;
  HrChartTween *tween;   /* (nullable): while figures move */
  AdwAnimation *motion;  /* (nullable): before anything has moved */
  double part;           /* of the way that they have come */
  HrChartLayout *layout; /* of the size and font below */
  int layout_width;
  int layout_height;
  guint layout_font;
  double layout_offset;
  double plot_start;
  double bars_width;
  double offset;
  int minimum_column; /* -1: to be measured */
  int minimum_width;  /* as last told */
  int minimum_height;

  HrChartMarks marks;
  GArray *further_bars; /* (element-type int): of marks */
  HrChartHandles *handles;
};

G_DEFINE_FINAL_TYPE (HrChartView, hr_chart_view, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  CURSOR_MOVED,
  MOVE_CURSOR,
  PICK_CURSOR,
  MENU_ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
scroll_layout (HrChartView *self)
{
  HrChartMeasurer measurer;

  if (fabs (self->layout_offset - self->offset) < 0.5)
    return;

  hr_chart_pango_measurer_init (&measurer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  hr_chart_layout_scroll (self->layout, self->offset, &measurer);
  hr_chart_pango_measurer_clear (&measurer);
  self->layout_offset = self->offset;
}

static void
ensure_layout (HrChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  guint font = pango_context_get_serial (context);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  HrChartMeasurer measurer;

  if (self->layout != NULL && self->layout_width == width && self->layout_height == height && self->layout_font == font)
    {
      scroll_layout (self);
      return;
    }

  HrChartGeometry geometry = {
    .width = width,
    .height = height,
    .plot_start = self->plot_start,
    .right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
    .bars_width = self->bars_width,
    .offset = self->offset,
  };

  g_clear_pointer (&self->layout, hr_chart_layout_free);
  hr_chart_pango_measurer_init (&measurer, context);
  self->layout = hr_chart_layout_new (self->model, &geometry, &measurer);
  hr_chart_pango_measurer_clear (&measurer);
  self->layout_width = width;
  self->layout_height = height;
  self->layout_font = font;
  self->layout_offset = self->offset;
}

static void
invalidate_layout (HrChartView *self)
{
  g_clear_pointer (&self->layout, hr_chart_layout_free);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_handles (HrChartView *self)
{
  hr_chart_handles_describe (self->handles, self->layout, &self->marks);
}

static void
ensure_handles (HrChartView *self)
{
  ensure_layout (self);
  hr_chart_handles_match (self->handles, self->layout, self->marks.cursor.bar, self->model->bars->len);
  update_handles (self);
}

static void
set_cursor (HrChartView *self, HrChartId id)
{
  if (hr_chart_id_equal (self->marks.cursor, id))
    return;

  self->marks.cursor = id;
  if (self->layout != NULL)
    ensure_handles (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_hover (HrChartView *self, HrChartId id)
{
  if (hr_chart_id_equal (self->marks.hover, id))
    return;

  self->marks.hover = id;
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (HrChartView *self, double x, double y)
{
  if (self->layout != NULL)
    set_hover (self, hr_chart_layout_hit (self->layout, x, y));
}

static void
leave_cb (HrChartView *self)
{
  set_hover (self, HR_CHART_ID_NONE);
}

static void
pressed_cb (HrChartView *self, int n_press, double x, double y, GtkEventController *controller)
{
  HrChartId id = self->layout != NULL ? hr_chart_layout_hit (self->layout, x, y) : HR_CHART_ID_NONE;
  gboolean asks_menu = gdk_event_triggers_context_menu (gtk_event_controller_get_current_event (controller));

  if (id.bar >= 0)
    {
      set_cursor (self, id);
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  if (asks_menu && id.bar >= 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (controller), GTK_EVENT_SEQUENCE_CLAIMED);
      g_signal_emit (self, signals[MENU_ASKED], 0, id.bar, x, y);
    }
  if (asks_menu || gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (controller)) != GDK_BUTTON_PRIMARY)
    return;
  g_signal_emit (self, signals[PICKED], 0, id.bar, id.component,
                 gtk_event_controller_get_current_event_state (controller));
  if (n_press == 2 && id.component >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "explain");
}

static void
move_cursor (HrChartView *self, int move)
{
  static const GtkDirectionType DIRECTIONS[] = {
    [HR_CHART_MOVE_LEFT] = GTK_DIR_LEFT,
    [HR_CHART_MOVE_RIGHT] = GTK_DIR_RIGHT,
    [HR_CHART_MOVE_UP] = GTK_DIR_UP,
    [HR_CHART_MOVE_DOWN] = GTK_DIR_DOWN,
    [HR_CHART_MOVE_FIRST] = GTK_DIR_TAB_BACKWARD,
    [HR_CHART_MOVE_LAST] = GTK_DIR_TAB_FORWARD,
  };

  g_return_if_fail (move >= HR_CHART_MOVE_LEFT && move <= HR_CHART_MOVE_LAST);

  const HrChartLayout *layout = hr_chart_view_get_layout (self);

  if (layout == NULL)
    return;

  HrChartId to = hr_chart_layout_move (layout, self->marks.cursor, (HrChartMove) move);

  if (hr_chart_id_equal (to, self->marks.cursor))
    {
      gtk_widget_keynav_failed (GTK_WIDGET (self), DIRECTIONS[move]);
      return;
    }
  set_cursor (self, to);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

static void
pick_cursor (HrChartView *self)
{
  g_signal_emit (self, signals[PICKED], 0, self->marks.cursor.bar, self->marks.cursor.component, 0);
}

static gboolean
ask_menu (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrChartView *self = HR_CHART_VIEW (widget);
  double x, y, width, height;

  if (self->layout == NULL || !hr_chart_layout_bounds (self->layout, self->marks.cursor, &x, &y, &width, &height))
    return FALSE;

  g_signal_emit (self, signals[MENU_ASKED], 0, self->marks.cursor.bar, x + width / 2, y + height / 2);
  return TRUE;
}

static gboolean
clear_component (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  if (self->marks.selected_component < 0 && self->marks.cursor.component < 0)
    return FALSE;

  set_cursor (self, (HrChartId){ self->marks.cursor.bar, -1, -1 });
  g_signal_emit (self, signals[PICKED], 0, -1, -1, 0);
  return TRUE;
}

static void
measure_minimum (HrChartView *self)
{
  HrChartMeasurer measurer;
  double width;
  double height;

  hr_chart_pango_measurer_init (&measurer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  hr_chart_layout_minimum (self->model, &measurer, &width, &height);
  self->minimum_column = (int) ceil (hr_chart_layout_minimum_column (self->model, &measurer));
  hr_chart_pango_measurer_clear (&measurer);
  if (self->bars_width > 0) /* columns scroll: one is enough */
    width = self->plot_start + self->minimum_column;
  self->minimum_width = (int) ceil (width);
  self->minimum_height = (int) ceil (height);
}

/* Whether the chart of the model needs another place than the one before it. */
static gboolean
needs_more (HrChartView *self)
{
  int column = self->minimum_column, width = self->minimum_width, height = self->minimum_height;

  measure_minimum (self);
  return self->minimum_column != column || self->minimum_width != width || self->minimum_height != height;
}

static void
hr_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  measure_minimum (self);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->minimum_width : self->minimum_height;
}

static void
hr_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  ensure_handles (self);

  hr_chart_handles_allocate (self->handles, self->layout);
}

static void
hr_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrChartView *self = HR_CHART_VIEW (widget);
  HrChartMarks marks = self->marks;
  GtkWidget *focus = gtk_widget_get_focus_child (widget);

  ensure_layout (self);
  marks.show_cursor = focus != NULL && (gtk_widget_get_state_flags (focus) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0;

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                                          (float) gtk_widget_get_height (widget)));

  if (self->tween != NULL)
    hr_chart_tween_paint (self->tween, self->part, self->layout, cr, gtk_widget_get_pango_context (widget),
                          hr_palette_get (), &marks);
  else
    hr_chart_paint (self->layout, cr, gtk_widget_get_pango_context (widget), hr_palette_get (), &marks);
  cairo_destroy (cr);
}

static gboolean
hr_chart_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  if (self->layout == NULL)
    return FALSE;

  HrChartId id = keyboard_tooltip ? self->marks.cursor : hr_chart_layout_hit (self->layout, x, y);
  g_autofree char *text = hr_chart_layout_describe (self->layout, id);
  double left, top, width, height;

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);
  if (hr_chart_layout_bounds (self->layout, id, &left, &top, &width, &height))
    gtk_tooltip_set_tip_area (tooltip,
                              &(GdkRectangle){ (int) left, (int) top, (int) ceil (width), (int) ceil (height) });
  return TRUE;
}

static gboolean
hr_chart_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (hr_focus_is_within (widget))
    return FALSE; /* one Tab stop: the next one leaves */

  if (!gtk_widget_grab_focus (widget))
    return FALSE;
  g_signal_emit (widget, signals[CURSOR_MOVED], 0);
  return TRUE;
}

/* The bar with the cursor takes the focus, else the selected one, else the first. */
static gboolean
hr_chart_view_grab_focus (GtkWidget *widget)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  if (self->model->bars->len == 0)
    return FALSE;

  if (self->marks.cursor.bar < 0)
    set_cursor (self, (HrChartId){ MAX (0, self->marks.selected_bar), -1, -1 });
  ensure_handles (self);

  HrChartHandle *handle = hr_chart_handles_find (self->handles, self->marks.cursor.bar);

  return handle != NULL && gtk_widget_grab_focus (GTK_WIDGET (handle));
}

static void
hr_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HrChartView *self = HR_CHART_VIEW (widget);

  GTK_WIDGET_CLASS (hr_chart_view_parent_class)->css_changed (widget, change);

  if (self->layout_font != pango_context_get_serial (gtk_widget_get_pango_context (widget)))
    {
      self->minimum_column = -1;
      invalidate_layout (self);
    }
}

static void
hr_chart_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_chart_view_parent_class)->direction_changed (widget, previous);

  invalidate_layout (HR_CHART_VIEW (widget));
}

static void
hr_chart_view_dispose (GObject *object)
{
  hr_chart_handles_clear (HR_CHART_VIEW (object)->handles);
  g_clear_object (&HR_CHART_VIEW (object)->motion);

  G_OBJECT_CLASS (hr_chart_view_parent_class)->dispose (object);
}

static void
hr_chart_view_finalize (GObject *object)
{
  HrChartView *self = HR_CHART_VIEW (object);

  hr_chart_handles_free (self->handles);
  g_array_unref (self->further_bars);
  g_clear_pointer (&self->tween, hr_chart_tween_free);
  g_clear_pointer (&self->layout, hr_chart_layout_free);
  hr_chart_model_free (self->model);

  G_OBJECT_CLASS (hr_chart_view_parent_class)->finalize (object);
}

static void
add_move_binding (GtkWidgetClass *widget_class, guint key, guint keypad_key, HrChartMove move)
{
  gtk_widget_class_add_binding_signal (widget_class, key, 0, "move-cursor", "(i)", move);
  gtk_widget_class_add_binding_signal (widget_class, keypad_key, 0, "move-cursor", "(i)", move);
}

static void
install_bindings (GtkWidgetClass *widget_class)
{
  static const guint PICK_KEYS[]
      = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space, GDK_KEY_KP_Space };

  add_move_binding (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, HR_CHART_MOVE_LEFT);
  add_move_binding (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, HR_CHART_MOVE_RIGHT);
  add_move_binding (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, HR_CHART_MOVE_UP);
  add_move_binding (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, HR_CHART_MOVE_DOWN);
  add_move_binding (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, HR_CHART_MOVE_FIRST);
  add_move_binding (widget_class, GDK_KEY_End, GDK_KEY_KP_End, HR_CHART_MOVE_LAST);
  for (guint i = 0; i < G_N_ELEMENTS (PICK_KEYS); i++)
    gtk_widget_class_add_binding_signal (widget_class, PICK_KEYS[i], 0, "pick-cursor", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_component, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, ask_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, ask_menu, NULL);
}

static void
hr_chart_view_class_init (HrChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hr_chart_view_dispose;
  object_class->finalize = hr_chart_view_finalize;

  widget_class->measure = hr_chart_view_measure;
  widget_class->size_allocate = hr_chart_view_size_allocate;
  widget_class->snapshot = hr_chart_view_snapshot;
  widget_class->query_tooltip = hr_chart_view_query_tooltip;
  widget_class->focus = hr_chart_view_focus;
  widget_class->grab_focus = hr_chart_view_grab_focus;
  widget_class->css_changed = hr_chart_view_css_changed;
  widget_class->direction_changed = hr_chart_view_direction_changed;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, GDK_TYPE_MODIFIER_TYPE);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[MENU_ASKED] = g_signal_new ("menu-asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[MOVE_CURSOR]
      = g_signal_new_class_handler ("move-cursor", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                    G_CALLBACK (move_cursor), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[PICK_CURSOR]
      = g_signal_new_class_handler ("pick-cursor", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                    G_CALLBACK (pick_cursor), NULL, NULL, NULL, G_TYPE_NONE, 0);
  install_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
hr_chart_view_init (HrChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->model = hr_chart_model_new ();
  self->minimum_column = -1;
  self->marks = HR_CHART_MARKS_NONE;
  self->further_bars = g_array_new (FALSE, FALSE, sizeof (int));
  self->marks.further_bars = self->further_bars;
  self->handles = hr_chart_handles_new (widget);
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_chart_view_new (void)
{
  return g_object_new (HR_TYPE_CHART_VIEW, NULL);
}

static void
step_cb (double part, gpointer user_data)
{
  HrChartView *self = user_data;

  self->part = part;
  if (part >= 1)
    g_clear_pointer (&self->tween, hr_chart_tween_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What stands for @model is reached from what is drawn now, where it is the same bars. */
static void
move_figures (HrChartView *self, const HrChartModel *model)
{
  gboolean moves = self->layout != NULL && self->model->bars->len == model->bars->len
                   && gtk_widget_get_mapped (GTK_WIDGET (self)) && adw_get_enable_animations (GTK_WIDGET (self));
  HrChartTween *before = self->tween;

  self->tween = moves ? hr_chart_tween_new (self->layout, before, self->part) : NULL;
  hr_chart_tween_free (before);
  self->part = 0;
  if (moves && self->motion == NULL)
    self->motion = hr_motion_new (GTK_WIDGET (self), step_cb, self);
}

void
hr_chart_view_set_model (HrChartView *self, HrChartModel *model)
{
  g_return_if_fail (HR_IS_CHART_VIEW (self));
  g_return_if_fail (model != NULL);

  move_figures (self, model);
  hr_chart_model_free (self->model);
  self->model = model;
  self->marks.hover = HR_CHART_ID_NONE;
  if (self->marks.cursor.bar >= (int) model->bars->len)
    self->marks.cursor = (HrChartId){ (int) model->bars->len - 1, -1, -1 };

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  model->title != NULL ? model->title : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  model->description != NULL ? model->description : "", -1);
  invalidate_layout (self);
  if (needs_more (self))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  if (self->tween != NULL)
    hr_motion_play (self->motion);
}

void
hr_chart_view_set_columns (HrChartView *self, double plot_start, double bars_width, double offset)
{
  g_return_if_fail (HR_IS_CHART_VIEW (self));

  if (fabs (self->offset - offset) >= 0.5)
    {
      self->offset = offset;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (fabs (self->plot_start - plot_start) < 0.5 && fabs (self->bars_width - bars_width) < 0.5)
    return;

  self->plot_start = plot_start;
  self->bars_width = bars_width;
  invalidate_layout (self);
}

int
hr_chart_view_get_minimum_column (HrChartView *self)
{
  g_return_val_if_fail (HR_IS_CHART_VIEW (self), 0);

  HrChartMeasurer measurer;

  if (self->minimum_column >= 0)
    return self->minimum_column;

  hr_chart_pango_measurer_init (&measurer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  self->minimum_column = (int) ceil (hr_chart_layout_minimum_column (self->model, &measurer));
  hr_chart_pango_measurer_clear (&measurer);
  return self->minimum_column;
}

void
hr_chart_view_set_selected (HrChartView *self, int bar, int component, const GArray *further_bars)
{
  g_return_if_fail (HR_IS_CHART_VIEW (self));

  self->marks.selected_bar = bar;
  self->marks.selected_component = component;
  g_array_set_size (self->further_bars, 0);
  if (further_bars != NULL && further_bars->len > 0)
    g_array_append_vals (self->further_bars, further_bars->data, further_bars->len);
  if (self->layout != NULL)
    update_handles (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const HrChartLayout *
hr_chart_view_get_layout (HrChartView *self)
{
  g_return_val_if_fail (HR_IS_CHART_VIEW (self), NULL);

  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    ensure_layout (self);
  return self->layout;
}

HrChartId
hr_chart_view_get_cursor (HrChartView *self)
{
  g_return_val_if_fail (HR_IS_CHART_VIEW (self), HR_CHART_ID_NONE);

  return self->marks.cursor;
}

gboolean
hr_chart_view_is_moving (HrChartView *self)
{
  g_return_val_if_fail (HR_IS_CHART_VIEW (self), FALSE);

  return self->tween != NULL;
}
