/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"
#include "io/hr-error.h"
#include "io/hr-project-io.h"
#include "model/hr-document-private.h"

#include <glib/gstdio.h>
#include <string.h>

static gint64 now_us;

static gint64
test_clock (void)
{
  return now_us;
}

typedef struct
{
  HrDocument *document;
  HrProject *project;
  char *folder;
  GFile *file; /* in the folder, not there yet */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  now_us = 0;
  fixture->document = hr_fixture_document ();
  fixture->project = hr_document_get_project (fixture->document);
  hr_document_set_clock (fixture->document, test_clock);

  fixture->folder = g_dir_make_tmp ("headroom-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_file_new_build_filename (fixture->folder, "plan.headroom", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->document);
  g_remove (g_file_peek_path (fixture->file));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
}

static void
set_rank (Fixture *fixture, guint position, guint64 rank)
{
  g_object_set (hr_project_get_configuration (fixture->project, position), "method-rank", rank, NULL);
}

static guint64
rank_at (Fixture *fixture, guint position)
{
  return hr_configuration_get_job (hr_project_get_configuration (fixture->project, position))->method.rank;
}

static void
assert_text_property (Fixture *fixture, const char *property, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (fixture->document, property, &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_saved (Fixture *fixture, GFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_document_save (fixture->document, file, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (hr_document_is_modified (fixture->document));
}

static char *
contents (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_file (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (fixture->file), text, -1, &error);
  g_assert_no_error (error);
}

static void
test_new (void)
{
  g_autoptr (HrDocument) document = hr_document_new ();
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_object_get (document, "title", &title, "subtitle", &subtitle, NULL);
  g_assert_cmpstr (title, ==, "Untitled");
  g_assert_cmpstr (subtitle, ==, "Not saved");
  g_assert_true (hr_document_is_pristine (document));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hr_document_get_project (document))), ==, 0);

  g_object_set (hr_document_get_project (document), "name", "", NULL);
  g_assert_false (hr_document_is_pristine (document));
  g_clear_pointer (&title, g_free);
  g_object_get (document, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Untitled");
}

static void
test_undo_labels (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *qlora = hr_project_get_configuration (fixture->project, 2);

  assert_text_property (fixture, "undo-label", NULL);
  g_object_set (qlora, "method-rank", (guint64) 8, NULL);
  assert_text_property (fixture, "undo-label", "Change Rank");
  g_object_set (qlora, "name", "small", NULL);
  assert_text_property (fixture, "undo-label", "Rename QLoRA r16");
  hr_project_add (fixture->project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_QLORA, NULL);
  assert_text_property (fixture, "undo-label", "Add QLoRA r16");
  hr_project_duplicate (fixture->project, qlora);
  assert_text_property (fixture, "undo-label", "Duplicate small");
  hr_project_move (fixture->project, qlora, 0);
  assert_text_property (fixture, "undo-label", "Move small");
  hr_project_remove (fixture->project, qlora);
  assert_text_property (fixture, "undo-label", "Remove small");
  g_object_set (fixture->project, "gpu-id", "l4", NULL);
  assert_text_property (fixture, "undo-label", "Change GPU");

  hr_document_undo (fixture->document);
  assert_text_property (fixture, "undo-label", "Remove small");
  assert_text_property (fixture, "redo-label", "Change GPU");
}

static void
test_undo_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (texts, hr_fixture_text (fixture->project));
  while (texts->len < 40)
    {
      hr_fixture_edit_at_random (fixture->project, rand);
      hr_document_seal (fixture->document);
      g_autofree char *text = hr_fixture_text (fixture->project);
      if (strcmp (text, texts->pdata[texts->len - 1]) != 0)
        g_ptr_array_add (texts, g_steal_pointer (&text));
    }

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = texts->len - 1; i > 0; i--)
        {
          hr_document_undo (fixture->document);
          g_autofree char *text = hr_fixture_text (fixture->project);
          g_assert_cmpstr (text, ==, texts->pdata[i - 1]);
        }
      g_assert_false (hr_document_is_modified (fixture->document));

      for (guint i = 1; i < texts->len; i++)
        {
          hr_document_redo (fixture->document);
          g_autofree char *text = hr_fixture_text (fixture->project);
          g_assert_cmpstr (text, ==, texts->pdata[i]);
        }
    }
}

