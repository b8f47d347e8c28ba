/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"
#include "model/hr-comparison.h"
#include "model/hr-project-measured.h"

#include <string.h>

/* One line a row: kind, label, detail, cells. */
static char *
dump (HrTable *table)
{
  static const char *const kinds[] = { "values", "section", "verdict", "component", "total", "difference" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i);
      g_autofree char *cells = row->cells != NULL ? g_strjoinv (" | ", row->cells) : g_strdup ("");

      g_string_append_printf (text, "%s: %s (%s)", kinds[row->kind], row->label,
                              row->detail != NULL ? row->detail : "");
      if (row->kind != HR_ROW_SECTION)
        g_string_append_printf (text, " %s", cells);
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const HrTableRow *
find_row (HrTable *table, const char *label)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i);
      if (strcmp (row->label, label) == 0)
        return row;
    }

  return NULL;
}

static void
test_sample_table (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrTable) table = hr_comparison_table (project);
  g_autofree char *text = dump (table);
  g_auto (GStrv) halves = g_strsplit (text, "section: Parameters ()\n", 2);

  g_assert_cmpstr (table->title, ==, "Task API fine-tune");
  g_assert_true (g_str_has_prefix (halves[0], "verdict: On 1 × T4 () Does not fit, "));
  g_assert_cmpstr (halves[1], ==,
                   "values: Total parameters () 8.03 B | 8.03 B | 8.03 B | 8.03 B\n"
                   "values: Trainable parameters () 8.03 B | 41.9 M | 41.9 M | 41.9 M\n"
                   "section: What differs ()\n"
                   "difference: Method () Full fine-tuning | LoRA | QLoRA | QLoRA\n"
                   "difference: Quantization () None | None | NF4 | NF4\n"
                   "difference: Cross-entropy () Default | Default | Default | Chunked\n"
                   "section: Rules of thumb ()\n"
                   "values: Lesson rule () 97.3 GB | 17.1 GB | 5.0 GB | 5.0 GB\n"
                   "values: Four-bucket rule () 97.4 GB | 17.5 GB | 5.4 GB | 5.4 GB\n"
                   "values: Multiplier rule () 57.2–98.4 GB | 57.2–98.4 GB | 15.1–26.1 GB | 15.1–26.1 GB\n");
}

/* Rounding of each figure to two digits after the point, and of the sum to one. */
#define ROUNDING_GB (10 * 0.005 + 0.05)

static void
test_rows_add_up (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrTable) table = hr_comparison_table (project);
  const HrTableRow *peak = find_row (table, "Peak");

  for (guint column = 0; column < 4; column++)
    {
      double sum = 0;

      for (guint i = 0; i < table->rows->len; i++)
        {
          const HrTableRow *row = g_ptr_array_index (table->rows, i);

          if (row->kind == HR_ROW_COMPONENT)
            sum += g_ascii_strtod (row->cells[column], NULL);
        }
      g_assert_cmpfloat_with_epsilon (sum, g_ascii_strtod (peak->cells[column], NULL), ROUNDING_GB);
    }
}

static void
test_tags (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrTable) table = hr_comparison_table (project);

  g_assert_cmpint (find_row (table, "Optimizer")->tag, ==, HR_COMPONENT_OPTIMIZER);
  g_assert_cmpint (find_row (table, "Peak")->tag, ==, -1);
}

static void
test_inference_column (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  hr_project_add (project, G_MAXUINT, HR_TASK_INFER, HR_METHOD_FULL, NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);

  g_assert_cmpstr (find_row (table, "Trainable parameters")->cells[4], ==, "—");
  g_assert_cmpstr (find_row (table, "Method")->cells[4], ==, "—");
  g_assert_cmpstr (find_row (table, "Task")->cells[4], ==, "Inference");
  /* Peaks in different phases have no common name. */
  g_assert_null (find_row (table, "Peak")->detail);
}

static void
test_serving (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (HrTable) training = hr_comparison_table (project);

  g_assert_null (find_row (training, "Serving"));
  hr_project_add (project, G_MAXUINT, HR_TASK_INFER, HR_METHOD_FULL, NULL);
  g_object_set (project, "gpu-id", "a100-80gb-sxm", NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);
  const HrServing *serving
      = &hr_estimate_result_get (hr_configuration_get_estimate (hr_project_get_configuration (project, 4)))->serving;
  g_autofree char *requests = g_strdup_printf ("%" G_GUINT64_FORMAT, serving->max_concurrent);

  g_assert_cmpuint (serving->max_concurrent, >, 1);
  g_assert_cmpstr (find_row (table, "Requests at a time")->cells[4], ==, requests);
  g_assert_cmpstr (find_row (table, "Requests at a time")->cells[0], ==, "—");
  g_assert_cmpstr (find_row (table, "Room for the KV cache")->cells[0], ==, "—");
  g_assert_true (g_str_has_suffix (find_row (table, "Room for the KV cache")->cells[4], " GB"));

  g_object_set (project, "gpu-id", "", NULL);
  g_autoptr (HrTable) unknown = hr_comparison_table (project);
  g_assert_null (find_row (unknown, "Serving"));
}

