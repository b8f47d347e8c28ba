/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "model/hr-template.h"
#include "ui/hr-templates-dialog.h"

#include <string.h>

static void
save (WindowFixture *self, const char *name)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autoptr (GError) error = NULL;

  hr_template_save (folder, hr_project_get_configuration (self->project, 2), name, &error);
  g_assert_no_error (error);
}

static void
spoil (void)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "spoiled.json", NULL);

  g_assert_true (g_file_set_contents (path, "{", 1, NULL));
}

static guint
count (void)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();
  g_autoptr (GListModel) templates = hr_templates_read (folder);

  return g_list_model_get_n_items (templates);
}

/* What a template adds is behind the selected configuration, is selected, and one step. */
static void
test_add (WindowFixture *self, gconstpointer user_data)
{
  guint n = window_fixture_size (self);

  save (self, "Mine");
  hr_selection_select_only (self->selection, hr_project_get_configuration (self->project, 0));
  window_fixture_activate (self, "win.add-template", "Mine");
  g_assert_cmpuint (window_fixture_size (self), ==, n + 1);
  HrConfiguration *added = hr_project_get_configuration (self->project, 1);
  g_assert_true (hr_selection_get_configuration (self->selection) == added);
  g_assert_cmpstr (hr_configuration_get_job (added)->name, ==, "Mine");
  g_assert_cmpint (hr_configuration_get_job (added)->method.kind, ==, HR_METHOD_QLORA);
  hr_document_undo (self->document);
  g_assert_cmpuint (window_fixture_size (self), ==, n);

  window_fixture_activate (self, "win.add-template", "None of this name");
  g_assert_cmpuint (window_fixture_size (self), ==, n);
}

/* Broken ones are there with what is wrong; removing takes the file away. */
static void
test_dialog (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) folder = hr_template_default_folder ();

  save (self, "Other <b>");
  spoil ();
  guint n = count ();
  GtkWidget *dialog = hr_templates_dialog_new (GTK_WINDOW (self->window), folder);

  gtk_window_present (GTK_WINDOW (dialog));
  ui_settle ();
  g_assert_nonnull (ui_find_text (dialog, "Other <b>"));
  g_assert_nonnull (ui_find_text (dialog, "spoiled.json: line 1"));
  while (ui_find_button (dialog, "user-trash-symbolic") != NULL)
    {
      g_signal_emit_by_name (ui_find_button (dialog, "user-trash-symbolic"), "clicked");
      ui_settle ();
      g_assert_cmpuint (count (), ==, --n);
    }
  g_assert_cmpuint (n, ==, 0);
  g_assert_nonnull (ui_find_text (dialog, "No template yet"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("headroom-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_init (&argc, &argv);
  g_test_add ("/window-templates/add", WindowFixture, NULL, window_fixture_set_up, test_add, window_fixture_tear_down);
  g_test_add ("/window-templates/dialog", WindowFixture, NULL, window_fixture_set_up, test_dialog,
              window_fixture_tear_down);

  return g_test_run ();
}
