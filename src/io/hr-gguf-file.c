/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gguf-file.h"

#include "hr-gguf-cursor.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAGIC "GGUF"
#define MAGIC_BYTES 4
#define OLDEST_VERSION 2
#define NEWEST_VERSION 3

/* Longest names. Source: docs/gguf.md (65535 bytes for keys), GGML_MAX_NAME and GGML_MAX_DIMS of ggml.h. */
#define MAX_KEY_BYTES 65535
#define MAX_TENSOR_NAME_BYTES 255
#define MAX_DIMENSIONS 4

#define DEFAULT_ALIGNMENT 32
#define MAX_ALIGNMENT (1u << 30)

/* The least that a value and a tensor take in the file: what a file says it has, it must have room for. */
#define LEAST_VALUE_BYTES (8 + 1 + 4 + 1)
#define LEAST_TENSOR_BYTES (8 + 1 + 4 + 4 + 8)

/* Keys of one model; published ones have some 60. */
#define MAX_VALUES 65536

struct _HrGgufFile
{
  guint version;
  GArray *values; /* (element-type HrGgufValue), by key */
  GStringChunk *texts;
  HrTensorTable *tensors;
};

static gboolean
read_text_value (HrGgufFile *self, HrGgufCursor *cursor, HrGgufValue *value, GError **error)
{
  guint64 length = 0;

  if (!hr_gguf_cursor_read_length (cursor, 1, &length, error))
    return FALSE;
  if (length > HR_GGUF_MAX_TEXT_BYTES)
    return hr_gguf_cursor_skip (cursor, length, error);

  char text[HR_GGUF_MAX_TEXT_BYTES + 1];
  if (!hr_gguf_cursor_read (cursor, text, (gsize) length, error))
    return FALSE;
  text[length] = '\0';
  if (strlen (text) == length && g_utf8_validate (text, (gssize) length, NULL))
    value->text = g_string_chunk_insert (self->texts, text);
  return TRUE;
}

static gboolean
skip_texts (HrGgufCursor *cursor, guint64 count, GError **error)
{
  for (guint64 i = 0; i < count; i++)
    {
      guint64 length = 0;
      if (!hr_gguf_cursor_read_length (cursor, 1, &length, error) || !hr_gguf_cursor_skip (cursor, length, error))
        return FALSE;
    }

  return TRUE;
}

/* Layers that differ are told by arrays with one element each. */
static gboolean
read_elements (HrGgufCursor *cursor, HrGgufValue *value, GError **error)
{
  HrGgufValue element = { .type = value->type };

  if (value->length > HR_GGUF_MAX_KEPT_ELEMENTS || !hr_gguf_type_is_whole (value->type))
    return hr_gguf_cursor_skip (cursor, value->length * hr_gguf_type_bytes (value->type), error);

  value->is_uniform = TRUE;
  for (guint64 i = 0; i < value->length; i++)
    {
      if (!hr_gguf_cursor_read_scalar (cursor, &element, error))
        return FALSE;
      if (i > 0 && element.integer != value->integer)
        value->is_uniform = FALSE;
      value->integer = element.integer;
    }

  return TRUE;
}

static gboolean
read_array (HrGgufCursor *cursor, HrGgufValue *value, GError **error)
{
  value->is_array = TRUE;
  if (!hr_gguf_cursor_read_type (cursor, &value->type, error))
    return FALSE;
  if (value->type == HR_GGUF_ARRAY)
    return hr_gguf_cursor_fail (cursor, error, _ ("an array of arrays; no program makes or reads these"));
  if (!hr_gguf_cursor_read_length (cursor, hr_gguf_type_bytes (value->type), &value->length, error))
    return FALSE;

  return value->type == HR_GGUF_STRING ? skip_texts (cursor, value->length, error)
                                       : read_elements (cursor, value, error);
}

