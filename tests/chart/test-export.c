/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"
#include "pdf-fixture.h"

#include "chart/hr-chart-export.h"

#include <gio/gio.h>
#include <string.h>

static GBytes *export(const HrChartModel *model, HrChartFormat format, double width, double height, double scale)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = hr_chart_export (model, format, width, height, scale, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);

  return bytes;
}

static guint32
read_big_endian (const guint8 *data)
{
  guint32 value;

  memcpy (&value, data, sizeof value);

  return GUINT32_FROM_BE (value);
}

static void
assert_png_size (GBytes *png, guint32 width, guint32 height)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);

  /* The signature, then the header chunk: length, name, width, height. */
  g_assert_cmpuint (size, >, 33);
  g_assert_cmpmem (data, sizeof signature, signature, sizeof signature);
  g_assert_cmpuint (read_big_endian (data + 16), ==, width);
  g_assert_cmpuint (read_big_endian (data + 20), ==, height);
}

static void
test_png (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  g_autoptr (GBytes) single = export(model, HR_CHART_PNG, 640, 400, 1);
  g_autoptr (GBytes) twice = export(model, HR_CHART_PNG, 640, 400, 2);
  g_autoptr (GBytes) natural = export(model, HR_CHART_PNG, 0, 0, 0);

  assert_png_size (single, 640, 400);
  assert_png_size (twice, 1280, 800);
  assert_png_size (natural, 760, 480);
}

/* Default sizes grow with the bars as far as pictures can be made. */
static void
test_default_size (void)
{
  g_autoptr (HrChartModel) none = sample_bars (0);
  g_autoptr (HrChartModel) twelve = sample_bars (12);
  g_autoptr (HrChartModel) thousand = sample_bars (1000);
  g_autoptr (GBytes) smallest = export(none, HR_CHART_PNG, 0, 0, 1);
  g_autoptr (GBytes) wide = export(twelve, HR_CHART_PNG, 0, 0, 1);
  g_autoptr (GBytes) widest = export(thousand, HR_CHART_PNG, 0, 0, 1);

  assert_png_size (smallest, 480, 480);
  assert_png_size (wide, 1960, 480);
  assert_png_size (widest, 8000, 480);
}

typedef struct
{
  GString *title, *description;
  guint n_paths;
  guint depth;
} SvgFacts;

static void
start_element (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer data,
               GError **error)
{
  SvgFacts *facts = data;

  facts->depth++;
  if (facts->depth == 1)
    g_assert_cmpstr (name, ==, "svg");
  if (strcmp (name, "path") == 0)
    facts->n_paths++;
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  ((SvgFacts *) data)->depth--;
}

static void
read_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  SvgFacts *facts = data;
  const char *element = g_markup_parse_context_get_element (context);

  if (facts->depth == 2 && strcmp (element, "title") == 0)
    g_string_append_len (facts->title, text, (gssize) length);
  if (facts->depth == 2 && strcmp (element, "desc") == 0)
    g_string_append_len (facts->description, text, (gssize) length);
}

static void
test_svg (void)
{
  static const GMarkupParser parser = { start_element, end_element, read_text, NULL, NULL };
  g_autoptr (HrChartModel) model = sample_comparison ();
  SvgFacts facts = { g_string_new (NULL), g_string_new (NULL), 0, 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &facts, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;

  g_free (model->title);
  model->title = g_strdup ("Is <A> & \"B\" > 'C'?");
  g_autoptr (GBytes) bytes = export(model, HR_CHART_SVG, 0, 0, 1);
  const char *text = g_bytes_get_data (bytes, &size);

  g_markup_parse_context_parse (context, text, (gssize) size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts.title->str, ==, "Is <A> & \"B\" > 'C'?");
  g_assert_cmpstr (facts.description->str, ==, "Memory of each configuration & the limit of its GPU");
  g_assert_cmpuint (facts.n_paths, >, 40);
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "width=\"760px\""));

  g_string_free (facts.title, TRUE);
  g_string_free (facts.description, TRUE);
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static void
test_pdf (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  g_autoptr (GBytes) pdf = export(model, HR_CHART_PDF, 800, 400, 1);
  g_autoptr (GBytes) bytes = pdf_inflate (pdf);

  g_assert_true (contains (bytes, "%PDF-"));
  g_assert_true (contains (bytes, "/Title (Task API fine-tune)"));
  g_assert_true (contains (bytes, "20000101000000Z"));
  g_assert_true (contains (bytes, "/MediaBox [ 0 0 600 300 ]"));
}

