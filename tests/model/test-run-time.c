/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"
#include "model/hr-comparison.h"
#include "model/hr-run-time.h"

#include <string.h>

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_texts (void)
{
  assert_text (hr_rate_text (0.4567), "0.46");
  assert_text (hr_rate_text (0.0996), "0.10");
  assert_text (hr_rate_text (9.96), "10");
  assert_text (hr_rate_text (99.96), "100");
  assert_text (hr_rate_text (999.9), "1,000");
  assert_text (hr_rate_text (1234567), "1,230,000");
  assert_text (hr_rate_text (0), "0");
  assert_text (hr_span_text ((HrSpan){ 0 }), "—");
  assert_text (hr_span_text ((HrSpan){ 5, 5, 5 }), "5.0");
  assert_text (hr_seconds_text ((HrSpan){ 0.05, 0.12, 1.5 }), "120 ms (50–1,500)");
  assert_text (hr_hours_text ((HrSpan){ 0.01, 0.02, 0.03 }), "72 s (36–108)");
  assert_text (hr_hours_text ((HrSpan){ 0.5, 1.5, 3 }), "90 min (30–180)");
  assert_text (hr_hours_text ((HrSpan){ 40, 71, 90 }), "71 h (40–90)");
  assert_text (hr_hours_text ((HrSpan){ 48, 72, 96 }), "3.0 days (2.0–4.0)");
}

/* The three numbers of a span are as precise as each other. */
static void
test_precision (void)
{
  assert_text (hr_span_text ((HrSpan){ 9.92, 37.2, 104.9 }), "37 (10–105)");
  assert_text (hr_span_text ((HrSpan){ 0.899, 2.57, 9.59 }), "2.6 (0.9–9.6)");
  assert_text (hr_span_text ((HrSpan){ 0.15, 0.28, 0.4 }), "0.28 (0.15–0.40)");
  assert_text (hr_span_text ((HrSpan){ 0.031, 37, 50 }), "37 (0.031–50)");
  assert_text (hr_span_text ((HrSpan){ 980, 1234, 15678 }), "1,230 (980–15,700)");
}

static void
test_money (void)
{
  assert_text (hr_cost_text ((HrSpan){ 1.5, 2, 4 }), "$2.00 (1.50–4.00)");
  assert_text (hr_cost_text ((HrSpan){ 0.0278, 0.0278, 0.0278 }), "$0.03");
  assert_text (hr_cost_text ((HrSpan){ 0.001, 0.0278, 0.1 }), "$0.03 (0.0010–0.10)");
  assert_text (hr_cost_text ((HrSpan){ 0.0011, 0.00349, 0.0204 }), "$0.0035 (0.0011–0.0204)");
  assert_text (hr_cost_text ((HrSpan){ 91.4, 123.4, 5678 }), "$123 (91–5,680)");
}

static const HrTableRow *
find_row (HrTable *table, const char *label)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (strcmp (((HrTableRow *) g_ptr_array_index (table->rows, i))->label, label) == 0)
      return g_ptr_array_index (table->rows, i);

  return NULL;
}

static void
assert_cells (HrProject *project, const char *label, const char *expected)
{
  g_autoptr (HrTable) table = hr_comparison_table (project);
  const HrTableRow *row = find_row (table, label);

  g_assert_nonnull (row);
  for (guint i = 0; table->columns[i] != NULL; i++)
    g_assert_cmpstr (row->cells[i], ==, expected);
}

/* What is missing is named, in the order in which it is needed. */
static void
test_missing (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrRunTime time;

  g_object_set (project, "dataset-samples", (guint64) 0, NULL);
  assert_cells (project, "Time", "Needs a data set");
  assert_cells (project, "Cost", "Needs a data set");
  g_object_set (project, "dataset-samples", (guint64) 1000, NULL);
  assert_cells (project, "Cost", "Needs a price");
  g_object_set (project, "assumption-price-per-gpu-hour", 2.5, NULL);
  hr_run_time (project, hr_project_get_configuration (project, 0), &time);
  g_assert_null (hr_run_time_missing (&time));
  g_assert_null (hr_run_price_missing (&time));
  g_assert_cmpfloat_with_epsilon (time.cost.price.high, 2.5 * time.cost.hours.high, 1e-9 * time.cost.price.high);

  g_object_set (project, "gpu-id", "", NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);
  g_assert_null (find_row (table, "Time and cost"));
}

/* Where figures come from is told, also that they are the user's. */
static void
test_basis (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, 0);

  hr_project_flush (project);
  g_autofree char *before = hr_run_time_basis (project, configuration);
  g_assert_nonnull (strstr (before, "Utilization of compute (MFU): 0.28 (0.15–0.40), assumed"));
  g_assert_null (strstr (before, "Link"));

  g_object_set (project, "assumption-utilization", 0.5, NULL);
  g_autofree char *after = hr_run_time_basis (project, configuration);
  g_assert_nonnull (strstr (after, "Utilization of compute (MFU): 0.5, stated in the project"));
  assert_text (hr_assumption_default_text (HR_ASSUMPTION_PACKING_EFFICIENCY, project, configuration),
               "0.97 (0.90–1.00), assumed: by how greedily samples are packed");
  g_autofree char *standard = hr_assumption_default_text (HR_ASSUMPTION_UTILIZATION, project, configuration);
  g_assert_true (g_str_has_prefix (standard, "0.28 (0.15–0.40), assumed"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-time/texts", test_texts);
  g_test_add_func ("/run-time/precision", test_precision);
  g_test_add_func ("/run-time/money", test_money);
  g_test_add_func ("/run-time/missing", test_missing);
  g_test_add_func ("/run-time/basis", test_basis);

  return g_test_run ();
}
