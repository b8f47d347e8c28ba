/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hr-offer-list.h"

#include "hr-model-fixture.h"

#include "catalog/hr-catalog-merge.h"
#include "model/hr-cheapest-offer.h"
#include "model/hr-comparison.h"
#include "model/hr-offer-question.h"
#include "model/hr-plan-text.h"

#include <math.h>
#include <string.h>

#define TODAY 20261121

#define LLAMA_8B "meta-llama/Meta-Llama-3-8B"
#define LLAMA_70B "meta-llama/Meta-Llama-3-70B"

typedef enum
{
  QLORA_8B,
  QLORA_70B,
  FULL_8B,
  SERVE_8B,
  SERVE_70B,
  N_QUESTIONS,
} Question;

static HrOfferQuestion
question_of (Question which)
{
  gboolean large = which == QLORA_70B || which == SERVE_70B;
  HrOfferQuestion question = {
    .architecture = &hr_catalog_find_model (large ? LLAMA_70B : LLAMA_8B)->architecture,
    .workload = { .samples = 10000, .mean_tokens = 500, .epochs = 3 },
    .today = TODAY,
  };
  HrJob *job = &question.job;

  hr_job_init (job);
  hr_assumptions_init (&question.assumptions);
  job->batch.sequence_length = 1024;
  job->batch.accumulation_steps = 16;
  if (which == QLORA_8B || which == QLORA_70B)
    {
      hr_job_apply_template (job, HR_TASK_TRAIN, HR_METHOD_QLORA);
    }
  else if (which == FULL_8B)
    {
      hr_job_apply_template (job, HR_TASK_TRAIN, HR_METHOD_FULL);
      job->precision.weights = HR_DTYPE_FP32;
      job->precision.autocast = true;
    }
  else
    {
      hr_job_apply_template (job, HR_TASK_INFER, HR_METHOD_FULL);
      job->inference.engine = HR_ENGINE_VLLM;
      job->inference.concurrent = 8;
    }
  return question;
}

/* What the ranking keeps for many offers is what each by itself would be told. */
static void
test_equals_the_plain_computation (void)
{
  for (Question which = 0; which < N_QUESTIONS; which++)
    {
      HrOfferQuestion question = question_of (which);
      const HrOfferFilter all = { .prices = HR_PRICES_BOTH };
      g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, &all, HR_RANK_BY_COST);
      g_autofree HrGpuPlanner *planner = g_new (HrGpuPlanner, 1);
      gsize n_lines;
      const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

      g_assert_cmpuint (n_lines, >, 500);
      for (gsize i = 0; i < n_lines; i++)
        {
          const HrRankedOffer *line = &lines[i];
          const HrGpu *gpu = &hr_catalog_find_gpu (line->offer->gpu_id)->gpu;
          HrThroughput throughput;
          HrEstimate estimate;
          HrGpuPlan plan;
          HrRunCost cost;

          hr_gpu_planner_init (planner, question.architecture, &question.job, NULL);
          hr_gpu_plan (planner, gpu, line->offer->gpu_count, &plan);
          hr_estimate (question.architecture, &plan.job, gpu, &estimate);
          g_assert_true (hr_job_equal (&line->plan->plan.job, &plan.job));
          g_assert_cmpuint (line->plan->plan.device_bytes, ==, estimate.peak.device_bytes);
          g_assert_cmpuint (line->plan->plan.high_bytes, ==, estimate.band.high_bytes);
          g_assert_cmpint (line->plan->plan.verdict, ==, estimate.fit.verdict);
          g_assert_cmpuint (line->plan->plan.gpus, ==, plan.gpus);
          g_assert_cmpuint (line->plan->plan.engines, ==, plan.engines);
          g_assert_cmpint (line->plan->plan.fits, ==, plan.fits);
          if (!plan.may_fit)
            continue;
          hr_gpu_plan_throughput (planner, &plan, gpu, NULL, &throughput);
          hr_run_cost (&plan.job, &question.workload, &throughput, NULL, line->price_per_hour, &cost);
          g_assert_cmpfloat_with_epsilon (line->cost.price.expected, cost.price.expected, 1e-9);
          g_assert_cmpfloat_with_epsilon (line->cost.hours.high, cost.hours.high, 1e-9);
        }
    }
}

