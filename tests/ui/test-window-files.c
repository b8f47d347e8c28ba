/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include <signal.h>
#include <sys/resource.h>

static void
test_save_state (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");

  g_assert_false (window_fixture_is_enabled (self, "win.save"));
  g_assert_false (window_fixture_is_enabled (self, "win.undo"));
  window_fixture_activate (self, "win.add-lora", NULL);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "edited"));
  g_assert_true (window_fixture_is_enabled (self, "win.undo"));

  window_fixture_activate (self, "win.save", NULL);
  g_assert_false (hr_document_is_modified (self->document));
  g_assert_null (ui_find_text (GTK_WIDGET (self->window), "edited"));

  g_autoptr (HrDocument) again = hr_document_new ();
  g_assert_true (hr_document_load (again, file, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hr_document_get_project (again))), ==,
                    window_fixture_size (self));
}

/* The file chooser that GTK shows where there is no portal. */
static GtkWidget *
find_file_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_FILE_CHOOSER (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;

  return NULL;
}

static void
choose_name (WindowFixture *self, const char *name)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  ui_wait_for (find_file_chooser () != NULL);

  GtkWidget *chooser = find_file_chooser ();

  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ui_settle ();
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  ui_settle ();
}

static void
test_export_adds_the_ending_and_asks_before_replacing (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_write (self, "table.csv", "mine");
  g_autofree char *contents = NULL;

  window_fixture_activate (self, "win.export-table", "csv");
  choose_name (self, "table");

  g_autofree char *question = window_fixture_answer (self, "cancel");
  g_assert_nonnull (strstr (question, "table.csv"));
  g_assert_true (g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
  g_clear_pointer (&contents, g_free);

  choose_name (self, "table");
  g_free (window_fixture_answer (self, "replace"));
  g_assert_true (g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL));
  g_assert_nonnull (strstr (contents, "QLoRA r16"));
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Exported “table.csv”"));
}

static void
test_export_report (WindowFixture *self, gconstpointer user_data)
{
  static const struct
  {
    const char *format, *name, *start;
  } reports[] = { { "report-html", "report.html", "<!DOCTYPE html>" }, { "report-pdf", "report.pdf", "%PDF-" } };

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, reports[i].name, NULL);
      g_autofree char *contents = NULL;

      window_fixture_activate (self, "win.export-report", reports[i].format);
      choose_name (self, "report");
      ui_wait_for (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_true (g_str_has_prefix (contents, reports[i].start));
    }
}

static void
test_save_as (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (self->folder, "b.headroom", NULL);
  g_autoptr (GFile) expected = g_file_new_for_path (path);

  window_fixture_activate (self, "win.save-as", NULL);
  choose_name (self, "b");
  ui_wait_for (hr_document_get_file (self->document) != NULL);
  g_assert_true (g_file_equal (hr_document_get_file (self->document), expected));
  g_assert_false (window_fixture_is_enabled (self, "win.save"));
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "b.headroom"));
}

static void
test_close_asks_and_cancel_stays (WindowFixture *self, gconstpointer user_data)
{
  window_fixture_activate (self, "win.add-lora", NULL);
  gtk_window_close (GTK_WINDOW (self->window));
  gtk_window_close (GTK_WINDOW (self->window));

  g_autofree char *question = window_fixture_answer (self, "cancel");
  g_assert_nonnull (strstr (question, "Task API fine-tune"));
  g_assert_null (window_fixture_dialog (self));
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_assert_true (hr_document_is_modified (self->document));
}

