/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-application.h"

#include "hr-search-provider.h"

#include "model/hr-own-catalog.h"
#include "ui/hr-compat.h"
#include "ui/hr-help-window.h"
#include "ui/hr-preferences.h"
#include "ui/hr-session.h"
#include "ui/hr-settings.h"
#include "ui/hr-startup.h"
#include "ui/hr-text-direction.h"
#include "ui/hr-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>

struct _HrApplication
{
  AdwApplication parent_instance;

  HrSearchProvider *search_provider;
  gboolean started; /* what an earlier process left behind has been looked for */
};

G_DEFINE_FINAL_TYPE (HrApplication, hr_application, ADW_TYPE_APPLICATION)

/* Keys that mean the same wherever the focus is. Those that text entries also use belong to the window. */
static const struct
{
  const char *action;
  const char *accels[2];
} shortcuts[] = {
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.find", { "<Control>f" } },
  { "win.import", { "<Control>i" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.export-chart::png", { "<Control>e" } },
  { "win.print", { "<Control>p" } },
  { "win.next-area", { "F6" } },
  { "win.previous-area", { "<Shift>F6" } },
  { "win.toggle-inspector", { "F9" } },
  { "win.view::compare", { "<Alt>1" } },
  { "win.view::timeline", { "<Alt>2" } },
  { "win.view::fit-map", { "<Alt>3" } },
  { "win.view::gpus", { "<Alt>4" } },
  { "win.view::explain", { "<Alt>5" } },
  { "win.assumptions", { "<Control>t" } },
  { "win.own-catalog", { "<Control>l" } },
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static void quit_next (HrApplication *self);

static HrWindow *
find_window (HrApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (HR_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HrApplication) self = user_data;

  if (hr_window_close_finish (result))
    quit_next (self);
  else
    hr_session_set_quitting (GTK_APPLICATION (self), FALSE);
}

/* One window after the other, so that each can ask; the first that stays ends it. */
static void
quit_next (HrApplication *self)
{
  HrWindow *window = find_window (self);

  if (window != NULL)
    hr_window_close_async (window, closed_cb, g_object_ref (self));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;

  hr_session_remember (application);
  hr_session_set_quitting (application, TRUE);
  quit_next (HR_APPLICATION (application));
}

/* The desktop ends the session, or somebody the process: there is no time to ask. */
static gboolean
terminate_cb (gpointer user_data)
{
  hr_session_flush (user_data);
  g_application_quit (user_data);

  return G_SOURCE_REMOVE;
}

static char *
create_debug_info (void)
{
  const char *renderer = g_getenv ("GSK_RENDERER");

  return g_strdup_printf ("Headroom %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n"
                          "Renderer: %s\nDisplay: %s\nPreferences: %s\n",
                          HR_VERSION, gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          renderer != NULL ? renderer : "default", G_OBJECT_TYPE_NAME (gdk_display_get_default ()),
                          hr_settings_get_default () != NULL ? "installed" : "not installed");
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *debug_info = create_debug_info ();

  hr_compat_show_about (gtk_application_get_active_window (user_data), debug_info);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hr_preferences_show (gtk_application_get_active_window (user_data));
}

/* The manual has a page for each view, called as the view is. */
static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  g_autofree char *view = NULL;

  if (HR_IS_WINDOW (window) && !hr_window_is_empty (HR_WINDOW (window)))
    g_object_get (window, "view", &view, NULL);
  hr_help_window_show (view != NULL ? view : "first-plan");
}

static gboolean
take_first_start (void)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL)
    return TRUE;

  gboolean first = g_settings_get_boolean (settings, "first-start");
  g_settings_set_boolean (settings, "first-start", FALSE);

  return first;
}

static GtkWidget *
create_first_window (HrApplication *self)
{
  g_autoptr (HrDocument) sample = take_first_start () ? hr_document_new_sample (NULL) : NULL;

  return sample != NULL ? hr_window_new (GTK_APPLICATION (self), sample) : hr_window_new_empty (GTK_APPLICATION (self));
}

