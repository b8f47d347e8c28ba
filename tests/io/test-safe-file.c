/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "io/hr-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OLD "the old contents\n"
#define NOBODY 65534
#define NEW "the new contents, which are longer\n"

/* A folder of its own, entered, so that messages name files as they are seen from here. */
typedef struct
{
  char *folder;
  char *before;
} Fixture;

/* What the wrapped calls of the C library do; -Wl,--wrap in meson.build. */
static struct
{
  int write_error; /* after half of what is written */
  int fsync_error;
  int rename_error;
  gboolean kill_at_rename;
  int read_error;
  const char *change_before_rename; /* another program saves meanwhile */
  const char *append_while_reading;
} trouble;

gssize __real_read (int fd, void *data, gsize length);
gssize __real_write (int fd, const void *data, gsize length);
int __real_fsync (int fd);
int __real_rename (const char *from, const char *to);
gssize __wrap_read (int fd, void *data, gsize length);
gssize __wrap_write (int fd, const void *data, gsize length);
int __wrap_fsync (int fd);
int __wrap_rename (const char *from, const char *to);

gssize
__wrap_read (int fd, void *data, gsize length)
{
  if (trouble.append_while_reading != NULL)
    {
      int other = open (trouble.append_while_reading, O_WRONLY | O_APPEND);
      g_assert_cmpint (__real_write (other, "more", 4), ==, 4);
      close (other);
      trouble.append_while_reading = NULL;
    }
  if (trouble.read_error == 0)
    return __real_read (fd, data, length);

  errno = trouble.read_error;
  return -1;
}

gssize
__wrap_write (int fd, const void *data, gsize length)
{
  if (trouble.write_error == 0 || fd <= STDERR_FILENO)
    return __real_write (fd, data, length);
  if (length > 1)
    return __real_write (fd, data, length / 2);

  errno = trouble.write_error;
  return -1;
}

int
__wrap_fsync (int fd)
{
  if (trouble.change_before_rename != NULL)
    {
      g_file_set_contents (trouble.change_before_rename, "theirs", -1, NULL);
      trouble.change_before_rename = NULL;
    }
  if (trouble.fsync_error == 0)
    return __real_fsync (fd);

  errno = trouble.fsync_error;
  return -1;
}

int
__wrap_rename (const char *from, const char *to)
{
  if (trouble.kill_at_rename)
    raise (SIGKILL);
  if (trouble.rename_error == 0)
    return __real_rename (from, to);

  errno = trouble.rename_error;
  return -1;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->before = g_get_current_dir ();
  self->folder = g_dir_make_tmp ("headroom-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  g_assert_cmpint (g_chdir (self->folder), ==, 0);
  memset (&trouble, 0, sizeof trouble);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_chdir (self->before), ==, 0);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->before);
}

static void
put (const char *name, const char *text)
{
  g_assert_true (g_file_set_contents (name, text, -1, NULL));
}

static void
assert_holds (const char *name, const char *text)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (name, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
assert_number_of_files (const char *folder, guint expected)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, expected);
}

static gboolean
save (const char *name, const char *etag, char **new_etag, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GBytes) bytes = fixture_text (NEW);

  return hr_safe_file_write (file, bytes, etag, new_etag, error);
}

static void
assert_saves (const char *name)
{
  g_autoptr (GError) error = NULL;

  save (name, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_holds (name, NEW);
}

static void
assert_not_saved (const char *name, const char *etag, HrError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (name, etag, NULL, &error));
  fixture_assert_error (&error, code, message);
}

static char *
read_etag (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GError) error = NULL;
  char *etag = NULL;
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, HR_MAX_FILE_BYTES, &etag, &error);

  g_assert_no_error (error);
  return etag;
}

static void
assert_not_read (const char *name, gsize max_bytes, const char *message)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, max_bytes, NULL, &error);

  g_assert_null (bytes);
  fixture_assert_error (&error, HR_ERROR_FILE, message);
}

static void
test_reads (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  put ("empty", "");
  g_autoptr (GFile) file = g_file_new_for_path ("a");
  g_autoptr (GFile) empty = g_file_new_for_path ("empty");
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, strlen (OLD), NULL, NULL);
  g_autoptr (GBytes) nothing = hr_safe_file_read (empty, 0, NULL, NULL);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), OLD, strlen (OLD));
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
}

