/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "catalog/hr-catalog.h"
#include "io/hr-project-gpus.h"

#include <locale.h>
#include <string.h>

#define HEAD "{\n  \"format\": \"headroom-project\",\n  \"version\": 1"
#define MODEL "      \"model\": {\n        \"id\": \"meta-llama/Meta-Llama-3-8B\"\n      }"
#define ONE_CONFIGURATION(MEMBERS)                                                                                     \
  HEAD ",\n  \"configurations\": [\n    {\n      \"id\": \"a\",\n" MODEL MEMBERS "\n    }\n  ]\n}\n"

static void
assert_same_bytes (GBytes *bytes, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HrProjectData) project = hr_project_parse (bytes, name, &error);

  g_assert_no_error (error);
  g_autoptr (GBytes) written = hr_project_serialize (project);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), g_bytes_get_data (written, NULL),
                   g_bytes_get_size (written));
}

static void
assert_stays (const char *text)
{
  g_autoptr (HrProjectData) project = fixture_project (text);
  g_autofree char *written = fixture_written (project);

  g_assert_cmpstr (written, ==, text);
}

static void
assert_becomes (const char *text, const char *canonical)
{
  g_autoptr (HrProjectData) project = fixture_project (text);
  g_autofree char *written = fixture_written (project);

  g_assert_cmpstr (written, ==, canonical);
  assert_stays (canonical);
}

/* Replaces the first configuration by one that @edit has changed. */
static void
edit_first (HrProjectData *project, void (*edit) (HrJob *job))
{
  HrEntry *entry = project->entries->pdata[0];
  HrJob job = *hr_entry_get_job (entry);

  edit (&job);
  project->entries->pdata[0] = hr_entry_new (&job, hr_entry_get_architecture (entry), entry);
  hr_entry_unref (entry);
}

static void
assert_edited (const char *text, void (*edit) (HrJob *job), const char *edited)
{
  g_autoptr (HrProjectData) project = fixture_project (text);

  edit_first (project, edit);
  g_autofree char *written = fixture_written (project);
  g_assert_cmpstr (written, ==, edited);
}

static void
test_round_trip (gconstpointer path)
{
  g_autoptr (GBytes) bytes = fixture_bytes (path);

  assert_same_bytes (bytes, path);
}

/* All 186 rows of measured runs: a peak each, or figures for parts. */
static void
test_measured (void)
{
  g_autoptr (GPtrArray) names = fixture_names ("data/measured/published", ".headroom");
  guint n_rows = 0;
  size_t n_peaks = 0;
  size_t n_parts = 0;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename ("data", "measured", "published", names->pdata[i], NULL);
      g_autoptr (GBytes) bytes = fixture_bytes (path);
      g_autoptr (HrProjectData) project = hr_project_parse (bytes, path, NULL);

      for (guint row = 0; row < project->entries->len; row++)
        {
          size_t n_measured, n_components;
          const HrMeasured *measured = hr_entry_get_measured (project->entries->pdata[row], &n_measured);
          const HrMeasured *components = hr_entry_get_measured_components (project->entries->pdata[row], &n_components);
          const HrMeasured *first = n_measured > 0 ? measured : components;

          g_assert_cmpuint (n_measured + n_components, >, 0);
          g_assert_cmpuint (first->bytes, >, 1000000);
          g_assert_cmpstr (first->source, !=, "");
          n_peaks += n_measured;
          n_parts += n_components;
          n_rows++;
        }
    }
  g_assert_cmpuint (n_rows, ==, 186);
  g_assert_cmpuint (n_peaks, ==, 178);
  g_assert_cmpuint (n_parts, ==, 8);
}

static void
test_first_measurement (void)
{
  g_autoptr (GBytes) bytes = fixture_bytes ("data/measured/published/fms.headroom");
  g_autoptr (HrProjectData) project = hr_project_parse (bytes, "fms", NULL);
  size_t n_measured;
  const HrMeasured *measured = hr_entry_get_measured (project->entries->pdata[0], &n_measured);

  g_assert_cmpuint (n_measured, ==, 1);
  g_assert_cmpuint (measured->bytes, ==, G_GUINT64_CONSTANT (11267846701));
  g_assert_cmpint (measured->metric, ==, HR_METRIC_MAX_ALLOCATED);
  g_assert_cmpstr (measured->gpu, ==, "a100-80gb-sxm");
  g_assert_cmpint (measured->confidence, ==, HR_CONFIDENCE_HIGH);
  g_assert_cmpint (measured->window, ==, HR_MEASURED_TRAIN);
  g_assert_cmpuint (measured->resolution_bytes, ==, 1073742);
  g_assert_nonnull (strstr (measured->source, "id=fms-001"));
}