static void
test_close_discards (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &before, NULL, NULL, NULL));
  window_fixture_activate (self, "win.add-lora", NULL);
  gtk_window_close (GTK_WINDOW (self->window));
  g_free (window_fixture_answer (self, "discard"));
  ui_wait_for (window_fixture_count (self) == 0);

  g_assert_true (g_file_load_contents (file, NULL, &after, NULL, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

static void
test_close_saves (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");
  g_autoptr (HrDocument) again = hr_document_new ();
  guint before = window_fixture_size (self);

  window_fixture_activate (self, "win.add-lora", NULL);
  gtk_window_close (GTK_WINDOW (self->window));
  g_free (window_fixture_answer (self, "save"));
  ui_wait_for (window_fixture_count (self) == 0);

  g_assert_true (hr_document_load (again, file, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hr_document_get_project (again))), ==, before + 1);
}

static void
test_unchanged_closes_at_once (WindowFixture *self, gconstpointer user_data)
{
  gtk_window_close (GTK_WINDOW (self->window));
  ui_wait_for (window_fixture_count (self) == 0);
}

/* As on a full disk. */
static void
allow_writing (gboolean allow)
{
  struct rlimit limit = { .rlim_cur = allow ? RLIM_INFINITY : 0, .rlim_max = RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_failed_save_keeps_everything (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");
  g_autoptr (HrDocument) again = hr_document_new ();
  guint before = window_fixture_size (self);

  window_fixture_activate (self, "win.add-lora", NULL);
  gtk_window_close (GTK_WINDOW (self->window));
  allow_writing (FALSE);
  g_free (window_fixture_answer (self, "save"));
  allow_writing (TRUE);

  g_autofree char *message = window_fixture_answer (self, "close");
  g_assert_nonnull (strstr (message, "Could Not Be Saved"));
  g_assert_nonnull (strstr (message, "a.headroom"));
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_assert_true (hr_document_is_modified (self->document));
  g_assert_true (hr_document_load (again, file, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hr_document_get_project (again))), ==, before);

  window_fixture_activate (self, "win.save", NULL);
  g_assert_false (hr_document_is_modified (self->document));
}

static void
test_failed_export_says_so (WindowFixture *self, gconstpointer user_data)
{
  static const char *const reports[] = { "html", "pdf", "md" };
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* GTK warns that it cannot write recent files */

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autofree char *format = g_strconcat ("report-", reports[i], NULL);
      g_autofree char *name = g_strconcat ("report.", reports[i], NULL);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      window_fixture_activate (self, "win.export-report", format);
      allow_writing (FALSE);
      choose_name (self, "report");
      ui_wait_for (window_fixture_dialog (self) != NULL);
      allow_writing (TRUE);

      g_autofree char *message = window_fixture_answer (self, "close");
      g_assert_nonnull (strstr (message, "The Export Failed"));
      g_assert_nonnull (strstr (message, name));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_log_set_always_fatal (fatal);
}

static void
test_deleted_file_is_a_conflict (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");

  window_fixture_activate (self, "win.add-lora", NULL);
  g_assert_true (g_file_delete (file, NULL, NULL));
  window_fixture_activate (self, "win.save", NULL);
  g_autofree char *question = window_fixture_answer (self, "overwrite");
  g_assert_nonnull (strstr (question, "deleted"));
  g_assert_false (hr_document_is_modified (self->document));
  g_assert_true (g_file_query_exists (file, NULL));
}

static void
change_behind (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) parts = g_strsplit (contents, "Task API fine-tune", 2);
  g_autofree char *changed = g_strjoinv ("Theirs", parts);
  g_file_set_contents (path, changed, -1, &error);
  g_assert_no_error (error);
}

static char *
project_name (WindowFixture *self)
{
  return hr_project_get_data (self->project)->name;
}

static void
test_conflict (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");
  g_autoptr (HrDocument) disk = hr_document_new ();

  g_object_set (self->project, "name", "Mine", NULL);
  change_behind (file);

  window_fixture_activate (self, "win.save", NULL);
  g_autofree char *question = window_fixture_answer (self, "cancel");
  g_assert_nonnull (strstr (question, "a.headroom"));
  g_assert_true (hr_document_is_modified (self->document));
  g_assert_true (hr_document_load (disk, file, NULL));
  g_assert_cmpstr (hr_project_get_data (hr_document_get_project (disk))->name, ==, "Theirs");

  if (g_str_equal (user_data, "overwrite"))
    {
      window_fixture_activate (self, "win.save", NULL);
      g_free (window_fixture_answer (self, "overwrite"));
      g_assert_true (hr_document_load (disk, file, NULL));
      g_assert_cmpstr (hr_project_get_data (hr_document_get_project (disk))->name, ==, "Mine");
    }
  else
    {
      window_fixture_activate (self, "win.save", NULL);
      g_free (window_fixture_answer (self, "reload"));
      g_assert_cmpstr (project_name (self), ==, "Theirs");
    }
  g_assert_false (hr_document_is_modified (self->document));
}

static void
test_opens_into_the_untouched_window (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "a.headroom");
  g_autoptr (HrDocument) sample = hr_document_new_sample (NULL);

  hr_window_set_document (self->window, sample);
  hr_window_open_file (self->window, file);
  ui_settle ();
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_assert_true (g_file_equal (hr_document_get_file (hr_window_get_document (self->window)), file));
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "a.headroom"));
}