static void
test_cost_is_price_times_hours (void)
{
  for (Question which = 0; which < N_QUESTIONS; which++)
    {
      HrOfferQuestion question = question_of (which);
      const HrOfferFilter fitting = { .only_fitting = TRUE };
      g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, &fitting, HR_RANK_BY_COST);
      gsize n_lines;
      const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

      g_assert_cmpuint (n_lines, >, 20);
      for (gsize i = 0; i < n_lines; i++)
        {
          double hours = lines[i].cost.hours.expected;

          g_assert_cmpfloat (lines[i].price_per_hour, ==, lines[i].offer->price_usd_per_hour);
          g_assert_cmpfloat_with_epsilon (lines[i].cost.price.expected, lines[i].price_per_hour * hours,
                                          1e-9 * lines[i].cost.price.expected);
          g_assert_cmpuint (lines[i].plan->plan.gpus, <=, lines[i].offer->gpu_count);
          if (i > 0)
            g_assert_cmpfloat (lines[i - 1].cost.price.expected, <=, lines[i].cost.price.expected);
        }
      g_assert_true (hr_offer_ranking_cheapest (ranking) == &lines[0]);
    }
}

/* What has to be somewhere on the GPUs together: 5.7 GB and 39.5 GB of weights in NF4 and their tables, 16 bytes for
 * each of 8,030,261,248 parameters, and 141.1 GB of weights in bf16. */
static void
test_no_miracles (void)
{
  static const double least_gb[N_QUESTIONS] = { 5.7, 39.5, 128.4, 16.0, 141.1 };
  const HrOfferFilter fitting = { .only_fitting = TRUE, .prices = HR_PRICES_BOTH };

  for (Question which = 0; which < N_QUESTIONS; which++)
    {
      HrOfferQuestion question = question_of (which);
      g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, &fitting, HR_RANK_BY_COST);
      gsize n_lines;
      const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

      for (gsize i = 0; i < n_lines; i++)
        {
          const HrGpuPlan *plan = &lines[i].plan->plan;
          guint64 copies = plan->spread == HR_SPREAD_REPLICAS ? plan->gpus : plan->engines;

          g_assert_cmpfloat ((double) (plan->capacity_bytes * plan->gpus) / 1e9, >, least_gb[which] * (double) copies);
          if (question.job.task == HR_TASK_TRAIN)
            g_assert_cmpuint (hr_job_effective_batch (&plan->job), >=, 16);
        }
    }
}

/* On the front nothing is as cheap and as fast; off it something is. */
static void
test_front (void)
{
  HrOfferQuestion question = question_of (QLORA_8B);
  g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, NULL, HR_RANK_BY_HOUR);
  gsize n_lines;
  const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);
  guint n_front = 0;

  for (gsize i = 0; i < n_lines; i++)
    {
      const HrRunCost *cost = &lines[i].cost;
      gboolean beaten = FALSE;

      for (gsize j = 0; j < n_lines && lines[i].plan->plan.fits; j++)
        beaten |= j != i && lines[j].plan->plan.fits && lines[j].cost.price.expected <= cost->price.expected
                  && lines[j].cost.hours.expected <= cost->hours.expected
                  && (lines[j].cost.price.expected < cost->price.expected
                      || lines[j].cost.hours.expected < cost->hours.expected);
      if (lines[i].on_front)
        g_assert_false (beaten);
      n_front += lines[i].on_front ? 1 : 0;
    }
  g_assert_cmpuint (n_front, >=, 2);
  g_assert_cmpuint (n_front, <, 30);
}

