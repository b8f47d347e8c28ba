/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf-fixture.h"

#include <gio/gio.h>
#include <string.h>

GBytes *
pdf_inflate (GBytes *pdf)
{
  static const char begin[] = "stream\n", end[] = "\nendstream";
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size), *limit = data + size;
  GByteArray *text = g_byte_array_new ();

  g_byte_array_append (text, (const guint8 *) data, (guint) size);
  while ((data = memmem (data, (gsize) (limit - data), begin, strlen (begin))) != NULL)
    {
      g_autoptr (GConverter) inflate = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
      char buffer[65536];
      gsize n_read, n_written;

      data += strlen (begin);
      const char *stop = memmem (data, (gsize) (limit - data), end, strlen (end));
      g_assert_nonnull (stop);
      if (g_converter_convert (inflate, data, (gsize) (stop - data), buffer, sizeof buffer, G_CONVERTER_INPUT_AT_END,
                               &n_read, &n_written, NULL)
          != G_CONVERTER_ERROR)
        g_byte_array_append (text, (const guint8 *) buffer, (guint) n_written);
      data = stop + strlen (end);
    }

  return g_byte_array_free_to_bytes (text);
}
