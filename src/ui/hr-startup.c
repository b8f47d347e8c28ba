/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-startup.h"

#define RESOURCES "/io/github/headroom/Headroom/"
#define THEME_VARIABLE "GTK_THEME"

/* What libadwaita has GTK read in place of its theme; it asks for it too late for the first reading. */
#define NO_THEME "Adwaita-empty"

gboolean
hr_startup_open_display (void)
{
  gboolean has_theme = g_getenv (THEME_VARIABLE) != NULL;

  if (!has_theme)
    g_setenv (THEME_VARIABLE, NO_THEME, TRUE);

  gboolean opened = gtk_init_check ();

  if (opened)
    gtk_settings_get_default ();
  if (!has_theme)
    g_unsetenv (THEME_VARIABLE);

  return opened;
}

static void
use_style (GtkCssProvider *style, const char *resource)
{
  gtk_css_provider_load_from_resource (style, resource);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
update_contrast_cb (AdwStyleManager *manager, GParamSpec *pspec, gpointer user_data)
{
  GtkCssProvider *style = user_data;

  if (adw_style_manager_get_high_contrast (manager))
    use_style (style, RESOURCES "style-hc.css");
  else
    gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style));
}

static void
forget_style_cb (gpointer style, GClosure *closure)
{
  g_object_unref (style);
}

void
hr_startup_init (GApplication *application)
{
  /* Each folder of icons that is added has GTK forget the icon theme, which a thread reads meanwhile: applications add
   * one where they have a folder of resources, libadwaita adds one as it starts, best before anything is read. */
  g_application_set_resource_base_path (application, NULL);
  adw_init ();

  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GtkCssProvider *contrast_style = gtk_css_provider_new ();

  use_style (style, RESOURCES "style.css");
  g_signal_connect_data (manager, "notify::high-contrast", G_CALLBACK (update_contrast_cb), contrast_style,
                         forget_style_cb, 0);
  update_contrast_cb (manager, NULL, contrast_style);
}
