/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "first-frame.h"

#include <stdlib.h>
#include <time.h>

#define MS_IN_A_SECOND 1e3
#define NS_IN_A_MS 1e6

typedef struct
{
  GApplication *application;
  gint64 started_us;
} FirstFrame;

static guint64
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static double
cpu_ms (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);

  return MS_IN_A_SECOND * (double) used.tv_sec + (double) used.tv_nsec / NS_IN_A_MS;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  FirstFrame *frame = user_data;
  double ms = (double) (g_get_monotonic_time () - frame->started_us) / G_TIME_SPAN_MILLISECOND;

  g_print ("{\"first_frame_ms\": %.1f, \"first_frame_cpu_ms\": %.1f, \"resident_kib\": %" G_GUINT64_FORMAT "}\n", ms,
           cpu_ms (), resident_kib ());
  g_signal_handlers_disconnect_by_data (clock, user_data);
  g_application_quit (frame->application);
}

static void
map_cb (GtkWidget *window, gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), user_data);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  g_signal_connect (window, "map", G_CALLBACK (map_cb), user_data);
  g_signal_handlers_disconnect_by_func (application, window_added_cb, user_data);
}

int
first_frame_run (GApplication *application, gint64 started_us)
{
  FirstFrame frame = { .application = application, .started_us = started_us };

  g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &frame);

  return g_application_run (application, 0, NULL);
}
