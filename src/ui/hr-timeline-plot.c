/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-plot.h"

#include "chart/hr-timeline-paint.h"
#include "hr-palette.h"
#include "hr-timeline-zoom.h"

struct _HrTimelinePlot
{
  HrPlot parent_instance;

  HrTimelineZoom *zoom;
  HrTimelineChart *chart;
  HrTimelineLayout *layout;

  int cursor; /* moment, -1: there is none */
  int hovered_moment;
  int hovered_component;
  int selected_component;
};

G_DEFINE_FINAL_TYPE (HrTimelinePlot, hr_timeline_plot, HR_TYPE_PLOT)

typedef enum
{
  PROP_MOMENT = 1,
} HrTimelinePlotProperty;

static GParamSpec *properties[PROP_MOMENT + 1];

enum
{
  PICKED,
  CURSOR_MOVED,
  MOVE_CURSOR,
  MOVE_WINDOW,
  PICK_NEIGHBOUR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a screen reader says of the cursor: the whole, or the chosen component. */
static void
update_label (HrTimelinePlot *self)
{
  g_autofree char *label
      = self->cursor >= 0
            ? hr_timeline_chart_describe (self->chart, (guint) self->cursor, self->selected_component, HR_SPOKEN)
            : g_strdup (self->chart->empty_text != NULL ? self->chart->empty_text : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_cursor (HrTimelinePlot *self, int moment)
{
  self->cursor = moment;
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
}

static void
set_hover (HrTimelinePlot *self, int moment, int component)
{
  gboolean moves = moment != self->hovered_moment;

  if (!moves && component == self->hovered_component)
    return;

  self->hovered_moment = moment;
  self->hovered_component = component;
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (moves)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
}

static void
motion_cb (HrTimelinePlot *self, double x, double y)
{
  int moment, component;

  if (self->layout == NULL)
    return;

  hr_timeline_layout_hit (self->layout, x, y, &moment, &component);
  set_hover (self, moment, component);
}

static void
leave_cb (HrTimelinePlot *self)
{
  set_hover (self, -1, -1);
}

static void
pressed_cb (HrTimelinePlot *self, int n_press, double x, double y)
{
  int moment, component;

  if (self->layout == NULL)
    return;

  hr_timeline_layout_hit (self->layout, x, y, &moment, &component);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (moment >= 0)
    {
      set_cursor (self, moment);
      g_signal_emit (self, signals[CURSOR_MOVED], 0);
    }
  g_signal_emit (self, signals[PICKED], 0, component);
  if (n_press == 2 && component >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "explain");
}

/* By half of what is in sight, back or on. */
static void
move_window (HrTimelinePlot *self, int direction)
{
  hr_timeline_zoom_turn (self->zoom, hr_plot_is_mirrored (HR_PLOT (self)) ? -direction : direction);
}

/* Left and Right are what people see; where that is mirrored, time runs the other way. */
static HrTimelineMove
mirrored_move (HrTimelineMove move)
{
  switch (move)
    {
    case HR_TIMELINE_MOVE_BACK:
      return HR_TIMELINE_MOVE_ON;
    case HR_TIMELINE_MOVE_ON:
      return HR_TIMELINE_MOVE_BACK;
    case HR_TIMELINE_MOVE_PHASE_BACK:
      return HR_TIMELINE_MOVE_PHASE_ON;
    case HR_TIMELINE_MOVE_PHASE_ON:
      return HR_TIMELINE_MOVE_PHASE_BACK;
    case HR_TIMELINE_MOVE_FIRST:
    case HR_TIMELINE_MOVE_LAST:
    case HR_TIMELINE_MOVE_PEAK:
    default:
      return move;
    }
}

static void
move_cursor (HrTimelinePlot *self, int key)
{
  HrTimelineMove move = (HrTimelineMove) key;

  hr_timeline_plot_move_cursor (self, hr_plot_is_mirrored (HR_PLOT (self)) ? mirrored_move (move) : move);
}

/* The next component up or down the stack that occurs; below the lowest and above the highest: none. */
static void
pick_neighbour (HrTimelinePlot *self, int step)
{
  guint32 shown = hr_timeline_chart_components (self->chart) & ~self->chart->hidden;
  int component = self->selected_component;

  if (component < 0 && step < 0)
    component = HR_N_COMPONENTS;
  do
    component += step;
  while (component >= 0 && component < HR_N_COMPONENTS && (shown & 1u << component) == 0);
  g_signal_emit (self, signals[PICKED], 0, component < HR_N_COMPONENTS ? component : -1);
}

static gboolean
clear_component (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (widget);

  if (self->selected_component < 0)
    return FALSE;

  g_signal_emit (self, signals[PICKED], 0, -1);
  return TRUE;
}

static void
hr_timeline_plot_find_minimum (HrPlot *plot, const HrChartMeasurer *measurer, double *width, double *height)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (plot);

  hr_timeline_layout_minimum (self->chart, measurer, width, height);
}

static void
hr_timeline_plot_make_layout (HrPlot *plot, int width, int height, const HrChartMeasurer *measurer)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (plot);

  self->layout = hr_timeline_layout_new (self->chart, width, height, hr_plot_is_mirrored (plot), measurer);
}

static void
hr_timeline_plot_clear_layout (HrPlot *plot)
{
  g_clear_pointer (&HR_TIMELINE_PLOT (plot)->layout, hr_timeline_layout_free);
}

static void
hr_timeline_plot_paint (HrPlot *plot, cairo_t *cr)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (plot);
  HrTimelineMarks marks = {
    .cursor = hr_timeline_plot_get_moment (self),
    .show_focus = hr_plot_shows_focus (plot),
    .hovered_component = self->hovered_component,
    .selected_component = self->selected_component,
  };

