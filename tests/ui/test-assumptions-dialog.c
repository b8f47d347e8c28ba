/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-assumptions-dialog.h"
#include "ui/hr-number-row.h"

typedef struct
{
  HrDocument *document;
  HrProject *project;
  GtkWidget *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->document = hr_document_new_sample (NULL);
  self->project = hr_document_get_project (self->document);
  self->dialog = hr_assumptions_dialog_new (self->document, hr_project_get_configuration (self->project, 0));
  gtk_window_present (GTK_WINDOW (self->dialog));
  ui_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  ui_settle ();
  g_assert_finalize_object (self->document);
}

static GtkWidget *
find_row (Fixture *self, const char *title)
{
  GtkWidget *row = gtk_widget_get_ancestor (ui_find_text (self->dialog, title), HR_TYPE_NUMBER_ROW);

  g_assert_nonnull (row);
  return row;
}

static void
type (Fixture *self, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find (find_row (self, title), GTK_TYPE_ENTRY)), text);
}

static const char *
text_of (Fixture *self, const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (ui_find (find_row (self, title), GTK_TYPE_ENTRY)));
}

/* Counts at once, under undo; what is empty is left to published runs. */
static void
test_edits (Fixture *self, gconstpointer data)
{
  const HrProjectData *project = hr_project_get_data (self->project);

  g_assert_cmpstr (text_of (self, "Samples"), ==, "500");
  g_assert_cmpstr (text_of (self, "Utilization of compute"), ==, "");
  type (self, "Samples", "20,000");
  type (self, "Utilization of compute", "0.4");
  project = hr_project_get_data (self->project);
  g_assert_cmpuint (project->dataset.samples, ==, 20000);
  g_assert_cmpfloat (project->assumptions.utilization, ==, 0.4);

  int start = 0;
  gtk_editable_insert_text (GTK_EDITABLE (ui_find (find_row (self, "Utilization of compute"), GTK_TYPE_ENTRY)), "3", 1,
                            &start);
  g_assert_false (hr_number_row_is_valid (HR_NUMBER_ROW (find_row (self, "Utilization of compute"))));
  g_assert_cmpfloat (hr_project_get_data (self->project)->assumptions.utilization, ==, 0.4);
  type (self, "Utilization of compute", "");
  g_assert_cmpfloat (hr_project_get_data (self->project)->assumptions.utilization, ==, 0);

  g_assert_true (gtk_widget_activate_action (self->dialog, "win.undo", NULL));
  g_assert_true (gtk_widget_activate_action (self->dialog, "win.undo", NULL));
  g_assert_cmpstr (text_of (self, "Samples"), ==, "500");
  g_assert_true (gtk_widget_activate_action (self->dialog, "win.redo", NULL));
  g_assert_cmpstr (text_of (self, "Samples"), ==, "20000");
}

/* Each figure names what holds without it, and who says so. */
static void
test_defaults (Fixture *self, gconstpointer data)
{
  g_assert_nonnull (ui_find_text (self->dialog, "Default: 0.28 (0.15–0.40), assumed"));
  g_assert_nonnull (ui_find_text (self->dialog, "pytorch-labs/gpt-fast"));
  g_assert_nonnull (ui_find_text (self->dialog, "here for Full fine-tune"));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add ("/assumptions-dialog/edits", Fixture, NULL, set_up, test_edits, tear_down);
  g_test_add ("/assumptions-dialog/defaults", Fixture, NULL, set_up, test_defaults, tear_down);

  return g_test_run ();
}
