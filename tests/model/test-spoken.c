/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "model/hr-spoken.h"

#include <string.h>

static void
assert_spoken (guint64 bytes, HrUnits units, const char *expected)
{
  g_autofree char *text = hr_spoken_bytes (bytes, units);

  g_assert_cmpstr (text, ==, expected);
}

/* What is shown decides the plural, not the bytes behind it. */
static void
test_sizes (void)
{
  assert_spoken (13600000000, HR_UNITS_GB, "13.6 gigabytes");
  assert_spoken (1000000000, HR_UNITS_GB, "1.0 gigabyte");
  assert_spoken (1040000000, HR_UNITS_GB, "1.0 gigabyte");
  assert_spoken (1100000000, HR_UNITS_GB, "1.1 gigabytes");
  assert_spoken (0, HR_UNITS_GB, "0.0 gigabytes");
  assert_spoken (UINT64_C (1) << 30, HR_UNITS_GIB, "1.0 gibibyte");
  assert_spoken (UINT64_C (16) << 30, HR_UNITS_GIB, "16.0 gibibytes");
}

/* Returns: whether the figure before @unit at @place is at most @last, which it replaces. */
static gboolean
goes_down (const char *place, double *last)
{
  const char *figure = place;

  while (figure[-1] == '.' || g_ascii_isdigit (figure[-1]))
    figure--;

  double size = g_ascii_strtod (figure, NULL);
  gboolean down = size <= *last;

  *last = size;
  return down;
}

static void
test_configuration (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, 2);
  double last = G_MAXDOUBLE;

  hr_project_flush (project);
  g_autofree char *text = hr_spoken_configuration (configuration, HR_UNITS_GB);
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  g_autofree char *whole
      = g_strdup_printf ("QLoRA r16: %.1f of %.1f gigabytes, ", (double) estimate->peak.device_bytes / 1e9,
                         (double) estimate->fit.capacity_bytes / 1e9);

  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, whole));
  g_assert_nonnull (strstr (text, "; Weights "));
  g_assert_null (strstr (text, "GB"));

  /* The largest part comes first. */
  const char *parts = strchr (text, ';');
  for (const char *place = strstr (parts, " gigabyte"); place != NULL; place = strstr (place + 1, " gigabyte"))
    g_assert_true (goes_down (place, &last));
}

/* A line for each, which follows edits. */
static void
test_project (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autofree char *before = hr_spoken_project (project);
  g_auto (GStrv) lines = g_strsplit (before, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, g_list_model_get_n_items (G_LIST_MODEL (project)));
  g_object_set (hr_project_get_configuration (project, 2), "name", "Smaller", NULL);

  g_autofree char *after = hr_spoken_project (project);

  g_assert_nonnull (strstr (after, "\nSmaller: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spoken/sizes", test_sizes);
  g_test_add_func ("/spoken/configuration", test_configuration);
  g_test_add_func ("/spoken/project", test_project);

  return g_test_run ();
}
