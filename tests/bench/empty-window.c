/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that any libadwaita program does before its first frame. */
#include "first-frame.h"

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application
      = adw_application_new ("io.github.headroom.Empty", G_APPLICATION_DEFAULT_FLAGS);

  g_return_val_if_fail (argc == 2, 2);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return first_frame_run (G_APPLICATION (application), g_ascii_strtoll (argv[1], NULL, 10));
}
