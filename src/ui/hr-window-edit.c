/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-compat.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

static HrProject *
get_project (HrWindow *self)
{
  return hr_document_get_project (self->document);
}

/* Once the view shows the configuration. */
static gboolean
focus_view_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->focus_source = 0;
  gtk_widget_grab_focus (adw_view_stack_get_visible_child (self->views));

  return G_SOURCE_REMOVE;
}

static void
add (HrWindow *self, HrTask task, HrMethod method)
{
  HrConfiguration *selected = hr_window_get_configuration (self);
  guint position = selected != NULL ? hr_project_find (get_project (self), selected) : G_MAXUINT;

  hr_window_commit (self);
  hr_selection_set_configuration (self->selection,
                                  hr_project_add (get_project (self), position, task, method, selected));
  if (selected == NULL && self->focus_source == 0)
    self->focus_source = g_idle_add (focus_view_cb, self);
}

static void
add_full_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  add (HR_WINDOW (widget), HR_TASK_TRAIN, HR_METHOD_FULL);
}

static void
add_lora_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  add (HR_WINDOW (widget), HR_TASK_TRAIN, HR_METHOD_LORA);
}

static void
add_qlora_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  add (HR_WINDOW (widget), HR_TASK_TRAIN, HR_METHOD_QLORA);
}

static void
add_inference_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  add (HR_WINDOW (widget), HR_TASK_INFER, HR_METHOD_FULL);
}

/* The copies take over the selection. */
static void
duplicate_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GListModel *selected = hr_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (selected);

  hr_window_commit (self);

  HrConfiguration *first = hr_project_duplicate_several (get_project (self), selected);
  if (first == NULL)
    return;

  guint last = hr_project_find (get_project (self), first) + n - 1;
  hr_selection_select_only (self->selection, first);
  if (n > 1)
    hr_selection_extend_to (self->selection, hr_project_get_configuration (get_project (self), last));
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GObject) target = user_data;
  g_autofree char *name = hr_compat_ask_text_finish (result);

  if (name != NULL)
    g_object_set (target, "name", name, NULL);
}

static void
ask_name (HrWindow *self, const char *heading, const char *label, gpointer target)
{
  g_autofree char *name = NULL;

  g_object_get (target, "name", &name, NULL);
  hr_compat_ask_text_async (GTK_WINDOW (self), heading, label, name, _ ("_Rename"), renamed_cb, g_object_ref (target));
}

static void
rename_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  ask_name (self, _ ("Rename Configuration"), _ ("Name of the configuration"), hr_window_get_configuration (self));
}

static void
rename_project_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  ask_name (self, _ ("Rename Project"), _ ("Name of the project"), get_project (self));
}

static void
remove_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GListModel *selected = hr_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (selected);
  const HrJob *job = hr_configuration_get_job (hr_window_get_configuration (self));
  g_autofree char *message
      = n == 1 ? g_strdup_printf (_ ("Removed %s"), hr_job_title (job))
               : g_strdup_printf (ngettext ("Removed %u configuration", "Removed %u configurations", n), n);

  hr_window_commit (self);
  hr_project_remove_several (get_project (self), selected);

  hr_window_toast_undo (self, message);
}

/* The selected configurations together, past the one before the first or behind the last. */
static void
move (HrWindow *self, int step)
{
  GListModel *selected = hr_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (selected);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean back = (step < 0) != mirrored;
  g_autoptr (HrConfiguration) end = g_list_model_get_item (selected, back ? 0 : n - 1);
  guint position = hr_project_find (get_project (self), end);

  if (back && position > 0)
    hr_project_move_several (get_project (self), selected, position - 1);
  else if (!back && position + 1 < g_list_model_get_n_items (G_LIST_MODEL (get_project (self))))
    hr_project_move_several (get_project (self), selected, position + 2);
}

static void
move_left_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (HR_WINDOW (widget), -1);
}

static void
move_right_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (HR_WINDOW (widget), 1);
}

/* What comes back is what the user looks for. */
static void
came_back_cb (HrSelection *selection, guint position, guint n_removed, guint n_added, HrProject *project)
{
  if (n_added <= n_removed)
    return;

  hr_selection_select_only (selection, hr_project_get_configuration (project, position));
  if (n_removed == 0 && n_added > 1)
    hr_selection_extend_to (selection, hr_project_get_configuration (project, position + n_added - 1));
}

static void
go_in_history (HrWindow *self, void (*go) (HrDocument *document))
{
  HrProject *project = get_project (self);
  gulong handler = g_signal_connect_swapped (project, "items-changed", G_CALLBACK (came_back_cb), self->selection);

  go (self->document);
  g_signal_handler_disconnect (project, handler);
}

static void
undo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);
  go_in_history (self, hr_document_undo);
}

static void
redo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  go_in_history (HR_WINDOW (widget), hr_document_redo);
}

void
hr_window_install_edit_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.add-full", add_full_cb },
    { "win.add-lora", add_lora_cb },
    { "win.add-qlora", add_qlora_cb },
    { "win.add-inference", add_inference_cb },
    { "win.duplicate", duplicate_cb },
    { "win.rename", rename_cb },
    { "win.rename-project", rename_project_cb },
    { "win.remove", remove_cb },
    { "win.move-left", move_left_cb },
    { "win.move-right", move_right_cb },
    { "win.undo", undo_cb },
    { "win.redo", redo_cb },
  };
  /*
   * Keys that text entries use themselves: unlike the shortcuts of the application, these come after the entry. Menus
   * show the last key of an action.
   */
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_d, GDK_CONTROL_MASK, "win.duplicate" },
    { GDK_KEY_F2, 0, "win.rename" },
    { GDK_KEY_KP_Delete, 0, "win.remove" },
    { GDK_KEY_Delete, 0, "win.remove" },
    { GDK_KEY_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-left" },
    { GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-right" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}