static void
test_reproducible (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (int format = HR_CHART_PNG; format <= HR_CHART_PDF; format++)
    {
      g_autoptr (GBytes) first = export(model, (HrChartFormat) format, 0, 0, 1);
      g_autoptr (GBytes) second = export(model, (HrChartFormat) format, 0, 0, 1);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
assert_refused (double width, double height, double scale, const char *message)
{
  g_autoptr (HrChartModel) model = sample_comparison ();
  g_autoptr (GError) error = NULL;

  g_assert_null (hr_chart_export (model, HR_CHART_PNG, width, height, scale, &error));
  g_assert_error (error, HR_CHART_ERROR, HR_CHART_ERROR_SIZE);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_sizes_refused (void)
{
  assert_refused (
      40000, 100, 1,
      "A picture of 40,000 × 100 pixels cannot be made; choose a size from 1 to 32,767 pixels a side and at "
      "most 100 million pixels in all");
  assert_refused (
      20000, 20000, 1,
      "A picture of 20,000 × 20,000 pixels cannot be made; choose a size from 1 to 32,767 pixels a side and "
      "at most 100 million pixels in all");
  assert_refused (
      800, 600, 1000,
      "A picture of 800,000 × 600,000 pixels cannot be made; choose a size from 1 to 32,767 pixels a side and "
      "at most 100 million pixels in all");
}

static void
fail_to_draw (cairo_t *cr, gpointer user_data)
{
  cairo_restore (cr);
}

static void
test_drawing_fails (void)
{
  HrChartPicture picture = { .width = 100, .height = 100, .scale = 1, .draw = fail_to_draw };

  for (int format = HR_CHART_PNG; format <= HR_CHART_PDF; format++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hr_chart_file_encode (&picture, (HrChartFormat) format, &error));
      g_assert_error (error, HR_CHART_ERROR, HR_CHART_ERROR_ENCODE);
      g_assert_cmpstr (error->message, ==,
                       "The chart could not be drawn: cairo_restore() without matching cairo_save()");
    }
}

static void
test_tiny (void)
{
  g_autoptr (HrChartModel) model = sample_comparison ();

  for (int format = HR_CHART_PNG; format <= HR_CHART_PDF; format++)
    {
      g_autoptr (GBytes) bytes = export(model, (HrChartFormat) format, 10, 1, 1);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
    }
}

static void
test_format_names (void)
{
  HrChartFormat format = HR_CHART_PNG;

  g_assert_true (hr_chart_format_from_name ("/a.png/Chart.SVG", &format));
  g_assert_cmpint (format, ==, HR_CHART_SVG);
  g_assert_true (hr_chart_format_from_name ("x.pdf", &format));
  g_assert_cmpint (format, ==, HR_CHART_PDF);
  g_assert_true (hr_chart_format_from_name ("x.png", &format));
  g_assert_cmpint (format, ==, HR_CHART_PNG);
  g_assert_false (hr_chart_format_from_name ("x.jpeg", &format));
  g_assert_false (hr_chart_format_from_name ("png", &format));
}

typedef struct
{
  const guint8 *data;
  gsize left;
} Stream;

static cairo_status_t
read_stream (void *stream_, unsigned char *data, unsigned int length)
{
  Stream *stream = stream_;

  if (length > stream->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, stream->data, length);
  stream->data += length;
  stream->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Pixels of a colour, not grey, in the left or the right half of a PNG. */
static guint
count_coloured (GBytes *png, gboolean right)
{
  Stream stream;
  guint n = 0;

  stream.data = g_bytes_get_data (png, &stream.left);
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_stream, &stream);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  int half = cairo_image_surface_get_width (surface) / 2, height = cairo_image_surface_get_height (surface);

  for (int y = 0; y < height; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

      for (int x = right ? half : 0; x < (right ? 2 * half : half); x++)
        n += row[4 * x] != row[4 * x + 1] || row[4 * x + 1] != row[4 * x + 2];
    }
  cairo_surface_destroy (surface);

  return n;
}

/* Files are mirrored by the language of their texts: the smaller one of two bars comes first. */
static void
test_right_to_left (void)
{
  for (int mirrored = 0; mirrored <= 1; mirrored++)
    {
      g_autoptr (HrChartModel) model = sample_bars (2);

      for (guint i = 0; mirrored && i < HR_N_PARTS; i++)
        {
          g_free (model->component_labels[i]);
          model->component_labels[i] = g_strdup ("أوزان");
        }
      g_autoptr (GBytes) png = export(model, HR_CHART_PNG, 600, 400, 1);
      guint left = count_coloured (png, FALSE), right = count_coloured (png, TRUE);

      g_assert_cmpuint (mirrored ? right : left, >, 0);
      g_assert_cmpuint (mirrored ? left : right, >, mirrored ? right : left);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/export/png", test_png);
  g_test_add_func ("/chart/export/default-size", test_default_size);
  g_test_add_func ("/chart/export/svg", test_svg);
  g_test_add_func ("/chart/export/pdf", test_pdf);
  g_test_add_func ("/chart/export/reproducible", test_reproducible);
  g_test_add_func ("/chart/export/sizes-refused", test_sizes_refused);
  g_test_add_func ("/chart/export/drawing-fails", test_drawing_fails);
  g_test_add_func ("/chart/export/right-to-left", test_right_to_left);
  g_test_add_func ("/chart/export/tiny", test_tiny);
  g_test_add_func ("/chart/export/format-names", test_format_names);

  return g_test_run ();
}
