/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-compat.h"

#include "hr-accessible-name.h"

#include <glib/gi18n-lib.h>

#define ACCEPT "accept"
#define CANCEL "cancel"

static void
file_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
show_file_chooser (GtkFileChooserNative *chooser, GTask *task)
{
  g_task_set_task_data (task, chooser, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (file_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
present_over (GtkWindow *window, GtkWindow *parent)
{
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_modal (window, TRUE);
  hr_accessible_mend (GTK_WIDGET (window));
  gtk_window_present (window);
}

static void
ask_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, g_strdup (response), g_free);
}

static void
text_changed_cb (GtkEditable *entry, gpointer user_data)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (user_data, ACCEPT, *text != '\0');
}

static void
text_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkEditable *entry = g_task_get_task_data (task);

  if (g_str_equal (response, ACCEPT))
    g_task_return_pointer (task, g_strstrip (g_strdup (gtk_editable_get_text (entry))), g_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
hr_compat_open_file_async (GtkWindow *parent, const char *title, const char *pattern, const char *pattern_name,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_auto (GStrv) patterns = g_strsplit (pattern, " ", -1);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, pattern_name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  show_file_chooser (chooser, g_task_new (parent, NULL, callback, user_data));
}

void
hr_compat_open_folder_async (GtkWindow *parent, const char *title, GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                               _ ("_Select"), _ ("_Cancel"));

  show_file_chooser (chooser, g_task_new (parent, NULL, callback, user_data));
}

void
hr_compat_save_file_async (GtkWindow *parent, const char *title, const char *name, GFile *folder,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  show_file_chooser (chooser, g_task_new (parent, NULL, callback, user_data));
}

GFile *
hr_compat_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
hr_compat_ask_async (GtkWindow *parent, const char *heading, const char *body, const char *const *responses,
                     const char *close_id, GAsyncReadyCallback callback, gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  for (guint i = 0; responses[i] != NULL; i += 3)
    {
      const char *id = responses[i];

      adw_message_dialog_add_response (dialog, id, responses[i + 1]);
      if (g_str_equal (responses[i + 2], "suggested"))
        {
          adw_message_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_SUGGESTED);
          adw_message_dialog_set_default_response (dialog, id);
        }
      else if (g_str_equal (responses[i + 2], "destructive"))
        adw_message_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_close_response (dialog, close_id);
  g_signal_connect (dialog, "response", G_CALLBACK (ask_response_cb), g_task_new (parent, NULL, callback, user_data));
  present_over (GTK_WINDOW (dialog), parent);
}

char *
hr_compat_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
hr_compat_ask_text_async (GtkWindow *parent, const char *heading, const char *label, const char *text,
                          const char *accept_label, GAsyncReadyCallback callback, gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, NULL));
  GtkWidget *entry = gtk_entry_new ();
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_changed_cb), dialog, 0);
  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);

  adw_message_dialog_add_responses (dialog, CANCEL, _ ("_Cancel"), ACCEPT, accept_label, NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, ACCEPT);
  adw_message_dialog_set_close_response (dialog, CANCEL);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect (dialog, "response", G_CALLBACK (text_response_cb), task);
  present_over (GTK_WINDOW (dialog), parent);
  gtk_widget_grab_focus (entry);
}

char *
hr_compat_ask_text_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* What libadwaita 1.2 shows there without a name: the picture, the version and the buttons that lead back. */
static void
name_about (GtkWidget *widget)
{
  const char *name = NULL;

  if (gtk_widget_has_css_class (widget, "icon-dropshadow"))
    name = _ ("Headroom");
  else if (gtk_widget_has_css_class (widget, "app-version"))
    name = HR_VERSION;
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    name = gtk_widget_get_tooltip_text (widget);
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_about (child);
}

void
hr_compat_show_about (GtkWindow *parent, const char *debug_info)
{
  GtkWidget *about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "application-icon", HR_APP_ID, "application-name", _ ("Headroom"), "version", HR_VERSION,
      "developer-name", _ ("The Headroom contributors"), "comments",
      _ ("Will this fine-tuning or serving run fit, what takes the memory, what should I change."), "license-type",
      GTK_LICENSE_GPL_3_0, "debug-info", debug_info, "debug-info-filename", "headroom-debug-info.txt", NULL);

  name_about (about);
  present_over (GTK_WINDOW (about), parent);
}

void
hr_compat_show_shortcuts (GtkWindow *parent, const char *path)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);

  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));

  /* The button that chooses a section: GTK gives it no name. */
  hr_accessible_name_part (window, GTK_TYPE_MENU_BUTTON, _ ("Keyboard shortcuts"));
  present_over (GTK_WINDOW (window), parent);
}

/* libadwaita 1.2 moves a toast in for less than this. */
#define TOAST_APPEARS_MICROSECONDS (600 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  AdwToast *toast;
  GtkWidget *newest; /* child of the overlay; only compared */
  gint64 since;      /* microseconds: when it was seen first */
} ToastDismissal;

static void
toast_dismissal_free (gpointer data)
{
  g_object_unref (((ToastDismissal *) data)->toast);
  g_free (data);
}

static gboolean
dismiss_toast_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer user_data)
{
  ToastDismissal *self = user_data;
  GtkWidget *newest = gtk_widget_get_last_child (overlay);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (newest != self->newest)
    self->since = now;
  self->newest = newest;
  if (now - self->since < TOAST_APPEARS_MICROSECONDS)
    return G_SOURCE_CONTINUE;

  adw_toast_dismiss (self->toast);
  return G_SOURCE_REMOVE;
}

/* libadwaita 1.2 frees a toast that has disappeared although it still appears, and crashes when it has done so. */
void
hr_compat_dismiss_toast (AdwToastOverlay *overlay, AdwToast *toast)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (ADW_IS_TOAST (toast));

  if (!adw_get_enable_animations (GTK_WIDGET (overlay)))
    {
      adw_toast_dismiss (toast);
      return;
    }

  ToastDismissal *dismissal = g_new0 (ToastDismissal, 1);

  adw_toast_set_button_label (toast, NULL); /* what it offered no longer holds while it waits */
  dismissal->toast = g_object_ref (toast);
  gtk_widget_add_tick_callback (GTK_WIDGET (overlay), dismiss_toast_cb, dismissal, toast_dismissal_free);
}

gboolean
hr_compat_is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

gboolean
hr_compat_is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

gboolean
hr_compat_lookup_color (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color);
}

void
hr_compat_draw_text (GtkWidget *widget, GtkSnapshot *snapshot, double x, double y, PangoLayout *layout)
{
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x, y, layout);
}