/* Spaces, escapes and the order of known members are the writer's; spelling of numbers and the rest are the file's. */
static void
test_canonical (void)
{
  assert_becomes (
      "{\"configurations\":[ {\"measured\":[],\"method\":{\"dropout\":0.0,\"alpha\":3.2e1,\"rank\":8},"
      "\"model\":{\"id\":\"meta-llama/Meta-Llama-3-8B\"},\"id\":\"\\u0061\"}],\"version\":1,"
      "\"format\":\"headroom-project\",\"name\":\"a\\/b \\u00e9 \\u001f\"}",
      HEAD ",\n  \"name\": \"a/b \303\251 \\u001f\",\n  \"configurations\": [\n    {\n      \"id\": \"a\",\n" MODEL
           ",\n      \"method\": {\n        \"rank\": 8,\n        \"alpha\": 3.2e1,\n        \"dropout\": "
           "0.0\n      },\n      \"measured\": []\n    }\n  ]\n}\n");
}

static void
test_unknown_members (void)
{
  assert_stays (
      "{\n  \"before\": [],\n  \"format\": \"headroom-project\",\n  \"x-after-format\": {},\n  \"version\": 1,\n"
      "  \"gpu\": {\n    \"maker\": \"?\",\n    \"id\": \"t4\",\n    \"slots\": [\n      1,\n      2.50\n    ]\n  },\n"
      "  \"dataset\": {\n    \"samples\": 5,\n    \"shuffled\": true\n  },\n"
      "  \"configurations\": [\n    {\n      \"colour\": \"red\",\n      \"id\": \"a\",\n" MODEL ",\n"
      "      \"method\": {\n        \"x\": null,\n        \"kind\": \"lora\",\n        \"y\": -0,\n        \"z\": "
      "1E+3,\n"
      "        \"rank\": 4\n      },\n      \"future\": {\n        \"deep\": [\n          {}\n        ]\n      },\n"
      "      \"measured\": [],\n      \"last\": \"\"\n    }\n  ],\n  \"end\": true\n}\n");
}

/* Known members out of order are put in order, and take what followed them along. */
static void
test_unknown_members_follow (void)
{
  assert_becomes (
      HEAD ",\n  \"configurations\": [{\"first\": 1, \"method\": {}, \"after method\": 2, \"id\": \"a\", "
           "\"after id\": 3, \"model\": {\"id\": \"meta-llama/Meta-Llama-3-8B\"}}]}",
      HEAD
      ",\n  \"configurations\": [\n    {\n      \"first\": 1,\n      \"id\": \"a\",\n      \"after id\": 3,\n" MODEL
      ",\n      \"method\": {},\n      \"after method\": 2\n    }\n  ]\n}\n");
}

static void
set_rank_32 (HrJob *job)
{
  job->method.rank = 32;
}

static void
set_defaults_again (HrJob *job)
{
  HrJob defaults;

  hr_job_init (&defaults);
  job->method = defaults.method;
  job->activations = defaults.activations;
}

static void
set_reentrant (HrJob *job)
{
  job->activations.reentrant = HR_CHOICE_YES;
}

static void
set_gpu (HrJob *job)
{
  job->gpu.set = true;
  hr_field_set_text (hr_field (HR_JOB_GPU_ID), job, "l4");
}

static void
unset_gpu (HrJob *job)
{
  job->gpu.set = false;
}

static void
set_targets (HrJob *job)
{
  job->method.targets = (HrTargets){ .count = 1, .names = { "q_proj" } };
}

