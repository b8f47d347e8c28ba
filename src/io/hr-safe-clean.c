/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-safe-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define PREFIX ".headroom-"
#define RANDOM_PART "XXXXXX"

/* Of the digest of a file's name, which itself may be as long as names can be. */
#define DIGEST_LENGTH 8

/* A save takes moments; clocks of other machines that share the folder may be off by more. */
#define STALE_SECONDS 300

/* What the names of all temporary files of @path begin with. */
static char *
temporary_prefix (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  return g_strdup_printf (PREFIX "%.*s-", DIGEST_LENGTH, digest);
}

char *
hr_safe_temporary (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *prefix = temporary_prefix (path);
  g_autofree char *name = g_strconcat (prefix, RANDOM_PART, NULL);

  return g_build_filename (folder, name, NULL);
}

/* Whether the file has been left alone for long and nobody is writing it. */
static gboolean
is_stale (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_nlink == 1
         && g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > STALE_SECONDS && flock (fd, LOCK_EX | LOCK_NB) == 0;
}

static void
remove_if_stale (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return;
  if (is_stale (fd))
    (void) g_unlink (path);
  close (fd);
}

static void
clean (const char *folder, const char *prefix)
{
  gsize length = strlen (prefix) + strlen (RANDOM_PART);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && strlen (name) == length)
      remove_if_stale (folder, name);
}

void
hr_safe_file_clean (GFile *file)
{
  g_return_if_fail (G_IS_FILE (file));

  int code = 0;
  const char *path = g_file_peek_path (file);
  g_autofree char *target = path != NULL ? hr_file_follow_links (path, &code) : NULL;

  if (target == NULL)
    return;

  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *prefix = temporary_prefix (target);

  clean (folder, prefix);
}
