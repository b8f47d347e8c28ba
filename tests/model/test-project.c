/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"
#include "hr-property-test.h"

#include <string.h>

static const HrPropertyText texts[] = { { "gpu-id", "l4" }, { NULL, NULL } };

static GObject *
make_project (GObject **owner)
{
  return G_OBJECT (hr_fixture_project ());
}

static void
test_properties (void)
{
  hr_test_properties (make_project, texts, NULL);
}

static void
test_refused (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autofree char *before = hr_fixture_text (project);
  g_autofree char *long_name = g_strnfill (HR_MAX_PROJECT_NAME_BYTES + 1, 'x');
  guint n_notified = 0;

  g_signal_connect_swapped (project, "notify", G_CALLBACK (hr_fixture_count_cb), &n_notified);
  g_object_set (project, "name", long_name, NULL);
  g_object_set (project, "gpu-id", "no-such-card", NULL);
  g_object_set (project, "gpu-count", (guint64) 0, NULL);
  g_object_set (project, "units", 7u, NULL);
  g_object_set (project, "dataset-epochs", -1.0, NULL);
  g_object_set (project, "dataset-samples", G_MAXUINT64, NULL);
  g_object_set (project, "dataset-mean-tokens", -0.5, NULL);
  g_object_set (project, "name", "\xff", NULL);
  g_object_set (project, "assumption-utilization", 1.1, NULL);

  g_assert_cmpuint (n_notified, ==, 9);
  g_autofree char *after = hr_fixture_text (project);
  g_assert_cmpstr (after, ==, before);
}

static void
test_assumptions (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  guint n_notified = 0;
  double price = 0;

  g_signal_connect_swapped (project, "notify::assumption-price-per-gpu-hour", G_CALLBACK (hr_fixture_count_cb),
                            &n_notified);
  g_object_set (project, "assumption-price-per-gpu-hour", 2.5, "assumption-utilization", 0.4, NULL);
  g_object_get (project, "assumption-price-per-gpu-hour", &price, NULL);
  g_assert_cmpfloat (price, ==, 2.5);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpfloat (hr_project_get_data (project)->assumptions.utilization, ==, 0.4);
}

/* What a listener that only hears items-changed believes the list to be. */
typedef struct
{
  GPtrArray *items;
  guint n_emissions;
} Replay;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Replay *replay)
{
  replay->n_emissions++;
  g_assert_cmpuint (removed + added, >, 0);
  g_assert_cmpuint (position + removed, <=, replay->items->len);

  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (replay->items, position);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (replay->items, (int) (position + i), g_list_model_get_item (model, position + i));

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, replay->items->len);
  for (guint i = 0; i < replay->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      guint own_position;

      g_assert_true (item == replay->items->pdata[i]);
      g_object_get (item, "position", &own_position, NULL);
      g_assert_cmpuint (own_position, ==, i);
    }
}

static void
test_items_changed (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();
  HrProject *project = hr_document_get_project (document);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  Replay replay = { items, 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240229);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (project), i));
  g_signal_connect (project, "items-changed", G_CALLBACK (items_changed_cb), &replay);

  for (guint i = 0; i < 600; i++)
    {
      if (g_rand_int_range (rand, 0, 4) == 0)
        hr_document_undo (document);
      else if (g_rand_int_range (rand, 0, 6) == 0)
        hr_document_redo (document);
      else
        hr_fixture_edit_at_random (project, rand);
      g_assert_cmpuint (items->len, ==, g_list_model_get_n_items (G_LIST_MODEL (project)));
    }
  g_assert_cmpuint (replay.n_emissions, >, 100);
}

static void
range_cb (GListModel *model, guint position, guint removed, guint added, GString *text)
{
  g_string_append_printf (text, "%u-%u+%u ", position, removed, added);
}

static void
test_exact_ranges (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (GString) ranges = g_string_new (NULL);

  g_signal_connect (project, "items-changed", G_CALLBACK (range_cb), ranges);
  hr_project_add (project, 1, HR_TASK_TRAIN, HR_METHOD_DORA, NULL);
  hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_DORA, NULL);
  hr_project_remove (project, hr_project_get_configuration (project, 2));
  hr_project_move (project, hr_project_get_configuration (project, 0), 2);
  hr_project_move (project, hr_project_get_configuration (project, 1), 1);
  g_object_set (hr_project_get_configuration (project, 1), "name", "renamed", NULL);

  g_assert_cmpstr (ranges->str, ==, "2-0+1 5-0+1 2-1+0 0-3+3 ");
}