static void
test_edits (void)
{
  const char *plain = ONE_CONFIGURATION ("");
  const char *lora = ONE_CONFIGURATION (
      ",\n      \"method\": {\n        \"rank\": 8,\n        \"x\": 1,\n        \"alpha\": 16.0\n      }");

  assert_edited (plain, set_rank_32, ONE_CONFIGURATION (",\n      \"method\": {\n        \"rank\": 32\n      }"));
  assert_edited (
      lora, set_rank_32,
      ONE_CONFIGURATION (
          ",\n      \"method\": {\n        \"rank\": 32,\n        \"x\": 1,\n        \"alpha\": 16.0\n      }"));
  assert_edited (
      lora, set_defaults_again,
      ONE_CONFIGURATION (
          ",\n      \"method\": {\n        \"rank\": 16,\n        \"x\": 1,\n        \"alpha\": 32\n      }"));
  assert_edited (plain, set_defaults_again, plain);
  assert_edited (plain, set_reentrant,
                 ONE_CONFIGURATION (",\n      \"activations\": {\n        \"reentrant\": true\n      }"));
  assert_edited (
      plain, set_targets,
      ONE_CONFIGURATION (",\n      \"method\": {\n        \"targets\": [\n          \"q_proj\"\n        ]\n      }"));
  assert_edited (plain, unset_gpu, plain);
  assert_edited (plain, set_gpu,
                 ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"id\": \"l4\",\n        \"count\": 1\n      }"));
  assert_edited (ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"id\": \"t4\",\n        \"rack\": 7\n      }"),
                 set_gpu,
                 ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"id\": \"l4\",\n        \"rack\": 7\n      }"));
  assert_edited (ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"id\": \"t4\"\n      }"), unset_gpu,
                 ONE_CONFIGURATION (",\n      \"gpu\": null"));
}

/* A member that follows the stack's habit again is left out. */
static void
test_choice_left_out (void)
{
  assert_edited (
      ONE_CONFIGURATION (",\n      \"activations\": {\n        \"reentrant\": true,\n        \"x\": 1\n      }"),
      set_defaults_again, ONE_CONFIGURATION (",\n      \"activations\": {\n        \"x\": 1\n      }"));
}

static void
test_project_members (void)
{
  g_autoptr (HrProjectData) project
      = fixture_project (HEAD ", \"dataset\": {\"epochs\": 3.0}, \"configurations\": []}");

  g_assert_cmpstr (project->name, ==, "");
  g_assert_cmpstr (project->gpu.id, ==, "");
  g_assert_cmpuint (project->gpu.count, ==, 1);
  g_assert_cmpint (project->units, ==, HR_UNITS_GB);
  g_assert_true (project->has_dataset);
  g_assert_cmpfloat (project->dataset.epochs, ==, 3);
  g_assert_false (project->read_only);

  g_free (project->name);
  project->name = g_strdup ("\"quoted\"\n");
  g_strlcpy (project->gpu.id, "t4", sizeof project->gpu.id);
  project->units = HR_UNITS_GIB;
  project->dataset.mean_tokens = 0.1;
  g_autofree char *written = fixture_written (project);
  g_assert_cmpstr (written, ==,
                   HEAD ",\n  \"name\": \"\\\"quoted\\\"\\n\",\n  \"gpu\": {\n    \"id\": \"t4\"\n  },\n  \"units\": "
                        "\"GiB\",\n  \"dataset\": {\n    \"mean_tokens\": 0.1,\n    \"epochs\": 3.0\n  },\n  "
                        "\"configurations\": []\n}\n");
}

/* What time and cost rest on is written where it is said, and only then. */
static void
test_assumptions (void)
{
  g_autoptr (HrProjectData) project = fixture_project (HEAD ", \"configurations\": []}");

  g_assert_cmpfloat (project->assumptions.utilization, ==, 0);
  project->assumptions.price_per_gpu_hour = 1.89;
  project->assumptions.utilization = 0.5;
  g_autofree char *written = fixture_written (project);
  g_assert_cmpstr (written, ==,
                   HEAD ",\n  \"assumptions\": {\n    \"utilization\": 0.5,\n    \"price_per_gpu_hour\": 1.89\n  },\n"
                        "  \"configurations\": []\n}\n");
  g_autoptr (HrProjectData) again = fixture_project (written);
  g_assert_cmpfloat (again->assumptions.price_per_gpu_hour, ==, 1.89);
  again->assumptions.packing_efficiency = 0.9;
  g_assert_false (hr_project_data_equal (project, again));

  assert_stays (HEAD ",\n  \"assumptions\": {\n    \"wind\": \"east\",\n    \"padding_efficiency\": 0.50\n  },\n"
                     "  \"configurations\": []\n}\n");
  assert_stays (HEAD ",\n  \"assumptions\": {},\n  \"configurations\": []\n}\n");
}

