/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "chart/hr-chart-file.h"
#include "io/hr-markdown.h"
#include "model/hr-report.h"
#include "report/hr-report-html.h"
#include "report/hr-report-markdown.h"
#include "report/hr-report-pages.h"

#include <string.h>

/* Of A4 without margins, in CSS pixels. */
#define WIDTH 665.0
#define HEIGHT 994.0

static guint
count (const HrReportDocument *report, HrReportBlockKind kind)
{
  guint n = 0;

  for (guint i = 0; i < report->blocks->len; i++)
    n += ((HrReportBlock *) g_ptr_array_index (report->blocks, i))->kind == kind ? 1 : 0;

  return n;
}

static void
test_blocks (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);

  g_assert_cmpint (((HrReportBlock *) g_ptr_array_index (report->blocks, 0))->kind, ==, HR_REPORT_TITLE);
  g_assert_cmpint (((HrReportBlock *) g_ptr_array_index (report->blocks, report->blocks->len - 1))->kind, ==,
                   HR_REPORT_IMPRINT);
  g_assert_cmpuint (count (report, HR_REPORT_CHART), ==, 1);
  g_assert_cmpuint (count (report, HR_REPORT_VERDICT), ==, n);
  g_assert_cmpstr (report->language, ==, "en");
  g_assert_false (report->right_to_left);
}

/* The same project gives the same bytes, whatever was made before. */
static void
test_reproducible (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);
  g_autoptr (HrReportDocument) again = hr_report_of_project (project);
  g_autoptr (GBytes) pdf = hr_report_to_pdf (report, NULL);
  g_autoptr (GBytes) pdf_again = hr_report_to_pdf (again, NULL);
  g_autoptr (GBytes) html = hr_report_to_html (report, NULL);
  g_autoptr (GBytes) html_again = hr_report_to_html (again, NULL);

  g_assert_nonnull (pdf);
  g_assert_true (g_bytes_equal (pdf, pdf_again));
  g_assert_true (g_bytes_equal (html, html_again));
}

/* What a reader of Markdown sees is what the blocks say, whatever marks the texts hold. */
static void
test_markdown (void)
{
  g_autoptr (HrReportDocument) report = hr_report_document_new ("en", "Report");

  hr_report_document_add (report, HR_REPORT_TITLE, "Plan *1*");
  hr_report_document_add (report, HR_REPORT_NOTES, "# Why\n\nIt is *cheap*.");
  hr_report_document_add_heading (report, 1, "# first");
  hr_report_document_add (report, HR_REPORT_PARAGRAPH, "1. is a number");
  hr_report_document_add (report, HR_REPORT_ITEM, "one")->detail = g_strdup ("- small");
  hr_report_document_add (report, HR_REPORT_ITEM, "two");
  hr_report_document_add (report, HR_REPORT_VERDICT, "Fits");

  g_autoptr (GBytes) bytes = hr_report_to_markdown (report);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *html = hr_markdown_to_html (text);
  g_assert_cmpstr (html, ==,
                   "<h1>Plan *1*</h1>\n<h2>Why</h2>\n<p>It is <em>cheap</em>.</p>\n<h2># first</h2>\n"
                   "<p>1. is a number</p>\n<ul>\n<li>one\n- small</li>\n<li>two</li>\n</ul>\n"
                   "<p><strong>Fits</strong></p>\n");
}

static void
draw_all (HrReportPages *pages, double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < hr_report_pages_get_n_pages (pages); i++)
    hr_report_pages_draw (pages, i, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* On any paper, and where there is hardly any, it comes to an end, and smaller pages are more. */
static void
test_pages (void)
{
  static const double scales[] = { 2, 1, 0.7, 0.4, 0.01 };
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);
  guint before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr (HrReportPages) pages = hr_report_pages_new (report, WIDTH * scales[i], HEIGHT * scales[i]);

      g_assert_cmpuint (hr_report_pages_get_n_pages (pages), >, before);
      before = hr_report_pages_get_n_pages (pages);
      if (scales[i] >= 1)
        draw_all (pages, WIDTH * scales[i], HEIGHT * scales[i]);
    }
}

/* What a project may hold at the most: names without a space, notes of every kind. */
static void
test_long_texts (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (GString) name = g_string_new (NULL), notes = g_string_new ("# Notes\n\n");

  for (guint i = 0; i < 100; i++)
    {
      g_string_append (name, "W\xd9\x85");
      g_string_append_printf (
          notes, "%u. *item* `code` <b>no</b> [link](https://example.org/%u)\n\n    indented & so\n", i, i);
    }
  g_object_set (project, "name", name->str, "notes", notes->str, NULL);
  g_object_set (hr_project_get_configuration (project, 0), "notes", notes->str, NULL);

  g_autoptr (HrReportDocument) report = hr_report_of_project (project);
  g_autoptr (HrReportPages) pages = hr_report_pages_new (report, WIDTH, HEIGHT);
  draw_all (pages, WIDTH, HEIGHT);

  report->right_to_left = TRUE;
  g_autoptr (HrReportPages) mirrored = hr_report_pages_new (report, WIDTH, HEIGHT);
  draw_all (mirrored, WIDTH, HEIGHT);
  g_assert_cmpuint (hr_report_pages_get_n_pages (mirrored), ==, hr_report_pages_get_n_pages (pages));
}

static void
test_empty (void)
{
  g_autoptr (HrProjectData) data = hr_project_data_new ("");
  g_autoptr (HrProject) project = hr_project_new (data);
  g_autoptr (HrReportDocument) report = hr_report_of_project (project);
  g_autoptr (HrReportPages) pages = hr_report_pages_new (report, WIDTH, HEIGHT);

  g_assert_cmpuint (hr_report_pages_get_n_pages (pages), ==, 1);
  g_assert_cmpuint (count (report, HR_REPORT_CHART), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/blocks", test_blocks);
  g_test_add_func ("/report/reproducible", test_reproducible);
  g_test_add_func ("/report/markdown", test_markdown);
  g_test_add_func ("/report/pages", test_pages);
  g_test_add_func ("/report/long-texts", test_long_texts);
  g_test_add_func ("/report/empty", test_empty);

  return g_test_run ();
}