/* Every value that the model lets in can be saved and is the same when it is read again. */
static void
test_edits_read_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 20; i++)
    {
      for (guint n_edits = 0; n_edits < 8; n_edits++)
        hr_fixture_edit_at_random (fixture->project, rand);

      g_autofree char *text = hr_fixture_text (fixture->project);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (HrProjectData) read = hr_project_parse (bytes, "edited", &error);
      g_assert_no_error (error);
      g_autoptr (GBytes) again = hr_project_serialize (read);
      g_assert_true (g_bytes_equal (bytes, again));
      g_assert_true (hr_project_data_equal (read, hr_project_get_data (fixture->project)));
    }
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  for (guint64 rank = 17; rank <= 24; rank++)
    {
      now_us += G_USEC_PER_SEC / 2;
      set_rank (fixture, 1, rank);
    }
  set_rank (fixture, 2, 30);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (rank_at (fixture, 2), ==, 16);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 24);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 16);
  g_assert_false (hr_document_is_modified (fixture->document));

  set_rank (fixture, 1, 20);
  now_us += 2 * G_USEC_PER_SEC;
  set_rank (fixture, 1, 21);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 20);

  /* Choices are steps of their own. */
  HrConfiguration *full = hr_project_get_configuration (fixture->project, 0);
  g_object_set (full, "precision-weights", HR_DTYPE_FP32, NULL);
  g_object_set (full, "precision-weights", HR_DTYPE_FP16, NULL);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (hr_configuration_get_job (full)->precision.weights, ==, HR_DTYPE_FP32);
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *configuration = hr_project_get_configuration (fixture->project, 1);
  g_autofree char *too_long = g_strnfill (HR_MAX_ENTRY_NOTES_BYTES + 1, 'n');
  static const char typed[] = "Why *r16*?";
  g_autofree char *notes = NULL;
  g_autofree char *label = NULL;
  guint n_estimates = 0, n_notified = 0;

  hr_fixture_spin ();
  g_signal_connect_swapped (configuration, "notify::estimate", G_CALLBACK (hr_fixture_count_cb), &n_estimates);
  g_signal_connect_swapped (configuration, "notify::notes", G_CALLBACK (hr_fixture_count_cb), &n_notified);
  for (gsize length = 1; length <= strlen (typed); length++)
    {
      g_autofree char *so_far = g_strndup (typed, length);

      now_us += G_USEC_PER_SEC / 2;
      g_object_set (configuration, "notes", so_far, NULL);
    }
  g_assert_cmpuint (n_notified, ==, strlen (typed));
  hr_fixture_spin ();
  g_assert_cmpuint (n_estimates, ==, 0);

  g_assert_false (hr_configuration_set_notes (configuration, too_long));
  g_object_get (configuration, "notes", &notes, NULL);
  g_assert_cmpstr (notes, ==, typed);
  g_object_get (fixture->document, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Change Notes of LoRA r16");
  hr_document_undo (fixture->document);
  g_assert_cmpstr (hr_entry_get_notes (hr_configuration_get_entry (configuration)), ==, "");
  g_assert_false (hr_document_is_modified (fixture->document));
  hr_document_redo (fixture->document);
  g_assert_cmpstr (hr_entry_get_notes (hr_configuration_get_entry (configuration)), ==, typed);
}

static void
undone_cb (HrDocument *document, const char *label, GString *labels)
{
  g_string_append_printf (labels, "%s;", label);
}

static void
test_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  g_signal_connect (fixture->document, "undone", G_CALLBACK (undone_cb), labels);
  hr_document_undo (fixture->document);
  set_rank (fixture, 1, 20);
  hr_document_undo (fixture->document);
  hr_document_redo (fixture->document);
  g_assert_cmpstr (labels->str, ==, "Change Rank;");
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  guint n_modified = 0;
  guint n_can_undo = 0;
  guint n_title = 0;

  g_signal_connect_swapped (fixture->document, "notify::modified", G_CALLBACK (hr_fixture_count_cb), &n_modified);
  g_signal_connect_swapped (fixture->document, "notify::can-undo", G_CALLBACK (hr_fixture_count_cb), &n_can_undo);
  g_signal_connect_swapped (fixture->document, "notify::title", G_CALLBACK (hr_fixture_count_cb), &n_title);

  set_rank (fixture, 1, 20);
  set_rank (fixture, 2, 20);
  g_assert_cmpuint (n_modified, ==, 1);
  g_assert_cmpuint (n_can_undo, ==, 1);
  hr_document_undo (fixture->document);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (n_modified, ==, 2);
  g_assert_cmpuint (n_can_undo, ==, 2);

  g_object_set (fixture->project, "name", "Other", NULL);
  g_assert_cmpuint (n_title, ==, 1);
  assert_text_property (fixture, "title", "Other");
}

static void
test_save_and_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HrDocument) reopened = hr_document_new ();
  g_autoptr (GError) error = NULL;

  set_rank (fixture, 1, 20);
  g_assert_true (hr_document_is_modified (fixture->document));
  assert_saved (fixture, fixture->file);
  assert_text_property (fixture, "subtitle", "plan.headroom");

  g_autofree char *saved = contents (fixture);
  g_autofree char *text = hr_fixture_text (fixture->project);
  g_assert_cmpstr (saved, ==, text);

  g_assert_true (hr_document_load (reopened, fixture->file, &error));
  g_assert_no_error (error);
  g_autofree char *read = hr_fixture_text (hr_document_get_project (reopened));
  g_assert_cmpstr (read, ==, text);
  g_assert_false (hr_document_is_modified (reopened));
  g_assert_true (g_file_equal (hr_document_get_file (reopened), fixture->file));
  g_assert_false (hr_document_is_pristine (reopened));
}