/* Machines of one provider with one kind of card at prices that a hand can divide. */
static void
test_filters (void)
{
  static const HrOffer offers[] = {
    { "near", "a", "rtx-4090", 1, 8, 64, "eu-west", 0.5, 0.25, 20261101, HR_PRICE_DATE_EXACT, "own" },
    { "near", "b", "rtx-4090", 4, 8, 64, "eu-west", 2, 0, 20260101, HR_PRICE_DATE_EXACT, "own" },
    { "far", "c", "t4", 1, 8, 64, "us-east", 0.3, 0, 0, HR_PRICE_DATE_UNKNOWN, "own" },
    { "far", "d", "h100-80gb-sxm", 8, 8, 64, "us-east", 16, 0, 20261110, HR_PRICE_DATE_NOT_AFTER, "own" },
  };
  const struct
  {
    HrOfferFilter filter;
    const char *expected;
  } cases[] = {
    { { 0 }, "abcd" },
    { { .provider = "NEAR" }, "ab" },
    { { .region = "East" }, "cd" },
    { { .prices = HR_PRICES_SPOT }, "a" },
    { { .prices = HR_PRICES_BOTH }, "aabcd" },
    { { .n_gpus = 4 }, "b" },
    { { .min_memory_gb = 48 }, "d" },
    { { .gpu_id = "t4" }, "c" },
    /* A date that the price can only be older than, and none at all, prove nothing. */
    { { .max_age_days = 90 }, "a" },
    { { .max_age_days = 400 }, "ab" },
  };
  HrOfferQuestion question = question_of (QLORA_8B);

  hr_catalog_show_offers (offers, G_N_ELEMENTS (offers));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, &cases[i].filter, HR_RANK_BY_COST);
      g_autoptr (GString) found = g_string_new (NULL);
      gsize n_lines;
      const HrRankedOffer *lines = hr_offer_ranking_get (ranking, &n_lines);

      for (char name = 'a'; name <= 'd'; name++)
        for (gsize j = 0; j < n_lines; j++)
          if (*lines[j].offer->instance_type == name)
            g_string_append_c (found, name);
      g_assert_cmpstr (found->str, ==, cases[i].expected);
    }
  hr_catalog_show_offers (NULL, 0);
}

/* 1.1 TB of weights, gradients and moments of 70 billion parameters need two machines of eight cards. */
static void
test_several_machines (void)
{
  HrOfferQuestion question = question_of (QLORA_70B);
  HrOfferFilter filter = { .only_fitting = TRUE, .gpu_id = "h100-80gb-sxm", .n_gpus = 8 };
  gsize n_lines;

  hr_job_apply_template (&question.job, HR_TASK_TRAIN, HR_METHOD_FULL);
  question.job.precision.weights = HR_DTYPE_FP32;
  question.job.precision.autocast = true;
  g_autoptr (HrOfferRanking) one = hr_offer_ranking_new (&question, &filter, HR_RANK_BY_COST);
  hr_offer_ranking_get (one, &n_lines);
  g_assert_cmpuint (n_lines, ==, 0);

  filter.max_machines = 4;
  g_autoptr (HrOfferRanking) several = hr_offer_ranking_new (&question, &filter, HR_RANK_BY_COST);
  const HrRankedOffer *lines = hr_offer_ranking_get (several, &n_lines);
  g_assert_cmpuint (n_lines, >, 0);
  g_assert_cmpuint (lines[0].machines, >=, 2);
  g_assert_cmpuint (lines[0].plan->plan.gpus, ==, 8 * lines[0].machines);
  g_assert_cmpfloat_with_epsilon (lines[0].price_per_hour, lines[0].machines * lines[0].offer->price_usd_per_hour,
                                  1e-9);
}

/* A card has the cheapest of its offers; one that nobody offers is told of all the same. */
static void
test_cards (void)
{
  HrOfferQuestion question = question_of (FULL_8B);
  g_autoptr (HrOfferRanking) cards = hr_gpu_ranking_new (&question, NULL, HR_RANK_BY_COST);
  g_autoptr (HrOfferRanking) offers = hr_offer_ranking_new (&question, NULL, HR_RANK_BY_COST);
  gsize n_cards, n_offers;
  size_t n_gpus;
  const HrRankedOffer *card = hr_offer_ranking_get (cards, &n_cards);
  const HrRankedOffer *offer = hr_offer_ranking_get (offers, &n_offers);

  hr_catalog_gpus (&n_gpus);
  g_assert_cmpuint (n_cards, ==, n_gpus);
  for (gsize i = 0; i < n_cards; i++)
    {
      double least = HUGE_VAL;

      for (gsize j = 0; j < n_offers; j++)
        if (strcmp (offer[j].plan->gpu.id, card[i].plan->gpu.id) == 0 && offer[j].plan->plan.fits)
          least = MIN (least, offer[j].cost.price.expected);
      if (isfinite (least))
        g_assert_cmpfloat (card[i].cost.price.expected, ==, least);
      else
        g_assert_null (card[i].offer);
      if (strcmp (card[i].plan->gpu.id, "a100-80gb-sxm") == 0)
        g_assert_cmpuint (card[i].plan->plan.gpus, ==, 2);
    }
}