static gboolean
read_value (HrGgufFile *self, HrGgufCursor *cursor, GError **error)
{
  HrGgufValue value = { 0 };

  if (!hr_gguf_cursor_read_name (cursor, MAX_KEY_BYTES, self->texts, &value.key, error)
      || !hr_gguf_cursor_read_type (cursor, &value.type, error))
    return FALSE;

  gboolean done = value.type == HR_GGUF_STRING  ? read_text_value (self, cursor, &value, error)
                  : value.type == HR_GGUF_ARRAY ? read_array (cursor, &value, error)
                                                : hr_gguf_cursor_read_scalar (cursor, &value, error);
  if (done)
    g_array_append_val (self->values, value);
  return done;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (((const HrGgufValue *) a)->key, ((const HrGgufValue *) b)->key);
}

static gboolean
read_values (HrGgufFile *self, HrGgufCursor *cursor, guint64 count, GError **error)
{
  for (guint64 i = 0; i < count; i++)
    if (!read_value (self, cursor, error))
      return FALSE;

  g_array_sort (self->values, compare_keys);
  for (guint i = 1; i < self->values->len; i++)
    {
      const HrGgufValue *value = &g_array_index (self->values, HrGgufValue, i);
      if (compare_keys (value - 1, value) == 0)
        return hr_gguf_cursor_fail (cursor, error, _ ("the key %s is there twice; fetch the file again"), value->key);
    }

  return TRUE;
}

/* @end: (inout): where the data of all tensors read so far end, from where data begin. */
static gboolean
read_tensor (HrGgufFile *self, HrGgufCursor *cursor, guint64 alignment, guint64 *end, GError **error)
{
  HrTensor tensor = { 0 };
  guint32 type = 0;
  guint64 offset = 0;
  guint64 own_end = 0;

  if (!hr_gguf_cursor_read_name (cursor, MAX_TENSOR_NAME_BYTES, self->texts, &tensor.name, error)
      || !hr_gguf_cursor_read_u32 (cursor, &tensor.n_dimensions, error))
    return FALSE;
  if (tensor.n_dimensions > MAX_DIMENSIONS)
    return hr_gguf_cursor_fail (cursor, error, _ ("%s has %u dimensions; allowed are %d"), tensor.name,
                                tensor.n_dimensions, MAX_DIMENSIONS);
  for (guint i = 0; i < tensor.n_dimensions; i++)
    if (!hr_gguf_cursor_read_u64 (cursor, &tensor.dimensions[i], error))
      return FALSE;
  if (!hr_gguf_cursor_read_u32 (cursor, &type, error) || !hr_gguf_cursor_read_u64 (cursor, &offset, error))
    return FALSE;

  tensor.type = hr_ggml_type (type);
  if (tensor.type == NULL)
    return hr_gguf_cursor_fail (cursor, error, _ ("%s is of type %u, which this program does not know"), tensor.name,
                                type);

  /* Blocks lie along the first dimension. */
  gboolean whole = tensor.n_dimensions == 0 || tensor.dimensions[0] % tensor.type->block_elements == 0;
  const HrTensor *added = whole ? hr_tensor_table_add (self->tensors, &tensor) : NULL;
  if (added == NULL || offset % alignment != 0 || !g_uint64_checked_add (&own_end, offset, added->bytes))
    return hr_gguf_cursor_fail (cursor, error, _ ("%s has a size or place that cannot be; fetch the file again"),
                                tensor.name);

  *end = MAX (*end, own_end);
  return TRUE;
}

static gboolean
find_alignment (const HrGgufFile *self, const HrGgufCursor *cursor, guint64 *alignment, GError **error)
{
  const HrGgufValue *value = hr_gguf_file_find (self, "general.alignment");

  *alignment = DEFAULT_ALIGNMENT;
  if (value == NULL)
    return TRUE;
  if (value->is_array || !hr_gguf_type_is_whole (value->type) || value->integer < 1 || value->integer > MAX_ALIGNMENT
      || (value->integer & (value->integer - 1)) != 0)
    return hr_gguf_cursor_fail (cursor, error, _ ("general.alignment is no power of two; fetch the file again"));

  *alignment = (guint64) value->integer;
  return TRUE;
}