/* Of a card that the catalogue lacks. */
static void
test_own_card (void)
{
  assert_stays (
      HEAD
      ",\n  \"gpu\": {\n    \"id\": \"prototype\",\n    \"name\": \"Prototype\"\n  },\n  \"configurations\": []\n}\n");
  assert_stays (HEAD ",\n  \"gpu\": null,\n  \"configurations\": []\n}\n");
  assert_stays (
      ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"count\": 2,\n        \"name\": \"TITAN RTX 24 GB\"\n      }"));
}

/* Of the user's own catalogue: the project says what it needs to know of it, and that counts. */
static void
test_carried_cards (void)
{
  static const char *text
      = HEAD ",\n  \"gpu\": {\n    \"id\": \"cellar\"\n  },\n"
             "  \"gpus\": [\n    {\n      \"id\": \"cellar\",\n      \"name\": \"Cellar Card\",\n"
             "      \"memory_total_mib\": 12000,\n      \"memory_bandwidth_gbps\": 504.0,\n      \"fan\": \"loud\"\n"
             "    },\n    {\n      \"id\": \"T4\",\n      \"name\": \"Half a T4\",\n      \"memory_gb\": 8\n"
             "    }\n  ],\n"
             "  \"configurations\": [\n    {\n      \"model\": {\n        \"id\": \"openai-community/gpt2\"\n      },\n"
             "      \"gpu\": {\n        \"id\": \"cellar\"\n      }\n    }\n  ]\n}\n";
  g_autoptr (HrProjectData) project = fixture_project (text);
  g_autoptr (HrProjectData) copy = hr_project_data_copy (project);

  assert_stays (text);
  g_assert_cmpuint (hr_project_data_find_gpu (project, "cellar")->gpu.memory_total_mib, ==, 12000);
  g_assert_cmpstr (hr_project_data_find_gpu (project, "t4")->gpu.name, ==, "Half a T4");
  g_assert_cmpstr (hr_project_data_find_gpu (project, "l4")->gpu.id, ==, "l4");
  g_assert_true (hr_project_data_equal (project, copy));

  /* Choosing the catalogue's card forgets what the project says of it. */
  hr_project_data_carry_gpu (copy, "t4");
  g_assert_cmpstr (hr_project_data_find_gpu (copy, "t4")->gpu.name, !=, "Half a T4");
  g_assert_false (hr_project_data_equal (project, copy));
  hr_project_data_carry_gpu (copy, "cellar");
  g_assert_nonnull (hr_project_data_find_gpu (copy, "cellar"));
}

static void
test_limits (void)
{
  const char *limited = HEAD ",\n  \"gpu\": {\n    \"id\": \"t4\",\n    \"in_use_mib\": 1500,\n    \"margin_percent\": "
                             "5.0\n  },\n  \"configurations\": []\n}\n";
  g_autoptr (HrProjectData) project = fixture_project (limited);

  assert_stays (limited);
  assert_stays (ONE_CONFIGURATION (",\n      \"gpu\": {\n        \"id\": \"l4\",\n        \"in_use_mib\": 0,\n        "
                                   "\"margin_percent\": 2.5\n      }"));
  g_assert_cmpuint (project->gpu.limits.in_use_mib, ==, 1500);
  g_assert_cmpfloat (project->gpu.limits.margin_percent, ==, 5);

  g_autoptr (HrProjectData) edited = hr_project_data_copy (project);
  edited->gpu.limits.margin_percent = 7.5;
  g_assert_false (hr_project_data_equal (project, edited));
  edited->gpu.limits = (HrGpuLimits){ 0 };
  g_autofree char *written = fixture_written (edited);
  g_assert_cmpstr (written, ==,
                   HEAD ",\n  \"gpu\": {\n    \"id\": \"t4\",\n    \"in_use_mib\": 0,\n    \"margin_percent\": 0\n  },"
                        "\n  \"configurations\": []\n}\n");

  /* Left out where nobody chose it. */
  g_autoptr (HrProjectData) plain = hr_project_data_new ("");
  g_autofree char *without = fixture_written (plain);
  g_assert_null (strstr (without, "in_use_mib"));
  plain->gpu.limits.in_use_mib = 1;
  g_autofree char *with = fixture_written (plain);
  g_assert_nonnull (strstr (with, "\"count\": 1,\n    \"in_use_mib\": 1\n"));
}

