/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

static const char *const component_labels[HR_N_COMPONENTS] = {
  "Weights", "Adapters", "Gradients", "Optimizer", "Activations", "Logits and loss", "KV cache", "Workspace", "Context",
};

/* Pixels a character is high in each style. */
static const double heights[HR_CHART_N_TEXT_STYLES] = {
  [HR_CHART_TEXT_AXIS] = 15,  [HR_CHART_TEXT_FIGURE] = 18, [HR_CHART_TEXT_NAME] = 18,  [HR_CHART_TEXT_DETAIL] = 14,
  [HR_CHART_TEXT_LIMIT] = 14, [HR_CHART_TEXT_EMPTY] = 18,  [HR_CHART_TEXT_TITLE] = 22, [HR_CHART_TEXT_LEGEND] = 16,
};

static void
measure_fixed (gpointer user_data, HrChartTextStyle style, const char *text, double *width, double *height)
{
  *height = heights[style];
  *width = (double) g_utf8_strlen (text, -1) * heights[style] * 0.5;
}

const HrChartMeasurer fixed_measurer = { measure_fixed, NULL };

static HrChartModel *
create_model (void)
{
  HrChartModel *model = hr_chart_model_new ();

  model->title = g_strdup ("Task API fine-tune");
  model->description = g_strdup ("Memory of each configuration & the limit of its GPU");
  model->empty_text = g_strdup ("No configuration yet");
  for (size_t i = 0; i < HR_N_COMPONENTS; i++)
    model->component_labels[i] = g_strdup (component_labels[i]);

  return model;
}

HrChartModel *
sample_comparison (void)
{
  static const struct
  {
    const char *name, *detail, *verdict;
    uint64_t megabytes[HR_N_COMPONENTS];
  } bars[] = {
    { "Full fine-tune",
      "bf16 · AdamW",
      "does not fit, 87.0 GB short",
      { 16060, 0, 16060, 64240, 1900, 3700, 0, 400, 700 } },
    { "LoRA r16", "bf16 · all linear", "does not fit, 7.7 GB short", { 16060, 90, 170, 340, 2300, 3700, 0, 400, 700 } },
    { "QLoRA r16", "NF4 · all linear", "tight, 2.2 GB free", { 5760, 170, 170, 340, 2300, 3700, 0, 700, 700 } },
    { "QLoRA + fused CE", "NF4 · chunked loss", "fits, 5.5 GB free", { 5760, 170, 170, 340, 2300, 600, 0, 600, 700 } },
  };
  HrChartModel *model = create_model ();

  for (size_t i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      HrChartBar *bar = hr_chart_model_add_bar (model, bars[i].name, bars[i].detail);

      bar->verdict_text = g_strdup (bars[i].verdict);
      bar->capacity_bytes = UINT64_C (16106127360);
      for (size_t c = 0; c < HR_N_COMPONENTS; c++)
        bar->components_bytes[c] = bars[i].megabytes[c] * 1000000;
    }
  hr_chart_model_add_limit (model, "T4 · 16.1 GB", UINT64_C (16106127360), FALSE);
  hr_chart_model_add_limit (model, "RTX 4090 · 25.8 GB", UINT64_C (25757220864), TRUE);
  hr_chart_model_add_limit (model, "A100 · 85.9 GB", UINT64_C (85899345920), TRUE);

  return model;
}

HrChartModel *
sample_bars (guint n_bars)
{
  HrChartModel *model = create_model ();

  for (guint i = 0; i < n_bars; i++)
    {
      g_autofree char *name = g_strdup_printf ("Configuration %u", i + 1);
      HrChartBar *bar = hr_chart_model_add_bar (model, name, "bf16 · all linear");

      for (guint c = 0; c < HR_N_COMPONENTS; c++)
        bar->components_bytes[c] = (i + c) % 4 == 3 ? 0 : (i % 17 + 1) * (c * 7 % 5 + 1) * GB / 10;
    }
  hr_chart_model_add_limit (model, "T4 · 16.1 GB", UINT64_C (16106127360), FALSE);
  hr_chart_model_add_limit (model, "RTX 4090 · 25.8 GB", UINT64_C (25757220864), TRUE);

  return model;
}

static uint64_t
random_bytes (GRand *random)
{
  static const double sizes[] = { 0, 1, 1e3, 3e8, 2e9, 1.6e10, 8e10, 1e13, 1.8e19 };
  guint kind = (guint) g_rand_int_range (random, 0, 40);

  /* Mostly what real jobs need, at times nothing or anything. */
  if (kind < G_N_ELEMENTS (sizes))
    return (uint64_t) sizes[kind];

  return (uint64_t) (g_rand_double (random) * g_rand_double (random) * 4e10);
}

HrChartModel *
sample_random (GRand *random)
{
  static const char *const names[] = {
    "QLoRA r16",
    "",
    "A configuration with a name that nobody can read to its end in one go",
    "Ünïcödé 👩‍👩‍👧‍👦🏳️‍🌈 é",
    "تجربة",
  };
  HrChartModel *model = create_model ();
  int n_bars = g_rand_int_range (random, 1, 16);
  int n_limits = g_rand_int_range (random, 0, 7);

  model->units = g_rand_boolean (random) ? HR_UNITS_GB : HR_UNITS_GIB;
  model->cut_at_limit = g_rand_boolean (random);
  model->hidden = g_rand_boolean (random) ? 0 : g_rand_int (random) & 0x1ff;
  for (int i = 0; i < n_bars; i++)
    {
      const char *name = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
      HrChartBar *bar = hr_chart_model_add_bar (model, name, g_rand_boolean (random) ? "NF4 · all linear" : NULL);

      for (size_t c = 0; c < HR_N_COMPONENTS; c++)
        bar->components_bytes[c] = g_rand_boolean (random) ? random_bytes (random) : 0;
    }
  for (int i = 0; i < n_limits; i++)
    {
      g_autofree char *label = g_strdup_printf ("Card %d · 24 GB", i);
      hr_chart_model_add_limit (model, label, random_bytes (random), g_rand_boolean (random));
    }

  return model;
}