static void
assert_name (HrConfiguration *configuration, const char *name)
{
  g_assert_cmpstr (hr_configuration_get_job (configuration)->name, ==, name);
}

static void
test_new_names (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *qlora = hr_project_get_configuration (project, 2);
  HrConfiguration *added = hr_project_add (project, 2, HR_TASK_TRAIN, HR_METHOD_QLORA, qlora);

  assert_name (added, "QLoRA r16 (2)");
  assert_name (hr_project_duplicate (project, added), "QLoRA r16 (3)");
  assert_name (hr_project_duplicate (project, qlora), "QLoRA r16 (4)");
  assert_name (hr_project_add (project, G_MAXUINT, HR_TASK_INFER, HR_METHOD_FULL, NULL), "Inference");
  assert_name (hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_LAST_LAYERS, NULL), "Last 2 layers");

  g_object_set (qlora, "name", "plan (b)", "method-rank", (guint64) 64, NULL);
  assert_name (hr_project_duplicate (project, qlora), "plan (b) (2)");
  assert_name (hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_DORA, qlora), "DoRA r64");
}

static void
test_long_name (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, 0);
  g_autoptr (GString) name = g_string_new (NULL);

  /* Fills the room with characters of two bytes, so that a careless cut would split one. */
  while (name->len + 2 < HR_NAME_SIZE)
    g_string_append (name, "é");
  g_object_set (configuration, "name", name->str, NULL);
  assert_name (configuration, name->str);

  const char *copied = hr_configuration_get_job (hr_project_duplicate (project, configuration))->name;
  g_assert_true (g_utf8_validate (copied, -1, NULL));
  g_assert_true (g_str_has_suffix (copied, "é (2)"));
}

static void
test_new_values (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *like = hr_project_get_configuration (project, 2);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_object_set (like, "batch-sequence-length", (guint64) 777, "model-id", "Qwen/Qwen2.5-7B", NULL);
  const HrJob *job = hr_configuration_get_job (hr_project_add (project, 0, HR_TASK_TRAIN, HR_METHOD_FULL, like));
  g_assert_cmpuint (job->batch.sequence_length, ==, 777);
  g_assert_cmpstr (job->model_id, ==, "Qwen/Qwen2.5-7B");
  g_assert_cmpuint (job->quantization.scheme, ==, HR_QUANTIZATION_NONE);

  hr_project_remove (project, hr_project_get_configuration (project, 0));
  hr_project_duplicate (project, like);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    g_assert_true (
        g_hash_table_add (ids, (gpointer) hr_configuration_get_job (hr_project_get_configuration (project, i))->id));
}

static void
test_empty (void)
{
  g_autoptr (HrProjectData) data = hr_project_data_new ("empty");
  g_autoptr (HrProject) project = hr_project_new (data);
  HrConfiguration *added = hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_QLORA, NULL);

  assert_name (added, "QLoRA r16");
  g_assert_cmpstr (hr_configuration_get_job (added)->model_id, ==, "meta-llama/Meta-Llama-3-8B");
  g_assert_cmpuint (hr_configuration_get_architecture (added)->num_hidden_layers, ==, 32);
  g_assert_null (hr_project_get_configuration (project, 1));
  g_assert_cmpuint (hr_project_find (project, NULL), ==, G_MAXUINT);
}