static void
test_limits_out_of_range (void)
{
  static const char *const refused[][2] = {
    { "\"in_use_mib\": -1", "gpu.in_use_mib: " },
    { "\"in_use_mib\": 16777217", "gpu.in_use_mib: " },
    { "\"in_use_mib\": 1.5", "gpu.in_use_mib: " },
    { "\"margin_percent\": 90.1", "gpu.margin_percent: " },
    { "\"margin_percent\": \"5\"", "gpu.margin_percent: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *text
          = g_strconcat (HEAD, ", \"gpu\": {\"id\": \"t4\", ", refused[i][0], "}, \"configurations\": []}", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;

      g_assert_null (hr_project_parse (bytes, "p", &error));
      g_assert_error (error, HR_ERROR, HR_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, refused[i][1]));
    }
}

static void
test_generated_ids (void)
{
  g_autoptr (HrProjectData) project
      = fixture_project (HEAD ", \"configurations\": [{\"model\": {\"id\": \"openai-community/gpt2\"}}, "
                              "{\"id\": \"c2\", \"model\": {\"id\": \"openai-community/gpt2\"}}, "
                              "{\"model\": {\"id\": \"openai-community/gpt2\"}}]}");
  HrJob copy = *hr_entry_get_job (project->entries->pdata[2]);

  g_assert_cmpstr (hr_entry_get_job (project->entries->pdata[0])->id, ==, "c1");
  g_assert_cmpstr (hr_entry_get_job (project->entries->pdata[1])->id, ==, "c2");
  g_assert_cmpstr (copy.id, ==, "c3");

  /* Written only where they are somebody's choice. */
  g_autofree char *before = fixture_written (project);
  g_assert_null (strstr (before, "\"c1\""));
  g_assert_null (strstr (before, "\"c3\""));
  hr_field_set_text (hr_field (HR_JOB_ID), &copy, "c4");
  g_ptr_array_add (project->entries, hr_entry_new (&copy, NULL, project->entries->pdata[2]));
  g_autofree char *after = fixture_written (project);
  g_assert_nonnull (strstr (after, "\"id\": \"c4\""));
}

static void
test_newer_version (void)
{
  const char *text
      = "{\"version\": 2, \"format\": \"headroom-project\", \"name\": \"later\", \"units\": \"TB\",\n"
        " \"gpu\": [1], \"configurations\": [\n"
        " {\"id\": \"a\", \"model\": {\"id\": \"openai-community/gpt2\"}, \"method\": {\"kind\": \"telepathy\", "
        "\"rank\": 4}, \"batch\": [7], \"measured\": 5},\n"
        " {\"id\": \"b\", \"model\": {\"id\": \"not/yet-known\"}},\n"
        " {\"id\": \"c\", \"model\": {\"id\": \"openai-community/gpt2\"}}, 12]}";
  g_autoptr (HrProjectData) project = fixture_project (text);
  const HrJob *job = hr_entry_get_job (project->entries->pdata[0]);

  g_assert_true (project->read_only);
  g_assert_cmpstr (project->name, ==, "later");
  g_assert_cmpuint (project->entries->len, ==, 2);
  g_assert_cmpint (job->method.kind, ==, HR_METHOD_FULL);
  g_assert_cmpuint (job->method.rank, ==, 4);
  g_assert_cmpuint (job->batch.micro_batch_size, ==, 1);
  g_assert_cmpstr (hr_entry_get_job (project->entries->pdata[1])->id, ==, "c");

  g_autofree char *written = fixture_written (project);
  g_assert_cmpstr (written, ==, text);
}

static void
test_new_project (void)
{
  g_autoptr (HrProjectData) project = hr_project_data_new ("New");
  HrJob job;

  hr_job_init (&job);
  hr_job_apply_template (&job, HR_TASK_TRAIN, HR_METHOD_QLORA);
  hr_field_set_text (hr_field (HR_JOB_ID), &job, "c1");
  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, "google/gemma-2-9b");
  g_ptr_array_add (project->entries, hr_entry_new (&job, NULL, NULL));

  g_autofree char *written = fixture_written (project);
  g_autoptr (HrProjectData) read = fixture_project (written);
  g_assert_true (hr_project_data_equal (project, read));
  g_assert_true (hr_job_equal (hr_entry_get_job (read->entries->pdata[0]), &job));
  g_assert_cmpmem (hr_entry_get_architecture (read->entries->pdata[0]), sizeof (HrArchitecture),
                   &hr_catalog_find_model ("google/gemma-2-9b")->architecture, sizeof (HrArchitecture));

  /* A saved project opens the same when the catalogue changes: it carries the shape. */
  g_assert_nonnull (strstr (written, "\"id\": \"google/gemma-2-9b\",\n        \"config\": {"));
  g_assert_nonnull (strstr (written, "\"norms_per_layer\": 4"));
  assert_stays (written);
}

