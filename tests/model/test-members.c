/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/hr-catalog.h"
#include "hr-model-fixture.h"
#include "hr-property-test.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"
#include "model/hr-members.h"
#include "model/hr-selection.h"

#include <string.h>

/* Positions in the sample. */
enum
{
  FULL,
  LORA,
  QLORA,
};

typedef struct
{
  HrDocument *document;
  HrProject *project;
  HrSelection *selection;
  HrMembers *members;
} Fixture;

static HrConfiguration *
at (Fixture *fixture, guint position)
{
  return hr_project_get_configuration (fixture->project, position);
}

static const HrJob *
job (Fixture *fixture, guint position)
{
  return hr_configuration_get_job (at (fixture, position));
}

static void
follow (Fixture *fixture)
{
  hr_members_set_configurations (fixture->members, fixture->project, hr_selection_get_selected (fixture->selection),
                                 hr_selection_get_configuration (fixture->selection));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = hr_fixture_document ();
  fixture->project = hr_document_get_project (fixture->document);
  fixture->selection = hr_selection_new ();
  hr_selection_set_project (fixture->selection, fixture->project);
  fixture->members = hr_members_new ();
  hr_selection_select_all (fixture->selection);
  follow (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->members);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->document);
}

/* With one configuration, it is as that one itself. */
static void
test_one (Fixture *fixture, gconstpointer data)
{
  guint64 rank;

  hr_selection_select_only (fixture->selection, at (fixture, QLORA));
  follow (fixture);
  g_object_get (fixture->members, "method-rank", &rank, NULL);
  g_assert_cmpuint (rank, ==, job (fixture, QLORA)->method.rank);
  g_object_set (fixture->members, "method-rank", rank * 2, NULL);
  g_assert_cmpuint (job (fixture, QLORA)->method.rank, ==, rank * 2);
  g_assert_cmpuint (job (fixture, LORA)->method.rank, !=, rank * 2);
  g_assert_false (hr_members_is_mixed (fixture->members, HR_JOB_METHOD_RANK));
  g_autofree char *text = hr_members_text (fixture->members, HR_JOB_METHOD_RANK);
  g_assert_null (text);
}

/* One undo step changes all that have the member, and only those. */
static void
test_several (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = hr_fixture_text (fixture->project);
  g_autofree char *label = NULL;
  guint64 full_rank = job (fixture, FULL)->method.rank;

  g_object_set (fixture->members, "method-rank", G_GUINT64_CONSTANT (48), NULL);
  g_assert_cmpuint (job (fixture, FULL)->method.rank, ==, full_rank);
  g_assert_cmpuint (job (fixture, LORA)->method.rank, ==, 48);
  g_assert_cmpuint (job (fixture, QLORA)->method.rank, ==, 48);

  g_object_get (fixture->document, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Change Rank of 3 Configurations");
  hr_document_undo (fixture->document);
  g_autofree char *after = hr_fixture_text (fixture->project);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (hr_document_is_modified (fixture->document));
  hr_document_redo (fixture->document);
  g_assert_cmpuint (job (fixture, QLORA)->method.rank, ==, 48);
}

/* Typing "128" is one step; two choices are two. */
static void
test_bursts (Fixture *fixture, gconstpointer data)
{
  const guint64 typed[] = { 1, 12, 128 };
  guint kernels = job (fixture, LORA)->activations.kernels;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    g_object_set (fixture->members, "batch-micro-batch-size", typed[i], NULL);
  g_assert_cmpuint (job (fixture, FULL)->batch.micro_batch_size, ==, 128);
  hr_document_undo (fixture->document);
  g_assert_false (hr_document_is_modified (fixture->document));

  g_object_set (fixture->members, "activations-kernels", HR_KERNELS_LIGER, NULL);
  g_object_set (fixture->members, "activations-kernels", HR_KERNELS_FOAK, NULL);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (job (fixture, LORA)->activations.kernels, ==, HR_KERNELS_LIGER);
  hr_document_undo (fixture->document);
  g_assert_cmpuint (job (fixture, LORA)->activations.kernels, ==, kernels);
}

static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  g_object_set (at (fixture, LORA), "method-rank", G_GUINT64_CONSTANT (8), NULL);
  g_assert_true (hr_members_is_mixed (fixture->members, HR_JOB_METHOD_RANK));
  g_assert_cmpuint (hr_members_get_count (fixture->members), ==, 4);
  g_assert_cmpuint (hr_members_count_applying (fixture->members, HR_JOB_METHOD_RANK), ==, 3);
  g_autofree char *text = hr_members_text (fixture->members, HR_JOB_METHOD_RANK);
  g_assert_cmpstr (text, ==, "Several values: 8, 16\nIn 3 of 4 configurations");

  /* To what the first one has already: the others follow. */
  g_object_set (fixture->members, "method-rank", G_GUINT64_CONSTANT (8), NULL);
  g_assert_cmpuint (job (fixture, QLORA)->method.rank, ==, 8);
  g_assert_false (hr_members_is_mixed (fixture->members, HR_JOB_METHOD_RANK));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = hr_fixture_text (fixture->project);
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->members, "notify::method-rank", G_CALLBACK (hr_fixture_count_cb), &n_notified);
  g_object_set (fixture->members, "method-rank", G_GUINT64_CONSTANT (0), NULL);
  g_object_set (fixture->members, "inference-concurrent", G_GUINT64_CONSTANT (4), NULL);
  g_autofree char *after = hr_fixture_text (fixture->project);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (n_notified, ==, 1);
}