static void
test_read_errors (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  g_assert_cmpint (g_mkdir ("folder", 0700), ==, 0);
  g_assert_cmpint (symlink ("loop", "loop"), ==, 0);
  g_assert_cmpint (symlink ("nowhere", "dangling"), ==, 0);

  assert_not_read ("a", strlen (OLD) - 1, "a: is larger than 16 bytes; choose a smaller file");
  assert_not_read ("no/such", 10, "no/such: there is no such file; check the name");
  assert_not_read ("dangling", 10, "dangling: there is no such file; check the name");
  assert_not_read ("a/b", 10, "a/b: there is no such file; check the name");
  assert_not_read ("folder", 10, "folder: is a folder; choose a file");
  assert_not_read ("loop", 10, "loop: cannot be read: it is a link that leads to itself; choose another file");
  assert_not_read ("/dev/zero", 10, "/dev/zero: is not a regular file; choose one");
}

/* Opening a pipe that nobody writes to would wait for ever. */
static void
test_read_pipe (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (mkfifo ("pipe", 0600), ==, 0);
  g_assert_cmpint (symlink ("pipe", "link"), ==, 0);

  assert_not_read ("pipe", 10, "pipe: is not a regular file; choose one");
  assert_not_read ("link", 10, "link: is not a regular file; choose one");
}

/* A file of the kernel says that it is empty and is not. */
static void
test_read_unbounded (Fixture *self, gconstpointer data)
{
  assert_not_read ("/proc/self/environ", 1, "/proc/self/environ: is larger than 1 byte; choose a smaller file");
}

/* What GIO reads and we cannot open ourselves. */
static void
test_resource (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("resource:///headroom/test/word");
  g_autoptr (GFile) folder = g_file_new_for_uri ("resource:///headroom/test");
  g_autoptr (GFile) missing = g_file_new_for_uri ("resource:///no/such/thing");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, 5, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "word\n", 5);
  g_assert_null (hr_safe_file_read (file, 4, NULL, &error));
  fixture_assert_error (&error, HR_ERROR_FILE,
                        "resource:///headroom/test/word: is larger than 4 bytes; choose a smaller file");
  g_assert_null (hr_safe_file_read (folder, 4, NULL, &error));
  fixture_assert_error (&error, HR_ERROR_FILE, "resource:///headroom/test: is a folder; choose a file");
  g_assert_null (hr_safe_file_read (missing, 10, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, "resource:///no/such/thing: "));
  g_clear_error (&error);
  g_assert_false (hr_safe_file_write (file, bytes, NULL, NULL, &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, "resource:///headroom/test/word: cannot be saved: "));
}

static void
test_changed_while_reading (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  trouble.append_while_reading = "a";
  assert_not_read ("a", HR_MAX_FILE_BYTES, "a: is being changed by another program; try again");

  trouble.read_error = EIO;
  assert_not_read ("a", HR_MAX_FILE_BYTES, "a: cannot be read: Input/output error; choose another file");
}

static void
test_writes (Fixture *self, gconstpointer data)
{
  struct stat before, after;

  put ("a", OLD);
  g_assert_cmpint (stat ("a", &before), ==, 0);
  assert_saves ("a");
  assert_saves ("new");
  g_assert_cmpint (stat ("a", &after), ==, 0);

  g_assert_cmpuint (before.st_ino, !=, after.st_ino);
  assert_number_of_files (".", 2);
}

