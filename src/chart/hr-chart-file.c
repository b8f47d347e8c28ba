/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-chart-file.h"

#include "core/hr-units.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

G_DEFINE_QUARK (hr_chart_error, hr_chart_error)

#define FONT "Cantarell, Sans 10"
#define PIXELS_AN_INCH 96.0
#define POINTS_A_PIXEL 0.75

/* Cairo's limit for one side of an image; and 400 MB of memory. */
#define MAX_SIDE 32767
#define MAX_PIXELS 100e6

/* Any fixed date: files made of the same project are the same. */
#define PDF_DATE "2000-01-01T00:00:00Z"

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  /* Translators: the reason comes from the drawing library, in English */
  g_set_error (error, HR_CHART_ERROR, HR_CHART_ERROR_ENCODE, _ ("The chart could not be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

/* Takes @surface. */
static gboolean
draw (cairo_surface_t *surface, const HrChartPicture *picture, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  picture->draw (cr, picture->user_data);
  status = cairo_status (cr);
  cairo_destroy (cr);

  return check_status (status, error);
}

/* Errors of a stream show only after the end. */
static gboolean
finish (cairo_surface_t *surface, GError **error)
{
  cairo_surface_finish (surface);

  return check_status (cairo_surface_status (surface), error);
}

static gboolean
encode_png (const HrChartPicture *picture, GByteArray *bytes, GError **error)
{
  int width = (int) ceil (picture->width * picture->scale);
  int height = (int) ceil (picture->height * picture->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gboolean done;

  cairo_surface_set_device_scale (surface, picture->scale, picture->scale);
  done = draw (surface, picture, error)
         && check_status (cairo_surface_write_to_png_stream (surface, append, bytes), error);
  cairo_surface_destroy (surface);

  return done;
}

static cairo_surface_t *
new_pdf (GByteArray *bytes, double width, double height, const char *title)
{
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, bytes, width * POINTS_A_PIXEL, height * POINTS_A_PIXEL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, PDF_DATE);
  if (title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_surface_set_device_scale (surface, POINTS_A_PIXEL, POINTS_A_PIXEL);

  return surface;
}

static gboolean
encode_pdf (const HrChartPicture *picture, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = new_pdf (bytes, picture->width, picture->height, picture->title);
  gboolean done = draw (surface, picture, error) && finish (surface, error);

  cairo_surface_destroy (surface);

  return done;
}

GBytes *
hr_chart_file_encode_pages (const HrChartPages *pages, GError **error)
{
  g_return_val_if_fail (pages != NULL && pages->n_pages > 0, NULL);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = new_pdf (bytes, pages->width, pages->height, pages->title);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < pages->n_pages; i++)
    {
      cairo_save (cr);
      pages->draw (cr, i, pages->user_data);
      cairo_restore (cr);
      cairo_show_page (cr);
    }

  gboolean done = check_status (cairo_status (cr), error) && finish (surface, error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* Cairo numbers its surfaces as long as the program runs. Nothing refers to the number of the one drawn on. */
static char *
remove_surface_number (const GByteArray *bytes)
{
  g_autoptr (GRegex) pattern = g_regex_new ("<g id=\"surface[0-9]+\">", 0, 0, NULL);

  return g_regex_replace_literal (pattern, (const char *) bytes->data, bytes->len, 0, "<g>", 0, NULL);
}

/* Puts the texts that readers speak behind the start tag of the root. */
static gboolean
insert_texts (const HrChartPicture *picture, GByteArray *bytes, GError **error)
{
  g_autofree char *svg = remove_surface_number (bytes);
  g_autofree char *texts
      = g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>", picture->title != NULL ? picture->title : "",
                                 picture->description != NULL ? picture->description : "");
  const char *root = svg != NULL ? strstr (svg, "<svg") : NULL;
  const char *end = root != NULL ? strchr (root, '>') : NULL;

  if (end == NULL)
    return check_status (CAIRO_STATUS_WRITE_ERROR, error);

  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) svg, (guint) (end + 1 - svg));
  g_byte_array_append (bytes, (const guint8 *) texts, (guint) strlen (texts));
  g_byte_array_append (bytes, (const guint8 *) end + 1, (guint) strlen (end + 1));

  return TRUE;
}

static gboolean
encode_svg (const HrChartPicture *picture, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, bytes, picture->width, picture->height);
  gboolean done;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  done = draw (surface, picture, error) && finish (surface, error);
  cairo_surface_destroy (surface);

  return done && insert_texts (picture, bytes, error);
}

static gboolean
check_size (const HrChartPicture *picture, HrChartFormat format, GError **error)
{
  double scale = format == HR_CHART_PNG ? picture->scale : 1;
  double width = ceil (picture->width * scale), height = ceil (picture->height * scale);
  char width_text[HR_TEXT_SIZE], height_text[HR_TEXT_SIZE], side[HR_TEXT_SIZE], pixels[HR_TEXT_SIZE];

  if (width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS)
    return TRUE;

  hr_format_number (width, 0, width_text);
  hr_format_number (height, 0, height_text);
  hr_format_number (MAX_SIDE, 0, side);
  hr_format_number (MAX_PIXELS / 1e6, 0, pixels);
  /* Translators: width and height of a picture, and the largest ones */
  g_set_error (
      error, HR_CHART_ERROR, HR_CHART_ERROR_SIZE,
      _ ("A picture of %s × %s pixels cannot be made; choose a size from 1 to %s pixels a side and at most %s million "
         "pixels in all"),
      width_text, height_text, side, pixels);
  return FALSE;
}

GBytes *
hr_chart_file_encode (const HrChartPicture *picture, HrChartFormat format, GError **error)
{
  static gboolean (*const encoders[]) (const HrChartPicture *, GByteArray *, GError **)
      = { [HR_CHART_PNG] = encode_png, [HR_CHART_SVG] = encode_svg, [HR_CHART_PDF] = encode_pdf };

  g_return_val_if_fail (picture != NULL && (guint) format < G_N_ELEMENTS (encoders), NULL);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!check_size (picture, format, error) || !encoders[format](picture, bytes, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

PangoContext *
hr_chart_file_font (void)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_cairo_context_set_resolution (context, PIXELS_AN_INCH);
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  /* A picture is scaled: whole pixels would squeeze the spaces of small text. */
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);

  return context;
}

gboolean
hr_chart_reads_right_to_left (const char *text, PangoContext *context)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, text != NULL ? text : "", -1);

  return pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
}

gboolean
hr_chart_format_from_name (const char *file_name, HrChartFormat *format)
{
  static const char *const endings[] = { [HR_CHART_PNG] = ".png", [HR_CHART_SVG] = ".svg", [HR_CHART_PDF] = ".pdf" };

  g_return_val_if_fail (file_name != NULL && format != NULL, FALSE);

  g_autofree char *name = g_ascii_strdown (file_name, -1);

  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        *format = (HrChartFormat) i;
        return TRUE;
      }

  return FALSE;
}
