/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surfaces.h"

#include "ui/hr-compat.h"
#include "ui/hr-help-window.h"
#include "ui/hr-import-report-dialog.h"
#include "ui/hr-inspector.h"
#include "ui/hr-preferences-window.h"
#include "ui/hr-save-changes.h"

static const char *const views[] = { "compare", "timeline", "fit-map", "gpus", "explain" };

static void
open_help (WindowFixture *self)
{
  hr_help_window_show ("compare");
}

static void
open_preferences (WindowFixture *self)
{
  GtkWidget *window = hr_preferences_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_save_changes (WindowFixture *self)
{
  hr_save_changes_async (GTK_WINDOW (self->window), self->document, NULL, NULL);
}

static void
open_import_report (WindowFixture *self)
{
  g_autoptr (HrImportReport) report = hr_import_report_new ();

  hr_import_report_add (report, HR_IMPORT_READ, "hidden_size", "%u", 4096U);
  hr_import_report_add (report, HR_IMPORT_ASSUMED, "head_dim", "%u", 128U);
  hr_import_report_add (report, HR_IMPORT_IGNORED, "torch_dtype", "%s", "bfloat16");
  gtk_window_present (
      GTK_WINDOW (hr_import_report_dialog_new (GTK_WINDOW (self->window), "Imported a model", "A sentence.", report)));
}

static void
open_about (WindowFixture *self)
{
  hr_compat_show_about (GTK_WINDOW (self->window), "GTK");
}

/* By an action of the window or of its inspector, or in another way. */
typedef struct
{
  const char *name;
  gboolean in_inspector;
  void (*open) (WindowFixture *self);
} Dialog;

static const Dialog dialogs[] = {
  { "inspector.change-model", TRUE, NULL }, { "inspector.change-gpu", TRUE, NULL },
  { "inspector.edit-targets", TRUE, NULL }, { "win.assumptions", FALSE, NULL },
  { "win.own-catalog", FALSE, NULL },       { "win.rename", FALSE, NULL },
  { "win.rename-project", FALSE, NULL },    { "win.show-help-overlay", FALSE, NULL },
};

static const Dialog others[] = {
  { "win.find", FALSE, NULL },
  { "win.manage-templates", FALSE, NULL },
  { "help", FALSE, open_help },
  { "preferences", FALSE, open_preferences },
  { "save changes", FALSE, open_save_changes },
  { "import report", FALSE, open_import_report },
  { "about", FALSE, open_about },
};

static void
expand_cb (GtkWidget *widget, gpointer user_data)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  else if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
}

static GtkWidget *
find_inspector (WindowFixture *self)
{
  ui_wait_for (ui_find (GTK_WIDGET (self->window), HR_TYPE_INSPECTOR) != NULL);

  return ui_find (GTK_WIDGET (self->window), HR_TYPE_INSPECTOR);
}

static void
show_view (WindowFixture *self, const char *view)
{
  ui_walk (find_inspector (self), expand_cb, NULL);
  window_fixture_activate (self, "win.view", view);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  ui_settle ();
}

void
surfaces_visit_views (WindowFixture *self, SurfaceVisit visit, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      show_view (self, views[i]);
      visit (GTK_WIDGET (self->window), views[i], user_data);
    }
}

/* Returns: (transfer none) (nullable): a window that is shown and not among @before. */
static GtkWindow *
find_new (GList *before)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_list_find (before, l->data) == NULL && gtk_widget_get_mapped (l->data))
      return l->data;

  return NULL;
}

static void
visit_dialog (WindowFixture *self, const Dialog *what, SurfaceVisit visit, gpointer user_data)
{
  g_autoptr (GList) before = gtk_window_list_toplevels ();
  GtkWidget *from = what->in_inspector ? find_inspector (self) : GTK_WIDGET (self->window);

  if (what->open != NULL)
    what->open (self);
  else
    g_assert_true (gtk_widget_activate_action (from, what->name, NULL));
  ui_wait_for (find_new (before) != NULL);

  GtkWindow *dialog = find_new (before);

  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  ui_settle ();
  visit (GTK_WIDGET (dialog), what->name, user_data);
  gtk_window_close (dialog);
  ui_wait_for (find_new (before) == NULL);
}

void
surfaces_visit_dialogs (WindowFixture *self, SurfaceVisit visit, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    visit_dialog (self, &dialogs[i], visit, user_data);
}

void
surfaces_visit_windows (WindowFixture *self, SurfaceVisit visit, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    visit_dialog (self, &others[i], visit, user_data);
}

static void
collect_buttons_cb (GtkWidget *widget, gpointer buttons)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget))
    g_ptr_array_add (buttons, widget);
}

void
surfaces_visit_popovers (WindowFixture *self, SurfaceVisit visit, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

      show_view (self, views[i]);
      ui_walk (GTK_WIDGET (self->window), collect_buttons_cb, buttons);
      for (guint j = 0; j < buttons->len; j++)
        {
          GtkMenuButton *button = buttons->pdata[j];

          gtk_widget_grab_focus (GTK_WIDGET (button)); /* scrolls to it */
          gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
          gtk_menu_button_popup (button);
          ui_settle ();

          GtkPopover *popover = gtk_menu_button_get_popover (button);

          g_assert_nonnull (popover);
          ui_wait_for (gtk_widget_get_mapped (GTK_WIDGET (popover)));
          visit (GTK_WIDGET (popover), views[i], user_data);
          gtk_menu_button_popdown (button);
          ui_settle ();
        }
    }
}
