/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-architecture.h"

#include <stdio.h>

HR_DEFINE_ENUM (HR_MODEL_KINDS, "decoder", "encoder", "encoder-decoder");
HR_DEFINE_ENUM (HR_NORM_TYPES, "rmsnorm", "layernorm");
HR_DEFINE_ENUM (HR_QK_NORMS, "none", "head", "full");
HR_DEFINE_ENUM (HR_POSITION_EMBEDDINGS, "rope", "learned", "alibi", "relative");

#define MAX_WIDTH 16777216
#define MAX_LAYERS 4096
#define MAX_HEADS 65536
#define MAX_EXPERTS 65536
#define MAX_NORMS 16

typedef struct
{
  const char *name;
  uint32_t value;
  uint32_t minimum;
  uint32_t maximum;
} Size;

static bool
refuse (char *message, size_t message_size, const char *name, const char *problem)
{
  snprintf (message, message_size, "%s %s", name, problem);
  return false;
}

static bool
check_sizes (const Size *sizes, size_t n_sizes, char *message, size_t message_size)
{
  for (size_t i = 0; i < n_sizes; i++)
    if (sizes[i].value < sizes[i].minimum || sizes[i].value > sizes[i].maximum)
      {
        snprintf (message, message_size, "%s is %u, allowed are %u to %u", sizes[i].name, sizes[i].value,
                  sizes[i].minimum, sizes[i].maximum);
        return false;
      }

  return true;
}

static bool
check_common (const HrArchitecture *self, char *message, size_t message_size)
{
  const Size sizes[] = {
    { "hidden_size", self->hidden_size, 1, MAX_WIDTH },
    { "num_hidden_layers", self->num_hidden_layers, 1, MAX_LAYERS },
    { "num_decoder_layers", self->num_decoder_layers, self->kind == HR_MODEL_ENCODER_DECODER, MAX_LAYERS },
    { "num_attention_heads", self->num_attention_heads, 1, MAX_HEADS },
    { "num_key_value_heads", self->num_key_value_heads, 1, self->num_attention_heads },
    { "head_dim", self->head_dim, 1, MAX_WIDTH / self->num_attention_heads },
    { "intermediate_size", self->intermediate_size, 1, MAX_WIDTH },
    { "vocab_size", self->vocab_size, 1, MAX_WIDTH },
    { "norms_per_layer", self->norms_per_layer, 0, MAX_NORMS },
    { "learned_position_embeddings", self->learned_position_embeddings, 0, MAX_WIDTH },
    { "relative_attention_num_buckets", self->relative_attention_num_buckets, 0, MAX_WIDTH },
    { "token_type_vocab_size", self->token_type_vocab_size, 0, MAX_WIDTH },
  };

  return check_sizes (sizes, sizeof sizes / sizeof sizes[0], message, message_size);
}

static bool
check_experts (const HrArchitecture *self, char *message, size_t message_size)
{
  const Size sizes[] = {
    { "num_experts", self->num_experts, 0, MAX_EXPERTS },
    { "num_experts_per_tok", self->num_experts_per_tok, 1, self->num_experts },
    { "moe_intermediate_size", self->moe_intermediate_size, 1, MAX_WIDTH },
    { "shared_expert_intermediate_size", self->shared_expert_intermediate_size, 0, MAX_WIDTH },
    { "first_k_dense_replace", self->first_k_dense_replace, 0, self->num_hidden_layers },
    { "moe_layer_interval", self->moe_layer_interval, 0, MAX_LAYERS },
  };

  if (self->num_experts == 0)
    return true;
  if (self->kind != HR_MODEL_DECODER)
    return refuse (message, message_size, "num_experts", "is supported in decoders only");

  return check_sizes (sizes, sizeof sizes / sizeof sizes[0], message, message_size);
}