  hr_timeline_paint (self->layout, cr, gtk_widget_get_pango_context (GTK_WIDGET (plot)), hr_palette_get (), &marks,
                     gtk_widget_get_scale_factor (GTK_WIDGET (plot)));
}

static gboolean
hr_timeline_plot_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (widget);

  if (keyboard_tooltip || self->hovered_moment < 0 || self->hovered_component < 0)
    return FALSE;

  g_autofree char *text
      = hr_timeline_chart_describe (self->chart, (guint) self->hovered_moment, self->hovered_component, HR_WRITTEN);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
hr_timeline_plot_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrTimelinePlotProperty) property_id)
    {
    case PROP_MOMENT:
      g_value_set_int (value, hr_timeline_plot_get_moment (HR_TIMELINE_PLOT (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_timeline_plot_finalize (GObject *object)
{
  HrTimelinePlot *self = HR_TIMELINE_PLOT (object);

  hr_timeline_chart_unref (self->chart);
  g_object_unref (self->zoom);

  G_OBJECT_CLASS (hr_timeline_plot_parent_class)->finalize (object);
}

static void
install_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2]; /* on the keyboard and on the keypad */
    GdkModifierType modifiers;
    HrTimelineMove move;
  } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, 0, HR_TIMELINE_MOVE_BACK },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 0, HR_TIMELINE_MOVE_ON },
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, GDK_CONTROL_MASK, HR_TIMELINE_MOVE_PHASE_BACK },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, GDK_CONTROL_MASK, HR_TIMELINE_MOVE_PHASE_ON },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, 0, HR_TIMELINE_MOVE_FIRST },
    { { GDK_KEY_End, GDK_KEY_KP_End }, 0, HR_TIMELINE_MOVE_LAST },
    { { GDK_KEY_p, GDK_KEY_P }, 0, HR_TIMELINE_MOVE_PEAK },
  };
  static const struct
  {
    guint key;
    int direction;
  } pages[]
      = { { GDK_KEY_Page_Up, -1 }, { GDK_KEY_KP_Page_Up, -1 }, { GDK_KEY_Page_Down, 1 }, { GDK_KEY_KP_Page_Down, 1 } };
  static const struct
  {
    guint key;
    int step;
  } steps[] = { { GDK_KEY_Up, 1 }, { GDK_KEY_KP_Up, 1 }, { GDK_KEY_Down, -1 }, { GDK_KEY_KP_Down, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < G_N_ELEMENTS (moves[i].keys); k++)
      gtk_widget_class_add_binding_signal (widget_class, moves[i].keys[k], moves[i].modifiers, "move-cursor", "(i)",
                                           moves[i].move);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_add_binding_signal (widget_class, pages[i].key, 0, "move-window", "(i)", pages[i].direction);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding_signal (widget_class, steps[i].key, 0, "pick-neighbour", "(i)", steps[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_component, NULL);
}

static void
hr_timeline_plot_class_init (HrTimelinePlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrPlotClass *plot_class = HR_PLOT_CLASS (klass);
  GSignalFlags keys = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;

  object_class->get_property = hr_timeline_plot_get_property;
  object_class->finalize = hr_timeline_plot_finalize;
  widget_class->query_tooltip = hr_timeline_plot_query_tooltip;
  plot_class->find_minimum = hr_timeline_plot_find_minimum;
  plot_class->make_layout = hr_timeline_plot_make_layout;
  plot_class->clear_layout = hr_timeline_plot_clear_layout;
  plot_class->paint = hr_timeline_plot_paint;

  properties[PROP_MOMENT]
      = g_param_spec_int ("moment", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[MOVE_WINDOW]
      = g_signal_new_class_handler ("move-window", G_TYPE_FROM_CLASS (klass), keys, G_CALLBACK (move_window), NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[MOVE_CURSOR]
      = g_signal_new_class_handler ("move-cursor", G_TYPE_FROM_CLASS (klass), keys, G_CALLBACK (move_cursor), NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[PICK_NEIGHBOUR]
      = g_signal_new_class_handler ("pick-neighbour", G_TYPE_FROM_CLASS (klass), keys, G_CALLBACK (pick_neighbour),
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  install_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "timelineplot");
}

static void
hr_timeline_plot_init (HrTimelinePlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->chart = hr_timeline_chart_new (NULL, 0);
  self->cursor = self->hovered_moment = self->hovered_component = self->selected_component = -1;
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  self->zoom = hr_timeline_zoom_new (self);
}

GtkWidget *
hr_timeline_plot_new (void)
{
  return g_object_new (HR_TYPE_TIMELINE_PLOT, NULL);
}

void
hr_timeline_plot_set_chart (HrTimelinePlot *self, HrTimelineChart *chart)
{
  g_return_if_fail (HR_IS_TIMELINE_PLOT (self));
  g_return_if_fail (chart != NULL);

  int cursor = hr_timeline_chart_find_again (chart, self->chart, self->cursor);

  hr_timeline_chart_unref (self->chart);
  self->chart = chart;
  self->hovered_moment = self->hovered_component = -1;
  hr_plot_replace (HR_PLOT (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  chart->description != NULL ? chart->description : "", -1);
  set_cursor (self, cursor);
}

void
hr_timeline_plot_set_selected (HrTimelinePlot *self, int component)
{
  g_return_if_fail (HR_IS_TIMELINE_PLOT (self));

  component = component < HR_N_COMPONENTS ? component : -1;
  if (component == self->selected_component)
    return;

  self->selected_component = component;
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hr_timeline_plot_move_cursor (HrTimelinePlot *self, HrTimelineMove move)
{
  g_return_if_fail (HR_IS_TIMELINE_PLOT (self));

  if (self->cursor < 0)
    return;

  int to = (int) hr_timeline_chart_move (self->chart, (guint) self->cursor, move);

  self->hovered_moment = self->hovered_component = -1;
  if (to == self->cursor && move != HR_TIMELINE_MOVE_PEAK)
    gtk_widget_error_bell (GTK_WIDGET (self));
  set_cursor (self, to);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
  hr_timeline_zoom_reveal (self->zoom, (guint) self->cursor);
}

void
hr_timeline_plot_go_to_span (HrTimelinePlot *self, guint span)
{
  g_return_if_fail (HR_IS_TIMELINE_PLOT (self));

  if (span >= self->chart->spans->len || (int) span == hr_timeline_plot_get_span (self))
    return;

  const HrTimelineSpan *data = hr_timeline_chart_span (self->chart, span);
  guint largest = data->first;

  for (guint i = data->first; i < data->first + data->n_moments; i++)
    if (hr_timeline_chart_total (self->chart, i) > hr_timeline_chart_total (self->chart, largest))
      largest = i;
  self->hovered_moment = self->hovered_component = -1;
  set_cursor (self, (int) largest);
  hr_timeline_zoom_reveal (self->zoom, (guint) self->cursor);
}

void
hr_timeline_plot_go_to_peak (HrTimelinePlot *self)
{
  g_return_if_fail (HR_IS_TIMELINE_PLOT (self));

  int peak = self->chart->moments->len > 0 ? (int) hr_timeline_chart_peak (self->chart) : -1;

  if (peak != self->cursor)
    set_cursor (self, peak);
}

int
hr_timeline_plot_get_span (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), -1);

  return self->cursor >= 0 ? (int) hr_timeline_chart_find_span (self->chart, (guint) self->cursor) : -1;
}

gboolean
hr_timeline_plot_is_zoomed (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), FALSE);

  return hr_timeline_chart_is_zoomed (self->chart);
}

HrTimelineZoom *
hr_timeline_plot_get_zoom (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), NULL);

  return self->zoom;
}

int
hr_timeline_plot_get_moment (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), -1);

  return self->hovered_moment >= 0 ? self->hovered_moment : self->cursor;
}

int
hr_timeline_plot_get_cursor (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), -1);

  return self->cursor;
}

const HrTimelineLayout *
hr_timeline_plot_get_layout (HrTimelinePlot *self)
{
  g_return_val_if_fail (HR_IS_TIMELINE_PLOT (self), NULL);

  hr_plot_ensure_layout (HR_PLOT (self));
  return self->layout;
}
