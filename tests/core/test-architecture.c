/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-architecture.h"

#include "catalog/hr-catalog.h"
#include "core/hr-field.h"
#include "core/hr-linear.h"
#include "core/hr-parameters.h"

#include <glib.h>

static HrArchitecture
architecture_of (const char *id)
{
  return hr_catalog_find_model (id)->architecture;
}

static void
assert_refused (const HrArchitecture *architecture, const char *expected)
{
  char message[200] = "";

  g_assert_false (hr_architecture_check (architecture, message, sizeof message));
  g_assert_cmpstr (message, ==, expected);
}

static void
test_catalogue_is_accepted (void)
{
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);
  char message[200];

  for (size_t i = 0; i < n_models; i++)
    g_assert_true (hr_architecture_check (&models[i].architecture, message, sizeof message));
}

static void
test_refusals (void)
{
  const HrArchitecture llama = architecture_of ("meta-llama/Meta-Llama-3-8B");
  const HrArchitecture mixtral = architecture_of ("mistralai/Mixtral-8x7B-v0.1");
  const HrArchitecture deepseek = architecture_of ("deepseek-ai/DeepSeek-V3");
  const HrArchitecture t5 = architecture_of ("google-t5/t5-base");
  HrArchitecture broken;

#define REFUSE(model, member, value, message)                                                                          \
  broken = model;                                                                                                      \
  broken.member = value;                                                                                               \
  assert_refused (&broken, message)

  REFUSE (llama, hidden_size, 0, "hidden_size is 0, allowed are 1 to 16777216");
  REFUSE (llama, num_hidden_layers, 4097, "num_hidden_layers is 4097, allowed are 1 to 4096");
  REFUSE (llama, num_attention_heads, 0, "num_attention_heads is missing or 0");
  REFUSE (llama, num_attention_heads, UINT32_MAX, "num_attention_heads is larger than any known model's");
  REFUSE (llama, num_key_value_heads, 33, "num_key_value_heads is 33, allowed are 1 to 32");
  REFUSE (llama, num_key_value_heads, 7, "num_key_value_heads does not divide num_attention_heads");
  REFUSE (llama, head_dim, 524289, "head_dim is 524289, allowed are 1 to 524288");
  REFUSE (llama, num_decoder_layers, 1, "num_decoder_layers belongs to encoder-decoder models only");
  REFUSE (mixtral, num_experts_per_tok, 9, "num_experts_per_tok is 9, allowed are 1 to 8");
  REFUSE (mixtral, num_experts, 65536, "the model has more than 70 trillion parameters");
  REFUSE (mixtral, kind, HR_MODEL_ENCODER, "num_experts is supported in decoders only");
  REFUSE (deepseek, head_dim, 128, "head_dim is not qk_nope_head_dim + qk_rope_head_dim");
  REFUSE (deepseek, v_head_dim, 0, "v_head_dim is 0, allowed are 1 to 65536");
  REFUSE (t5, num_decoder_layers, 0, "num_decoder_layers is 0, allowed are 1 to 4096");
#undef REFUSE
}

static uint32_t
random_size (uint32_t maximum)
{
  return 1u + (uint32_t) g_test_rand_int_range (0, (gint32) maximum) / (1u << g_test_rand_int_range (0, 20));
}

static HrArchitecture
random_architecture (void)
{
  uint32_t key_value_heads = random_size (256);
  HrArchitecture architecture = {
    .kind = HR_MODEL_DECODER,
    .hidden_size = random_size (20000000),
    .num_hidden_layers = random_size (5000),
    .num_key_value_heads = key_value_heads,
    .num_attention_heads = key_value_heads * random_size (64),
    .head_dim = random_size (4096),
    .intermediate_size = random_size (20000000),
    .vocab_size = random_size (20000000),
    .norms_per_layer = random_size (16),
    .has_lm_head = true,
    .mlp_bias = true,
    .gated_mlp = true,
    .norm_bias = true,
    .num_experts = random_size (100000),
    .moe_intermediate_size = random_size (20000000),
    .shared_expert_intermediate_size = random_size (20000000),
  };

  architecture.num_experts_per_tok = random_size (architecture.num_experts);
  return architecture;
}

static double
adapters_in_floating_point (const HrArchitecture *architecture, double rank)
{
  HrLinear linears[HR_MAX_LINEARS];
  size_t n_linears = hr_architecture_linears (architecture, linears);
  double sum = 0;

  for (size_t i = 0; i < n_linears; i++)
    if (!linears[i].is_head && !linears[i].is_embedding)
      sum += (double) linears[i].count * rank * (double) (linears[i].in_features + linears[i].out_features);

  return sum;
}

/* What is accepted can be counted: the same sums in floating point, which cannot overflow, agree. */
static void
test_accepted_never_overflows (void)
{
  const HrTargets all = { .all_linear = true };
  char message[200];
  int accepted = 0;

  for (int i = 0; i < 20000; i++)
    {
      HrArchitecture architecture = random_architecture ();
      HrParameters parameters;
      double adapters;

      if (!hr_architecture_check (&architecture, message, sizeof message))
        continue;
      accepted++;
      hr_parameters_count (&architecture, &parameters);
      g_assert_cmpuint (parameters.total, <=, HR_MAX_PARAMETERS);
      g_assert_cmpuint (parameters.active, <=, parameters.total);
      adapters = adapters_in_floating_point (&architecture, HR_MAX_RANK);
      g_assert_cmpfloat_with_epsilon ((double) hr_adapter_parameters (&architecture, &all, HR_MAX_RANK, false),
                                      adapters, adapters * 1e-12);
    }
  g_assert_cmpint (accepted, >, 200);
}

static void
test_expert_layers (void)
{
  HrArchitecture maverick = architecture_of ("meta-llama/Llama-4-Maverick-17B-128E");
  HrArchitecture deepseek = architecture_of ("deepseek-ai/DeepSeek-V3");
  HrArchitecture llama = architecture_of ("meta-llama/Meta-Llama-3-8B");
  HrArchitecture mixed = deepseek;
  uint32_t counted = 0;

  g_assert_cmpuint (hr_architecture_expert_layers (&maverick), ==, 24);
  g_assert_false (hr_architecture_layer_has_experts (&maverick, 0));
  g_assert_true (hr_architecture_layer_has_experts (&maverick, 1));

  g_assert_cmpuint (hr_architecture_expert_layers (&deepseek), ==, 58);
  g_assert_false (hr_architecture_layer_has_experts (&deepseek, 2));
  g_assert_true (hr_architecture_layer_has_experts (&deepseek, 3));
  g_assert_cmpuint (hr_architecture_last_expert_layers (&deepseek, 60), ==, 58);
  g_assert_cmpuint (hr_architecture_last_expert_layers (&deepseek, 5), ==, 5);

  g_assert_cmpuint (hr_architecture_expert_layers (&llama), ==, 0);

  mixed.moe_layer_interval = 4;
  for (uint32_t layer = 0; layer < mixed.num_hidden_layers; layer++)
    counted += hr_architecture_layer_has_experts (&mixed, layer);
  g_assert_cmpuint (hr_architecture_expert_layers (&mixed), ==, counted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/architecture/catalogue", test_catalogue_is_accepted);
  g_test_add_func ("/architecture/refusals", test_refusals);
  g_test_add_func ("/architecture/overflow", test_accepted_never_overflows);
  g_test_add_func ("/architecture/expert-layers", test_expert_layers);

  return g_test_run ();
}
