/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/hr-catalog.h"
#include "model/hr-rule-inputs.h"

/* Meta-Llama-3-8B, in billions. */
#define PARAMETERS 8.030261248

static HrRuleTotals
totals (const HrJob *job)
{
  const HrCatalogModel *model = hr_catalog_find_model ("meta-llama/Meta-Llama-3-8B");
  HrRuleTotals out;

  hr_rule_totals (&model->architecture, job, &out);
  return out;
}

static HrJob
job_of (HrTask task, HrMethod method)
{
  HrJob job;

  hr_job_init (&job);
  hr_job_apply_template (&job, task, method);
  return job;
}

static void
assert_near (double actual, double expected)
{
  g_assert_cmpfloat_with_epsilon (actual, expected, 1e-9 * expected);
}

static void
test_full (void)
{
  HrJob job = job_of (HR_TASK_TRAIN, HR_METHOD_FULL);
  HrRuleTotals said = totals (&job);

  /* 2 + 2 + 8 bytes a parameter; 2 · 32 layers · 2048 tokens · 4096 wide · 2 bytes · 0.4; overhead. */
  assert_near (said.lesson, 12 * PARAMETERS + 2.0 * 32 * 2048 * 4096 * 2 * 0.4 / 1e9 + 0.5);
  assert_near (said.four_bucket, 12 * PARAMETERS + 1);
  assert_near (said.multiplier_low, 2 * PARAMETERS * 3.5 + 1);
  assert_near (said.multiplier_high, 2 * PARAMETERS * 6 + 2);
}

static void
test_adapters (void)
{
  HrJob job = job_of (HR_TASK_TRAIN, HR_METHOD_QLORA);
  HrRuleTotals said = totals (&job);

  /* The lesson's own count, on two modules: 2 · 16 · 4096 · 2 · 32; ours on all linear layers: 41,943,040. */
  assert_near (said.lesson, 0.5 * PARAMETERS + 8388608 * 10 / 1e9 + 2.0 * 32 * 2048 * 4096 * 2 * 0.4 / 1e9 + 0.5);
  assert_near (said.four_bucket, 0.5 * PARAMETERS + 41943040 * 10 / 1e9 + 1);
}

static void
test_inference (void)
{
  HrJob job = job_of (HR_TASK_INFER, HR_METHOD_FULL);
  HrRuleTotals said = totals (&job);

  assert_near (said.lesson, 2 * PARAMETERS + 0.5);
  assert_near (said.four_bucket, 2 * PARAMETERS);
  assert_near (said.multiplier_low, 1.2 * 2 * PARAMETERS);
  assert_near (said.multiplier_high, said.multiplier_low);
}

static void
test_last_layers (void)
{
  HrJob job = job_of (HR_TASK_TRAIN, HR_METHOD_LAST_LAYERS);
  HrRuleTotals said = totals (&job);

  /* Gradients and states shrink to the share of two layers of 218,112,000; weights stay. */
  assert_near (said.lesson, 2 * PARAMETERS + 436224000.0 * 10 / 1e9 + 2.0 * 32 * 2048 * 4096 * 2 * 0.4 / 1e9 + 0.5);
  assert_near (said.four_bucket, 2 * PARAMETERS + 436224000.0 * 10 / 1e9 + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rule-inputs/full", test_full);
  g_test_add_func ("/rule-inputs/adapters", test_adapters);
  g_test_add_func ("/rule-inputs/inference", test_inference);
  g_test_add_func ("/rule-inputs/last-layers", test_last_layers);

  return g_test_run ();
}