/* Without a data set there are no hours, and a million tokens cost what 1e6 / rate seconds do. */
static void
test_without_a_data_set (void)
{
  HrOfferQuestion question = question_of (SERVE_8B);
  gsize n_lines;

  question.workload.samples = 0;
  g_autoptr (HrOfferRanking) ranking = hr_offer_ranking_new (&question, NULL, HR_RANK_BY_COST);
  const HrRankedOffer *line = hr_offer_ranking_get (ranking, &n_lines);

  g_assert_false (line->cost.known);
  g_assert_cmpfloat_with_epsilon (line->cost.price_per_million_tokens.expected,
                                  line->price_per_hour / 3600 * 1e6 / line->plan->throughput.tokens_per_second.expected,
                                  1e-9);
  g_assert_true (hr_offer_ranking_cheapest (ranking) == line);
  g_autofree char *cost = hr_ranked_offer_cost_text (line, FALSE), *speed = hr_ranked_offer_time_text (line, FALSE);
  g_assert_true (g_str_has_suffix (cost, "/M tokens"));
  g_assert_true (g_str_has_suffix (speed, " tokens/s"));
}

static void
test_titles (void)
{
  HrCatalogGpu card = *hr_catalog_find_gpu ("l4");
  HrOfferPlan plan = { .card = &card, .gpu = card.gpu, .n_gpus = 8 };
  HrRankedOffer line = { .plan = &plan, .machines = 1 };
  const struct
  {
    HrSpread spread;
    guint gpus, engines, degree;
    const char *expected;
  } cases[] = {
    { HR_SPREAD_SINGLE, 1, 1, 1, "8 × L4, 1 used" },
    { HR_SPREAD_REPLICAS, 4, 1, 1, "8 × L4 · DDP, 4 used" },
    { HR_SPREAD_REPLICAS, 8, 8, 1, "8 × L4 · 8 engines" },
    { HR_SPREAD_TENSOR, 8, 2, 4, "8 × L4 · 2 engines, tensor 4" },
    { HR_SPREAD_TENSOR, 8, 1, 8, "8 × L4 · tensor 8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      plan.plan.spread = cases[i].spread;
      plan.plan.gpus = cases[i].gpus;
      plan.plan.engines = cases[i].engines;
      plan.plan.job.parallel.data_sharding = HR_SHARDING_DDP;
      plan.plan.job.parallel.tensor = cases[i].degree;
      plan.plan.job.parallel.context = 1;
      g_autofree char *title = hr_ranked_offer_title (&line);
      g_assert_cmpstr (title, ==, cases[i].expected);
    }
}

/* Rows follow edits of the project; what they say is of the configuration that is chosen. */
static void
test_list (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrOfferList) list = hr_offer_list_new (project);
  guint n_changes = 0, n_all, n_fitting;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_object_set (list, "configuration", hr_project_get_configuration (project, 2), NULL);
  n_all = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n_all, >, 400);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (hr_fixture_count_cb), &n_changes);

  g_object_set (list, "only-fitting", TRUE, NULL);
  g_object_get (list, "n-fitting", &n_fitting, NULL);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_fitting);
  g_assert_cmpuint (n_fitting, <, n_all);

  g_object_set (list, "provider", "runpod", NULL);
  g_autoptr (HrOfferRow) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *place = NULL, *id = NULL, *cost_text = NULL;
  double cost, hours, price;
  g_object_get (first, "place", &place, "id", &id, "cost", &cost, "hours", &hours, "price-per-hour", &price,
                "cost-text", &cost_text, NULL);
  g_assert_true (g_str_has_prefix (place, "runpod"));
  g_assert_true (first == hr_offer_list_get_cheapest (list));
  g_assert_cmpfloat_with_epsilon (cost, hours * price, 1e-9);
  g_assert_true (g_str_has_prefix (cost_text, "$"));

  gboolean stale;
  g_object_set (project, "dataset-samples", (guint64) 123456, NULL);
  g_object_get (list, "stale", &stale, NULL);
  g_assert_true (stale);
  hr_offer_list_flush (list);
  g_autoptr (HrOfferRow) later = g_list_model_get_item (G_LIST_MODEL (list), 0);
  double later_cost;
  g_object_get (later, "cost", &later_cost, NULL);
  g_assert_cmpfloat (later_cost, >, cost);

  g_object_set (list, "configuration", NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static const char *
cheapest_cell (HrTable *table, const char *label, guint column)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = table->rows->pdata[i];

      inside |= g_str_equal (row->label, "Cheapest offer that fits");
      if (inside && g_str_equal (row->label, label))
        return row->cells[column];
    }
  return NULL;
}

