/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include <string.h>

GBytes *
fixture_bytes (const char *path)
{
  g_autofree char *file_name = g_test_build_filename (G_TEST_DIST, path, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (file_name, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

GBytes *
fixture_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
fixture_names (const char *folder, const char *suffix)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

HrProjectData *
fixture_project (const char *text)
{
  g_autoptr (GBytes) bytes = fixture_text (text);
  g_autoptr (GError) error = NULL;
  HrProjectData *project = hr_project_parse (bytes, "p.headroom", &error);

  g_assert_no_error (error);
  g_assert_nonnull (project);
  return project;
}

char *
fixture_configuration (const char *members)
{
  return g_strdup_printf ("{\"format\": \"headroom-project\", \"version\": 1, \"configurations\": "
                          "[{\"model\": {\"id\": \"meta-llama/Meta-Llama-3-8B\"}%s%s}]}",
                          *members != '\0' ? ", " : "", members);
}

char *
fixture_written (const HrProjectData *project)
{
  g_autoptr (GBytes) bytes = hr_project_serialize (project);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

void
fixture_assert_error (GError **error, HrError code, const char *message)
{
  g_assert_nonnull (*error);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_assert_error (*error, HR_ERROR, (int) code);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}
