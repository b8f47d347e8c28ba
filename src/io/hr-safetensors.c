/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-safetensors.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Before the header lies its length. */
#define PREFIX_BYTES 8

#define METADATA "__metadata__"

/* Larger than any file; a place fits a gint64. */
#define MAX_OFFSET ((guint64) G_MAXINT64)

enum
{
  MEMBER_DTYPE,
  MEMBER_SHAPE,
  MEMBER_OFFSETS,
  N_MEMBERS
};

static const char *const member_names[N_MEMBERS] = { "dtype", "shape", "data_offsets" };

typedef struct
{
  guint64 begin;
  guint64 end;
  const HrJsonNode *name;
} Place;

typedef struct
{
  HrPath file;
  HrTensorTable *table;
  guint64 data_bytes;
  GArray *places; /* (element-type Place) */
} Header;

static gboolean
read_type (const HrPath *path, const HrJsonNode *node, const HrTensorType **type, GError **error)
{
  const char *name = NULL;

  if (!hr_json_read_text (path, node, 1, G_MAXUINT16, &name, error))
    return FALSE;

  *type = hr_tensor_type_of_safetensors (name);
  if (*type == NULL)
    {
      g_autofree char *shown = hr_json_describe (node);
      return hr_path_fail (path, HR_ERROR_VALUE, error,
                           _ ("%s is no type of safetensors that this program knows; convert the file"), shown);
    }

  return TRUE;
}

static gboolean
read_shape (const HrPath *path, const HrJsonNode *node, HrTensor *tensor, GError **error)
{
  if (!hr_json_read_array (path, node, HR_TENSOR_MAX_DIMENSIONS, error))
    return FALSE;

  for (const HrJsonNode *item = hr_json_first (node); item != NULL; item = hr_json_next (node, item))
    {
      HrPath element = HR_PATH_ELEMENT (path, tensor->n_dimensions);
      if (!hr_json_read_integer (&element, item, 0, MAX_OFFSET, &tensor->dimensions[tensor->n_dimensions], error))
        return FALSE;
      tensor->n_dimensions++;
    }

  return TRUE;
}

static gboolean
read_place (const Header *self, const HrPath *path, const HrJsonNode *node, Place *place, GError **error)
{
  HrPath begin = HR_PATH_ELEMENT (path, 0);
  HrPath end = HR_PATH_ELEMENT (path, 1);

  if (!hr_json_read_array (path, node, 2, error))
    return FALSE;
  if (node->length != 2)
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("must hold where the tensor begins and ends"));
  if (!hr_json_read_integer (&begin, hr_json_first (node), 0, MAX_OFFSET, &place->begin, error)
      || !hr_json_read_integer (&end, hr_json_next (node, hr_json_first (node)), place->begin, MAX_OFFSET, &place->end,
                                error))
    return FALSE;
  if (place->end > self->data_bytes)
    return hr_path_fail (path, HR_ERROR_VALUE, error,
                         _ ("the tensor ends past the end of the file; it is cut off, fetch it again"));

  return TRUE;
}

static gboolean
read_tensor (Header *self, const HrJsonNode *name, GError **error)
{
  HrPath path = HR_PATH_MEMBER (&self->file, name->text);
  HrPath paths[N_MEMBERS];
  const HrJsonNode *object = hr_json_value (name);
  const HrJsonNode *found[N_MEMBERS];
  HrTensor tensor = { .name = name->text };
  Place place = { .name = name };

  if (!hr_json_read_object (&path, object, error))
    return FALSE;

  hr_json_find_members (object, member_names, N_MEMBERS, found);
  for (int i = 0; i < N_MEMBERS; i++)
    {
      paths[i] = HR_PATH_MEMBER (&path, member_names[i]);
      found[i] = found[i] != NULL ? hr_json_value (found[i]) : NULL;
    }
  if (!read_type (&paths[MEMBER_DTYPE], found[MEMBER_DTYPE], &tensor.type, error)
      || !read_shape (&paths[MEMBER_SHAPE], found[MEMBER_SHAPE], &tensor, error)
      || !read_place (self, &paths[MEMBER_OFFSETS], found[MEMBER_OFFSETS], &place, error))
    return FALSE;

  const HrTensor *added = hr_tensor_table_add (self->table, &tensor);
  if (added == NULL || added->bytes != place.end - place.begin)
    return hr_path_fail (&path, HR_ERROR_VALUE, error,
                         _ ("type and shape do not agree with data_offsets; fetch the file again"));

  g_array_append_val (self->places, place);
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;

  return left->end < right->end ? -1 : left->end > right->end;
}