static void
test_estimates_once (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *changed = hr_project_get_configuration (project, 1);
  HrConfiguration *other = hr_project_get_configuration (project, 2);
  guint n_estimated = 0;
  guint n_changed = 0;
  guint n_other = 0;

  hr_fixture_spin ();
  g_signal_connect_swapped (project, "estimated", G_CALLBACK (hr_fixture_count_cb), &n_estimated);
  g_signal_connect_swapped (changed, "notify::estimate", G_CALLBACK (hr_fixture_count_cb), &n_changed);
  g_signal_connect_swapped (other, "notify::estimate", G_CALLBACK (hr_fixture_count_cb), &n_other);

  for (guint64 rank = 20; rank < 40; rank++)
    g_object_set (changed, "method-rank", rank, NULL);
  g_assert_cmpuint (n_estimated, ==, 0);
  hr_fixture_spin ();
  g_assert_cmpuint (n_estimated, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_other, ==, 0);

  /* A name is no reason to estimate; the project's GPU and units are one for all. */
  g_object_set (changed, "name", "renamed", NULL);
  hr_fixture_spin ();
  g_assert_cmpuint (n_changed, ==, 1);
  g_object_set (project, "gpu-id", "l4", "units", HR_UNITS_GIB, NULL);
  hr_fixture_spin ();
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (n_other, ==, 1);
  g_assert_cmpuint (n_estimated, ==, 3);

  g_object_set (changed, "method-rank", (guint64) 50, NULL);
  hr_project_flush (project);
  g_assert_cmpuint (n_changed, ==, 3);
  hr_project_flush (project);
  hr_fixture_spin ();
  g_assert_cmpuint (n_estimated, ==, 4);
}

static HrVerdict
verdict_of (HrProject *project, guint position)
{
  hr_project_flush (project);
  return hr_estimate_result_get (hr_configuration_get_estimate (hr_project_get_configuration (project, position)))
      ->fit.verdict;
}

/* What is in use belongs to the project's card; a card of a configuration's own has its own limits. */
static void
test_set_gpu (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();
  HrProject *project = hr_document_get_project (document);
  HrConfiguration *qlora = hr_project_get_configuration (project, 2);
  HrGpuChoice crowded = { .id = "t4", .count = 2, .limits = { .in_use_mib = 9000 } };
  HrGpuChoice own = { .id = "l4", .count = 4, .limits = { .margin_percent = 90 } };

  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_FITS);
  hr_project_set_gpu (project, &crowded);
  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_OVER);
  g_assert_cmpuint (hr_project_get_gpu (project, qlora)->limits.in_use_mib, ==, 9000);

  g_object_set (qlora, "gpu-id", "l4", NULL);
  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_FITS);
  g_assert_cmpuint (hr_project_get_gpu (project, qlora)->limits.in_use_mib, ==, 0);
  g_assert_cmpuint (hr_configuration_get_job (qlora)->gpu.count, ==, 2);

  hr_configuration_set_gpu (qlora, &own);
  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_OVER);
  g_assert_cmpuint (hr_configuration_get_job (qlora)->gpu.count, ==, 4);
  g_assert_cmpfloat (hr_project_get_gpu (project, NULL)->limits.margin_percent, ==, 0);

  hr_configuration_set_gpu (qlora, NULL);
  g_assert_cmpstr (hr_project_get_gpu (project, qlora)->id, ==, "t4");
  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_OVER);
  for (guint i = 0; i < 4; i++)
    hr_document_undo (document);
  g_assert_cmpint (verdict_of (project, 2), ==, HR_VERDICT_FITS);
  gboolean can_undo;
  g_object_get (document, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
}

static void
test_before_drawing (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  guint n_estimated = 0;
  guint n_drawn = 0;

  hr_fixture_spin ();
  g_signal_connect_swapped (project, "estimated", G_CALLBACK (hr_fixture_count_cb), &n_estimated);
  g_object_set (hr_project_get_configuration (project, 1), "method-rank", (guint64) 8, NULL);

  /* GTK lays out at G_PRIORITY_HIGH_IDLE + 10. */
  g_autoptr (GSource) drawing = g_idle_source_new ();
  g_source_set_priority (drawing, G_PRIORITY_HIGH_IDLE + 10);
  g_source_set_callback (drawing, G_SOURCE_FUNC (hr_fixture_count_cb), &n_drawn, NULL);
  g_source_attach (drawing, NULL);

  while (n_estimated == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_drawn, ==, 0);
  g_source_destroy (drawing);
}

static void
test_keeps_objects (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrProject) other = hr_fixture_project ();
  HrConfiguration *kept = hr_project_get_configuration (project, 2);
  guint n_rank = 0;
  guint n_any = 0;

  hr_project_remove (other, hr_project_get_configuration (other, 0));
  g_object_set (hr_project_get_configuration (other, 1), "method-rank", (guint64) 5, NULL);
  g_signal_connect_swapped (kept, "notify::method-rank", G_CALLBACK (hr_fixture_count_cb), &n_rank);
  g_signal_connect_swapped (kept, "notify", G_CALLBACK (hr_fixture_count_cb), &n_any);

  hr_project_set_data (project, hr_project_get_data (other));
  g_assert_true (hr_project_get_configuration (project, 1) == kept);
  g_assert_cmpuint (n_rank, ==, 1);
  g_assert_cmpuint (n_any, ==, 2); /* its position as well */
  g_assert_cmpuint (hr_configuration_get_job (kept)->method.rank, ==, 5);
}

