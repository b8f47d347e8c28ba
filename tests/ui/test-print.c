/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "../chart/pdf-fixture.h"

#include "ui/hr-print.h"

#include <string.h>

static GBytes *
print_on (WindowFixture *self, const char *paper)
{
  g_autofree char *path = g_build_filename (self->folder, "print.pdf", NULL);
  g_autoptr (GtkPrintOperation) operation = hr_print_operation_new (self->project);
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (paper);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, GTK_WINDOW (self->window), &error), ==,
      GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

static guint
count_pages (GBytes *pdf)
{
  static const char mark[] = "/Type /Page %";
  g_autoptr (GBytes) inflated = pdf_inflate (pdf);
  gsize size;
  const char *data = g_bytes_get_data (inflated, &size);
  guint n = 0;

  for (const char *end = data + size; (data = memmem (data, (gsize) (end - data), mark, strlen (mark))) != NULL; data++)
    n++;

  return n;
}

/* The same report takes more pages of smaller paper. */
static void
test_export (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) a4 = print_on (self, GTK_PAPER_NAME_A4);
  g_autoptr (GBytes) a5 = print_on (self, GTK_PAPER_NAME_A5);

  g_assert_true (g_str_has_prefix (g_bytes_get_data (a4, NULL), "%PDF-"));
  g_test_message ("%u, %u", count_pages (a4), count_pages (a5));
  g_assert_cmpuint (count_pages (a4), >, 3);
  g_assert_cmpuint (count_pages (a5), >, count_pages (a4));
}

static void
test_enabled (WindowFixture *self, gconstpointer user_data)
{
  g_assert_true (window_fixture_is_enabled (self, "win.print"));
  while (window_fixture_size (self) > 0)
    hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
  ui_settle ();
  g_assert_false (window_fixture_is_enabled (self, "win.print"));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add ("/print/export", WindowFixture, NULL, window_fixture_set_up, test_export, window_fixture_tear_down);
  g_test_add ("/print/enabled", WindowFixture, NULL, window_fixture_set_up, test_enabled, window_fixture_tear_down);

  return g_test_run ();
}
