/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-architecture-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMBER(NAME, KIND, VALUES)                                                                                     \
  {                                                                                                                    \
#    NAME, KIND, G_STRUCT_OFFSET(HrArchitecture, NAME), sizeof(((HrArchitecture *) NULL)->NAME), VALUES                \
  }
#define SIZE(NAME) MEMBER (NAME, HR_SHAPE_SIZE, NULL)
#define FLAG(NAME) MEMBER (NAME, HR_SHAPE_FLAG, NULL)

static const HrShapeMember members[] = {
  MEMBER (model_type, HR_SHAPE_TEXT, NULL),
  MEMBER (kind, HR_SHAPE_ENUM, &HR_MODEL_KINDS),
  SIZE (hidden_size),
  SIZE (num_hidden_layers),
  SIZE (num_decoder_layers),
  SIZE (num_attention_heads),
  SIZE (num_key_value_heads),
  SIZE (head_dim),
  SIZE (intermediate_size),
  SIZE (vocab_size),
  SIZE (max_position_embeddings),
  FLAG (tie_word_embeddings),
  FLAG (has_lm_head),
  FLAG (attention_bias),
  FLAG (attention_output_bias),
  FLAG (mlp_bias),
  FLAG (lm_head_bias),
  MEMBER (hidden_act, HR_SHAPE_TEXT, NULL),
  FLAG (gated_mlp),
  MEMBER (norm_type, HR_SHAPE_ENUM, &HR_NORM_TYPES),
  FLAG (norm_bias),
  SIZE (norms_per_layer),
  FLAG (embedding_norm),
  FLAG (final_norm),
  MEMBER (qk_norm, HR_SHAPE_ENUM, &HR_QK_NORMS),
  FLAG (attention_sinks),
  MEMBER (position_embedding, HR_SHAPE_ENUM, &HR_POSITION_EMBEDDINGS),
  SIZE (learned_position_embeddings),
  SIZE (relative_attention_num_buckets),
  SIZE (token_type_vocab_size),
  FLAG (pooler),
  SIZE (sliding_window),
  SIZE (sliding_window_pattern),
  SIZE (chunked_attention_window),
  MEMBER (attn_logit_softcapping, HR_SHAPE_NUMBER, NULL),
  MEMBER (final_logit_softcapping, HR_SHAPE_NUMBER, NULL),
  SIZE (num_experts),
  SIZE (num_experts_per_tok),
  SIZE (moe_intermediate_size),
  SIZE (shared_expert_intermediate_size),
  SIZE (first_k_dense_replace),
  SIZE (moe_layer_interval),
  FLAG (router_bias),
  FLAG (shared_expert_gate),
  SIZE (q_lora_rank),
  SIZE (kv_lora_rank),
  SIZE (qk_rope_head_dim),
  SIZE (qk_nope_head_dim),
  SIZE (v_head_dim),
};

/* Softcapping is a bound on logits; the models that have it use 30 and 50. */
#define MAX_NUMBER 1e6

const HrShapeMember *
hr_shape_members (guint *n_members)
{
  *n_members = G_N_ELEMENTS (members);
  return members;
}

gpointer
hr_shape_place (const HrShapeMember *self, HrArchitecture *architecture)
{
  return (char *) architecture + self->offset;
}

gboolean
hr_shape_is_zero (const HrShapeMember *self, const HrArchitecture *architecture)
{
  static const char zeros[sizeof architecture->model_type];

  g_assert (self->size <= sizeof zeros);

  return memcmp ((const char *) architecture + self->offset, zeros, self->size) == 0;
}

static gboolean
read_text (const HrShapeMember *self, const HrPath *path, const HrJsonNode *node, char *place, GError **error)
{
  const char *text = NULL;

  if (!hr_json_read_text (path, node, 0, self->size - 1, &text, error))
    return FALSE;

  memset (place, 0, self->size);
  memcpy (place, text, strlen (text));
  return TRUE;
}

static gboolean
read_size (const HrPath *path, const HrJsonNode *node, uint32_t *place, GError **error)
{
  guint64 value = 0;

  if (node->type != HR_JSON_NULL && !hr_json_read_integer (path, node, 0, G_MAXUINT32, &value, error))
    return FALSE;

  *place = (uint32_t) value;
  return TRUE;
}

static gboolean
read_flag (const HrPath *path, const HrJsonNode *node, bool *place, GError **error)
{
  gboolean value = FALSE;

  if (!hr_json_read_boolean (path, node, &value, error))
    return FALSE;

  *place = value;
  return TRUE;
}

static gboolean
read_number (const HrPath *path, const HrJsonNode *node, double *place, GError **error)
{
  *place = 0;

  return node->type == HR_JSON_NULL || hr_json_read_number (path, node, 0, MAX_NUMBER, place, error);
}

gboolean
hr_shape_read (const HrShapeMember *self, const HrPath *path, const HrJsonNode *node, HrArchitecture *architecture,
               GError **error)
{
  gpointer place = hr_shape_place (self, architecture);

  switch (self->kind)
    {
    case HR_SHAPE_TEXT:
      return read_text (self, path, node, place, error);
    case HR_SHAPE_ENUM:
      return hr_json_read_enum (path, node, self->values, NULL, NULL, place, error);
    case HR_SHAPE_SIZE:
      return read_size (path, node, place, error);
    case HR_SHAPE_FLAG:
      return read_flag (path, node, place, error);
    case HR_SHAPE_NUMBER:
    default:
      return read_number (path, node, place, error);
    }
}
