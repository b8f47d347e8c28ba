/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-zoom.h"

#include "chart/hr-timeline-window.h"

#include <math.h>

/* One notch of a wheel. */
#define WHEEL_FACTOR 1.25
#define WHEEL_PAN 40.0

/* A press that moves less is a click. */
#define DRAG_THRESHOLD 6.0

struct _HrTimelineZoom
{
  GObject parent_instance;

  HrTimelinePlot *plot; /* which keeps this */
  double pointer_x;
  double dragged; /* pixels that the plot has followed */
  double pinched; /* factor that the plot has followed */
};

G_DEFINE_FINAL_TYPE (HrTimelineZoom, hr_timeline_zoom, G_TYPE_OBJECT)

enum
{
  ZOOMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
ask_for (HrTimelineZoom *self, HrTimelineWindow window)
{
  HrTimelineWindow shown = hr_timeline_layout_chart (hr_timeline_plot_get_layout (self->plot))->window;

  if (window.start != shown.start || window.end != shown.end)
    g_signal_emit (self, signals[ZOOMED], 0, window.start, window.end);
}

static void
motion_cb (HrTimelineZoom *self, double x, double y)
{
  self->pointer_x = x;
}

static gboolean
scroll_cb (HrTimelineZoom *self, double dx, double dy, GtkEventController *scroll)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (scroll);

  if (state & GDK_CONTROL_MASK)
    {
      hr_timeline_zoom_by (self, self->pointer_x, pow (WHEEL_FACTOR, -dy));
      return TRUE;
    }
  if (state & GDK_SHIFT_MASK && fabs (dx) < fabs (dy))
    {
      dx = dy;
      dy = 0;
    }
  if (fabs (dx) <= fabs (dy) || !hr_timeline_plot_is_zoomed (self->plot))
    return FALSE;

  hr_timeline_zoom_pan (self, dx * WHEEL_PAN);
  return TRUE;
}

static void
drag_begin_cb (HrTimelineZoom *self)
{
  self->dragged = 0;
}

static void
drag_update_cb (HrTimelineZoom *self, double x, double y, GtkGesture *drag)
{
  double before = self->dragged;

  if (!hr_timeline_plot_is_zoomed (self->plot) || (before == 0.0 && fabs (x) < DRAG_THRESHOLD))
    return;

  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  hr_timeline_zoom_pan (self, before - x);
  self->dragged = x;
}

static void
pinch_begin_cb (HrTimelineZoom *self)
{
  self->pinched = 1;
}

static void
pinch_cb (HrTimelineZoom *self, double scale, GtkGesture *pinch)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (pinch, &x, &y))
    return;

  hr_timeline_zoom_by (self, x, scale / self->pinched);
  self->pinched = scale;
}

static void
hr_timeline_zoom_class_init (HrTimelineZoomClass *klass)
{
  signals[ZOOMED] = g_signal_new ("zoomed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
hr_timeline_zoom_init (HrTimelineZoom *self)
{
  self->pinched = 1;
}

static void
follow (HrTimelineZoom *self, gpointer controller, const char *signal, GCallback callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
}

HrTimelineZoom *
hr_timeline_zoom_new (HrTimelinePlot *plot)
{
  HrTimelineZoom *self = g_object_new (HR_TYPE_TIMELINE_ZOOM, NULL);
  GtkEventController *controllers[] = {
    gtk_event_controller_motion_new (),
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES),
    GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ()),
    GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ()),
  };

  self->plot = plot;
  follow (self, controllers[0], "motion", G_CALLBACK (motion_cb));
  follow (self, controllers[1], "scroll", G_CALLBACK (scroll_cb));
  follow (self, controllers[2], "drag-begin", G_CALLBACK (drag_begin_cb));
  follow (self, controllers[2], "drag-update", G_CALLBACK (drag_update_cb));
  follow (self, controllers[3], "begin", G_CALLBACK (pinch_begin_cb));
  follow (self, controllers[3], "scale-changed", G_CALLBACK (pinch_cb));
  for (guint i = 0; i < G_N_ELEMENTS (controllers); i++)
    gtk_widget_add_controller (GTK_WIDGET (plot), controllers[i]);

  return self;
}

void
hr_timeline_zoom_by (HrTimelineZoom *self, double x, double factor)
{
  g_return_if_fail (HR_IS_TIMELINE_ZOOM (self));

  const HrTimelineLayout *layout = hr_timeline_plot_get_layout (self->plot);

  if (hr_timeline_layout_chart (layout)->moments->len == 0)
    return;

  if (isnan (x))
    x = hr_timeline_layout_x (layout, (guint) MAX (hr_timeline_plot_get_cursor (self->plot), 0));
  ask_for (self, hr_timeline_layout_zoom (layout, x, factor));
}

void
hr_timeline_zoom_pan (HrTimelineZoom *self, double pixels)
{
  g_return_if_fail (HR_IS_TIMELINE_ZOOM (self));

  if (hr_timeline_plot_is_zoomed (self->plot))
    ask_for (self, hr_timeline_layout_pan (hr_timeline_plot_get_layout (self->plot), pixels));
}

void
hr_timeline_zoom_turn (HrTimelineZoom *self, int direction)
{
  g_return_if_fail (HR_IS_TIMELINE_ZOOM (self));

  if (!hr_timeline_plot_is_zoomed (self->plot))
    gtk_widget_error_bell (GTK_WIDGET (self->plot));
  hr_timeline_zoom_pan (self, direction * hr_timeline_layout_plot (hr_timeline_plot_get_layout (self->plot)).width / 2);
}

void
hr_timeline_zoom_reveal (HrTimelineZoom *self, guint moment)
{
  g_return_if_fail (HR_IS_TIMELINE_ZOOM (self));

  if (hr_timeline_plot_is_zoomed (self->plot))
    ask_for (self, hr_timeline_layout_reveal (hr_timeline_plot_get_layout (self->plot), moment));
}