static void
test_opens_beside_a_touched_one (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) first = window_fixture_save (self, "a.headroom");
  g_autoptr (GFile) second = g_file_get_child (g_file_get_parent (first), "b.headroom");

  g_assert_true (g_file_copy (first, second, 0, NULL, NULL, NULL, NULL));
  hr_window_open_file (self->window, second);
  g_assert_cmpuint (window_fixture_count (self), ==, 2);
  g_assert_true (hr_window_get_document (self->window) == self->document);

  hr_window_open_file (self->window, second);
  g_assert_cmpuint (window_fixture_count (self), ==, 2);
}

static void
test_broken_file_is_told (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file
      = window_fixture_write (self, "broken.headroom", "{ \"format\": \"headroom-project\", \"version\": ");

  hr_window_open_file (self->window, file);

  g_autofree char *message = window_fixture_answer (self, "close");
  g_assert_nonnull (strstr (message, "Could Not Be Opened"));
  g_assert_nonnull (strstr (message, "broken.headroom:"));
  g_assert_true (hr_window_get_document (self->window) == self->document);
  g_assert_null (hr_document_get_file (self->document));
}

static void
test_newer_project_is_read_only (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file
      = window_fixture_write (self, "new.headroom",
                              "{ \"format\": \"headroom-project\", \"version\": 999, \"configurations\": ["
                              "{ \"model\": { \"id\": \"gpt2\" } } ] }");

  hr_window_open_file (self->window, file);
  ui_settle ();
  g_assert_true (hr_document_is_read_only (hr_window_get_document (self->window)));

  static const char *const edits[]
      = { "win.add-full",       "win.add-inference", "win.duplicate", "win.remove", "win.rename",
          "win.rename-project", "win.save",          "win.save-as",   "win.undo",   "win.redo" };

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    if (window_fixture_is_enabled (self, edits[i]))
      g_error ("%s is enabled", edits[i]);

  GtkWidget *notice = ui_find_text (GTK_WIDGET (self->window), "A newer Headroom");
  g_assert_true (gtk_widget_get_mapped (notice));
  gtk_window_close (GTK_WINDOW (self->window));
  ui_wait_for (window_fixture_count (self) == 0);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define ADD(path, function)                                                                                            \
  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("/window-files/save-state", test_save_state);
  ADD ("/window-files/export-adds-the-ending-and-asks-before-replacing",
       test_export_adds_the_ending_and_asks_before_replacing);
  ADD ("/window-files/export-report", test_export_report);
  ADD ("/window-files/save-as", test_save_as);
  ADD ("/window-files/close-asks-and-cancel-stays", test_close_asks_and_cancel_stays);
  ADD ("/window-files/close-discards", test_close_discards);
  ADD ("/window-files/close-saves", test_close_saves);
  ADD ("/window-files/unchanged-closes-at-once", test_unchanged_closes_at_once);
  ADD ("/window-files/failed-save-keeps-everything", test_failed_save_keeps_everything);
  ADD ("/window-files/failed-export-says-so", test_failed_export_says_so);
  ADD ("/window-files/deleted-file-is-a-conflict", test_deleted_file_is_a_conflict);
  g_test_add ("/window-files/conflict/overwrite", WindowFixture, "overwrite", window_fixture_set_up, test_conflict,
              window_fixture_tear_down);
  g_test_add ("/window-files/conflict/reload", WindowFixture, "reload", window_fixture_set_up, test_conflict,
              window_fixture_tear_down);
  ADD ("/window-files/opens-into-the-untouched-window", test_opens_into_the_untouched_window);
  ADD ("/window-files/opens-beside-a-touched-one", test_opens_beside_a_touched_one);
  ADD ("/window-files/broken-file-is-told", test_broken_file_is_told);
  ADD ("/window-files/newer-project-is-read-only", test_newer_project_is_read_only);

  return g_test_run ();
}
