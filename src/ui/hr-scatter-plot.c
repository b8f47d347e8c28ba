/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-scatter-plot.h"

#include "chart/hr-scatter-paint.h"
#include "hr-palette.h"

struct _HrScatterPlot
{
  HrPlot parent_instance;

  HrScatterChart *chart;
  HrScatterLayout *layout;

  int selected; /* point, -1: none */
  int hovered;
};

G_DEFINE_FINAL_TYPE (HrScatterPlot, hr_scatter_plot, HR_TYPE_PLOT)

enum
{
  PICKED,
  ACTIVATED,
  MOVE_CURSOR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a screen reader says: the selected point, or what there is. */
static void
update_label (HrScatterPlot *self)
{
  g_autofree char *label = self->selected >= 0 ? hr_scatter_chart_describe (self->chart, (guint) self->selected) : NULL;
  const char *summary = self->chart->points->len > 0 ? self->chart->description : self->chart->empty_text;

  if (label == NULL)
    label = g_strdup (summary != NULL ? summary : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_hovered (HrScatterPlot *self, int point)
{
  if (point == self->hovered)
    return;

  self->hovered = point;
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (HrScatterPlot *self, double x, double y)
{
  if (self->layout != NULL)
    set_hovered (self, hr_scatter_layout_hit (self->layout, x, y));
}

static void
leave_cb (HrScatterPlot *self)
{
  set_hovered (self, -1);
}

static void
pick (HrScatterPlot *self, int point)
{
  hr_scatter_plot_set_selected (self, point);
  g_signal_emit (self, signals[PICKED], 0, point);
}

static void
pressed_cb (HrScatterPlot *self, int n_press, double x, double y)
{
  int point = self->layout != NULL ? hr_scatter_layout_hit (self->layout, x, y) : -1;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (point < 0)
    return;

  pick (self, point);
  if (n_press == 2)
    g_signal_emit (self, signals[ACTIVATED], 0);
}

/* Left and Right are what people see; where that is mirrored, time runs the other way. */
static HrScatterMove
mirrored_move (HrScatterMove move)
{
  switch ((int) move)
    {
    case HR_SCATTER_MOVE_FASTER:
      return HR_SCATTER_MOVE_SLOWER;
    case HR_SCATTER_MOVE_SLOWER:
      return HR_SCATTER_MOVE_FASTER;
    case HR_SCATTER_MOVE_FRONT_FASTER:
      return HR_SCATTER_MOVE_FRONT_SLOWER;
    case HR_SCATTER_MOVE_FRONT_SLOWER:
      return HR_SCATTER_MOVE_FRONT_FASTER;
    default:
      return move;
    }
}

static void
move_cursor (HrScatterPlot *self, int key)
{
  HrScatterMove move = hr_plot_is_mirrored (HR_PLOT (self)) ? mirrored_move ((HrScatterMove) key) : (HrScatterMove) key;
  int to = hr_scatter_chart_move (self->chart, self->selected, move);

  if (to < 0 || to == self->selected)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    pick (self, to);
}

static gboolean
activate (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrScatterPlot *self = HR_SCATTER_PLOT (widget);

  if (self->selected < 0)
    return FALSE;

  g_signal_emit (self, signals[ACTIVATED], 0);
  return TRUE;
}

static void
hr_scatter_plot_find_minimum (HrPlot *plot, const HrChartMeasurer *measurer, double *width, double *height)
{
  hr_scatter_layout_minimum (measurer, width, height);
}

static void
hr_scatter_plot_make_layout (HrPlot *plot, int width, int height, const HrChartMeasurer *measurer)
{
  HrScatterPlot *self = HR_SCATTER_PLOT (plot);

  self->layout
      = hr_scatter_layout_new (self->chart, self->selected, width, height, hr_plot_is_mirrored (plot), measurer);
}

static void
hr_scatter_plot_clear_layout (HrPlot *plot)
{
  g_clear_pointer (&HR_SCATTER_PLOT (plot)->layout, hr_scatter_layout_free);
}

static void
hr_scatter_plot_paint (HrPlot *plot, cairo_t *cr)
{
  HrScatterPlot *self = HR_SCATTER_PLOT (plot);
  HrScatterMarks marks = {
    .hover = self->hovered,
    .selected = self->selected,
    .show_focus = hr_plot_shows_focus (plot),
  };

  hr_scatter_paint (self->layout, cr, gtk_widget_get_pango_context (GTK_WIDGET (plot)), hr_palette_get (), &marks);
}

static gboolean
hr_scatter_plot_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrScatterPlot *self = HR_SCATTER_PLOT (widget);

  if (keyboard_tooltip || self->hovered < 0)
    return FALSE;

  g_autofree char *text = hr_scatter_chart_describe (self->chart, (guint) self->hovered);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
hr_scatter_plot_finalize (GObject *object)
{
  HrScatterPlot *self = HR_SCATTER_PLOT (object);

  hr_scatter_chart_unref (self->chart);

  G_OBJECT_CLASS (hr_scatter_plot_parent_class)->finalize (object);
}

static void
install_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2]; /* on the keyboard and on the keypad */
    GdkModifierType modifiers;
    HrScatterMove move;
  } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, 0, HR_SCATTER_MOVE_FASTER },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 0, HR_SCATTER_MOVE_SLOWER },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, 0, HR_SCATTER_MOVE_CHEAPER },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, 0, HR_SCATTER_MOVE_DEARER },
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, GDK_CONTROL_MASK, HR_SCATTER_MOVE_FRONT_FASTER },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, GDK_CONTROL_MASK, HR_SCATTER_MOVE_FRONT_SLOWER },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, 0, HR_SCATTER_MOVE_FASTEST },
    { { GDK_KEY_End, GDK_KEY_KP_End }, 0, HR_SCATTER_MOVE_CHEAPEST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < G_N_ELEMENTS (moves[i].keys); k++)
      gtk_widget_class_add_binding_signal (widget_class, moves[i].keys[k], moves[i].modifiers, "move-cursor", "(i)",
                                           moves[i].move);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate, NULL);
}