/* What another part of the program changes shows here. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->members, "notify::method-rank", G_CALLBACK (hr_fixture_count_cb), &n_notified);
  g_object_set (at (fixture, QLORA), "method-rank", G_GUINT64_CONSTANT (4), NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  hr_selection_select_only (fixture->selection, at (fixture, FULL));
  follow (fixture);
  g_assert_cmpuint (n_notified, ==, 2);
  follow (fixture);
  g_object_set (at (fixture, QLORA), "method-rank", G_GUINT64_CONSTANT (2), NULL);
  g_assert_cmpuint (n_notified, ==, 2);
  hr_members_set_configurations (fixture->members, NULL, NULL, NULL);
  g_assert_cmpuint (hr_members_get_count (fixture->members), ==, 0);
  g_object_set (fixture->members, "method-rank", G_GUINT64_CONSTANT (2), NULL);
}

static void
test_model_gpu_and_targets (Fixture *fixture, gconstpointer data)
{
  const HrCatalogModel *model = hr_catalog_find_model ("Qwen/Qwen2.5-7B");
  const HrGpuChoice choice = { .id = "rtx-4090", .count = 2, .limits.margin_percent = 5 };
  const HrTargets targets = { .count = 1, .names = { "q_proj" } };

  hr_members_set_model (fixture->members, model->id, &model->architecture);
  hr_members_set_gpu (fixture->members, &choice);
  hr_members_set_targets (fixture->members, &targets);
  for (guint i = 0; i < hr_members_get_count (fixture->members); i++)
    {
      g_assert_cmpstr (job (fixture, i)->model_id, ==, model->id);
      g_assert_cmpuint (hr_configuration_get_architecture (at (fixture, i))->hidden_size, ==,
                        model->architecture.hidden_size);
      g_assert_cmpstr (hr_project_get_gpu (fixture->project, at (fixture, i))->id, ==, "rtx-4090");
      g_assert_cmpuint (job (fixture, i)->gpu.count, ==, 2);
      g_assert_cmpfloat (job (fixture, i)->gpu.limits.margin_percent, ==, 5);
      g_assert_cmpint (job (fixture, i)->method.targets.all_linear, ==, i == FULL);
    }
  for (int step = 0; step < 3; step++)
    hr_document_undo (fixture->document);
  g_assert_false (hr_document_is_modified (fixture->document));
}

static void
choose_another (HrFieldId field, HrJob *changed)
{
  const HrField *description = hr_field (field);
  guint64 now = hr_field_get_integer (description, changed);

  for (guint64 value = 0; value < 9; value++)
    if (value != now && hr_field_set_integer (description, changed, value))
      return;
}

/* What does not apply decides nothing: no member that matters is hidden from people. */
static void
test_what_does_not_apply_decides_nothing (Fixture *fixture, gconstpointer data)
{
  const HrArchitecture *architecture = hr_configuration_get_architecture (at (fixture, FULL));
  const HrGpu *gpu = hr_project_get_gpu (fixture->project, NULL);

  for (int stack = 0; stack < (int) HR_STACKS.count; stack++)
    for (int method = 0; method < (int) HR_METHODS.count * 2; method++)
      for (int field = HR_JOB_PRECISION_FP8_RECIPE; field < HR_JOB_GPU_ID; field++)
        {
          HrJob plain = *job (fixture, FULL);
          hr_job_apply_template (&plain, method < (int) HR_METHODS.count ? HR_TASK_TRAIN : HR_TASK_INFER,
                                 (HrMethod) (method % (int) HR_METHODS.count));
          plain.stack.name = (HrStack) stack;
          plain.parallel.gpus = method % 2 == 0 ? 1 : 4;
          HrJob changed = plain;
          HrEstimate before, after;

          choose_another (field, &changed);
          if (hr_member_applies (field, &plain) || hr_member_applies (field, &changed))
            continue;
          hr_estimate (architecture, &plain, gpu, &before);
          hr_estimate (architecture, &changed, gpu, &after);
          g_test_message ("%s of %s in %s", hr_member_name (field), hr_enum_id (&HR_METHODS, (int) plain.method.kind),
                          hr_enum_id (&HR_STACKS, stack));
          g_assert_cmpuint (after.peak.device_bytes, ==, before.peak.device_bytes);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/members/one", test_one);
  ADD ("/members/several", test_several);
  ADD ("/members/bursts", test_bursts);
  ADD ("/members/mixed", test_mixed);
  ADD ("/members/refused", test_refused);
  ADD ("/members/follows", test_follows);
  ADD ("/members/what-does-not-apply-decides-nothing", test_what_does_not_apply_decides_nothing);
  ADD ("/members/model-gpu-and-targets", test_model_gpu_and_targets);

  return g_test_run ();
}
