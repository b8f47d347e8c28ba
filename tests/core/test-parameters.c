/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-parameters.h"

#include "catalog/hr-catalog.h"

#include <glib.h>

static const HrArchitecture *
architecture_of (const char *id)
{
  const HrCatalogModel *model = hr_catalog_find_model (id);

  g_assert_nonnull (model);
  return &model->architecture;
}

static HrParameters
count (const char *id)
{
  HrParameters parameters;

  hr_parameters_count (architecture_of (id), &parameters);
  return parameters;
}

/* Totals from model cards and checkpoints, written down independently of the catalogue. */
static void
test_published_totals (void)
{
  static const struct
  {
    const char *id;
    uint64_t total;
  } published[] = {
    { "meta-llama/Llama-2-7b-hf", 6738415616 },
    { "meta-llama/Meta-Llama-3-8B", 8030261248 },
    { "meta-llama/Llama-3.2-1B", 1235814400 },
    { "meta-llama/Llama-3.2-3B", 3212749824 },
    { "meta-llama/Meta-Llama-3-70B", 70553706496 },
    { "mistralai/Mistral-7B-v0.1", 7241732096 },
    { "mistralai/Mixtral-8x7B-v0.1", 46702792704 },
    { "Qwen/Qwen2.5-0.5B", 494032768 },
    { "Qwen/Qwen2.5-7B", 7615616512 },
    { "Qwen/Qwen3-8B", 8190735360 },
    { "Qwen/Qwen3-30B-A3B", 30532122624 },
    { "google/gemma-2b", 2506172416 },
    { "google/gemma-2-9b", 9241705984 },
    { "google/gemma-3-1b-pt", 999885952 },
    { "openai-community/gpt2", 124439808 },
    { "openai-community/gpt2-xl", 1557611200 },
    { "google-bert/bert-base-uncased", 109482240 },
    { "google-bert/bert-large-uncased", 335141888 },
    { "google-t5/t5-base", 222903552 },
    { "microsoft/Phi-3-mini-4k-instruct", 3821079552 },
    { "deepseek-ai/DeepSeek-V3", 671026419200 },
    { "deepseek-ai/DeepSeek-V2-Lite", 15706484224 },
    { "openai/gpt-oss-20b", 20914757184 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (published); i++)
    g_assert_cmpuint (count (published[i].id).total, ==, published[i].total);
}

static void
test_whole_catalogue (void)
{
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  g_assert_cmpuint (n_models, ==, 121);
  for (size_t i = 0; i < n_models; i++)
    {
      HrParameters parameters = count (models[i].id);
      uint64_t sum = 0;

      for (int module = 0; module < HR_N_MODULES; module++)
        sum += parameters.modules[module];
      if (parameters.total != models[i].total_parameters || parameters.active != models[i].active_parameters)
        g_test_message ("%s", models[i].id);
      g_assert_cmpuint (parameters.total, ==, models[i].total_parameters);
      g_assert_cmpuint (parameters.active, ==, models[i].active_parameters);
      g_assert_cmpuint (sum, ==, parameters.total);
    }
}

static void
test_modules (void)
{
  HrParameters llama = count ("meta-llama/Meta-Llama-3-8B");
  HrParameters gpt2 = count ("openai-community/gpt2");
  HrParameters bert = count ("google-bert/bert-base-uncased");
  HrParameters mixtral = count ("mistralai/Mixtral-8x7B-v0.1");

  g_assert_cmpuint (llama.modules[HR_MODULE_EMBEDDINGS], ==, UINT64_C (128256) * 4096);
  g_assert_cmpuint (llama.modules[HR_MODULE_HEAD], ==, UINT64_C (128256) * 4096);
  g_assert_cmpuint (llama.modules[HR_MODULE_MLP], ==, UINT64_C (32) * 3 * 4096 * 14336);
  g_assert_cmpuint (llama.modules[HR_MODULE_NORMS], ==, 65 * 4096);

  g_assert_cmpuint (gpt2.modules[HR_MODULE_HEAD], ==, 0);
  g_assert_cmpuint (gpt2.modules[HR_MODULE_NORMS], ==, 25 * 2 * 768);
  g_assert_cmpuint (gpt2.modules[HR_MODULE_ATTENTION], ==, 12 * (4 * 768 * 768 + 4 * 768));

  g_assert_cmpuint (bert.modules[HR_MODULE_POOLER], ==, 768 * 768 + 768);
  g_assert_cmpuint (bert.modules[HR_MODULE_EMBEDDINGS], ==, (30522 + 512 + 2) * 768);

  g_assert_cmpuint (mixtral.modules[HR_MODULE_ROUTER], ==, 32 * 8 * 4096);
  g_assert_cmpuint (mixtral.modules[HR_MODULE_MLP], ==, 0);
  g_assert_cmpuint (mixtral.active, ==, mixtral.total - mixtral.modules[HR_MODULE_EXPERTS] / 8 * 6);
}

static void
test_last_layers (void)
{
  const HrArchitecture *llama = architecture_of ("meta-llama/Meta-Llama-3-8B");
  const HrArchitecture *maverick = architecture_of ("meta-llama/Llama-4-Maverick-17B-128E");
  const HrArchitecture *deepseek = architecture_of ("deepseek-ai/DeepSeek-V3");
  const HrArchitecture *t5 = architecture_of ("google-t5/t5-base");
  uint64_t expert_layer = hr_parameters_of_last_layers (maverick, 1);
  uint64_t t5_layer = 8 * UINT64_C (768) * 768 + 2 * 768 * 3072 + 3 * 768;
  HrParameters parameters;

  g_assert_cmpuint (hr_parameters_of_last_layers (llama, 0), ==, 0);
  g_assert_cmpuint (hr_parameters_of_last_layers (llama, 2), ==, 2 * UINT64_C (218112000));
  g_assert_cmpuint (hr_parameters_of_last_layers (llama, 32), ==, 32 * UINT64_C (218112000));
  g_assert_cmpuint (hr_parameters_of_last_layers (llama, 4096), ==, 32 * UINT64_C (218112000));

  /* Experts in every second layer, the last one included. */
  g_assert_cmpuint (hr_parameters_of_last_layers (maverick, 2) - expert_layer, <, expert_layer / 10);

  hr_parameters_count (deepseek, &parameters);
  g_assert_cmpuint (hr_parameters_of_last_layers (deepseek, 61), ==,
                    parameters.total - parameters.modules[HR_MODULE_EMBEDDINGS] - parameters.modules[HR_MODULE_HEAD]
                        - 7168);

  /* Decoder layers with cross attention; the first one holds the relative positions. */
  g_assert_cmpuint (hr_parameters_of_last_layers (t5, 3), ==, 3 * t5_layer);
  g_assert_cmpuint (hr_parameters_of_last_layers (t5, 12), ==, 12 * t5_layer + 32 * 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parameters/published-totals", test_published_totals);
  g_test_add_func ("/parameters/whole-catalogue", test_whole_catalogue);
  g_test_add_func ("/parameters/modules", test_modules);
  g_test_add_func ("/parameters/last-layers", test_last_layers);

  return g_test_run ();
}
