/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-safe-file-private.h"

#include "hr-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* As many as the kernel follows. */
#define MAX_LINKS 40

#define MODE_BITS 07777
#define NEW_FILE_MODE 0666

static const char *
reason (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return _ ("the disk is full; free some space or save elsewhere");
    case EACCES:
    case EPERM:
      return _ ("the folder is not yours to write to; save elsewhere");
    case EROFS:
      return _ ("the disk is read-only; save elsewhere");
    case ENOENT:
    case ENOTDIR:
      return _ ("there is no such folder; save elsewhere");
    case ELOOP:
      return _ ("it is a link that leads to itself; save elsewhere");
    case ENAMETOOLONG:
      return _ ("the name is too long; choose a shorter one");
    default:
      return NULL;
    }
}

static gboolean
fail_to_save (GFile *file, int code, GError **error)
{
  g_autofree char *other = reason (code) == NULL ? g_strdup_printf (_ ("%s; save elsewhere"), g_strerror (code))
                                                 : g_strdup (reason (code));
  g_autofree char *problem = g_strdup_printf (_ ("cannot be saved: %s"), other);

  return hr_file_fail (file, problem, error);
}

static gboolean
fail_as_changed (GFile *file, const char *problem, GError **error)
{
  g_autofree char *name = hr_file_display_name (file);

  g_set_error (error, HR_ERROR, HR_ERROR_CHANGED, _ ("%s: %s"), name, problem);
  return FALSE;
}

char *
hr_file_follow_links (const char *path, int *code)
{
  g_autofree char *target = g_strdup (path);

  for (int i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      if (link == NULL)
        return g_steal_pointer (&target);

      g_autofree char *folder = g_path_get_dirname (target);
      g_free (target);
      target = g_path_is_absolute (link) ? g_steal_pointer (&link) : g_build_filename (folder, link, NULL);
    }

  *code = ELOOP;
  return NULL;
}

/* Whether @target may be replaced: absent, or a regular file that is the expected one. */
static gboolean
check_target (GFile *file, const char *target, const char *etag, struct stat *info, gboolean *exists, GError **error)
{
  *exists = stat (target, info) == 0;
  if (!*exists && errno != ENOENT)
    return fail_to_save (file, errno, error);
  if (!*exists && etag != NULL)
    return fail_as_changed (file, _ ("was removed by another program; save it again to bring it back"), error);
  if (!*exists)
    return TRUE;

  if (S_ISDIR (info->st_mode))
    return hr_file_fail (file, _ ("cannot be saved: it is a folder; choose another name"), error);
  if (!S_ISREG (info->st_mode))
    return hr_file_fail (file, _ ("cannot be saved: it is not a regular file; choose another name"), error);
  if (faccessat (AT_FDCWD, target, W_OK, AT_EACCESS) != 0)
    return hr_file_fail (file, _ ("cannot be saved: the file is read-only; change its permissions or save elsewhere"),
                         error);

  g_autofree char *identity = hr_file_identity (info);
  if (etag != NULL && !g_str_equal (etag, identity))
    return fail_as_changed (file, _ ("was changed by another program; reload it, or save to overwrite it"), error);

  return TRUE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      gssize written = write (fd, data, left);
      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      left -= (gsize) written;
    }

  return TRUE;
}

static gboolean
keep_owner_and_mode (int fd, const struct stat *info)
{
  /* Only root may give a file away; whoever may write to a folder may still save there. */
  if (fchown (fd, info->st_uid, info->st_gid) != 0 && errno != EPERM)
    return FALSE;

  return fchmod (fd, info->st_mode & MODE_BITS) == 0;
}

/* A rename is on the disk once its folder is. Not every file system can say so, and the contents are safe. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  close (fd);
}

/* Returns: 0, or the errno of what failed. */
static int
fill_temporary (int fd, GBytes *bytes, const struct stat *old, char **identity)
{
  struct stat info;

  if (!write_all (fd, bytes) || (old != NULL && !keep_owner_and_mode (fd, old)) || fsync (fd) != 0
      || fstat (fd, &info) != 0)
    return errno;

  *identity = hr_file_identity (&info);
  return 0;
}

static int
open_temporary (char *path)
{
  int fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, NEW_FILE_MODE);

  if (fd < 0)
    return -errno;

  /* Says that somebody is writing it; without locks its age says so. */
  (void) flock (fd, LOCK_EX | LOCK_NB);
  return fd;
}

static gboolean
replace_target (GFile *file, const char *target, GBytes *bytes, const char *etag, char **identity, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *temporary = hr_safe_temporary (target);
  struct stat info;
  gboolean exists = FALSE;

  if (!check_target (file, target, etag, &info, &exists, error))
    return FALSE;

  int fd = open_temporary (temporary);
  if (fd < 0)
    return fail_to_save (file, -fd, error);

  int code = fill_temporary (fd, bytes, exists ? &info : NULL, identity);
  if (close (fd) != 0 && code == 0)
    code = errno;

  /* Once more: writing may have taken long. */
  gboolean done
      = code == 0 ? check_target (file, target, etag, &info, &exists, error) : fail_to_save (file, code, error);
  if (done && rename (temporary, target) != 0)
    done = fail_to_save (file, errno, error);
  if (done)
    sync_folder (folder);
  else
    (void) g_unlink (temporary);

  return done;
}

static gboolean
write_native (GFile *file, GBytes *bytes, const char *etag, char **new_etag, GError **error)
{
  int code = 0;
  g_autofree char *target = hr_file_follow_links (g_file_peek_path (file), &code);
  g_autofree char *identity = NULL;

  if (target == NULL)
    return fail_to_save (file, code, error);
  if (!replace_target (file, target, bytes, etag, &identity, error))
    return FALSE;

  if (new_etag != NULL)
    *new_etag = g_steal_pointer (&identity);
  return TRUE;
}

static gboolean
write_remote (GFile *file, GBytes *bytes, const char *etag, char **new_etag, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) failure = NULL;

  if (g_file_replace_contents (file, data, length, etag, FALSE, G_FILE_CREATE_NONE, new_etag, NULL, &failure))
    return TRUE;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    return fail_as_changed (file, _ ("was changed by another program; reload it, or save to overwrite it"), error);

  g_autofree char *problem = g_strdup_printf (_ ("cannot be saved: %s"), failure->message);
  return hr_file_fail (file, problem, error);
}

gboolean
hr_safe_file_write (GFile *file, GBytes *bytes, const char *etag, char **new_etag, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return g_file_peek_path (file) != NULL ? write_native (file, bytes, etag, new_etag, error)
                                         : write_remote (file, bytes, etag, new_etag, error);
}