static void
test_too_many_configurations (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ", \"configurations\": [");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < HR_MAX_CONFIGURATIONS; i++)
    g_string_append (text, "{\"model\": {\"id\": \"openai-community/gpt2\"}},");
  gsize filled = text->len;
  g_string_overwrite (text, filled - 1, "]}");
  g_autoptr (HrProjectData) most = fixture_project (text->str);
  g_assert_cmpuint (most->entries->len, ==, HR_MAX_CONFIGURATIONS);
  g_assert_cmpstr (hr_entry_get_job (most->entries->pdata[9999])->id, ==, "c10000");

  g_string_truncate (text, filled - 1);
  g_string_append (text, ",{}]}");
  g_autoptr (GBytes) bytes = fixture_text (text->str);
  g_assert_null (hr_project_parse (bytes, "p.headroom", &error));
  fixture_assert_error (&error, HR_ERROR_VALUE,
                        "p.headroom:configurations: the list has 10001 elements; allowed: at most 10000");
}

static void
test_equality (void)
{
  g_autoptr (HrProjectData) project = fixture_project (ONE_CONFIGURATION (""));
  g_autoptr (HrProjectData) again = fixture_project (ONE_CONFIGURATION (""));
  g_autoptr (HrProjectData) other = fixture_project (ONE_CONFIGURATION (",\n      \"x\": 1"));
  g_autoptr (HrProjectData) copy = hr_project_data_copy (project);

  g_assert_true (hr_project_data_equal (project, again));
  g_assert_true (hr_project_data_equal (project, copy));
  g_assert_true (project->entries->pdata[0] == copy->entries->pdata[0]);
  g_assert_false (hr_project_data_equal (project, other));

  edit_first (copy, set_rank_32);
  g_assert_false (hr_project_data_equal (project, copy));
  g_assert_cmpuint (hr_entry_get_job (project->entries->pdata[0])->method.rank, ==, 16);
  edit_first (copy, set_defaults_again);
  g_assert_true (hr_project_data_equal (project, copy));
  copy->dataset.samples = 1;
  g_assert_false (hr_project_data_equal (project, copy));
}

/* Digits and the decimal point do not depend on the language. */
static void
test_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no German locale here");
      return;
    }
  assert_stays (ONE_CONFIGURATION (",\n      \"method\": {\n        \"dropout\": 0.05\n      }"));
  g_autoptr (HrProjectData) project = fixture_project (ONE_CONFIGURATION (""));
  project->has_dataset = TRUE;
  project->dataset.epochs = 1.5;
  g_autofree char *written = fixture_written (project);
  setlocale (LC_ALL, before);
  g_assert_nonnull (strstr (written, "\"epochs\": 1.5\n"));
}

