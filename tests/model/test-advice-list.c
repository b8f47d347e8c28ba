/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"

#include "catalog/hr-offer-price.h"
#include "model/hr-advice-list.h"
#include "model/hr-change-text.h"

enum
{
  FULL,
  LORA,
  QLORA
};

static HrConfiguration *
ask (HrProject *project, guint position, HrAdviceList *list)
{
  HrConfiguration *configuration = hr_project_get_configuration (project, position);

  hr_project_flush (project);
  hr_advice_list_ask (list, project, configuration);
  return configuration;
}

static HrAdviceItem *
find (HrAdviceList *list, HrAdviceKind kind)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (HrAdviceItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (hr_advice_item_get_kind (item) == kind)
        return item;
    }
  return NULL;
}

/* Every piece of advice leads where it says, as one step that undo takes back. */
static void
test_apply (void)
{
  g_autoptr (HrDocument) document = hr_fixture_document ();
  HrProject *project = hr_document_get_project (document);
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();
  g_autofree char *before = hr_fixture_text (project);

  for (guint position = FULL; position <= QLORA; position++)
    {
      HrConfiguration *configuration = ask (project, position, list);
      guint n_items = g_list_model_get_n_items (G_LIST_MODEL (list));

      g_assert_cmpuint (n_items, >, 3);
      for (guint i = 0; i < n_items; i++)
        {
          g_autoptr (HrAdviceItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
          g_autofree char *after = NULL;
          g_autofree char *undo_label = NULL;

          g_test_message ("%s", hr_advice_item_get_title (item));
          g_assert_true (hr_advice_item_apply (item, project, configuration));
          hr_project_flush (project);
          const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
          g_assert_cmpint (estimate->fit.verdict, ==, hr_advice_item_get_verdict (item));
          g_object_get (document, "undo-label", &undo_label, NULL);
          g_assert_cmpstr (undo_label, ==, hr_advice_item_get_title (item));
          hr_document_undo (document);
          after = hr_fixture_text (project);
          g_assert_cmpstr (after, ==, before);
        }
    }
}

static void
test_set_and_card (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();

  ask (project, FULL, list);
  g_assert_nonnull (find (list, HR_ADVICE_CARD));
  g_assert_null (find (list, HR_ADVICE_SPARE));
  g_assert_cmpint (hr_advice_item_get_verdict (find (list, HR_ADVICE_SET)), ==, HR_VERDICT_FITS);
  g_assert_nonnull (strstr (hr_advice_item_get_values (find (list, HR_ADVICE_SET)), " → "));
  g_assert_cmpstr (hr_advice_list_get_summary (list), ==, "1 change makes it fit.");
}

/* The one change that does is the set already; the views would show it twice. */
static void
test_each_once (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  ask (project, FULL, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (HrAdviceItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (g_hash_table_add (seen, g_strdup (hr_advice_item_get_values (item))));
    }
}

/* Of the cards of 80 GB the one that costs the least to rent, not one that nobody offers. */
static void
test_card_for_rent (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrAdviceReport report;
  HrGpu card;
  double price, h100_price;

  hr_project_flush (project);
  g_assert_true (hr_advice_of (project, hr_project_get_configuration (project, FULL), NULL, &report, &card));
  g_assert_nonnull (hr_offer_cheapest (card.id, &price));
  g_assert_nonnull (hr_offer_cheapest ("h100-80gb-sxm", &h100_price));
  g_assert_null (hr_offer_cheapest ("h800-80gb-sxm", NULL));
  g_assert_cmpfloat (card.memory_gb, ==, 80);
  g_assert_cmpfloat (price, <=, h100_price);
}

static void
test_spare (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();

  g_object_set (project, "gpu-id", "h200-141gb-sxm", NULL);
  HrConfiguration *configuration = ask (project, QLORA, list);
  HrAdviceItem *spare = find (list, HR_ADVICE_SPARE);
  guint64 samples = hr_job_effective_batch (hr_configuration_get_job (configuration));

  g_assert_nonnull (spare);
  g_assert_null (find (list, HR_ADVICE_SET));
  g_assert_true (hr_advice_item_apply (spare, project, configuration));
  g_assert_cmpuint (hr_job_effective_batch (hr_configuration_get_job (configuration)), ==, samples);
  g_assert_cmpuint (hr_configuration_get_job (configuration)->batch.micro_batch_size, >, 1);
}

static void
test_emptied (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();

  ask (project, FULL, list);
  hr_advice_list_ask (list, project, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpstr (hr_advice_list_get_summary (list), ==, "");
}

static void
check_values (HrChange change, HrJob before, const char *expected)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, QLORA);
  HrJob after = before;

  g_assert_true (hr_change_apply (change, hr_configuration_get_architecture (configuration), NULL, &after));
  g_autofree char *values = hr_change_values_text (&before, &after);
  g_assert_cmpstr (values, ==, expected);
}

static void
test_values (void)
{
  HrJob job;

  hr_job_init (&job);
  job.batch.micro_batch_size = 4;
  job.batch.accumulation_steps = 8;
  check_values (HR_CHANGE_HALF_MICRO_BATCH, job, "Micro-batch size 4 → 2, Accumulation steps 8 → 16");
  job.activations.checkpointing = HR_CHECKPOINTING_NONE;
  check_values (HR_CHANGE_CHECKPOINTING, job, "Gradient checkpointing Off → Every layer");
}

static void
check_time (HrSpan factor, const char *expected)
{
  g_autofree char *text = hr_time_factor_text (&factor);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_time (void)
{
  check_time ((HrSpan){ 0 }, NULL);
  check_time ((HrSpan){ 1, 1, 1.004 }, "as fast");
  check_time ((HrSpan){ 1.2, 1.3, 1.4 }, "1.20–1.40 × the time");
  check_time ((HrSpan){ 0.5, 0.5, 0.5 }, "0.50 × the time");
}

/* A row of the inspector can stand for every change, and every change and pain has words. */
static void
test_labels (void)
{
  for (int change = 0; change < HR_N_CHANGES; change++)
    {
      g_assert_cmpstr (hr_change_label (change), !=, "");
      g_assert_cmpint (hr_change_field (change), !=, HR_JOB_ID);
    }
  for (int pain = 0; pain < HR_N_PAINS; pain++)
    g_assert_cmpstr (hr_pain_label (pain), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice-list/apply", test_apply);
  g_test_add_func ("/advice-list/set-and-card", test_set_and_card);
  g_test_add_func ("/advice-list/each-once", test_each_once);
  g_test_add_func ("/advice-list/card-for-rent", test_card_for_rent);
  g_test_add_func ("/advice-list/spare", test_spare);
  g_test_add_func ("/advice-list/emptied", test_emptied);
  g_test_add_func ("/advice-list/values", test_values);
  g_test_add_func ("/advice-list/time", test_time);
  g_test_add_func ("/advice-list/labels", test_labels);
  return g_test_run ();
}