static void
start (HrApplication *self, gboolean with_session)
{
  if (self->started)
    return;

  self->started = TRUE;
  hr_session_restore_drafts (GTK_APPLICATION (self));
  if (with_session)
    hr_session_restore (GTK_APPLICATION (self));
}

static void
new_project_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start (user_data, FALSE);
  gtk_window_present (GTK_WINDOW (hr_window_new_empty (user_data)));
}

static void
open_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (HrDocument) sample = hr_document_new_sample (NULL);

  start (user_data, FALSE);
  if (sample != NULL)
    gtk_window_present (GTK_WINDOW (hr_window_new (user_data, sample)));
}

static void
hr_application_activate (GApplication *application)
{
  HrApplication *self = HR_APPLICATION (application);

  start (self, TRUE);

  HrWindow *window = find_window (self);

  gtk_window_present (window != NULL ? GTK_WINDOW (window) : GTK_WINDOW (create_first_window (self)));
}

static void
hr_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  HrApplication *self = HR_APPLICATION (application);

  start (self, FALSE);
  for (int i = 0; i < n_files; i++)
    {
      HrWindow *window = find_window (self);

      if (window == NULL)
        window = HR_WINDOW (hr_window_new_empty (GTK_APPLICATION (self)));
      gtk_window_present (GTK_WINDOW (window));
      hr_window_open_file (window, files[i]);
    }
}

static int
hr_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  gboolean version = FALSE;

  if (g_variant_dict_lookup (options, "version", "b", &version) && version)
    {
      g_print ("headroom %s\n", HR_VERSION);
      return EXIT_SUCCESS;
    }

  if (!hr_startup_open_display ())
    {
      g_printerr ("%s\n",
                  _ ("headroom: there is no display to open a window on; headroom-cli gives the same answers in a "
                     "terminal"));
      return EXIT_FAILURE;
    }

  return G_APPLICATION_CLASS (hr_application_parent_class)->handle_local_options (application, options);
}

/* The session is what is open; the last window that closes is what was. */
static void
hr_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (hr_application_parent_class)->window_removed (application, window);

  if (HR_IS_WINDOW (window) && find_window (HR_APPLICATION (application)) != NULL)
    hr_session_remember (application);
}

static void
hr_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_cb },
    { .name = "help", .activate = help_cb },
    { .name = "new-project", .activate = new_project_cb },
    { .name = "open-sample", .activate = open_sample_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "quit", .activate = quit_cb },
  };

  hr_startup_init (application);
  G_APPLICATION_CLASS (hr_application_parent_class)->startup (application);

  hr_text_direction_init ();
  hr_own_catalog_get_default ();
  hr_preferences_follow ();
  g_unix_signal_add (SIGTERM, terminate_cb, application);
  g_unix_signal_add (SIGHUP, terminate_cb, application);
  gtk_window_set_default_icon_name (HR_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action, shortcuts[i].accels);
  hr_help_window_serve_dialogs ("F1");
}

static gboolean
hr_application_dbus_register (GApplication *application, GDBusConnection *connection, const char *path, GError **error)
{
  HrApplication *self = HR_APPLICATION (application);

  self->search_provider = hr_search_provider_new (application);

  return G_APPLICATION_CLASS (hr_application_parent_class)->dbus_register (application, connection, path, error)
         && hr_search_provider_export (self->search_provider, connection, path, error);
}

static void
hr_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  HrApplication *self = HR_APPLICATION (application);

  if (self->search_provider != NULL)
    hr_search_provider_unexport (self->search_provider);
  g_clear_object (&self->search_provider);

  G_APPLICATION_CLASS (hr_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
hr_application_class_init (HrApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = hr_application_activate;
  application_class->open = hr_application_open;
  application_class->handle_local_options = hr_application_handle_local_options;
  application_class->dbus_register = hr_application_dbus_register;
  application_class->dbus_unregister = hr_application_dbus_unregister;
  application_class->startup = hr_application_startup;
  GTK_APPLICATION_CLASS (klass)->window_removed = hr_application_window_removed;
}

static void
hr_application_init (HrApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[PROJECT…]"));
}

GApplication *
hr_application_new (void)
{
  return g_object_new (HR_TYPE_APPLICATION, "application-id", HR_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