/* Behind the name, where they are left out also of new configurations until there are some. */
static void
test_notes (void)
{
  static const char bare[] = ONE_CONFIGURATION ("");
  static const char noted[] = HEAD ",\n  \"configurations\": [\n    {\n      \"id\": \"a\",\n      \"notes\": "
                                   "\"**Zeit** für\\n\\n- \\\"a\\\"\",\n" MODEL "\n    }\n  ]\n}\n";
  g_autoptr (HrProjectData) project = fixture_project (bare);
  HrEntry *plain = project->entries->pdata[0];

  assert_stays (noted);
  assert_stays (HEAD ",\n  \"configurations\": [\n    {\n      \"id\": \"a\",\n      \"notes\": \"\",\n" MODEL
                     "\n    }\n  ]\n}\n");
  g_assert_cmpstr (hr_entry_get_notes (plain), ==, "");

  HrEntry *entry = hr_entry_with_notes (plain, "**Zeit** für\n\n- \"a\"");
  g_assert_false (hr_entry_equal (plain, entry));
  project->entries->pdata[0] = entry;
  hr_entry_unref (plain);
  g_autofree char *written = fixture_written (project);
  g_assert_cmpstr (written, ==, noted);

  HrJob job = *hr_entry_get_job (entry);
  job.batch.micro_batch_size = 2;
  g_autoptr (HrEntry) edited = hr_entry_new (&job, NULL, entry);
  g_assert_cmpstr (hr_entry_get_notes (edited), ==, hr_entry_get_notes (entry));
  job.batch.micro_batch_size = 1;
  g_autoptr (HrEntry) back = hr_entry_new (&job, NULL, edited);
  g_autoptr (HrEntry) emptied = hr_entry_with_notes (back, "");
  g_assert_true (hr_entry_equal (back, entry));
  project->entries->pdata[0] = hr_entry_ref (emptied);
  hr_entry_unref (entry);
  g_autofree char *without = fixture_written (project);
  g_assert_cmpstr (without, ==, bare);
}

static void
test_notes_too_long (void)
{
  g_autofree char *notes = g_strnfill (HR_MAX_ENTRY_NOTES_BYTES + 1, 'n');
  g_autofree char *members = g_strdup_printf ("\"notes\": \"%s\"", notes);
  g_autofree char *text = fixture_configuration (members);
  g_autoptr (GBytes) bytes = fixture_text (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (hr_project_parse (bytes, "p.headroom", &error));
  g_assert_error (error, HR_ERROR, HR_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "configurations[0].notes"));
}

static void
add_round_trips (GPtrArray *paths, const char *folder)
{
  g_autoptr (GPtrArray) names = fixture_names (folder, ".headroom");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test_name = g_strconcat ("/project/round-trip/", names->pdata[i], NULL);
      char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test_name, path, test_round_trip);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  add_round_trips (paths, "data/measured/published");
  add_round_trips (paths, "../data/examples");
  g_test_add_func ("/project/measured", test_measured);
  g_test_add_func ("/project/first-measurement", test_first_measurement);
  g_test_add_func ("/project/canonical", test_canonical);
  g_test_add_func ("/project/unknown-members", test_unknown_members);
  g_test_add_func ("/project/unknown-members-follow", test_unknown_members_follow);
  g_test_add_func ("/project/edits", test_edits);
  g_test_add_func ("/project/choice-left-out", test_choice_left_out);
  g_test_add_func ("/project/project-members", test_project_members);
  g_test_add_func ("/project/assumptions", test_assumptions);
  g_test_add_func ("/project/own-card", test_own_card);
  g_test_add_func ("/project/carried-cards", test_carried_cards);
  g_test_add_func ("/project/limits", test_limits);
  g_test_add_func ("/project/limits-out-of-range", test_limits_out_of_range);
  g_test_add_func ("/project/generated-ids", test_generated_ids);
  g_test_add_func ("/project/newer-version", test_newer_version);
  g_test_add_func ("/project/new", test_new_project);
  g_test_add_func ("/project/too-many-configurations", test_too_many_configurations);
  g_test_add_func ("/project/equality", test_equality);
  g_test_add_func ("/project/locale", test_locale);
  g_test_add_func ("/project/notes", test_notes);
  g_test_add_func ("/project/notes-too-long", test_notes_too_long);

  return g_test_run ();
}
