/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-file-reader.h"

#include "hr-error.h"
#include "hr-safe-file-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

struct _HrFileReader
{
  GFile *file;   /* NULL: @bytes are all there is */
  int fd;        /* -1 without a path */
  GBytes *bytes; /* (nullable) */
  char *name;
  char *identity;
  guint64 size;

  guint8 *window;
  guint64 window_offset;
  gsize window_length;
};

HrFileReader *
hr_file_reader_new_for_bytes (GBytes *bytes, const char *name)
{
  HrFileReader *self = g_new0 (HrFileReader, 1);

  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  self->size = g_bytes_get_size (bytes);

  return self;
}

/* What has no path here: as much as is read whole of other files. */
static HrFileReader *
open_remote (GFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, HR_MAX_FILE_BYTES, NULL, error);
  g_autofree char *name = hr_file_display_name (file);

  return bytes != NULL ? hr_file_reader_new_for_bytes (bytes, name) : NULL;
}

HrFileReader *
hr_file_reader_open (GFile *file, GError **error)
{
  struct stat info;

  if (g_file_peek_path (file) == NULL)
    return open_remote (file, error);

  int fd = hr_file_open (file, &info, error);
  if (fd < 0)
    return NULL;

  HrFileReader *self = g_new0 (HrFileReader, 1);
  self->file = g_object_ref (file);
  self->fd = fd;
  self->name = hr_file_display_name (file);
  self->identity = hr_file_identity (&info);
  self->size = (guint64) info.st_size;
  self->window = g_malloc (HR_FILE_WINDOW_BYTES);

  return self;
}

void
hr_file_reader_free (HrFileReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->window);
  g_free (self->identity);
  g_free (self->name);
  g_free (self);
}

const char *
hr_file_reader_name (const HrFileReader *self)
{
  return self->name;
}

guint64
hr_file_reader_size (const HrFileReader *self)
{
  return self->size;
}

gboolean
hr_file_reader_fail (const HrFileReader *self, guint64 offset, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  /* Translators: file, place in it, what is wrong there */
  g_set_error (error, HR_ERROR, HR_ERROR_SYNTAX, _ ("%s: byte %" PRIu64 ": %s"), self->name, offset, problem);
  return FALSE;
}

/* Past the window, straight from the file. */
static gboolean
read_through (HrFileReader *self, guint64 offset, guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize n_read = pread (self->fd, data, length, (off_t) offset);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        return hr_file_fail_to_read (self->file, errno, error);
      if (n_read == 0)
        return hr_file_fail (self->file, _ ("became shorter while it was read; try again"), error);
      data += n_read;
      offset += (guint64) n_read;
      length -= (gsize) n_read;
    }

  return TRUE;
}

static gboolean
fill_window (HrFileReader *self, guint64 offset, GError **error)
{
  gsize length = (gsize) MIN (self->size - offset, HR_FILE_WINDOW_BYTES);

  self->window_length = 0;
  if (!read_through (self, offset, self->window, length, error))
    return FALSE;

  self->window_offset = offset;
  self->window_length = length;
  return TRUE;
}

static gboolean
window_has (const HrFileReader *self, guint64 offset, gsize length)
{
  return offset >= self->window_offset && offset + length <= self->window_offset + self->window_length;
}

gboolean
hr_file_reader_read (HrFileReader *self, guint64 offset, gpointer data, gsize length, GError **error)
{
  if (offset > self->size || length > self->size - offset)
    return hr_file_reader_fail (self, MIN (offset, self->size), error,
                                _ ("the file ends too soon; it is cut off, fetch it again"));
  if (length == 0)
    return TRUE;

  if (self->bytes != NULL)
    {
      memcpy (data, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset, length);
      return TRUE;
    }
  if (length > HR_FILE_WINDOW_BYTES)
    return read_through (self, offset, data, length, error);
  if (!window_has (self, offset, length) && !fill_window (self, offset, error))
    return FALSE;

  memcpy (data, self->window + (offset - self->window_offset), length);
  return TRUE;
}

GBytes *
hr_file_reader_read_bytes (HrFileReader *self, guint64 offset, gsize length, GError **error)
{
  if (offset > self->size || length > self->size - offset)
    {
      hr_file_reader_fail (self, MIN (offset, self->size), error,
                           _ ("the file ends too soon; it is cut off, fetch it again"));
      return NULL;
    }

  g_autofree guint8 *data = g_malloc (MAX (length, 1));
  if (!hr_file_reader_read (self, offset, data, length, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

gboolean
hr_file_reader_finish (HrFileReader *self, GError **error)
{
  struct stat info;

  if (self->fd < 0)
    return TRUE;
  if (fstat (self->fd, &info) != 0)
    return hr_file_fail_to_read (self->file, errno, error);

  g_autofree char *identity = hr_file_identity (&info);
  if (!g_str_equal (identity, self->identity))
    return hr_file_fail (self->file, _ ("is being changed by another program; try again"), error);

  return TRUE;
}
