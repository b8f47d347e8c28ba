/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hr-measurement.h"
#include "io/hr-project-io.h"

#include <string.h>

/* An entry that no file holds yet; what is added keeps it whole, and twice added is kept twice. */
static void
test_new_entry (void)
{
  HrJob job;
  HrMeasured figure = { .bytes = 42,
                        .metric = HR_METRIC_DEVICE,
                        .window = HR_MEASURED_TRAIN,
                        .confidence = HR_CONFIDENCE_HIGH,
                        .resolution_bytes = 1 };
  char source[] = "dry run";

  hr_job_init (&job);
  g_strlcpy (job.id, "c7", sizeof job.id);
  g_strlcpy (job.model_id, "openai-community/gpt2", sizeof job.model_id);
  figure.source = source;

  g_autoptr (HrEntry) plain = hr_entry_new (&job, NULL, NULL);
  g_autoptr (HrEntry) once = hr_entry_with_measured (plain, &figure, 1);
  memset (source, 'x', strlen (source));
  figure.bytes = 43;
  g_autoptr (HrEntry) twice = hr_entry_with_measured (once, &figure, 1);
  g_autofree char *text = hr_entry_serialize (twice);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (HrProjectData) project = hr_project_parse (bytes, "p", &error);
  g_assert_no_error (error);

  HrEntry *read = project->entries->pdata[0];
  size_t n_measured;
  const HrMeasured *measured = hr_entry_get_measured (read, &n_measured);

  g_assert_cmpuint (n_measured, ==, 2);
  g_assert_cmpuint (measured[0].bytes, ==, 42);
  g_assert_cmpstr (measured[0].source, ==, "dry run");
  g_assert_cmpint (measured[0].window, ==, HR_MEASURED_TRAIN);
  g_assert_cmpuint (measured[1].bytes, ==, 43);
  g_assert_true (hr_job_equal (hr_entry_get_job (read), &job));
  g_assert_true (hr_entry_equal (read, twice));
  g_assert_false (hr_entry_equal (plain, once));
  hr_entry_get_measured (plain, &n_measured);
  g_assert_cmpuint (n_measured, ==, 0);
}

/* An edit of a measured entry keeps what was added. */
static void
test_edited_entry (void)
{
  HrJob job;
  const HrMeasured figure = { .bytes = 42, .metric = HR_METRIC_DEVICE, .resolution_bytes = 1, .source = "dry run" };
  size_t n_measured;

  hr_job_init (&job);
  g_autoptr (HrEntry) plain = hr_entry_new (&job, NULL, NULL);
  g_autoptr (HrEntry) measured = hr_entry_with_measured (plain, &figure, 1);
  job.batch.micro_batch_size++;
  g_autoptr (HrEntry) edited = hr_entry_new (&job, NULL, measured);
  g_clear_pointer (&measured, hr_entry_unref);

  g_assert_cmpstr (hr_entry_get_measured (edited, &n_measured)->source, ==, "dry run");
  g_assert_cmpuint (n_measured, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measurement/new-entry", test_new_entry);
  g_test_add_func ("/measurement/edited-entry", test_edited_entry);

  return g_test_run ();
}
