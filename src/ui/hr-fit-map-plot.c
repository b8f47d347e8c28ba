/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fit-map-plot.h"

#include "chart/hr-fit-map-paint.h"
#include "hr-palette.h"

#include <math.h>

/* Pixels within which a pointer has not moved. */
#define STILL 0.5

struct _HrFitMapPlot
{
  HrPlot parent_instance;

  HrFitMap *map;
  HrFitMapLayout *layout;

  HrFitMapPlace cursor;
  HrFitMapPlace hover;
  double pointer_x; /* where it was last */
  double pointer_y;
};

G_DEFINE_FINAL_TYPE (HrFitMapPlot, hr_fit_map_plot, HR_TYPE_PLOT)

enum
{
  MOVED,
  ADOPTED,
  MOVE_CURSOR,
  ADOPT_CURSOR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Another cell is to be shown, or the same one says something else. */
static void
tell_place (HrFitMapPlot *self)
{
  HrFitMapPlace place = hr_fit_map_plot_get_place (self);
  g_autofree char *label = hr_fit_map_has (self->map, place)
                               ? hr_fit_map_describe (self->map, place, HR_SPOKEN)
                               : g_strdup (self->map->empty_text != NULL ? self->map->empty_text : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[MOVED], 0);
}

static void
set_hover (HrFitMapPlot *self, HrFitMapPlace place)
{
  if (hr_fit_map_place_equal (place, self->hover))
    return;

  self->hover = place;
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  tell_place (self);
}

/* GTK tells of a pointer that rests too, when something is laid out or comes under it: that takes nothing from the
 * cursor. */
static void
enter_cb (HrFitMapPlot *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
motion_cb (HrFitMapPlot *self, double x, double y)
{
  gboolean rests = fabs (x - self->pointer_x) < STILL && fabs (y - self->pointer_y) < STILL;

  enter_cb (self, x, y);
  if (self->layout != NULL && !rests)
    set_hover (self, hr_fit_map_layout_hit (self->layout, x, y));
}

static void
leave_cb (HrFitMapPlot *self)
{
  set_hover (self, HR_FIT_MAP_NOWHERE);
}

static void
adopt (HrFitMapPlot *self, HrFitMapPlace place)
{
  if (!hr_fit_map_has (self->map, place))
    return;

  self->cursor = place;
  g_signal_emit (self, signals[ADOPTED], 0, place.column, place.row);
}

static void
released_cb (HrFitMapPlot *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->layout != NULL)
    adopt (self, hr_fit_map_layout_hit (self->layout, x, y));
}

static void
adopt_cursor (HrFitMapPlot *self)
{
  adopt (self, self->cursor);
}

/* Left and Right are what people see; where that is mirrored, columns run the other way. */
static HrFitMapMove
mirrored_move (HrFitMapMove move)
{
  if (move == HR_FIT_MAP_MOVE_LEFT)
    return HR_FIT_MAP_MOVE_RIGHT;

  return move == HR_FIT_MAP_MOVE_RIGHT ? HR_FIT_MAP_MOVE_LEFT : move;
}

static void
move_cursor (HrFitMapPlot *self, int key)
{
  HrFitMapMove move = hr_plot_is_mirrored (HR_PLOT (self)) ? mirrored_move ((HrFitMapMove) key) : (HrFitMapMove) key;
  HrFitMapPlace to = hr_fit_map_move (self->map, self->cursor, move);

  if (hr_fit_map_place_equal (to, self->cursor) && move != HR_FIT_MAP_MOVE_CURRENT)
    gtk_widget_error_bell (GTK_WIDGET (self));
  self->hover = HR_FIT_MAP_NOWHERE;
  self->cursor = to;
  tell_place (self);
}

static void
hr_fit_map_plot_find_minimum (HrPlot *plot, const HrChartMeasurer *measurer, double *width, double *height)
{
  HrFitMapPlot *self = HR_FIT_MAP_PLOT (plot);

  hr_fit_map_layout_minimum (self->map, measurer, width, height);
}

static void
hr_fit_map_plot_make_layout (HrPlot *plot, int width, int height, const HrChartMeasurer *measurer)
{
  HrFitMapPlot *self = HR_FIT_MAP_PLOT (plot);

  self->layout = hr_fit_map_layout_new (self->map, width, height, hr_plot_is_mirrored (plot), measurer);
}

static void
hr_fit_map_plot_clear_layout (HrPlot *plot)
{
  g_clear_pointer (&HR_FIT_MAP_PLOT (plot)->layout, hr_fit_map_layout_free);
}

static void
hr_fit_map_plot_paint (HrPlot *plot, cairo_t *cr)
{
  HrFitMapPlot *self = HR_FIT_MAP_PLOT (plot);
  HrFitMapMarks marks = {
    .cursor = self->cursor,
    .hover = self->hover,
    .show_focus = hr_plot_shows_focus (plot),
  };

  hr_fit_map_paint (self->layout, cr, gtk_widget_get_pango_context (GTK_WIDGET (plot)), hr_palette_get (), &marks);
}

static gboolean
hr_fit_map_plot_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrFitMapPlot *self = HR_FIT_MAP_PLOT (widget);

  if (keyboard_tooltip || !hr_fit_map_has (self->map, self->hover))
    return FALSE;