/* Where finding takes too long, the table has what was known last, until all is found again. */
static void
test_comparison_follows (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, 2);
  const HrComparisonOptions known = { .known_offers = TRUE };
  guint n_found = 0;

  g_autoptr (HrTable) unknown = hr_comparison_table_with (project, &known);
  g_assert_cmpstr (cheapest_cell (unknown, "Machine", 2), ==, "…");
  g_assert_false (hr_cheapest_offer_is_known (project));

  g_autoptr (HrTable) found = hr_comparison_table (project);
  g_assert_true (hr_cheapest_offer_is_known (project));
  g_assert_false (hr_cheapest_offer_find_next (project));

  g_object_set (configuration, "batch-micro-batch-size", (guint64) 64, NULL);
  g_autoptr (HrTable) kept = hr_comparison_table_with (project, &known);
  g_assert_cmpstr (cheapest_cell (kept, "Cost there", 2), ==, cheapest_cell (found, "Cost there", 2));
  g_assert_false (hr_cheapest_offer_is_known (project));

  while (hr_cheapest_offer_find_next (project))
    n_found++;
  g_assert_cmpuint (n_found, ==, 1);
  g_autoptr (HrTable) followed = hr_comparison_table_with (project, &known);
  g_autoptr (HrTable) expected = hr_comparison_table (project);
  g_assert_cmpstr (cheapest_cell (followed, "Machine", 2), !=, cheapest_cell (found, "Machine", 2));
  g_assert_cmpstr (cheapest_cell (followed, "Machine", 2), ==, cheapest_cell (expected, "Machine", 2));
}

/* The Compare table has what the list has first, also after an edit and after prices changed. */
static void
test_comparison (void)
{
  static const HrOffer offers[] = {
    { "near", "a", "h100-80gb-sxm", 1, 8, 64, "", 2, 0, 20200102, HR_PRICE_DATE_EXACT, "own" },
    { "far", "b", "t4", 1, 8, 64, "", 0.1, 0, 20200102, HR_PRICE_DATE_EXACT, "own" },
  };
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrOfferList) list = hr_offer_list_new (project);

  g_object_set (list, "configuration", hr_project_get_configuration (project, 2), NULL);
  for (guint turn = 0; turn < 3; turn++)
    {
      g_autofree char *title = NULL, *cost = NULL;

      if (turn == 1)
        g_object_set (project, "dataset-samples", (guint64) 123456, NULL);
      if (turn == 2)
        {
          hr_catalog_show_offers (offers, G_N_ELEMENTS (offers));
          g_object_set (list, "cards", FALSE, NULL);
        }
      hr_offer_list_flush (list);
      g_autoptr (HrTable) table = hr_comparison_table (project);
      g_object_get (hr_offer_list_get_cheapest (list), "title", &title, "cost-text", &cost, NULL);
      g_assert_cmpstr (cheapest_cell (table, "Machine", 2), ==, title);
      g_assert_cmpstr (cheapest_cell (table, "Cost there", 2), ==, cost);
      if (turn == 2)
        {
          g_assert_cmpstr (cheapest_cell (table, "Provider", 0), ==, "near");
          g_assert_cmpstr (cheapest_cell (table, "Date of the price", 0), ==, "2020-01-02, older than 90 days");
        }
    }

  hr_catalog_show_offers (&offers[1], 1);
  g_autoptr (HrTable) table = hr_comparison_table (project);
  g_assert_cmpstr (cheapest_cell (table, "Machine", 0), ==, "Nothing fits");
  hr_catalog_show_offers (NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/offer-ranking/equals-the-plain-computation", test_equals_the_plain_computation);
  g_test_add_func ("/offer-ranking/cost-is-price-times-hours", test_cost_is_price_times_hours);
  g_test_add_func ("/offer-ranking/front", test_front);
  g_test_add_func ("/offer-ranking/no-miracles", test_no_miracles);
  g_test_add_func ("/offer-ranking/filters", test_filters);
  g_test_add_func ("/offer-ranking/several-machines", test_several_machines);
  g_test_add_func ("/offer-ranking/cards", test_cards);
  g_test_add_func ("/offer-ranking/without-a-data-set", test_without_a_data_set);
  g_test_add_func ("/offer-ranking/titles", test_titles);
  g_test_add_func ("/offer-ranking/list", test_list);
  g_test_add_func ("/offer-ranking/comparison", test_comparison);
  g_test_add_func ("/offer-ranking/comparison-follows", test_comparison_follows);

  return g_test_run ();
}
