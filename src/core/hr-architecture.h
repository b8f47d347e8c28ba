/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-enum.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  HR_MODEL_DECODER,
  HR_MODEL_ENCODER,
  HR_MODEL_ENCODER_DECODER,
} HrModelKind;

typedef enum
{
  HR_NORM_RMS,
  HR_NORM_LAYER,
} HrNormType;

typedef enum
{
  HR_QK_NORM_NONE, /* no norm on queries and keys */
  HR_QK_NORM_HEAD, /* one vector of head_dim each for q and k */
  HR_QK_NORM_FULL, /* over all heads */
} HrQkNorm;

typedef enum
{
  HR_POSITION_ROPE,
  HR_POSITION_LEARNED,
  HR_POSITION_ALIBI,
  HR_POSITION_RELATIVE,
} HrPositionEmbedding;

extern const HrEnum HR_MODEL_KINDS;
extern const HrEnum HR_NORM_TYPES;
extern const HrEnum HR_QK_NORMS;
extern const HrEnum HR_POSITION_EMBEDDINGS;

/**
 * HrArchitecture:
 *
 * The shape of a model: what its config.json says, in that file's words. Counts and widths are in elements. A width
 * or count of 0 means that the model has no such part (no experts, no window, no low-rank query).
 */
typedef struct
{
  char model_type[40];
  char hidden_act[32];
  HrModelKind kind;

  uint32_t hidden_size;
  uint32_t num_hidden_layers;
  uint32_t num_decoder_layers; /* encoder-decoder only */
  uint32_t num_attention_heads;
  uint32_t num_key_value_heads;
  uint32_t head_dim; /* multi-head latent attention: nope + rope */
  uint32_t intermediate_size;
  uint32_t vocab_size;
  uint32_t max_position_embeddings;

  bool tie_word_embeddings;
  bool has_lm_head;
  bool attention_bias;        /* on query, key and value */
  bool attention_output_bias; /* on the output projection */
  bool mlp_bias;              /* also inside experts */
  bool lm_head_bias;
  bool gated_mlp; /* gate, up, down; else up, down */

  HrNormType norm_type;
  bool norm_bias;
  uint32_t norms_per_layer; /* of width hidden_size */
  bool embedding_norm;
  bool final_norm;
  HrQkNorm qk_norm;
  bool attention_sinks; /* one learned value per head */

  HrPositionEmbedding position_embedding;
  uint32_t learned_position_embeddings;
  uint32_t relative_attention_num_buckets;
  uint32_t token_type_vocab_size;
  bool pooler;

  uint32_t sliding_window;           /* tokens */
  uint32_t sliding_window_pattern;   /* every n-th layer attends globally; 0: all layers use the window */
  uint32_t chunked_attention_window; /* tokens, on three of four layers */
  double attn_logit_softcapping;
  double final_logit_softcapping;

  uint32_t num_experts;
  uint32_t num_experts_per_tok;
  uint32_t moe_intermediate_size;
  uint32_t shared_expert_intermediate_size; /* of all shared experts together */
  uint32_t first_k_dense_replace;           /* first k layers are dense */
  uint32_t moe_layer_interval;              /* every n-th layer has experts; 1: all */
  bool router_bias;
  bool shared_expert_gate;

  uint32_t q_lora_rank;
  uint32_t kv_lora_rank; /* not 0: multi-head latent attention */
  uint32_t qk_rope_head_dim;
  uint32_t qk_nope_head_dim;
  uint32_t v_head_dim;
} HrArchitecture;

/** The largest model that is accepted: 2^46, about 70 trillion. */
#define HR_MAX_PARAMETERS ((uint64_t) 1 << 46)

/**
 * hr_architecture_check:
 * @self: an architecture read from outside
 * @message: (out caller-allocates): what is wrong, in English, if the answer is false
 * @message_size: size of @message in bytes
 *
 * Whether every size is present, consistent and small enough that no count made of it overflows 64 bits.
 */
bool hr_architecture_check (const HrArchitecture *self, char *message, size_t message_size);

/** Whether layer @layer (from 0) routes its tokens to experts. */
bool hr_architecture_layer_has_experts (const HrArchitecture *self, uint32_t layer);

/** Number of layers with experts. */
uint32_t hr_architecture_expert_layers (const HrArchitecture *self);

/** Number of layers with experts among the last @layers. */
uint32_t hr_architecture_last_expert_layers (const HrArchitecture *self, uint32_t layers);
