/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "model/hr-document.h"

#include <math.h>

static void
add_style (const char *path)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
view_init (int *argc, char ***argv)
{
  ui_init (argc, argv);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "DejaVu Sans 10", "gtk-enable-animations", FALSE, NULL);
  add_style ("/io/github/headroom/Headroom/style.css");
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    add_style ("/io/github/headroom/Headroom/style-hc.css");
}

static gboolean
count_frame_cb (GtkWidget *window, GdkFrameClock *clock, gpointer frames_left)
{
  return --*(int *) frames_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
no_frame_left (gpointer frames_left)
{
  return *(int *) frames_left == 0;
}

void
view_settle (GtkWidget *window)
{
  int frames_left = 2;

  gtk_widget_add_tick_callback (window, count_frame_cb, &frames_left, NULL);
  ui_await (no_frame_left, &frames_left);
  ui_settle ();
}

GtkWidget *
view_show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  view_settle (window);
  return window;
}

GdkRectangle
view_bounds (GtkWidget *widget, GtkWidget *ancestor)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, ancestor, &bounds));
  return (GdkRectangle){ (int) roundf (bounds.origin.x), (int) roundf (bounds.origin.y),
                         (int) roundf (bounds.size.width), (int) roundf (bounds.size.height) };
}

HrSelection *
view_selection (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrDocument) document = hr_document_new_sample (&error);
  HrSelection *selection = hr_selection_new ();

  g_assert_no_error (error);
  hr_selection_set_project (selection, hr_document_get_project (document));
  return selection;
}
