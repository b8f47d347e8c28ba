/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "io/hr-pasted.h"
#include "model/hr-project-clipboard.h"
#include "model/hr-selection.h"

#include <string.h>

static HrPasted *
read_back (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  HrPasted *pasted = hr_pasted_read (bytes, "Clipboard", &error);

  g_assert_no_error (error);

  return pasted;
}

static HrConfiguration *
at (HrProject *project, guint position)
{
  return hr_project_get_configuration (project, position);
}

/* All of a project go into it again: behind the one that is meant, with names and ids of their own, in one step. */
static void
test_paste (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();
  HrProject *project = hr_document_get_project (document);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  g_autofree char *before = hr_fixture_text (project);
  g_autofree char *text = hr_project_copy (project, G_LIST_MODEL (project));
  g_autoptr (HrPasted) pasted = read_back (text);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (pasted->project->entries->len, ==, n);
  HrConfiguration *first = hr_project_paste (project, 0, pasted->project, &error);
  g_assert_no_error (error);
  g_assert_true (first == at (project, 1));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, 2 * n);
  for (guint i = 0; i < 2 * n; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) hr_configuration_get_job (at (project, i))->id));
      g_assert_true (g_hash_table_add (seen, (gpointer) hr_configuration_get_job (at (project, i))->name));
    }
  g_assert_cmpuint (hr_configuration_get_job (at (project, 3))->method.rank, ==,
                    hr_configuration_get_job (at (project, n + 2))->method.rank);

  g_object_get (document, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Paste 4 configurations");
  hr_document_undo (document);
  g_autofree char *after = hr_fixture_text (project);
  g_assert_cmpstr (after, ==, before);
}

/* In another project nothing has to be renamed, and the estimate on the same card is the same. */
static void
test_elsewhere (void)
{
  g_autoptr (HrProject) from = hr_fixture_project ();
  g_autoptr (HrProjectData) data = hr_project_data_new ("Elsewhere");
  g_autoptr (HrProject) to = hr_project_new (data);
  g_autofree char *text = hr_project_copy (from, G_LIST_MODEL (from));
  g_autoptr (HrPasted) pasted = read_back (text);

  g_assert_nonnull (hr_project_paste (to, G_MAXUINT, pasted->project, NULL));
  hr_project_flush (from);
  hr_project_flush (to);
  g_object_set (to, "gpu-id", hr_project_get_data (from)->gpu.id, NULL);
  hr_project_flush (to);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (from)); i++)
    {
      const HrEstimate *a = hr_estimate_result_get (hr_configuration_get_estimate (at (from, i)));
      const HrEstimate *b = hr_estimate_result_get (hr_configuration_get_estimate (at (to, i)));

      g_assert_cmpstr (hr_configuration_get_job (at (from, i))->name, ==, hr_configuration_get_job (at (to, i))->name);
      g_assert_cmpuint (a->peak.device_bytes, ==, b->peak.device_bytes);
      g_assert_cmpint (a->fit.verdict, ==, b->fit.verdict);
    }
}

static void
test_cut (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();
  HrProject *project = hr_document_get_project (document);
  g_autoptr (HrSelection) selection = hr_selection_new ();
  g_autofree char *before = hr_fixture_text (project);

  hr_selection_set_project (selection, project);
  hr_selection_select_only (selection, at (project, 1));
  hr_selection_extend_to (selection, at (project, 2));
  hr_project_remove_all (project, hr_selection_get_selected (selection), "Cut 2 configurations");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, 2);
  hr_document_undo (document);
  g_autofree char *after = hr_fixture_text (project);
  g_assert_cmpstr (after, ==, before);
}

static void
test_full (void)
{
  g_autoptr (HrProjectData) data = hr_project_data_new ("Full");
  g_autoptr (HrProject) from = hr_fixture_project ();
  HrEntry *entry = hr_configuration_get_entry (at (from, 0));
  g_autofree char *text = hr_project_copy (from, G_LIST_MODEL (from));
  g_autoptr (HrPasted) pasted = read_back (text);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < HR_MAX_CONFIGURATIONS; i++)
    g_ptr_array_add (data->entries, hr_entry_ref (entry));
  g_autoptr (HrProject) project = hr_project_new (data);
  g_assert_null (hr_project_paste (project, 0, pasted->project, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, HR_MAX_CONFIGURATIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project-clipboard/paste", test_paste);
  g_test_add_func ("/project-clipboard/elsewhere", test_elsewhere);
  g_test_add_func ("/project-clipboard/cut", test_cut);
  g_test_add_func ("/project-clipboard/full", test_full);

  return g_test_run ();
}