static void
test_modified (Fixture *fixture, gconstpointer data)
{
  set_rank (fixture, 1, 20);
  assert_saved (fixture, fixture->file);

  /* Within the same second as before saving: the edit must not join the step that was saved. */
  set_rank (fixture, 1, 21);
  g_assert_true (hr_document_is_modified (fixture->document));
  assert_text_property (fixture, "subtitle", "plan.headroom · edited");
  hr_document_undo (fixture->document);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 20);
  g_assert_false (hr_document_is_modified (fixture->document));
  hr_document_undo (fixture->document);
  g_assert_true (hr_document_is_modified (fixture->document));
  hr_document_redo (fixture->document);
  g_assert_false (hr_document_is_modified (fixture->document));

  /* Typing back what was saved is clean as well. */
  set_rank (fixture, 1, 22);
  set_rank (fixture, 1, 20);
  g_assert_false (hr_document_is_modified (fixture->document));
}

static void
test_changed_by_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_saved (fixture, fixture->file);
  write_file (fixture, "written by another program, longer or shorter than ours");
  set_rank (fixture, 1, 20);

  g_assert_false (hr_document_save (fixture->document, NULL, FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_CHANGED);
  g_assert_true (strstr (error->message, "plan.headroom") != NULL);
  g_assert_true (hr_document_is_modified (fixture->document));
  g_autofree char *kept = contents (fixture);
  g_assert_true (g_str_has_prefix (kept, "written by another"));
  g_clear_error (&error);

  g_assert_true (hr_document_save (fixture->document, NULL, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (hr_document_is_modified (fixture->document));
  set_rank (fixture, 1, 30);
  assert_saved (fixture, NULL);
}

static void
test_save_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->file, "below-a-file.headroom");
  g_autoptr (GError) error = NULL;

  assert_saved (fixture, fixture->file);
  set_rank (fixture, 1, 20);
  g_assert_false (hr_document_save (fixture->document, nowhere, FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_FILE);
  g_assert_true (hr_document_is_modified (fixture->document));
  g_assert_true (g_file_equal (hr_document_get_file (fixture->document), fixture->file));
  assert_saved (fixture, NULL);
}

static void
test_load_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  set_rank (fixture, 1, 20);
  before = hr_fixture_text (fixture->project);
  write_file (fixture, "{ \"format\": 12 }");
  g_assert_false (hr_document_load (fixture->document, fixture->file, &error));
  g_assert_nonnull (error);

  g_autofree char *after = hr_fixture_text (fixture->project);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (hr_document_get_file (fixture->document));
  assert_text_property (fixture, "undo-label", "Change Rank");
}

/* The sample's text as a later version of the program might write it. */
static char *
newer_text (Fixture *fixture)
{
  g_autofree char *text = hr_fixture_text (fixture->project);
  g_auto (GStrv) parts = g_strsplit (text, "\"version\": 1,", 2);

  g_assert_nonnull (parts[1]);
  return g_strjoinv ("\"version\": 9,", parts);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *newer = newer_text (fixture);
  g_autoptr (GFile) elsewhere = g_file_new_build_filename (fixture->folder, "copy.headroom", NULL);
  g_autoptr (GError) error = NULL;

  write_file (fixture, newer);
  g_assert_true (hr_document_load (fixture->document, fixture->file, &error));
  g_assert_no_error (error);
  g_assert_true (hr_document_is_read_only (fixture->document));
  assert_text_property (fixture, "subtitle", "plan.headroom · read-only");

  set_rank (fixture, 1, 20);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 16);
  g_assert_null (hr_project_add (fixture->project, 0, HR_TASK_TRAIN, HR_METHOD_LORA, NULL));

  g_assert_false (hr_document_save (fixture->document, NULL, TRUE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_VERSION);
  g_assert_nonnull (strstr (error->message, "newer Headroom"));
  g_clear_error (&error);
  g_assert_false (hr_document_save (fixture->document, elsewhere, FALSE, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_VERSION);
  g_assert_false (g_file_query_exists (elsewhere, NULL));
  g_autofree char *kept = contents (fixture);
  g_assert_cmpstr (kept, ==, newer);
}

static void
test_history_ends_at_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_saved (fixture, fixture->file);
  set_rank (fixture, 1, 20);
  g_assert_true (hr_document_load (fixture->document, fixture->file, &error));
  g_assert_no_error (error);
  assert_text_property (fixture, "undo-label", NULL);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (rank_at (fixture, 1), ==, 16);
  g_assert_false (hr_document_is_modified (fixture->document));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/new", test_new);
  ADD ("/document/undo-labels", test_undo_labels);
  ADD ("/document/undo-round-trip", test_undo_round_trip);
  ADD ("/document/edits-read-back", test_edits_read_back);
  ADD ("/document/merge", test_merge);
  ADD ("/document/notes", test_notes);
  ADD ("/document/undone", test_undone);
  ADD ("/document/notify", test_notify);
  ADD ("/document/save-and-load", test_save_and_load);
  ADD ("/document/modified", test_modified);
  ADD ("/document/changed-by-another", test_changed_by_another);
  ADD ("/document/save-fails", test_save_fails);
  ADD ("/document/load-fails", test_load_fails);
  ADD ("/document/read-only", test_read_only);
  ADD ("/document/history-ends-at-load", test_history_ends_at_load);

  return g_test_run ();
}