static bool
check_latent_attention (const HrArchitecture *self, char *message, size_t message_size)
{
  const uint32_t widest = MAX_WIDTH / (2 * self->num_attention_heads);
  const Size sizes[] = {
    { "kv_lora_rank", self->kv_lora_rank, 1, MAX_WIDTH / 2 },
    { "q_lora_rank", self->q_lora_rank, 0, MAX_WIDTH / 2 },
    { "qk_rope_head_dim", self->qk_rope_head_dim, 1, widest },
    { "qk_nope_head_dim", self->qk_nope_head_dim, 1, widest },
    { "v_head_dim", self->v_head_dim, 1, widest },
  };

  if (self->kv_lora_rank == 0)
    return true;

  return check_sizes (sizes, sizeof sizes / sizeof sizes[0], message, message_size);
}

/* An upper bound, in floating point so that it cannot overflow: as if every layer had every part and every bias. */
static double
parameters_bound (const HrArchitecture *self)
{
  double hidden = self->hidden_size;
  double experts = self->num_experts;
  double attention = 4 * (hidden + 2) * self->num_attention_heads * self->head_dim;
  double mlp_widths
      = self->intermediate_size + experts * self->moe_intermediate_size + self->shared_expert_intermediate_size;
  double mlp = 3 * (hidden + 1) * mlp_widths;
  double vectors = (3 * (MAX_NORMS + experts + 1)) * hidden;
  double relative = (double) self->relative_attention_num_buckets * self->num_attention_heads;
  double tables = 2.0 * self->vocab_size + self->learned_position_embeddings + self->token_type_vocab_size;

  if (self->kv_lora_rank > 0)
    attention = (hidden + self->num_attention_heads * (2.0 * self->head_dim + self->v_head_dim))
                * (self->q_lora_rank + (double) self->kv_lora_rank + self->head_dim + hidden);

  return self->vocab_size + hidden * (tables + hidden + 2 * MAX_NORMS)
         + ((double) self->num_hidden_layers + 2.0 * self->num_decoder_layers) * (attention + mlp + vectors + relative);
}

bool
hr_architecture_check (const HrArchitecture *self, char *message, size_t message_size)
{
  if (self->num_attention_heads == 0)
    return refuse (message, message_size, "num_attention_heads", "is missing or 0");
  if (self->num_attention_heads > MAX_HEADS)
    return refuse (message, message_size, "num_attention_heads", "is larger than any known model's");
  if (!check_common (self, message, message_size) || !check_experts (self, message, message_size)
      || !check_latent_attention (self, message, message_size))
    return false;
  if (self->kv_lora_rank == 0 && self->num_attention_heads % self->num_key_value_heads != 0)
    return refuse (message, message_size, "num_key_value_heads", "does not divide num_attention_heads");
  if (self->kv_lora_rank > 0 && self->head_dim != self->qk_nope_head_dim + self->qk_rope_head_dim)
    return refuse (message, message_size, "head_dim", "is not qk_nope_head_dim + qk_rope_head_dim");
  if (self->kind != HR_MODEL_ENCODER_DECODER && self->num_decoder_layers > 0)
    return refuse (message, message_size, "num_decoder_layers", "belongs to encoder-decoder models only");
  if (parameters_bound (self) > (double) HR_MAX_PARAMETERS)
    return refuse (message, message_size, "the model", "has more than 70 trillion parameters");

  return true;
}

static uint32_t
expert_layers_among_first (const HrArchitecture *self, uint32_t layers)
{
  uint32_t interval = self->moe_layer_interval > 0 ? self->moe_layer_interval : 1;

  if (self->num_experts == 0 || layers <= self->first_k_dense_replace)
    return 0;

  return layers / interval - self->first_k_dense_replace / interval;
}

bool
hr_architecture_layer_has_experts (const HrArchitecture *self, uint32_t layer)
{
  return expert_layers_among_first (self, layer + 1) > expert_layers_among_first (self, layer);
}

uint32_t
hr_architecture_expert_layers (const HrArchitecture *self)
{
  return expert_layers_among_first (self, self->num_hidden_layers);
}

uint32_t
hr_architecture_last_expert_layers (const HrArchitecture *self, uint32_t layers)
{
  if (layers >= self->num_hidden_layers)
    return hr_architecture_expert_layers (self);

  return hr_architecture_expert_layers (self) - expert_layers_among_first (self, self->num_hidden_layers - layers);
}
