/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include <string.h>

/* Each file of data/hostile is refused with the sentence beside it. */
static void
test_refused (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_build_filename ("data", "hostile", name, NULL);
  g_autoptr (GBytes) bytes = fixture_bytes (path);
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".headroom"));
  g_autofree char *expected_path = g_strconcat (stem, ".expected", NULL);
  g_autoptr (GBytes) expected_bytes = fixture_bytes (expected_path);
  g_autofree char *expected = g_strndup (g_bytes_get_data (expected_bytes, NULL), g_bytes_get_size (expected_bytes));
  g_autoptr (GError) error = NULL;
  g_autoptr (HrProjectData) project = hr_project_parse (bytes, name, &error);

  g_assert_null (project);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, g_strchomp (expected));
  g_assert_cmpuint (error->domain, ==, HR_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_autoptr (GPtrArray) names = fixture_names ("data/hostile", ".headroom");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/", names->pdata[i], NULL);
      g_test_add_data_func (path, names->pdata[i], test_refused);
    }
  g_assert_cmpuint (names->len, >, 100);

  return g_test_run ();
}