  g_autofree char *text = hr_fit_map_describe (self->map, self->hover, HR_WRITTEN);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
hr_fit_map_plot_finalize (GObject *object)
{
  HrFitMapPlot *self = HR_FIT_MAP_PLOT (object);

  hr_fit_map_unref (self->map);

  G_OBJECT_CLASS (hr_fit_map_plot_parent_class)->finalize (object);
}

static void
install_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2]; /* on the keyboard and on the keypad */
    GdkModifierType modifiers;
    HrFitMapMove move;
  } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, 0, HR_FIT_MAP_MOVE_LEFT },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 0, HR_FIT_MAP_MOVE_RIGHT },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, 0, HR_FIT_MAP_MOVE_UP },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, 0, HR_FIT_MAP_MOVE_DOWN },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, 0, HR_FIT_MAP_MOVE_ROW_START },
    { { GDK_KEY_End, GDK_KEY_KP_End }, 0, HR_FIT_MAP_MOVE_ROW_END },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, GDK_CONTROL_MASK, HR_FIT_MAP_MOVE_COLUMN_START },
    { { GDK_KEY_End, GDK_KEY_KP_End }, GDK_CONTROL_MASK, HR_FIT_MAP_MOVE_COLUMN_END },
    { { GDK_KEY_Escape, GDK_KEY_Escape }, 0, HR_FIT_MAP_MOVE_CURRENT },
  };
  static const guint adopting[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < G_N_ELEMENTS (moves[i].keys); k++)
      gtk_widget_class_add_binding_signal (widget_class, moves[i].keys[k], moves[i].modifiers, "move-cursor", "(i)",
                                           moves[i].move);
  for (guint i = 0; i < G_N_ELEMENTS (adopting); i++)
    gtk_widget_class_add_binding_signal (widget_class, adopting[i], 0, "adopt-cursor", NULL);
}

static void
hr_fit_map_plot_class_init (HrFitMapPlotClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HrPlotClass *plot_class = HR_PLOT_CLASS (klass);
  GSignalFlags keys = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;

  G_OBJECT_CLASS (klass)->finalize = hr_fit_map_plot_finalize;
  widget_class->query_tooltip = hr_fit_map_plot_query_tooltip;
  plot_class->find_minimum = hr_fit_map_plot_find_minimum;
  plot_class->make_layout = hr_fit_map_plot_make_layout;
  plot_class->clear_layout = hr_fit_map_plot_clear_layout;
  plot_class->paint = hr_fit_map_plot_paint;

  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ADOPTED]
      = g_signal_new ("adopted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[MOVE_CURSOR] = g_signal_new_class_handler ("move-cursor", type, keys, G_CALLBACK (move_cursor), NULL, NULL,
                                                     NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ADOPT_CURSOR] = g_signal_new_class_handler ("adopt-cursor", type, keys, G_CALLBACK (adopt_cursor), NULL, NULL,
                                                      NULL, G_TYPE_NONE, 0);
  install_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "fitmapplot");
}

static void
hr_fit_map_plot_init (HrFitMapPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->map = hr_fit_map_new (NULL, NULL, NULL);
  self->cursor = self->hover = HR_FIT_MAP_NOWHERE;
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
hr_fit_map_plot_new (void)
{
  return g_object_new (HR_TYPE_FIT_MAP_PLOT, NULL);
}

/* The cell of @map with the values that @place has in the map shown; what is in force where that had been, or where
 * the axes are others. */
static HrFitMapPlace
find_again (HrFitMapPlot *self, HrFitMapPlace place, const HrFitMap *map)
{
  const HrFitMap *old = self->map;
  gboolean same_axes = old->columns.unknown == map->columns.unknown && old->rows.unknown == map->rows.unknown;

  if (!same_axes || !hr_fit_map_has (old, place) || hr_fit_map_place_equal (place, old->current))
    return hr_fit_map_move (map, HR_FIT_MAP_NOWHERE, HR_FIT_MAP_MOVE_CURRENT);

  return hr_fit_map_find (map, old->columns.values[place.column], old->rows.values[place.row]);
}

void
hr_fit_map_plot_set_map (HrFitMapPlot *self, HrFitMap *map)
{
  g_return_if_fail (HR_IS_FIT_MAP_PLOT (self));
  g_return_if_fail (map != NULL);

  HrFitMapPlace cursor = find_again (self, self->cursor, map);

  hr_fit_map_unref (self->map);
  self->map = map;
  self->cursor = cursor;
  if (!hr_fit_map_has (map, self->hover))
    self->hover = HR_FIT_MAP_NOWHERE;
  hr_plot_replace (HR_PLOT (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  map->description != NULL ? map->description : "", -1);
  tell_place (self);
}

const HrFitMap *
hr_fit_map_plot_get_map (HrFitMapPlot *self)
{
  g_return_val_if_fail (HR_IS_FIT_MAP_PLOT (self), NULL);

  return self->map;
}

HrFitMapPlace
hr_fit_map_plot_get_place (HrFitMapPlot *self)
{
  g_return_val_if_fail (HR_IS_FIT_MAP_PLOT (self), HR_FIT_MAP_NOWHERE);

  return hr_fit_map_has (self->map, self->hover) ? self->hover : self->cursor;
}

const HrFitMapLayout *
hr_fit_map_plot_get_layout (HrFitMapPlot *self)
{
  g_return_val_if_fail (HR_IS_FIT_MAP_PLOT (self), NULL);

  return self->layout;
}