static gboolean
read_tensors (HrGgufFile *self, HrGgufCursor *cursor, guint64 count, GError **error)
{
  guint64 alignment = 0;
  guint64 end = 0;

  if (!find_alignment (self, cursor, &alignment, error))
    return FALSE;
  for (guint64 i = 0; i < count; i++)
    if (!read_tensor (self, cursor, alignment, &end, error))
      return FALSE;

  const char *repeated = hr_tensor_table_sort (self->tensors);
  if (repeated != NULL)
    return hr_gguf_cursor_fail (cursor, error, _ ("the tensor %s is there twice; fetch the file again"), repeated);

  guint64 data = (cursor->position + alignment - 1) / alignment * alignment;
  guint64 size = hr_file_reader_size (cursor->reader);
  if (end > 0 && (data > size || end > size - data))
    return hr_gguf_cursor_fail (cursor, error,
                                _ ("the tensors end past the end of the file; it is cut off, fetch it "
                                   "again"));

  return TRUE;
}

static gboolean
read_version (HrGgufFile *self, HrGgufCursor *cursor, GError **error)
{
  char magic[MAGIC_BYTES];

  if (!hr_gguf_cursor_read (cursor, magic, sizeof magic, error))
    return FALSE;
  if (memcmp (magic, MAGIC, sizeof magic) != 0)
    return hr_gguf_cursor_fail (cursor, error, _ ("this is no GGUF file; convert older ones with llama.cpp"));
  if (!hr_gguf_cursor_read_u32 (cursor, &self->version, error))
    return FALSE;
  if (self->version != 0 && (self->version & G_MAXUINT16) == 0)
    return hr_gguf_cursor_fail (cursor, error,
                                _ ("the file is big-endian, made for other processors; fetch the little-endian one, or "
                                   "convert it with gguf_convert_endian.py of llama.cpp"));
  if (self->version < OLDEST_VERSION || self->version > NEWEST_VERSION)
    return hr_gguf_cursor_fail (cursor, error,
                                _ ("GGUF of version %u; this program reads %d and %d, convert it with llama.cpp"),
                                self->version, OLDEST_VERSION, NEWEST_VERSION);

  return TRUE;
}

static gboolean
read_count (HrGgufCursor *cursor, guint64 least_bytes, guint64 maximum, guint64 *count, GError **error)
{
  if (!hr_gguf_cursor_read_length (cursor, least_bytes, count, error))
    return FALSE;
  if (*count > maximum)
    return hr_gguf_cursor_fail (cursor, error, _ ("more than %" PRIu64 " keys or tensors"), maximum);

  return TRUE;
}

static gboolean
read_all (HrGgufFile *self, HrFileReader *reader, GError **error)
{
  HrGgufCursor cursor = { reader, 0 };
  guint64 n_tensors = 0;
  guint64 n_values = 0;

  return read_version (self, &cursor, error)
         && read_count (&cursor, LEAST_TENSOR_BYTES, HR_TENSOR_MAX_COUNT, &n_tensors, error)
         && read_count (&cursor, LEAST_VALUE_BYTES, MAX_VALUES, &n_values, error)
         && read_values (self, &cursor, n_values, error) && read_tensors (self, &cursor, n_tensors, error)
         && hr_file_reader_finish (reader, error);
}

HrGgufFile *
hr_gguf_file_read (HrFileReader *reader, GError **error)
{
  g_autoptr (HrGgufFile) self = g_new0 (HrGgufFile, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (HrGgufValue));
  self->texts = g_string_chunk_new (HR_GGUF_MAX_TEXT_BYTES);
  self->tensors = hr_tensor_table_new ();

  return read_all (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

void
hr_gguf_file_free (HrGgufFile *self)
{
  g_array_unref (self->values);
  g_string_chunk_free (self->texts);
  hr_tensor_table_free (self->tensors);
  g_free (self);
}

guint
hr_gguf_file_version (const HrGgufFile *self)
{
  return self->version;
}

HrTensorTable *
hr_gguf_file_tensors (const HrGgufFile *self)
{
  return self->tensors;
}

const HrGgufValue *
hr_gguf_file_values (const HrGgufFile *self, guint *n_values)
{
  *n_values = self->values->len;
  return (const HrGgufValue *) (gconstpointer) self->values->data;
}

const HrGgufValue *
hr_gguf_file_find (const HrGgufFile *self, const char *key)
{
  const HrGgufValue wanted = { .key = key };
  guint index;

  return g_array_binary_search (self->values, &wanted, compare_keys, &index)
             ? &g_array_index (self->values, HrGgufValue, index)
             : NULL;
}
