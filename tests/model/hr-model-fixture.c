/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "io/hr-project-io.h"

HrDocument *
hr_fixture_document (void)
{
  g_autoptr (GError) error = NULL;
  HrDocument *document = hr_document_new_sample (&error);

  g_assert_no_error (error);
  return document;
}

HrProject *
hr_fixture_project (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();

  return hr_project_new ((HrProjectData *) hr_project_get_data (hr_document_get_project (document)));
}

char *
hr_fixture_text (HrProject *project)
{
  g_autoptr (GBytes) bytes = hr_project_serialize (hr_project_get_data (project));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
edit_member_at_random (HrConfiguration *configuration, GRand *rand)
{
  static const char *const models[] = { "meta-llama/Meta-Llama-3-8B", "Qwen/Qwen2.5-7B", "no/model", "" };
  static const char *const targets[] = { "all-linear", "", "q_proj", "q_proj, v_proj" };
  static const char *const gpus[] = { "", "t4", "l4", "no-such-card" };
  static const char *const texts[] = { "1.0", "\"quoted\" \\ é", "", "two\nlines" };
  HrFieldId field = (HrFieldId) g_rand_int_range (rand, HR_JOB_NAME, HR_N_JOB_FIELDS);
  const char *name = hr_configuration_property_name (field);
  guint number = (guint) g_rand_int_range (rand, 0, 4);
  const char *const *choices = field == HR_JOB_MODEL_ID         ? models
                               : field == HR_JOB_METHOD_TARGETS ? targets
                               : field == HR_JOB_GPU_ID         ? gpus
                                                                : texts;

  switch (hr_field (field)->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_CHOICE:
      g_object_set (configuration, name, number, NULL);
      break;
    case HR_FIELD_BOOL:
      g_object_set (configuration, name, number % 2, NULL);
      break;
    case HR_FIELD_INTEGER:
      g_object_set (configuration, name, (guint64) number, NULL);
      break;
    case HR_FIELD_NUMBER:
      g_object_set (configuration, name, number / 4.0, NULL);
      break;
    case HR_FIELD_TEXT:
    case HR_FIELD_TARGETS:
    default:
      g_object_set (configuration, name, choices[number], NULL);
    }
}

static void
edit_project_at_random (HrProject *project, GRand *rand)
{
  guint number = (guint) g_rand_int_range (rand, 0, 3);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      g_object_set (project, "units", number, NULL);
      break;
    case 1:
      g_object_set (project, "gpu-id", number == 0 ? "" : number == 1 ? "t4" : "l4", NULL);
      break;
    case 2:
      g_object_set (project, "gpu-count", (guint64) number, NULL);
      break;
    case 3:
      g_object_set (project, "notes", number == 0 ? "" : "line one\nline two", NULL);
      break;
    default:
      g_object_set (project, "dataset-epochs", number / 2.0, NULL);
    }
}

void
hr_fixture_edit_at_random (HrProject *project, GRand *rand)
{
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));
  guint position = n_configurations > 0 ? (guint) g_rand_int_range (rand, 0, (int) n_configurations) : 0;
  HrConfiguration *configuration = hr_project_get_configuration (project, position);
  int kind = g_rand_int_range (rand, 0, 8);

  if (configuration == NULL || (kind == 0 && n_configurations < 12))
    hr_project_add (project, g_rand_boolean (rand) ? position : G_MAXUINT, HR_TASK_TRAIN,
                    (HrMethod) g_rand_int_range (rand, 0, HR_METHOD_QDORA + 1), configuration);
  else if (kind == 1 && n_configurations < 12)
    hr_project_duplicate (project, configuration);
  else if (kind == 2)
    hr_project_remove (project, configuration);
  else if (kind == 3)
    hr_project_move (project, configuration, (guint) g_rand_int_range (rand, 0, (int) n_configurations));
  else if (kind == 4)
    edit_project_at_random (project, rand);
  else
    edit_member_at_random (configuration, rand);
}

void
hr_fixture_spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
hr_fixture_count_cb (guint *count)
{
  (*count)++;
}
