/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/hr-find-dialog.h"

static void
find_words (WindowFixture *self, const char *words)
{
  GtkWidget *dialog = hr_find_dialog_new (self->selection);
  GtkWidget *entry = ui_find (dialog, GTK_TYPE_SEARCH_ENTRY);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  g_signal_emit_by_name (entry, "search-changed");
  g_signal_emit_by_name (entry, "activate");
  ui_settle ();
}

static void
test_finds (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *gpu = NULL, *view = NULL;

  find_words (self, "NF4 qlora");
  g_assert_cmpstr (hr_configuration_get_job (hr_selection_get_configuration (self->selection))->name, ==, "QLoRA r16");

  find_words (self, "optimizer part");
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_OPTIMIZER);

  find_words (self, "rtx 4090");
  g_object_get (self->selection, "gpu", &gpu, "view", &view, NULL);
  g_assert_cmpstr (gpu, ==, "rtx-4090");
  g_assert_cmpstr (view, ==, "gpus");
}

static void
test_finds_nothing (WindowFixture *self, gconstpointer user_data)
{
  HrConfiguration *before = hr_selection_get_configuration (self->selection);
  int component = hr_selection_get_component (self->selection);

  find_words (self, "no such thing");
  g_assert_true (hr_selection_get_configuration (self->selection) == before);
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, component);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);

#define ADD(path, test)                                                                                                \
  g_test_add ("/ui/find-dialog/" path, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("finds", test_finds);
  ADD ("finds-nothing", test_finds_nothing);

  return g_test_run ();
}
