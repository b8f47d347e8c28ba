/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-figure.h"

#define TIMEOUT_US (10 * G_USEC_PER_SEC)

/* Drafts of other tests are none of a person's who has just come. */
static void
isolate_state (void)
{
  g_autofree char *folder = g_dir_make_tmp ("headroom-state-XXXXXX", NULL);

  g_assert_nonnull (folder);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
}

void
ui_init (int *argc, char ***argv)
{
  isolate_state ();
  g_test_init (argc, argv, NULL);

  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      exit (0);
    }

  adw_init ();
  if (adw_get_minor_version () > 2) /* later ones warn of their own message dialogs */
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
ui_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static gboolean
wake_up_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_await (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + TIMEOUT_US;
  guint source = g_timeout_add (20, wake_up_cb, NULL);

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

GtkWidget *
ui_find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type);
      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
ui_find_button (GtkWidget *root, const char *icon_name_or_label)
{
  if (GTK_IS_BUTTON (root)
      && (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon_name_or_label) == 0
          || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), icon_name_or_label) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find_button (child, icon_name_or_label);
      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkEventController *
ui_find_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (g_type_is_a (G_OBJECT_TYPE (controller), type))
        return controller;
    }

  return NULL;
}

gboolean
ui_press (GtkWidget *widget, guint keyval)
{
  return ui_press_with (widget, keyval, 0);
}

/* A key of the class of @widget. */
static gboolean
press_shortcut (GtkWidget *widget, GListModel *shortcuts, guint keyval, GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
          && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }

  return FALSE;
}

gboolean
ui_press_with (GtkWidget *widget, guint keyval, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &handled);
      else if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        handled = press_shortcut (widget, G_LIST_MODEL (controller), keyval, modifiers);
    }

  return handled;
}

const char *
ui_text_of (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget)   ? gtk_label_get_text (GTK_LABEL (widget))
         : HR_IS_FIGURE (widget) ? hr_figure_get_text (HR_FIGURE (widget))
                                 : NULL;
}

PangoLayout *
ui_layout_of (GtkWidget *widget)
{
  return HR_IS_FIGURE (widget) ? hr_figure_get_layout (HR_FIGURE (widget)) : gtk_label_get_layout (GTK_LABEL (widget));
}

GtkWidget *
ui_find_text (GtkWidget *root, const char *text)
{
  const char *said = ui_text_of (root);

  if (said != NULL && strstr (said, text) != NULL)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find_text (child, text);
      if (found != NULL)
        return found;
    }

  return NULL;
}

void
ui_walk (GtkWidget *root, void (*visit) (GtkWidget *widget, gpointer user_data), gpointer user_data)
{
  visit (root, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    ui_walk (child, visit, user_data);
}
