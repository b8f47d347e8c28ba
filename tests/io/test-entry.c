/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "catalog/hr-catalog.h"

#include <string.h>

#define GPT2 "openai-community/gpt2"
#define BERT "google-bert/bert-base-uncased"

static HrJob
job_of (const char *model_id)
{
  HrJob job;

  hr_job_init (&job);
  hr_field_set_text (hr_field (HR_JOB_ID), &job, "c1");
  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, model_id);
  return job;
}

static void
assert_shape (HrEntry *entry, const char *model_id)
{
  g_assert_cmpmem (hr_entry_get_architecture (entry), sizeof (HrArchitecture),
                   &hr_catalog_find_model (model_id)->architecture, sizeof (HrArchitecture));
}

static void
test_looks_up (void)
{
  HrJob job = job_of (GPT2);
  g_autoptr (HrEntry) entry = hr_entry_new (&job, NULL, NULL);
  HrJob unknown = job_of ("nobody/nothing");
  g_autoptr (HrEntry) empty = hr_entry_new (&unknown, NULL, NULL);

  assert_shape (entry, GPT2);
  g_assert_cmpuint (hr_entry_get_architecture (empty)->num_hidden_layers, ==, 0);
}

/* An edit that does not touch the model keeps the model's shape, one that does looks it up. */
static void
test_like (void)
{
  HrArchitecture own = hr_catalog_find_model (GPT2)->architecture;
  HrJob job = job_of ("my/model");

  own.num_hidden_layers = 3;
  g_autoptr (HrEntry) entry = hr_entry_new (&job, &own, NULL);
  job.method.rank = 8;
  g_autoptr (HrEntry) edited = hr_entry_new (&job, NULL, entry);
  g_assert_cmpmem (hr_entry_get_architecture (edited), sizeof own, &own, sizeof own);

  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, BERT);
  g_autoptr (HrEntry) other = hr_entry_new (&job, NULL, edited);
  assert_shape (other, BERT);
}

static void
test_keeps_measurements (void)
{
  g_autofree char *text = fixture_configuration ("\"measured\": [{\"bytes\": 5, \"metric\": \"device\"}], \"x\": [1]");
  g_autoptr (HrProjectData) project = fixture_project (text);
  HrJob job = *hr_entry_get_job (project->entries->pdata[0]);
  size_t n_measured;

  job.method.rank = 8;
  g_autoptr (HrEntry) edited = hr_entry_new (&job, NULL, project->entries->pdata[0]);
  g_clear_pointer (&project, hr_project_data_free);

  const HrMeasured *measured = hr_entry_get_measured (edited, &n_measured);
  g_assert_cmpuint (n_measured, ==, 1);
  g_assert_cmpuint (measured->bytes, ==, 5);
  g_assert_cmpint (measured->metric, ==, HR_METRIC_DEVICE);
  g_assert_cmpint (measured->confidence, ==, HR_CONFIDENCE_HIGH);
  g_assert_cmpuint (measured->resolution_bytes, ==, 1);
  g_assert_cmpstr (measured->source, ==, "");
  g_autofree char *written = hr_entry_serialize (edited);
  g_assert_nonnull (strstr (written, "\"x\": ["));

  g_autoptr (HrEntry) bare = hr_entry_new (&job, NULL, NULL);
  g_assert_null (hr_entry_get_measured (bare, &n_measured));
  g_assert_cmpuint (n_measured, ==, 0);
}

static void
test_equal (void)
{
  HrJob job = job_of (GPT2);
  g_autoptr (HrEntry) entry = hr_entry_new (&job, NULL, NULL);
  g_autoptr (HrEntry) same = hr_entry_new (&job, NULL, entry);

  job.gpu.count = 2; /* of a card that is not set: not written */
  g_autoptr (HrEntry) alike = hr_entry_new (&job, NULL, entry);
  job.batch.padding = true;
  g_autoptr (HrEntry) different = hr_entry_new (&job, NULL, entry);
  HrArchitecture shape = *hr_entry_get_architecture (entry);
  shape.vocab_size++;
  job = job_of (GPT2);
  g_autoptr (HrEntry) other_shape = hr_entry_new (&job, &shape, entry);

  g_assert_true (hr_entry_equal (entry, same));
  g_assert_true (hr_entry_equal (entry, alike));
  g_assert_false (hr_entry_equal (entry, different));
  g_assert_false (hr_entry_equal (entry, other_shape));
}

static void
test_clipboard (void)
{
  g_autofree char *text = fixture_configuration ("\"id\": \"a\", \"method\": {\"rank\": 4, \"x\": 1.50}");
  g_autoptr (HrProjectData) project = fixture_project (text);
  g_autofree char *copied = hr_entry_serialize (project->entries->pdata[0]);
  g_autoptr (HrProjectData) pasted = fixture_project (copied);

  g_assert_cmpuint (pasted->entries->len, ==, 1);
  g_assert_true (hr_entry_equal (project->entries->pdata[0], pasted->entries->pdata[0]));
  g_assert_nonnull (strstr (copied, "\"x\": 1.50"));
}

/* What was read by its id alone stays so; another model is written with its shape. */
static void
test_model_is_written (void)
{
  g_autofree char *text = fixture_configuration ("\"id\": \"a\"");
  g_autoptr (HrProjectData) project = fixture_project (text);
  HrEntry *entry = project->entries->pdata[0];
  HrJob job = *hr_entry_get_job (entry);

  job.method.rank = 8;
  g_autoptr (HrEntry) edited = hr_entry_new (&job, hr_entry_get_architecture (entry), entry);
  g_autofree char *same_model = hr_entry_serialize (edited);
  g_assert_null (strstr (same_model, "config\": {"));

  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, GPT2);
  g_autoptr (HrEntry) changed = hr_entry_new (&job, NULL, edited);
  g_autofree char *other_model = hr_entry_serialize (changed);
  g_autoptr (HrProjectData) read = fixture_project (other_model);
  g_assert_nonnull (strstr (other_model, "\"id\": \"" GPT2 "\",\n        \"config\": {"));
  assert_shape (read->entries->pdata[0], GPT2);

  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, "meta-llama/Meta-Llama-3-8B");
  g_autoptr (HrEntry) back = hr_entry_new (&job, NULL, changed);
  g_assert_true (hr_entry_equal (back, edited));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/looks-up", test_looks_up);
  g_test_add_func ("/entry/like", test_like);
  g_test_add_func ("/entry/keeps-measurements", test_keeps_measurements);
  g_test_add_func ("/entry/equal", test_equal);
  g_test_add_func ("/entry/clipboard", test_clipboard);
  g_test_add_func ("/entry/model-is-written", test_model_is_written);

  return g_test_run ();
}