static void
hr_scatter_plot_class_init (HrScatterPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrPlotClass *plot_class = HR_PLOT_CLASS (klass);

  object_class->finalize = hr_scatter_plot_finalize;
  widget_class->query_tooltip = hr_scatter_plot_query_tooltip;
  plot_class->find_minimum = hr_scatter_plot_find_minimum;
  plot_class->make_layout = hr_scatter_plot_make_layout;
  plot_class->clear_layout = hr_scatter_plot_clear_layout;
  plot_class->paint = hr_scatter_plot_paint;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ACTIVATED]
      = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE_CURSOR]
      = g_signal_new_class_handler ("move-cursor", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                    G_CALLBACK (move_cursor), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  install_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "scatterplot");
}

static void
hr_scatter_plot_init (HrScatterPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->chart = hr_scatter_chart_new ();
  self->selected = self->hovered = -1;
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
hr_scatter_plot_new (void)
{
  return g_object_new (HR_TYPE_SCATTER_PLOT, NULL);
}

void
hr_scatter_plot_set_chart (HrScatterPlot *self, HrScatterChart *chart, int selected)
{
  g_return_if_fail (HR_IS_SCATTER_PLOT (self));
  g_return_if_fail (chart != NULL && selected < (int) chart->points->len);

  hr_scatter_chart_unref (self->chart);
  self->chart = chart;
  self->selected = selected;
  self->hovered = -1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  chart->description != NULL ? chart->description : "", -1);
  update_label (self);
  hr_plot_invalidate (HR_PLOT (self));
}

void
hr_scatter_plot_set_selected (HrScatterPlot *self, int point)
{
  g_return_if_fail (HR_IS_SCATTER_PLOT (self));
  g_return_if_fail (point < (int) self->chart->points->len);

  if (point == self->selected)
    return;

  self->selected = point;
  update_label (self);
  hr_plot_invalidate (HR_PLOT (self));
}

int
hr_scatter_plot_get_selected (HrScatterPlot *self)
{
  g_return_val_if_fail (HR_IS_SCATTER_PLOT (self), -1);

  return self->selected;
}

const HrScatterLayout *
hr_scatter_plot_get_layout (HrScatterPlot *self)
{
  g_return_val_if_fail (HR_IS_SCATTER_PLOT (self), NULL);

  hr_plot_ensure_layout (HR_PLOT (self));

  return self->layout;
}
