/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "model/hr-explain-node.h"
#include "ui/hr-explain-view.h"
#include "ui/hr-find-dialog.h"

#include <string.h>

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

/* A line of what the memory is made of is shown in Explain, opened and selected, at the peak, once. */
static void
test_finds_line (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *view = NULL;

  hr_selection_set_phase (self->selection, HR_PHASE_FORWARD, 1);
  find_words (self, "q_proj weights");
  g_object_get (self->selection, "view", &view, NULL);
  g_assert_cmpstr (view, ==, "explain");
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_WEIGHTS);
  g_assert_cmpint (hr_selection_get_phase (self->selection), ==, -1);
  ui_wait_for (hr_looks_get (hr_selection_get_looks (self->selection), HR_LOOK_EXPLAIN_LINE) == NULL);

  GtkWidget *tree = ui_find (GTK_WIDGET (self->window), GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *lines = gtk_column_view_get_model (GTK_COLUMN_VIEW (tree));
  g_autoptr (GtkTreeListRow) row = g_object_ref (gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (lines)));
  g_autoptr (HrExplainNode) node = gtk_tree_list_row_get_item (row);
  g_assert_nonnull (strstr (hr_explain_node_get_text (node)->label, "q_proj"));
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
  ADD ("finds-line", test_finds_line);
  ADD ("finds-nothing", test_finds_nothing);

  return g_test_run ();
}