static void
test_own_gpu (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  g_object_set (hr_project_get_configuration (project, 1), "gpu-id", "l4", NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);
  const HrTableRow *verdicts = find_row (table, "On 1 × T4");

  g_assert_true (g_str_has_prefix (verdicts->cells[0], "Does not fit, "));
  g_assert_true (g_str_has_prefix (verdicts->cells[1], "1 × L4: "));
}

static void
test_no_gpu (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  g_object_set (project, "gpu-id", "", NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);

  g_assert_cmpstr (find_row (table, "Verdict")->cells[0], ==, "No GPU chosen");
}

static void
test_units (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  g_object_set (project, "units", HR_UNITS_GIB, NULL);
  g_autoptr (HrTable) table = hr_comparison_table (project);

  g_assert_cmpstr (find_row (table, "Weights")->cells[0], ==, "14.96 GiB");
  g_assert_cmpstr (find_row (table, "Multiplier rule")->cells[0], ==, "53.3–91.6 GiB");
}

static void
test_alone_and_empty (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  while (g_list_model_get_n_items (G_LIST_MODEL (project)) > 1)
    hr_project_remove (project, hr_project_get_configuration (project, 0));
  g_autoptr (HrTable) alone = hr_comparison_table (project);
  g_assert_null (find_row (alone, "What differs"));
  g_assert_nonnull (find_row (alone, "Peak"));

  hr_project_remove (project, hr_project_get_configuration (project, 0));
  g_autoptr (HrTable) empty = hr_comparison_table (project);
  g_assert_cmpuint (empty->rows->len, ==, 0);
  g_assert_cmpuint (hr_comparison_components (project), ==, 0);

  g_autoptr (HrChartModel) chart = hr_comparison_chart (project, 0, FALSE);
  g_assert_cmpuint (chart->bars->len, ==, 0);
  g_assert_nonnull (chart->empty_text);
}

static void
assert_limits (HrProject *project, const char *expected)
{
  g_autoptr (HrChartModel) chart = hr_comparison_chart (project, 0, FALSE);
  g_autoptr (GString) limits = g_string_new (NULL);

  for (guint i = 0; i < chart->limits->len; i++)
    {
      const HrChartLimit *limit = g_ptr_array_index (chart->limits, i);
      g_string_append_printf (limits, "%s%s; ", limit->is_reference ? "~" : "", limit->label);
    }
  g_assert_cmpstr (limits->str, ==, expected);
}

static void
test_limits (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();

  assert_limits (project, "T4 · 16.1 GB; ~RTX 4090 · 25.8 GB; ~A100 80GB SXM4 · 85.9 GB; ");
  g_object_set (hr_project_get_configuration (project, 1), "gpu-id", "l4", NULL);
  assert_limits (project, "T4 · 16.1 GB; L4 · 24.2 GB; ~RTX 4090 · 25.8 GB; ~A100 80GB SXM4 · 85.9 GB; ");
  g_object_set (project, "gpu-id", "rtx-4090", "units", HR_UNITS_GIB, NULL);
  assert_limits (project, "RTX 4090 · 24.0 GiB; L4 · 22.5 GiB; ~A100 80GB SXM4 · 80.0 GiB; ");

  /* What a job may take of a planned card takes the place of the whole card. */
  HrGpuChoice crowded = { .id = "rtx-4090", .count = 1, .limits = { .in_use_mib = 2036 } };
  hr_project_set_gpu (project, &crowded);
  assert_limits (project, "RTX 4090 · 22.0 GiB; L4 · 22.5 GiB; ~A100 80GB SXM4 · 80.0 GiB; ");
}

static void
test_chart (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  guint32 hidden = 1u << HR_COMPONENT_OPTIMIZER;
  g_autoptr (HrChartModel) chart = hr_comparison_chart (project, hidden, TRUE);
  const HrChartBar *full = g_ptr_array_index (chart->bars, 0);

  g_assert_cmpuint (chart->bars->len, ==, 4);
  g_assert_cmpstr (full->name, ==, "Full fine-tune");
  g_assert_cmpstr (full->detail, ==, "bf16 · AdamW");
  g_assert_true (g_str_has_prefix (full->verdict_text, "Does not fit, "));
  g_assert_cmpuint (full->components_bytes[HR_COMPONENT_WEIGHTS], ==, 2 * 8030261248);
  g_assert_cmpuint (chart->hidden, ==, hidden);
  g_assert_true (chart->cut_at_limit);
  g_assert_cmpstr (chart->title, ==, "Task API fine-tune");
  g_assert_cmpstr (chart->component_labels[HR_COMPONENT_OPTIMIZER], ==, "Optimizer");
  g_assert_nonnull (strstr (chart->description, "\nQLoRA r16: "));

  g_assert_cmpuint (hr_comparison_components (project), ==, (1u << HR_N_PARTS) - 1 - (1u << HR_COMPONENT_KV_CACHE));
}