static void
test_mode (Fixture *self, gconstpointer data)
{
  struct stat info;
  mode_t mask = umask (022);

  put ("a", OLD);
  g_assert_cmpint (g_chmod ("a", 0640), ==, 0);
  assert_saves ("a");
  assert_saves ("new");
  umask (mask);

  g_assert_cmpint (stat ("a", &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0640);
  g_assert_cmpint (stat ("new", &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0644);
}

static void
test_links (Fixture *self, gconstpointer data)
{
  g_autofree char *absolute = g_build_filename (self->folder, "other", "middle", NULL);

  g_assert_cmpint (g_mkdir ("other", 0700), ==, 0);
  put ("other/real", OLD);
  g_assert_cmpint (symlink ("real", "other/middle"), ==, 0);
  g_assert_cmpint (symlink (absolute, "link"), ==, 0);
  g_assert_cmpint (symlink ("other/not-yet", "dangling"), ==, 0);
  g_assert_cmpint (symlink ("loop", "loop"), ==, 0);

  assert_saves ("link");
  assert_saves ("dangling");
  assert_holds ("other/real", NEW);
  assert_holds ("other/not-yet", NEW);
  g_assert_true (g_file_test ("link", G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test ("other/middle", G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test ("dangling", G_FILE_TEST_IS_SYMLINK));
  assert_not_saved ("loop", NULL, HR_ERROR_FILE,
                    "loop: cannot be saved: it is a link that leads to itself; save elsewhere");
  assert_number_of_files (".", 4);
  assert_number_of_files ("other", 3);
}

static void
test_etag (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after_saving = NULL;

  put ("a", OLD);
  g_autofree char *etag = read_etag ("a");
  g_assert_true (save ("a", etag, &after_saving, &error));
  g_autofree char *read_again = read_etag ("a");
  g_assert_cmpstr (after_saving, ==, read_again);
  g_assert_cmpstr (after_saving, !=, etag);

  assert_not_saved ("a", etag, HR_ERROR_CHANGED,
                    "a: was changed by another program; reload it, or save to overwrite it");
  g_assert_true (save ("a", after_saving, NULL, &error));
}

/* Of the same length, at once: by rename as most programs save. */
static void
test_changed_by_rename (Fixture *self, gconstpointer data)
{
  put ("a", "12345");
  g_autofree char *etag = read_etag ("a");

  put ("b", "54321");
  g_assert_cmpint (g_rename ("b", "a"), ==, 0);
  assert_not_saved ("a", etag, HR_ERROR_CHANGED,
                    "a: was changed by another program; reload it, or save to overwrite it");
  assert_holds ("a", "54321");
  assert_number_of_files (".", 1);
}

static void
test_changed_while_saving (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  g_autofree char *etag = read_etag ("a");

  trouble.change_before_rename = "a";
  assert_not_saved ("a", etag, HR_ERROR_CHANGED,
                    "a: was changed by another program; reload it, or save to overwrite it");
  assert_holds ("a", "theirs");
  assert_number_of_files (".", 1);
}

static void
test_removed (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  g_autofree char *etag = read_etag ("a");

  g_unlink ("a");
  assert_not_saved ("a", etag, HR_ERROR_CHANGED, "a: was removed by another program; save it again to bring it back");
  assert_number_of_files (".", 0);
}

static void
test_not_files (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_mkdir ("folder", 0700), ==, 0);
  g_assert_cmpint (mkfifo ("pipe", 0600), ==, 0);
  g_autofree char *long_name = g_strnfill (300, 'n');
  g_autofree char *too_long
      = g_strconcat (long_name, ": cannot be saved: the name is too long; choose a shorter one", NULL);

  assert_not_saved ("folder", NULL, HR_ERROR_FILE, "folder: cannot be saved: it is a folder; choose another name");
  assert_not_saved ("pipe", NULL, HR_ERROR_FILE,
                    "pipe: cannot be saved: it is not a regular file; choose another name");
  assert_not_saved ("/dev/full", NULL, HR_ERROR_FILE,
                    "/dev/full: cannot be saved: it is not a regular file; choose another name");
  assert_not_saved ("gone/a", NULL, HR_ERROR_FILE, "gone/a: cannot be saved: there is no such folder; save elsewhere");
  assert_not_saved (long_name, NULL, HR_ERROR_FILE, too_long);
  assert_number_of_files (".", 2);
}

/* Root may write everywhere: as somebody else. */
static void
test_permissions (Fixture *self, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;

  if (is_root)
    {
      g_assert_cmpint (chown (self->folder, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (seteuid (NOBODY), ==, 0);
    }

  put ("a", OLD);
  g_assert_cmpint (g_chmod ("a", 0400), ==, 0);
  assert_not_saved ("a", NULL, HR_ERROR_FILE,
                    "a: cannot be saved: the file is read-only; change its permissions or save elsewhere");
  assert_holds ("a", OLD);
  g_assert_cmpint (g_chmod ("a", 0200), ==, 0);
  assert_not_read ("a", 10, "a: cannot be read: it is not yours to read; change its permissions");
  g_assert_cmpint (g_chmod (".", 0500), ==, 0);
  assert_not_saved ("b", NULL, HR_ERROR_FILE,
                    "b: cannot be saved: the folder is not yours to write to; save elsewhere");
  g_assert_cmpint (g_chmod (".", 0700), ==, 0);

  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

/* Whatever fails on the way: the old contents stay, nothing is left behind. */
static void
test_trouble (Fixture *self, gconstpointer data)
{
  put ("a", OLD);

  trouble.write_error = ENOSPC;
  assert_not_saved ("a", NULL, HR_ERROR_FILE,
                    "a: cannot be saved: the disk is full; free some space or save elsewhere");
  assert_not_saved ("new", NULL, HR_ERROR_FILE,
                    "new: cannot be saved: the disk is full; free some space or save elsewhere");
  trouble.write_error = EDQUOT;
  assert_not_saved ("a", NULL, HR_ERROR_FILE,
                    "a: cannot be saved: the disk is full; free some space or save elsewhere");
  trouble.write_error = 0;
  trouble.fsync_error = EIO;
  assert_not_saved ("a", NULL, HR_ERROR_FILE, "a: cannot be saved: Input/output error; save elsewhere");
  trouble.fsync_error = 0;
  trouble.rename_error = EROFS;
  assert_not_saved ("a", NULL, HR_ERROR_FILE, "a: cannot be saved: the disk is read-only; save elsewhere");
  trouble.rename_error = 0;

  assert_holds ("a", OLD);
  assert_number_of_files (".", 1);
  assert_saves ("a");
}

/* Returns: (transfer full): what a save of @name that was killed left in its folder, made to be @minutes old. */
static char *
kill_while_saving (const char *name, int minutes)
{
  g_autofree char *folder = g_path_get_dirname (name);
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      trouble.kill_at_rename = TRUE;
      save (name, NULL, NULL, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *left;
  while ((left = g_dir_read_name (dir)) != NULL)
    {
      struct stat info;
      const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = time (NULL) - 60 * minutes } };
      g_autofree char *path = g_build_filename (folder, left, NULL);

      /* Those that were left before are old already. */
      if (!g_str_has_prefix (left, ".headroom-") || g_stat (path, &info) != 0 || info.st_mtime < time (NULL) - 60)
        continue;
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      return g_steal_pointer (&path);
    }
  g_assert_not_reached ();
}

static void
clean (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);

  hr_safe_file_clean (file);
}

/* What a killed save leaves goes when it is old, of this file, and nobody's. */
static void
test_clean (Fixture *self, gconstpointer data)
{
  put ("a", OLD);
  g_assert_cmpint (symlink ("a", "link"), ==, 0);
  g_autofree char *others = kill_while_saving ("b", 10);
  g_autofree char *young = kill_while_saving ("a", 3);
  g_autofree char *old = kill_while_saving ("a", 10);
  g_autofree char *busy = kill_while_saving ("a", 10);
  int fd = open (busy, O_WRONLY);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  assert_holds ("a", OLD);
  clean ("link");

  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  assert_holds (young, NEW);
  assert_holds (others, NEW);
  assert_holds (busy, NEW);

  close (fd);
  clean ("a");
  g_assert_false (g_file_test (busy, G_FILE_TEST_EXISTS));
  clean ("no/such");
  assert_holds (others, NEW);
}

static void
test_display_name (Fixture *self, gconstpointer data)
{
  g_autofree char *inside_path = g_build_filename (self->folder, "sub", "a b.headroom", NULL);
  g_autoptr (GFile) inside = g_file_new_for_path (inside_path);
  g_autoptr (GFile) outside = g_file_new_for_path ("/nowhere/a.headroom");
  g_autofree char *inside_name = hr_file_display_name (inside);
  g_autofree char *outside_name = hr_file_display_name (outside);

  g_assert_cmpstr (inside_name, ==, "sub/a b.headroom");
  g_assert_cmpstr (outside_name, ==, "/nowhere/a.headroom");
}

static void
test_load (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("p.headroom");
  g_autoptr (GError) error = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *text = fixture_configuration ("");

  put ("p.headroom", text);
  g_autoptr (HrProjectData) project = hr_project_load (file, &etag, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (project->entries->len, ==, 1);
  g_autofree char *expected = read_etag ("p.headroom");
  g_assert_cmpstr (etag, ==, expected);

  g_clear_pointer (&etag, g_free);
  put ("p.headroom", "{");
  g_assert_null (hr_project_load (file, &etag, &error));
  g_assert_null (etag);
  fixture_assert_error (&error, HR_ERROR_SYNTAX,
                        "p.headroom: line 1, column 2: the file ends in the middle; it may be cut off");
}

#define ADD(PATH, TEST) g_test_add ("/safe-file/" PATH, Fixture, NULL, set_up, TEST, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reads", test_reads);
  ADD ("read-errors", test_read_errors);
  ADD ("read-pipe", test_read_pipe);
  ADD ("read-unbounded", test_read_unbounded);
  ADD ("resource", test_resource);
  ADD ("changed-while-reading", test_changed_while_reading);
  ADD ("writes", test_writes);
  ADD ("mode", test_mode);
  ADD ("links", test_links);
  ADD ("etag", test_etag);
  ADD ("changed-by-rename", test_changed_by_rename);
  ADD ("changed-while-saving", test_changed_while_saving);
  ADD ("removed", test_removed);
  ADD ("not-files", test_not_files);
  ADD ("permissions", test_permissions);
  ADD ("trouble", test_trouble);
  ADD ("clean", test_clean);
  ADD ("display-name", test_display_name);
  ADD ("load", test_load);

  return g_test_run ();
}
