/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-gestures.h"

#include <math.h>

/* One notch of a wheel. */
#define WHEEL_FACTOR 1.25
#define WHEEL_PAN 40.0

/* A press that moves less is a click. */
#define DRAG_THRESHOLD 6.0

#define POINTER_X "hr-pointer-x"
#define DRAGGED "hr-dragged"
#define PINCHED "hr-pinched"

static void
set_number (gpointer object, const char *key, double value)
{
  g_object_set_data_full (object, key, g_memdup2 (&value, sizeof value), g_free);
}

static double
get_number (gpointer object, const char *key, double otherwise)
{
  const double *value = g_object_get_data (object, key);

  return value != NULL ? *value : otherwise;
}

static void
motion_cb (HrTimelinePlot *plot, double x, double y)
{
  set_number (plot, POINTER_X, x);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, gpointer user_data)
{
  HrTimelinePlot *plot = user_data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if (state & GDK_CONTROL_MASK)
    {
      hr_timeline_plot_zoom (plot, get_number (plot, POINTER_X, 0), pow (WHEEL_FACTOR, -dy));
      return TRUE;
    }
  if (state & GDK_SHIFT_MASK && fabs (dx) < fabs (dy))
    {
      dx = dy;
      dy = 0;
    }
  if (fabs (dx) <= fabs (dy) || !hr_timeline_plot_is_zoomed (plot))
    return FALSE;

  hr_timeline_plot_pan (plot, dx * WHEEL_PAN);
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
  set_number (drag, DRAGGED, 0);
}

static void
drag_update_cb (GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
  HrTimelinePlot *plot = user_data;
  double before = get_number (drag, DRAGGED, 0);

  if (!hr_timeline_plot_is_zoomed (plot) || (before == 0.0 && fabs (x) < DRAG_THRESHOLD))
    return;

  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  hr_timeline_plot_pan (plot, before - x);
  set_number (drag, DRAGGED, x);
}

static void
pinch_begin_cb (GtkGesture *pinch, GdkEventSequence *sequence, gpointer user_data)
{
  set_number (pinch, PINCHED, 1);
}

static void
pinch_cb (GtkGestureZoom *pinch, double scale, gpointer user_data)
{
  HrTimelinePlot *plot = user_data;
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (pinch), &x, &y))
    return;

  hr_timeline_plot_zoom (plot, x, scale / get_number (pinch, PINCHED, 1));
  set_number (pinch, PINCHED, scale);
}

void
hr_timeline_gestures_add (HrTimelinePlot *plot)
{
  GtkWidget *widget = GTK_WIDGET (plot);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), plot);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), plot);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), plot);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), plot);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), plot);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), plot);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