static double
error_in (const char *cell)
{
  const char *sign = strchr (cell, '(') + 1;

  return g_str_has_prefix (sign, "−") ? -g_ascii_strtod (sign + strlen ("−"), NULL) : g_ascii_strtod (sign, NULL);
}

/* Beside the estimate: the latest figure of each metric, with the error that follows from the two. */
static void
test_measured (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *configuration = hr_project_get_configuration (project, 2);
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  HrMeasurement run = { .figures = { { .bytes = 99, .metric = HR_METRIC_DEVICE, .source = "" },
                                     { .bytes = 12340000000, .metric = HR_METRIC_DEVICE, .source = "" },
                                     { .bytes = 20000000000, .metric = HR_METRIC_MAX_ALLOCATED, .source = "" } },
                        .n_figures = 3 };
  g_autoptr (HrTable) before = hr_comparison_table (project);
  g_autoptr (GError) error = NULL;

  g_assert_null (find_row (before, "Device"));
  g_strlcpy (run.model, hr_configuration_get_job (configuration)->model_id, sizeof run.model);
  g_assert_true (hr_project_add_measurement (project, configuration, &run, &error));
  g_assert_no_error (error);

  g_autoptr (HrTable) table = hr_comparison_table (project);
  const HrTableRow *device = find_row (table, "Device"), *allocated = find_row (table, "Allocated");

  g_assert_cmpstr (device->cells[1], ==, "—");
  g_assert_true (g_str_has_prefix (device->cells[2], "12.34 GB ("));
  g_assert_cmpfloat_with_epsilon (error_in (device->cells[2]),
                                  ((double) estimate->peak.device_bytes / 12340000000 - 1) * 100, 0.051);
  g_assert_cmpfloat_with_epsilon (error_in (allocated->cells[2]),
                                  ((double) estimate->peak.allocated_bytes / 20000000000 - 1) * 100, 0.051);
  g_assert_null (find_row (table, "Reserved"));

  g_autoptr (HrChartModel) chart = hr_comparison_chart (project, 0, FALSE);
  g_assert_cmpuint (((HrChartBar *) g_ptr_array_index (chart->bars, 2))->measured_bytes, ==, 12340000000);
  g_assert_cmpuint (((HrChartBar *) g_ptr_array_index (chart->bars, 1))->measured_bytes, ==, 0);
}

static const HrTableChange *
find_change (HrTable *table, const char *label, guint column)
{
  const HrTableRow *row = find_row (table, label);

  g_assert_nonnull (row);
  return hr_table_row_get_change (row, column);
}

/* Figures of others stand beside those of the baseline with sign, unit and percent; equal ones say so. */
static void
test_baseline (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *lora = hr_project_get_configuration (project, 1);
  g_autoptr (HrTable) plain = hr_comparison_table (project);
  g_autoptr (HrTable) table = hr_comparison_table_with (project, &(HrComparisonOptions){ .baseline = lora });

  g_assert_cmpint (plain->baseline, ==, -1);
  g_assert_null (find_change (plain, "Weights", 0));
  g_assert_cmpint (table->baseline, ==, 1);
  g_assert_cmpstr (table->columns[1], ==, "LoRA r16 (baseline)");
  g_assert_cmpstr (table->columns[0], ==, "Full fine-tune");

  /* 16.06 GB of bf16 weights, 5.70 GB of NF4. */
  g_assert_cmpstr (find_change (table, "Weights", 2)->text, ==, "\342\210\22210.36 GB, \342\210\22264 %");
  g_assert_cmpstr (find_change (table, "Weights", 2)->words, ==, "10.36 GB less than LoRA r16 (64 % less)");
  g_assert_cmpstr (find_change (table, "Weights", 0)->text, ==, "same");
  g_assert_cmpstr (find_change (table, "Weights", 0)->words, ==, "the same as LoRA r16");
  g_assert_null (find_change (table, "Weights", 1));
  g_assert_null (find_change (table, "Method", 0));
  g_assert_null (find_change (table, "Range", 0));
  g_assert_true (g_str_has_prefix (find_change (table, "Peak", 0)->text, "+"));
  g_assert_nonnull (find_change (table, "Time", 0));
  g_assert_nonnull (find_change (table, "Cost there", 0));

  g_autofree char *csv = hr_table_to_csv (table);
  g_assert_nonnull (strstr (csv, "\"5.70 GB (\342\210\22210.36 GB, \342\210\22264 %)\""));
}

