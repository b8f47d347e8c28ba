/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gguf-cursor.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static const guint type_bytes[HR_N_GGUF_TYPES] = {
  [HR_GGUF_UINT8] = 1,  [HR_GGUF_INT8] = 1,    [HR_GGUF_UINT16] = 2,  [HR_GGUF_INT16] = 2,  [HR_GGUF_UINT32] = 4,
  [HR_GGUF_INT32] = 4,  [HR_GGUF_FLOAT32] = 4, [HR_GGUF_BOOL] = 1,    [HR_GGUF_STRING] = 8, [HR_GGUF_ARRAY] = 12,
  [HR_GGUF_UINT64] = 8, [HR_GGUF_INT64] = 8,   [HR_GGUF_FLOAT64] = 8,
};

guint
hr_gguf_type_bytes (HrGgufType type)
{
  return type_bytes[type];
}

gboolean
hr_gguf_type_is_whole (HrGgufType type)
{
  return type != HR_GGUF_STRING && type != HR_GGUF_ARRAY && type != HR_GGUF_FLOAT32 && type != HR_GGUF_FLOAT64;
}

gboolean
hr_gguf_cursor_fail (const HrGgufCursor *self, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return hr_file_reader_fail (self->reader, self->position, error, "%s", problem);
}

/* What lies behind the header is never needed. */
static gboolean
move (HrGgufCursor *self, guint64 length, GError **error)
{
  if (length > HR_GGUF_MAX_HEADER_BYTES - self->position)
    return hr_gguf_cursor_fail (self, error,
                                _ ("the header is longer than %u bytes; the file is damaged, fetch it again"),
                                HR_GGUF_MAX_HEADER_BYTES);

  self->position += length;
  return TRUE;
}

gboolean
hr_gguf_cursor_read (HrGgufCursor *self, gpointer data, gsize length, GError **error)
{
  return hr_file_reader_read (self->reader, self->position, data, length, error) && move (self, length, error);
}

gboolean
hr_gguf_cursor_skip (HrGgufCursor *self, guint64 length, GError **error)
{
  if (length > hr_file_reader_size (self->reader) - self->position)
    return hr_gguf_cursor_fail (self, error, _ ("the file ends too soon; it is cut off, fetch it again"));

  return move (self, length, error);
}

gboolean
hr_gguf_cursor_read_u32 (HrGgufCursor *self, guint32 *out, GError **error)
{
  if (!hr_gguf_cursor_read (self, out, sizeof *out, error))
    return FALSE;

  *out = GUINT32_FROM_LE (*out);
  return TRUE;
}

gboolean
hr_gguf_cursor_read_u64 (HrGgufCursor *self, guint64 *out, GError **error)
{
  if (!hr_gguf_cursor_read (self, out, sizeof *out, error))
    return FALSE;

  *out = GUINT64_FROM_LE (*out);
  return TRUE;
}

gboolean
hr_gguf_cursor_read_length (HrGgufCursor *self, guint64 least_bytes, guint64 *out, GError **error)
{
  if (!hr_gguf_cursor_read_u64 (self, out, error))
    return FALSE;
  if (*out > (hr_file_reader_size (self->reader) - self->position) / least_bytes)
    return hr_gguf_cursor_fail (self, error, _ ("the file ends too soon; it is cut off, fetch it again"));

  return TRUE;
}

gboolean
hr_gguf_cursor_read_name (HrGgufCursor *self, gsize max_bytes, GStringChunk *chunk, const char **out, GError **error)
{
  guint64 length = 0;

  if (!hr_gguf_cursor_read_length (self, 1, &length, error))
    return FALSE;
  if (length < 1 || length > max_bytes)
    return hr_gguf_cursor_fail (self, error, _ ("a name of %" PRIu64 " bytes; allowed are 1 to %zu"), length,
                                max_bytes);

  g_autofree char *text = g_malloc0 ((gsize) length + 1);
  if (!hr_gguf_cursor_read (self, text, (gsize) length, error))
    return FALSE;
  if (strlen (text) != length || !g_utf8_validate (text, (gssize) length, NULL))
    return hr_gguf_cursor_fail (self, error, _ ("a name that is not UTF-8; fetch the file again"));

  *out = g_string_chunk_insert (chunk, text);
  return TRUE;
}

gboolean
hr_gguf_cursor_read_type (HrGgufCursor *self, HrGgufType *out, GError **error)
{
  guint32 type = 0;

  if (!hr_gguf_cursor_read_u32 (self, &type, error))
    return FALSE;
  if (type >= HR_N_GGUF_TYPES)
    return hr_gguf_cursor_fail (self, error, _ ("a value of type %u, which GGUF does not have; fetch the file again"),
                                type);

  *out = (HrGgufType) type;
  return TRUE;
}

static gint64
integer_of (HrGgufType type, guint64 bits)
{
  switch (type)
    {
    case HR_GGUF_INT8:
      return (gint8) bits;
    case HR_GGUF_INT16:
      return (gint16) bits;
    case HR_GGUF_INT32:
      return (gint32) bits;
    case HR_GGUF_UINT64:
      return (gint64) MIN (bits, G_MAXINT64);
    case HR_GGUF_INT64:
    case HR_GGUF_UINT8:
    case HR_GGUF_UINT16:
    case HR_GGUF_UINT32:
    case HR_GGUF_BOOL:
    case HR_GGUF_FLOAT32:
    case HR_GGUF_FLOAT64:
    case HR_GGUF_STRING:
    case HR_GGUF_ARRAY:
    case HR_N_GGUF_TYPES:
    default:
      return (gint64) bits;
    }
}

static double
number_of (HrGgufType type, guint64 bits)
{
  double wide = 0;
  float narrow = 0;
  guint32 low = (guint32) bits;

  memcpy (&wide, &bits, sizeof wide);
  memcpy (&narrow, &low, sizeof narrow);
  return type == HR_GGUF_FLOAT64 ? wide : (double) narrow;
}

gboolean
hr_gguf_cursor_read_scalar (HrGgufCursor *self, HrGgufValue *value, GError **error)
{
  guint8 bytes[sizeof (guint64)] = { 0 };
  guint64 bits;

  if (!hr_gguf_cursor_read (self, bytes, type_bytes[value->type], error))
    return FALSE;

  memcpy (&bits, bytes, sizeof bits);
  bits = GUINT64_FROM_LE (bits);
  if (hr_gguf_type_is_whole (value->type))
    value->integer = integer_of (value->type, bits);
  else
    value->number = number_of (value->type, bits);

  return TRUE;
}
