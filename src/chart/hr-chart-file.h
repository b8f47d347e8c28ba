/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pango.h>

G_BEGIN_DECLS

typedef enum
{
  HR_CHART_PNG,
  HR_CHART_SVG,
  HR_CHART_PDF,
} HrChartFormat;

/**
 * HrChartError:
 * @HR_CHART_ERROR_SIZE: the picture would be empty or too large
 * @HR_CHART_ERROR_ENCODE: the picture could not be drawn or encoded
 *
 * Messages are translated and can be shown.
 */
typedef enum
{
  HR_CHART_ERROR_SIZE,
  HR_CHART_ERROR_ENCODE,
} HrChartError;

#define HR_CHART_ERROR (hr_chart_error_quark ())
GQuark hr_chart_error_quark (void);

/**
 * HrChartPicture:
 * @width: @height: size in CSS pixels (1/96 inch)
 * @scale: PNG pixels a CSS pixel
 * @title: (nullable): SVG title, PDF title
 * @description: (nullable): SVG desc
 * @draw: draws the picture; nothing is painted before
 *
 * Something to draw into a file.
 */
typedef struct
{
  double width;
  double height;
  double scale;
  const char *title;
  const char *description;
  void (*draw) (cairo_t *cr, gpointer user_data);
  gpointer user_data;
} HrChartPicture;

/**
 * hr_chart_file_encode:
 *
 * Draws a picture in memory. The bytes depend only on what is drawn: no dates.
 *
 * Returns: (transfer full): the encoded file, or NULL with @error set.
 */
GBytes *hr_chart_file_encode (const HrChartPicture *picture, HrChartFormat format,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * HrChartPages:
 * @width: @height: of each page, in CSS pixels
 * @title: (nullable): of the whole
 * @draw: draws the page at @index in CSS pixels; nothing is painted before
 *
 * Something to draw on pages.
 */
typedef struct
{
  double width;
  double height;
  guint n_pages;
  const char *title;
  void (*draw) (cairo_t *cr, guint index, gpointer user_data);
  gpointer user_data;
} HrChartPages;

/** Returns: (transfer full): the pages as PDF, or NULL with @error set. The bytes depend only on what is drawn. */
GBytes *hr_chart_file_encode_pages (const HrChartPages *pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the font of files, the same on every screen. */
PangoContext *hr_chart_file_font (void) G_GNUC_WARN_UNUSED_RESULT;

/** Whether the language of @text (nullable) is read from right to left. */
gboolean hr_chart_reads_right_to_left (const char *text, PangoContext *context);

/** The format that a file name asks for by its ending; FALSE if it is none of the three. */
gboolean hr_chart_format_from_name (const char *file_name, HrChartFormat *format);

G_END_DECLS
