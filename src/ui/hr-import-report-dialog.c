/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-import-report-dialog.h"

#include "chart/hr-text-parts.h"
#include "hr-accessible-name.h"
#include "hr-whole-text.h"

#include <glib/gi18n-lib.h>

struct _HrImportReportDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwPreferencesPage *page;
  GtkWidget *summary_group;
  GtkWidget *summary;
  GtkWidget *tables_group;
  GtkWidget *tables;
  GtkWidget *action_bar;
  GtkWidget *close_button;

  GString *tables_text;
  char *notes_text;
  char *undo_action;
};

G_DEFINE_FINAL_TYPE (HrImportReportDialog, hr_import_report_dialog, ADW_TYPE_WINDOW)

static const char *
plain (const char *text)
{
  return text != NULL ? text : "";
}

static AdwPreferencesGroup *
new_group (const char *title)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, markup);

  return group;
}

/* Rows take the focus, so that the keyboard goes through them and scrolls. */
static void
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  adw_preferences_group_add (group, row);
}

static void
add_notes (HrImportReportDialog *self, const HrImportReport *report, HrImportKind kind)
{
  guint length = hr_import_report_length (report, kind);

  if (length == 0)
    return;

  AdwPreferencesGroup *group = new_group (hr_import_kind_label (kind));
  for (guint i = 0; i < length; i++)
    {
      const HrImportNote *note = hr_import_report_get (report, kind, i);
      add_row (group, note->what, note->detail);
    }
  adw_preferences_page_add (self->page, group);
}

/* Returns: (transfer full): the cells of @row on one line, each behind the head of its column. */
static char *
join_cells (const HrTable *table, const HrTableRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; row->cells[i] != NULL; i++)
    {
      if (*row->cells[i] == '\0')
        continue;
      g_autofree char *cell = *table->columns[i] != '\0'
                                  ? g_strdup_printf (_ ("%s: %s"), table->columns[i], row->cells[i])
                                  : g_strdup (row->cells[i]);
      hr_text_add_part (text, cell);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
copy_cb (HrImportReportDialog *self)
{
  g_autofree char *text = hr_import_report_dialog_to_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
undo_cb (HrImportReportDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), self->undo_action, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
hr_import_report_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_IMPORT_REPORT_DIALOG);

  G_OBJECT_CLASS (hr_import_report_dialog_parent_class)->dispose (object);
}

static void
hr_import_report_dialog_finalize (GObject *object)
{
  HrImportReportDialog *self = HR_IMPORT_REPORT_DIALOG (object);

  g_string_free (self->tables_text, TRUE);
  g_free (self->notes_text);
  g_free (self->undo_action);

  G_OBJECT_CLASS (hr_import_report_dialog_parent_class)->finalize (object);
}

static void
hr_import_report_dialog_class_init (HrImportReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_import_report_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = hr_import_report_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-import-report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, summary_group);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, tables_group);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, tables);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, action_bar);
  gtk_widget_class_bind_template_child (widget_class, HrImportReportDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_import_report_dialog_init (HrImportReportDialog *self)
{
  self->tables_text = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
}

GtkWidget *
hr_import_report_dialog_new (GtkWindow *parent, const char *title, const char *summary, const HrImportReport *report)
{
  HrImportReportDialog *self
      = g_object_new (HR_TYPE_IMPORT_REPORT_DIALOG, "transient-for", parent, "title", title, NULL);

  gtk_label_set_label (GTK_LABEL (self->summary), plain (summary));
  gtk_widget_set_visible (self->summary_group, summary != NULL);
  add_notes (self, report, HR_IMPORT_ASSUMED);
  add_notes (self, report, HR_IMPORT_IGNORED);
  add_notes (self, report, HR_IMPORT_READ);
  self->notes_text = hr_import_report_to_text (report);

  return GTK_WIDGET (self);
}

void
hr_import_report_dialog_add_table (HrImportReportDialog *self, const HrTable *table)
{
  g_return_if_fail (HR_IS_IMPORT_REPORT_DIALOG (self));

  AdwPreferencesGroup *group = new_group (table->title);
  g_autofree char *text = hr_table_to_text (table);

  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = table->rows->pdata[i];
      g_autofree char *cells = join_cells (table, row);

      add_row (group, row->label, cells);
    }
  gtk_box_append (GTK_BOX (self->tables), GTK_WIDGET (group));
  gtk_widget_set_visible (self->tables_group, TRUE);
  g_string_append_printf (self->tables_text, "\n%s", text);
}

void
hr_import_report_dialog_offer_undo (HrImportReportDialog *self, const char *action_name)
{
  g_return_if_fail (HR_IS_IMPORT_REPORT_DIALOG (self));

  g_free (self->undo_action);
  self->undo_action = g_strdup (action_name);
  gtk_widget_set_visible (self->action_bar, TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_widget_grab_focus (self->close_button);
}

char *
hr_import_report_dialog_to_text (HrImportReportDialog *self)
{
  g_return_val_if_fail (HR_IS_IMPORT_REPORT_DIALOG (self), NULL);

  const char *summary = gtk_label_get_label (GTK_LABEL (self->summary));

  return g_strconcat (gtk_window_get_title (GTK_WINDOW (self)), "\n", summary, *summary != '\0' ? "\n" : "",
                      self->tables_text->str, self->notes_text, NULL);
}