static void
test_signals (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  guint n_before = 0;
  guint n_after = 0;

  g_signal_connect_swapped (project, "will-change", G_CALLBACK (hr_fixture_count_cb), &n_before);
  g_signal_connect_swapped (project, "changed", G_CALLBACK (hr_fixture_count_cb), &n_after);
  g_object_set (project, "notes", "one edit", NULL);
  g_object_set (project, "notes", "one edit", NULL);
  hr_project_move (project, hr_project_get_configuration (project, 1), 1);

  g_assert_cmpuint (n_before, ==, 1);
  g_assert_cmpuint (n_after, ==, 1);
}

static void
test_finalize (void)
{
  HrProject *project = hr_fixture_project ();
  HrConfiguration *configuration = g_object_ref (hr_project_get_configuration (project, 0));

  g_object_set (configuration, "method-kind", HR_METHOD_LORA, NULL);
  g_assert_finalize_object (project);
  g_assert_finalize_object (configuration);
}

/* Returns: (transfer full): the names of all configurations in their order. */
static char *
names (HrProject *project)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project)); i++)
    g_string_append_printf (text, "%s|", hr_configuration_get_job (hr_project_get_configuration (project, i))->name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
count_edit_cb (guint *n_edits)
{
  (*n_edits)++;
}

/* Several configurations, also such that are no neighbours, move, are copied and go as one edit each. */
static void
test_several (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (GListStore) chosen = g_list_store_new (HR_TYPE_CONFIGURATION);
  guint n_edits = 0;

  g_list_store_append (chosen, hr_project_get_configuration (project, 0));
  g_list_store_append (chosen, hr_project_get_configuration (project, 2));
  g_signal_connect_swapped (project, "will-change", G_CALLBACK (count_edit_cb), &n_edits);

  hr_project_move_several (project, G_LIST_MODEL (chosen), 4);
  g_autofree char *behind = names (project);
  g_assert_cmpstr (behind, ==, "LoRA r16|QLoRA + chunked loss|Full fine-tune|QLoRA r16|");
  g_assert_cmpuint (n_edits, ==, 1);

  hr_project_move_several (project, G_LIST_MODEL (chosen), 1);
  g_autofree char *between = names (project);
  g_assert_cmpstr (between, ==, "LoRA r16|Full fine-tune|QLoRA r16|QLoRA + chunked loss|");

  HrConfiguration *copy = hr_project_duplicate_several (project, G_LIST_MODEL (chosen));
  g_assert_cmpuint (hr_project_find (project, copy), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, 6);
  g_assert_cmpstr (hr_configuration_get_job (copy)->id, !=,
                   hr_configuration_get_job (hr_project_get_configuration (project, 4))->id);
  g_assert_cmpuint (n_edits, ==, 3);

  hr_project_remove_several (project, G_LIST_MODEL (chosen));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, 4);
  g_assert_true (hr_project_get_configuration (project, 1) == copy);
  g_assert_cmpuint (n_edits, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/properties", test_properties);
  g_test_add_func ("/project/refused", test_refused);
  g_test_add_func ("/project/assumptions", test_assumptions);
  g_test_add_func ("/project/items-changed", test_items_changed);
  g_test_add_func ("/project/exact-ranges", test_exact_ranges);
  g_test_add_func ("/project/new-names", test_new_names);
  g_test_add_func ("/project/long-name", test_long_name);
  g_test_add_func ("/project/new-values", test_new_values);
  g_test_add_func ("/project/empty", test_empty);
  g_test_add_func ("/project/estimates-once", test_estimates_once);
  g_test_add_func ("/project/set-gpu", test_set_gpu);
  g_test_add_func ("/project/before-drawing", test_before_drawing);
  g_test_add_func ("/project/keeps-objects", test_keeps_objects);
  g_test_add_func ("/project/signals", test_signals);
  g_test_add_func ("/project/finalize", test_finalize);
  g_test_add_func ("/project/several", test_several);

  return g_test_run ();
}