/* Most files have them in order. */
static void
sort_places (GArray *places)
{
  guint i = 1;

  while (i < places->len
         && compare_places (&g_array_index (places, Place, i - 1), &g_array_index (places, Place, i)) <= 0)
    i++;
  if (i < places->len)
    g_array_sort (places, compare_places);
}

static gboolean
check_places (const Header *self, GError **error)
{
  guint64 end = 0;

  sort_places (self->places);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      HrPath path = HR_PATH_MEMBER (&self->file, place->name->text);

      if (place->begin < end)
        return hr_path_fail (&path, HR_ERROR_VALUE, error, _ ("overlaps another tensor; fetch the file again"));
      if (place->begin > end)
        return hr_path_fail (&path, HR_ERROR_VALUE, error,
                             _ ("there is a gap in front of this tensor; fetch the file again"));
      end = place->end;
    }
  if (end != self->data_bytes)
    return hr_path_fail (&self->file, HR_ERROR_VALUE, error,
                         _ ("there is more in the file than its tensors; fetch it again"));

  return TRUE;
}

static gboolean
read_header (Header *self, const HrJsonNode *root, GError **error)
{
  if (!hr_json_read_object (&self->file, root, error))
    return FALSE;
  if (root->length > HR_TENSOR_MAX_COUNT)
    return hr_path_fail (&self->file, HR_ERROR_VALUE, error, _ ("has more than %u tensors"), HR_TENSOR_MAX_COUNT);

  for (const HrJsonNode *name = hr_json_first (root); name != NULL; name = hr_json_next (root, name))
    if (strcmp (name->text, METADATA) != 0 && !read_tensor (self, name, error))
      return FALSE;

  return check_places (self, error);
}

static gboolean
read_length (HrFileReader *reader, guint64 *length, GError **error)
{
  if (!hr_file_reader_read (reader, 0, length, PREFIX_BYTES, error))
    return FALSE;

  *length = GUINT64_FROM_LE (*length);
  if (*length > HR_TENSOR_MAX_HEADER_BYTES)
    return hr_file_reader_fail (reader, 0, error,
                                _ ("a header of %" PRIu64 " bytes; allowed are %u. This is no safetensors file, "
                                   "or it is damaged; fetch it again"),
                                *length, HR_TENSOR_MAX_HEADER_BYTES);

  return TRUE;
}

gboolean
hr_safetensors_read (HrFileReader *reader, HrTensorTable *table, GError **error)
{
  const char *name = hr_file_reader_name (reader);
  Header header = { .file = HR_PATH_FILE (name), .table = table };
  guint64 length = 0;

  if (!read_length (reader, &length, error))
    return FALSE;

  g_autoptr (GBytes) bytes = hr_file_reader_read_bytes (reader, PREFIX_BYTES, (gsize) length, error);
  g_autoptr (HrJson) document = bytes != NULL ? hr_json_parse (bytes, name, error) : NULL;
  if (document == NULL)
    return FALSE;

  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  header.places = places;
  header.data_bytes = hr_file_reader_size (reader) - PREFIX_BYTES - length;

  return read_header (&header, hr_json_root (document), error) && hr_file_reader_finish (reader, error);
}
