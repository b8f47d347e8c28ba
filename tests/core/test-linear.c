/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-linear.h"

#include "catalog/hr-catalog.h"
#include "core/hr-parameters.h"

#include <glib.h>

static HrTargets
targets_of (const char *names)
{
  HrTargets targets = { .all_linear = g_str_equal (names, "all-linear") };
  g_auto (GStrv) parts = g_strsplit (names, " ", -1);

  if (targets.all_linear)
    return targets;
  for (; parts[targets.count] != NULL; targets.count++)
    g_strlcpy (targets.names[targets.count], parts[targets.count], HR_TARGET_NAME_SIZE);

  return targets;
}

static uint64_t
adapters (const char *id, const char *names, uint32_t rank, bool dora)
{
  const HrCatalogModel *model = hr_catalog_find_model (id);
  HrTargets targets = targets_of (names);

  g_assert_nonnull (model);
  return hr_adapter_parameters (&model->architecture, &targets, rank, dora);
}

/* What peft prints for these models, as published in its examples and in training reports. */
static void
test_published_counts (void)
{
  static const struct
  {
    const char *id;
    const char *targets;
    uint32_t rank;
    uint64_t count;
  } published[] = {
    { "meta-llama/Meta-Llama-3-8B", "q_proj v_proj", 16, 6815744 },
    { "meta-llama/Meta-Llama-3-8B", "all-linear", 16, 41943040 },
    { "meta-llama/Llama-2-7b-hf", "q_proj v_proj", 8, 4194304 },
    { "meta-llama/Llama-3.2-3B", "q_proj v_proj", 32, 9175040 },
    { "meta-llama/Llama-3.2-3B", "q_proj v_proj", 64, 18350080 },
    { "meta-llama/Llama-3.2-3B", "gate_proj up_proj down_proj", 10, 9461760 },
    { "google/flan-t5-xxl", "q v", 16, 18874368 },
    { "google-bert/bert-base-uncased", "query value", 8, 294912 },
    { "openai-community/gpt2", "c_attn", 8, 294912 },
    { "tiiuae/falcon-7b", "query_key_value", 16, 4718592 },
    { "bigscience/bloom-7b1", "query_key_value", 16, 7864320 },
    { "EleutherAI/gpt-neox-20b", "query_key_value", 8, 8650752 },
    { "mosaicml/mpt-7b", "Wqkv", 8, 4194304 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (published); i++)
    g_assert_cmpuint (adapters (published[i].id, published[i].targets, published[i].rank, false), ==,
                      published[i].count);
  g_assert_cmpuint (adapters ("meta-llama/Llama-3.2-3B", "q_proj v_proj", 32, true), ==, 9289728);
}

static void
test_fused (void)
{
  const char *gpt2 = "openai-community/gpt2";
  const char *phi3 = "microsoft/Phi-3-mini-4k-instruct";

  /* One module from h to 3h, or three shares with an input factor each. */
  g_assert_cmpuint (adapters (gpt2, "c_attn", 4, false), ==, 12 * 4 * (768 + 3 * 768));
  g_assert_cmpuint (adapters (gpt2, "q_proj", 4, false), ==, 12 * 4 * (768 + 768));
  g_assert_cmpuint (adapters (gpt2, "q_proj k_proj v_proj", 4, false), ==, 12 * 4 * 6 * 768);
  g_assert_cmpuint (adapters (gpt2, "q_proj c_attn", 4, false), ==, adapters (gpt2, "c_attn", 4, false));

  /* Both output projections of a GPT-2 layer carry one name and are two modules. */
  g_assert_cmpuint (adapters (gpt2, "c_proj", 4, false), ==, 12 * 4 * (2 * 768 + 5 * 768));
  g_assert_cmpuint (adapters (gpt2, "o_proj", 4, false), ==, 12 * 4 * 2 * 768);
  g_assert_cmpuint (adapters (gpt2, "all-linear", 4, false), ==, 12 * 4 * (4 + 2 + 5 + 5) * 768);

  g_assert_cmpuint (adapters (phi3, "gate_up_proj", 8, false), ==, 32 * 8 * (3072 + 2 * 8192));
  g_assert_cmpuint (adapters (phi3, "gate_up_proj", 8, true), ==, 32 * (8 * (3072 + 2 * 8192) + 2 * 8192));
  g_assert_cmpuint (adapters (phi3, "up_proj", 8, false), ==, 32 * 8 * (3072 + 8192));
  g_assert_cmpuint (adapters (phi3, "all-linear", 8, false), ==,
                    32 * 8 * (4 * 3072 + 2 * 3072 + 3072 + 2 * 8192 + 8192 + 3072));
}

static void
test_experts (void)
{
  const char *mixtral = "mistralai/Mixtral-8x7B-v0.1";
  uint64_t expert = 3 * (4096 + 14336);
  uint64_t attention = 2 * (4096 + 4096) + 2 * (4096 + 1024);

  g_assert_cmpuint (adapters (mixtral, "w1 w2 w3", 16, false), ==, 32 * 8 * 16 * expert);
  g_assert_cmpuint (adapters (mixtral, "gate_proj down_proj up_proj", 16, false), ==, 32 * 8 * 16 * expert);
  g_assert_cmpuint (adapters (mixtral, "all-linear", 16, false), ==, 32 * 16 * (attention + 8 * expert + 4096 + 8));
  g_assert_cmpuint (adapters (mixtral, "gate", 16, false), ==, 32 * 16 * (4096 + 8));

  /* DeepSeek-V3 scores experts with a bare parameter: no module for peft to adapt. */
  g_assert_cmpuint (adapters ("deepseek-ai/DeepSeek-V3", "all-linear", 8, false), ==,
                    adapters ("deepseek-ai/DeepSeek-V3",
                              "q_a_proj q_b_proj kv_a_proj_with_mqa kv_b_proj o_proj gate_proj up_proj down_proj", 8,
                              false));

  /* gpt-oss keeps all experts of a layer in one tensor: only attention is linear. */
  g_assert_cmpuint (adapters ("openai/gpt-oss-20b", "all-linear", 8, false), ==,
                    adapters ("openai/gpt-oss-20b", "q_proj k_proj v_proj o_proj", 8, false));
  g_assert_cmpuint (adapters ("openai/gpt-oss-20b", "gate_up_proj", 8, false), ==,
                    UINT64_C (24) * 32 * 8 * (2880 + 2 * 2880));
}

static void
test_named_outside_layers (void)
{
  const char *llama = "meta-llama/Meta-Llama-3-8B";

  g_assert_cmpuint (adapters (llama, "lm_head", 16, false), ==, 16 * (4096 + 128256));
  g_assert_cmpuint (adapters (llama, "embed_tokens", 16, false), ==, 16 * (4096 + 128256));
  g_assert_cmpuint (adapters (llama, "nothing", 16, false), ==, 0);
  g_assert_cmpuint (adapters ("google-bert/bert-base-uncased", "dense", 8, false), ==,
                    8 * (12 * (2 * 768 + 2 * (768 + 3072)) + 2 * 768));
}

static void
test_first_unknown (void)
{
  const HrArchitecture *falcon = &hr_catalog_find_model ("tiiuae/falcon-7b")->architecture;
  HrTargets known = targets_of ("q_proj query_key_value dense lm_head word_embeddings");
  HrTargets unknown = targets_of ("q_proj gate_proj w1");
  HrTargets all = targets_of ("all-linear");

  g_assert_null (hr_targets_first_unknown (&known, falcon));
  g_assert_cmpstr (hr_targets_first_unknown (&unknown, falcon), ==, "gate_proj");
  g_assert_null (hr_targets_first_unknown (&all, falcon));
}

/* Linear weights, tables, vectors and tied heads together are the whole model. */
static void
test_weights_of_linears (void)
{
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (size_t i = 0; i < n_models; i++)
    {
      const HrArchitecture *architecture = &models[i].architecture;
      HrLinear linears[HR_MAX_LINEARS];
      size_t n_linears = hr_architecture_linears (architecture, linears);
      HrParameters parameters;
      uint64_t weights = 0;

      hr_parameters_count (architecture, &parameters);
      g_assert_cmpuint (n_linears, <=, HR_MAX_LINEARS);
      for (size_t j = 0; j < n_linears; j++)
        {
          g_assert_cmpuint (linears[j].fused_with, <=, j);
          if (!(linears[j].is_head && architecture->tie_word_embeddings))
            weights += linears[j].count * linears[j].in_features * linears[j].out_features;
        }
      g_assert_cmpuint (weights, <=, parameters.total);
      g_assert_cmpuint (parameters.total - weights, <, parameters.total / 100); /* vectors and learned positions */
    }
}

static void
test_equal (void)
{
  HrTargets a = targets_of ("q_proj v_proj");
  HrTargets b = targets_of ("q_proj v_proj");
  HrTargets other = targets_of ("q_proj k_proj");
  HrTargets shorter = targets_of ("q_proj");
  HrTargets all = targets_of ("all-linear");

  g_strlcpy (b.names[7], "beyond the count", HR_TARGET_NAME_SIZE);
  g_assert_true (hr_targets_equal (&a, &b));
  g_assert_false (hr_targets_equal (&a, &other));
  g_assert_false (hr_targets_equal (&a, &shorter));
  g_assert_false (hr_targets_equal (&a, &all));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear/published-counts", test_published_counts);
  g_test_add_func ("/linear/fused", test_fused);
  g_test_add_func ("/linear/experts", test_experts);
  g_test_add_func ("/linear/outside-layers", test_named_outside_layers);
  g_test_add_func ("/linear/first-unknown", test_first_unknown);
  g_test_add_func ("/linear/weights", test_weights_of_linears);
  g_test_add_func ("/linear/equal", test_equal);

  return g_test_run ();
}