/* What a baseline has nothing of cannot be taken a part of. */
static void
test_baseline_of_nothing (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  HrConfiguration *full = hr_project_get_configuration (project, 0);
  g_autoptr (HrTable) table = hr_comparison_table_with (project, &(HrComparisonOptions){ .baseline = full });

  g_assert_cmpstr (find_change (table, "Adapters", 1)->text, ==, "+0.17 GB");
  g_assert_cmpstr (find_change (table, "Adapters", 1)->words, ==, "0.17 GB more than Full fine-tune");
}

static void
test_only_differences (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  const HrComparisonOptions options = { .only_differences = TRUE };
  g_autoptr (HrTable) table = hr_comparison_table_with (project, &options);

  g_assert_nonnull (find_row (table, "Optimizer"));
  g_assert_nonnull (find_row (table, "Method"));
  g_assert_null (find_row (table, "Total parameters"));
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i);
      const HrTableRow *next = i + 1 < table->rows->len ? g_ptr_array_index (table->rows, i + 1) : NULL;

      if (row->kind == HR_ROW_SECTION)
        g_assert_true (next != NULL && next->kind != HR_ROW_SECTION);
      else
        g_assert_true (hr_table_row_differs (row));
    }
}

static void
test_nothing_differs (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  const HrComparisonOptions options = { .only_differences = TRUE };

  while (g_list_model_get_n_items (G_LIST_MODEL (project)) > 1)
    hr_project_remove (project, hr_project_get_configuration (project, 1));
  g_autoptr (HrTable) alone = hr_comparison_table_with (project, &options);
  g_assert_cmpuint (alone->rows->len, ==, 1);
  g_assert_nonnull (find_row (alone, "With one configuration there is nothing to compare"));

  hr_project_duplicate (project, hr_project_get_configuration (project, 0));
  g_autoptr (HrTable) twins = hr_comparison_table_with (project, &options);
  g_assert_cmpuint (twins->rows->len, ==, 1);
  g_assert_nonnull (find_row (twins, "Nothing differs between the configurations"));

  hr_project_remove (project, hr_project_get_configuration (project, 0));
  hr_project_remove (project, hr_project_get_configuration (project, 0));
  g_autoptr (HrTable) empty = hr_comparison_table_with (project, &options);
  g_assert_cmpuint (empty->rows->len, ==, 0);
}

/* What is taken from the table before is what would be made anew, after whatever edit. */
static void
test_takes_from_the_table_before (void)
{
  g_autoptr (HrProject) project = hr_fixture_project ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  HrTable *before = NULL;

  for (guint i = 0; i < 150; i++)
    {
      HrConfiguration *first = hr_project_get_configuration (project, 0);
      HrComparisonOptions options = {
        .baseline = i % 3 == 0 ? first : NULL,
        .only_differences = i % 5 == 0,
        .known_offers = TRUE,
      };
      g_autoptr (HrTable) made = hr_comparison_table_with (project, &options);

      options.earlier = before;
      HrTable *taken = hr_comparison_table_with (project, &options);
      g_autofree char *expected = hr_table_to_markdown (made);
      g_autofree char *text = hr_table_to_markdown (taken);

      g_assert_cmpstr (text, ==, expected);
      hr_table_free (before);
      before = taken;
      hr_fixture_edit_at_random (project, rand);
      if (i % 7 == 0)
        g_object_set (project, "units", i % 2 == 0 ? HR_UNITS_GIB : HR_UNITS_GB, NULL);
    }
  hr_table_free (before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comparison/sample-table", test_sample_table);
  g_test_add_func ("/comparison/rows-add-up", test_rows_add_up);
  g_test_add_func ("/comparison/measured", test_measured);
  g_test_add_func ("/comparison/tags", test_tags);
  g_test_add_func ("/comparison/inference-column", test_inference_column);
  g_test_add_func ("/comparison/serving", test_serving);
  g_test_add_func ("/comparison/own-gpu", test_own_gpu);
  g_test_add_func ("/comparison/no-gpu", test_no_gpu);
  g_test_add_func ("/comparison/units", test_units);
  g_test_add_func ("/comparison/alone-and-empty", test_alone_and_empty);
  g_test_add_func ("/comparison/limits", test_limits);
  g_test_add_func ("/comparison/chart", test_chart);

  g_test_add_func ("/comparison/baseline", test_baseline);
  g_test_add_func ("/comparison/baseline-of-nothing", test_baseline_of_nothing);
  g_test_add_func ("/comparison/only-differences", test_only_differences);
  g_test_add_func ("/comparison/nothing-differs", test_nothing_differs);
  g_test_add_func ("/comparison/takes-from-the-table-before", test_takes_from_the_table_before);

  return g_test_run ();
}
