/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-parameters.h"

HR_DEFINE_ENUM (HR_MODULES, "embeddings", "attention", "mlp", "experts", "shared_experts", "router", "norms", "pooler",
                "head");

static uint64_t
norm_parameters (const HrArchitecture *architecture)
{
  return (uint64_t) architecture->hidden_size * (architecture->norm_bias ? 2 : 1);
}

static uint64_t
mlp_parameters (const HrArchitecture *architecture, uint64_t width, bool bias)
{
  uint64_t inner = architecture->gated_mlp ? 2 : 1; /* matrices from hidden_size to width */
  uint64_t hidden = architecture->hidden_size;

  return (inner + 1) * hidden * width + (bias ? inner * width + hidden : 0);
}

static uint64_t
latent_attention_parameters (const HrArchitecture *architecture)
{
  uint64_t hidden = architecture->hidden_size;
  uint64_t heads = architecture->num_attention_heads;
  uint64_t q_rank = architecture->q_lora_rank;
  uint64_t kv_rank = architecture->kv_lora_rank;
  uint64_t q_width = heads * (architecture->qk_nope_head_dim + architecture->qk_rope_head_dim);
  uint64_t query = q_rank > 0 ? hidden * q_rank + q_rank + q_rank * q_width : hidden * q_width;
  uint64_t compressed = hidden * (kv_rank + architecture->qk_rope_head_dim) + kv_rank;
  uint64_t expanded = kv_rank * heads * (architecture->qk_nope_head_dim + architecture->v_head_dim);
  uint64_t output = heads * architecture->v_head_dim * hidden;

  return query + compressed + expanded + output;
}

static uint64_t
attention_parameters (const HrArchitecture *architecture)
{
  uint64_t hidden = architecture->hidden_size;
  uint64_t q_width = (uint64_t) architecture->num_attention_heads * architecture->head_dim;
  uint64_t kv_width = (uint64_t) architecture->num_key_value_heads * architecture->head_dim;
  uint64_t count;

  if (architecture->kv_lora_rank > 0)
    return latent_attention_parameters (architecture);

  count = 2 * hidden * q_width + 2 * hidden * kv_width;
  if (architecture->attention_bias)
    count += q_width + 2 * kv_width;
  if (architecture->attention_output_bias)
    count += hidden;
  if (architecture->qk_norm == HR_QK_NORM_HEAD)
    count += 2 * (uint64_t) architecture->head_dim;
  if (architecture->qk_norm == HR_QK_NORM_FULL)
    count += q_width + kv_width;
  if (architecture->attention_sinks)
    count += architecture->num_attention_heads;

  return count;
}

static uint64_t
relative_bias_parameters (const HrArchitecture *architecture)
{
  if (architecture->position_embedding != HR_POSITION_RELATIVE)
    return 0;

  return (uint64_t) architecture->relative_attention_num_buckets * architecture->num_attention_heads;
}

/* @cross: layers that also attend to the encoder, with one more norm. */
static void
add_layers (const HrArchitecture *architecture, uint64_t dense, uint64_t with_experts, bool cross, HrParameters *out)
{
  uint64_t layers = dense + with_experts;
  uint64_t hidden = architecture->hidden_size;
  uint64_t experts = architecture->num_experts;
  uint64_t shared_width = architecture->shared_expert_intermediate_size;
  bool bias = architecture->mlp_bias;

  out->modules[HR_MODULE_ATTENTION] += layers * attention_parameters (architecture) * (cross ? 2 : 1);
  out->modules[HR_MODULE_NORMS]
      += layers * norm_parameters (architecture) * (architecture->norms_per_layer + (cross ? 1 : 0));
  out->modules[HR_MODULE_MLP] += dense * mlp_parameters (architecture, architecture->intermediate_size, bias);
  if (with_experts == 0)
    return;

  out->modules[HR_MODULE_EXPERTS]
      += with_experts * experts * mlp_parameters (architecture, architecture->moe_intermediate_size, bias);
  out->modules[HR_MODULE_ROUTER] += with_experts * experts * (hidden + (architecture->router_bias ? 1 : 0));
  if (shared_width > 0)
    out->modules[HR_MODULE_SHARED_EXPERTS]
        += with_experts
           * (mlp_parameters (architecture, shared_width, false) + (architecture->shared_expert_gate ? hidden : 0));
}

static void
add_outside_layers (const HrArchitecture *architecture, HrParameters *out)
{
  uint64_t hidden = architecture->hidden_size;
  uint64_t vocabulary = architecture->vocab_size;
  uint64_t stacks = architecture->kind == HR_MODEL_ENCODER_DECODER ? 2 : 1;
  uint64_t norms = (architecture->embedding_norm ? 1 : 0) + (architecture->final_norm ? stacks : 0);

  out->modules[HR_MODULE_EMBEDDINGS]
      = hidden
        * (vocabulary + (uint64_t) architecture->learned_position_embeddings + architecture->token_type_vocab_size);
  out->modules[HR_MODULE_ATTENTION] += stacks * relative_bias_parameters (architecture);
  out->modules[HR_MODULE_NORMS] += norms * norm_parameters (architecture);
  if (architecture->pooler)
    out->modules[HR_MODULE_POOLER] = hidden * hidden + hidden;
  if (!architecture->has_lm_head)
    return;
  if (!architecture->tie_word_embeddings)
    out->modules[HR_MODULE_HEAD] += vocabulary * hidden;
  if (architecture->lm_head_bias)
    out->modules[HR_MODULE_HEAD] += vocabulary;
}

static uint64_t
sum_of_modules (const HrParameters *parameters)
{
  uint64_t sum = 0;

  for (int i = 0; i < HR_N_MODULES; i++)
    sum += parameters->modules[i];

  return sum;
}

void
hr_parameters_count (const HrArchitecture *architecture, HrParameters *out)
{
  uint32_t with_experts = hr_architecture_expert_layers (architecture);

  *out = (HrParameters){ 0 };
  add_layers (architecture, architecture->num_hidden_layers - with_experts, with_experts, false, out);
  add_layers (architecture, architecture->num_decoder_layers, 0, true, out);
  add_outside_layers (architecture, out);

  out->total = sum_of_modules (out);
  out->active = out->total;
  if (with_experts > 0)
    out->active -= out->modules[HR_MODULE_EXPERTS] / architecture->num_experts
                   * (architecture->num_experts - architecture->num_experts_per_tok);
}

uint64_t
hr_parameters_of_last_layers (const HrArchitecture *architecture, uint32_t layers)
{
  bool cross = architecture->kind == HR_MODEL_ENCODER_DECODER;
  uint32_t depth = cross ? architecture->num_decoder_layers : architecture->num_hidden_layers;
  uint32_t with_experts;
  HrParameters counted = { 0 };

  if (layers > depth)
    layers = depth;
  with_experts = hr_architecture_last_expert_layers (architecture, layers);
  add_layers (architecture, layers - with_experts, with_experts, cross, &counted);
  if (layers == depth)
    counted.modules[HR_MODULE_ATTENTION] += relative_bias_parameters (architecture); /* lies in the first layer */

  return sum_of_modules (&counted);
}
