/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-draft.h"

#include "hr-error.h"
#include "hr-safe-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SUFFIX ".draft"
#define LOCK_SUFFIX ".lock"
#define BROKEN_SUFFIX ".broken"

/* Drafts are nobody else's to read. */
#define FOLDER_MODE 0700
#define LOCK_MODE 0600

#define NOT_LOCKED (-1)

struct _HrDraft
{
  GFile *file;
  char *folder;
  char *lock_path;
  int lock_fd;
};

GFile *
hr_draft_default_folder (void)
{
  return g_file_new_build_filename (g_get_user_state_dir (), "headroom", "drafts", NULL);
}

static HrDraft *
draft_new (GFile *folder, const char *id)
{
  HrDraft *self = g_new0 (HrDraft, 1);
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);
  g_autofree char *lock_name = g_strconcat (id, LOCK_SUFFIX, NULL);

  self->file = g_file_get_child (folder, name);
  self->folder = g_file_get_path (folder);
  self->lock_path = g_build_filename (self->folder, lock_name, NULL);
  self->lock_fd = NOT_LOCKED;

  return self;
}

HrDraft *
hr_draft_new (GFile *folder)
{
  g_return_val_if_fail (g_file_peek_path (folder) != NULL, NULL);

  g_autofree char *id = g_uuid_string_random ();

  return draft_new (folder, id);
}

static void
unlock (HrDraft *self)
{
  if (self->lock_fd != NOT_LOCKED)
    close (self->lock_fd);
  self->lock_fd = NOT_LOCKED;
}

void
hr_draft_free (HrDraft *self)
{
  unlock (self);
  g_object_unref (self->file);
  g_free (self->folder);
  g_free (self->lock_path);
  g_free (self);
}

/* Somebody may have emptied the folder: a lock without a name keeps nobody out. */
static gboolean
has_lock (HrDraft *self)
{
  struct stat info;

  return self->lock_fd != NOT_LOCKED && fstat (self->lock_fd, &info) == 0 && info.st_nlink > 0;
}

/* Returns: 0, or the errno of what failed; EWOULDBLOCK: another process has it. */
static int
lock (HrDraft *self)
{
  if (has_lock (self))
    return 0;

  unlock (self);
  self->lock_fd = open (self->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, LOCK_MODE);
  if (self->lock_fd < 0)
    return errno;

  /* A file system without locks is one that no two processes can share safely anyway. */
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      unlock (self);
      return EWOULDBLOCK;
    }

  return 0;
}

static gboolean
fail (HrDraft *self, int code, GError **error)
{
  g_autofree char *folder = g_filename_display_name (self->folder);

  g_set_error (error, HR_ERROR, HR_ERROR_FILE, _ ("%s: cannot hold drafts: %s"), folder, g_strerror (code));
  return FALSE;
}

gboolean
hr_draft_write (HrDraft *self, const HrProjectData *data, GFile *file, const char *etag, GError **error)
{
  g_return_val_if_fail (data != NULL, FALSE);

  if (g_mkdir_with_parents (self->folder, FOLDER_MODE) != 0)
    return fail (self, errno, error);

  int code = lock (self);
  if (code != 0)
    return fail (self, code, error);

  g_autoptr (GBytes) bytes = hr_draft_text_write (data, file, etag);

  return hr_safe_file_write (self->file, bytes, NULL, NULL, error);
}

GFile *
hr_draft_get_file (HrDraft *self)
{
  return self->file;
}

gboolean
hr_draft_is_written (HrDraft *self)
{
  return self->lock_fd != NOT_LOCKED;
}

void
hr_draft_remove (HrDraft *self)
{
  if (!hr_draft_is_written (self))
    return;

  (void) g_unlink (g_file_peek_path (self->file));
  (void) g_unlink (self->lock_path);
  unlock (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_ids (GFile *folder)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX) && *name != '.')
      g_ptr_array_add (ids, g_strndup (name, strlen (name) - strlen (SUFFIX)));
  g_ptr_array_sort (ids, compare_names);

  return ids;
}

/* Under another ending, so that it is told of once. */
static void
set_aside (HrDraft *self, const GError *error, GPtrArray *problems)
{
  const char *path = g_file_peek_path (self->file);
  g_autofree char *aside = g_strconcat (path, BROKEN_SUFFIX, NULL);

  if (g_error_matches (error, HR_ERROR, HR_ERROR_VERSION) || g_file_test (aside, G_FILE_TEST_EXISTS)
      || g_rename (path, aside) != 0)
    {
      g_ptr_array_add (problems, g_strdup (error->message));
      return;
    }

  g_autofree char *name = g_filename_display_name (aside);
  /* Translators: %s: what is wrong with a draft; %s: where it lies now */
  g_ptr_array_add (problems, g_strdup_printf (_ ("%s. It was kept as %s"), error->message, name));
  (void) g_unlink (self->lock_path);
}

static gboolean
read_draft (HrDraft *self, HrDraftText *text, GError **error)
{
  g_autofree char *base_name = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base_name);
  g_autoptr (GBytes) bytes = hr_safe_file_read (self->file, HR_MAX_FILE_BYTES, NULL, error);

  return bytes != NULL && hr_draft_text_read (bytes, name, text, error);
}

static void
lost_draft_free (gpointer data)
{
  HrLostDraft *lost = data;

  g_clear_pointer (&lost->draft, hr_draft_free);
  hr_draft_text_clear (&lost->text);
  g_free (lost);
}

static HrLostDraft *
take_draft (GFile *folder, const char *id, GPtrArray *problems)
{
  g_autoptr (HrDraft) draft = draft_new (folder, id);
  g_autoptr (GError) error = NULL;
  HrDraftText text;

  if (lock (draft) != 0)
    return NULL;

  hr_safe_file_clean (draft->file);

  /* Its owner may have removed it meanwhile. */
  if (!g_file_query_exists (draft->file, NULL))
    {
      hr_draft_remove (draft);
      return NULL;
    }
  if (!read_draft (draft, &text, &error))
    {
      set_aside (draft, error, problems);
      return NULL;
    }

  HrLostDraft *lost = g_new (HrLostDraft, 1);
  *lost = (HrLostDraft){ .draft = g_steal_pointer (&draft), .text = text };

  return lost;
}

GPtrArray *
hr_draft_take_lost (GFile *folder, GPtrArray *problems)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (lost_draft_free);
  g_autoptr (GPtrArray) ids = list_ids (folder);

  for (guint i = 0; i < ids->len && drafts->len < HR_MAX_DRAFTS; i++)
    {
      HrLostDraft *lost = take_draft (folder, ids->pdata[i], problems);
      if (lost != NULL)
        g_ptr_array_add (drafts, lost);
    }

  return drafts;
}
