/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-architecture-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMBER(NAME, KIND, OPTIONAL, VALUES)                                                                           \
  {                                                                                                                    \
#    NAME, KIND, OPTIONAL, G_STRUCT_OFFSET(HrArchitecture, NAME), sizeof(((HrArchitecture *) NULL)->NAME), VALUES      \
  }
#define TEXT(NAME) MEMBER (NAME, HR_SHAPE_TEXT, FALSE, NULL)
#define ENUM(NAME, VALUES) MEMBER (NAME, HR_SHAPE_ENUM, FALSE, VALUES)
#define SIZE(NAME) MEMBER (NAME, HR_SHAPE_SIZE, FALSE, NULL)
#define FLAG(NAME) MEMBER (NAME, HR_SHAPE_FLAG, FALSE, NULL)
#define PART_SIZE(NAME) MEMBER (NAME, HR_SHAPE_SIZE, TRUE, NULL)
#define PART_FLAG(NAME) MEMBER (NAME, HR_SHAPE_FLAG, TRUE, NULL)
#define PART_NUMBER(NAME) MEMBER (NAME, HR_SHAPE_NUMBER, TRUE, NULL)

static const HrShapeMember members[] = {
  TEXT (model_type),
  ENUM (kind, &HR_MODEL_KINDS),
  SIZE (hidden_size),
  SIZE (num_hidden_layers),
  PART_SIZE (num_decoder_layers),
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
  TEXT (hidden_act),
  FLAG (gated_mlp),
  ENUM (norm_type, &HR_NORM_TYPES),
  FLAG (norm_bias),
  SIZE (norms_per_layer),
  PART_FLAG (embedding_norm),
  FLAG (final_norm),
  ENUM (qk_norm, &HR_QK_NORMS),
  PART_FLAG (attention_sinks),
  ENUM (position_embedding, &HR_POSITION_EMBEDDINGS),
  SIZE (learned_position_embeddings),
  PART_SIZE (relative_attention_num_buckets),
  PART_SIZE (token_type_vocab_size),
  PART_FLAG (pooler),
  PART_SIZE (sliding_window),
  PART_SIZE (sliding_window_pattern),
  PART_SIZE (chunked_attention_window),
  PART_NUMBER (attn_logit_softcapping),
  PART_NUMBER (final_logit_softcapping),
  PART_SIZE (num_experts),
  PART_SIZE (num_experts_per_tok),
  PART_SIZE (moe_intermediate_size),
  PART_SIZE (shared_expert_intermediate_size),
  PART_SIZE (first_k_dense_replace),
  PART_SIZE (moe_layer_interval),
  PART_FLAG (router_bias),
  PART_FLAG (shared_expert_gate),
  PART_SIZE (q_lora_rank),
  PART_SIZE (kv_lora_rank),
  PART_SIZE (qk_rope_head_dim),
  PART_SIZE (qk_nope_head_dim),
  PART_SIZE (v_head_dim),
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

void
hr_shape_write (const HrShapeMember *self, HrJsonWriter *writer, const HrArchitecture *architecture)
{
  const void *place = (const char *) architecture + self->offset;

  if (hr_shape_is_zero (self, architecture) && (self->kind == HR_SHAPE_SIZE || self->kind == HR_SHAPE_NUMBER))
    {
      hr_json_writer_null (writer);
      return;
    }

  switch (self->kind)
    {
    case HR_SHAPE_TEXT:
      hr_json_writer_string (writer, place);
      break;
    case HR_SHAPE_ENUM:
      hr_json_writer_string (writer, hr_enum_id (self->values, *(const int *) place));
      break;
    case HR_SHAPE_SIZE:
      hr_json_writer_unsigned (writer, *(const uint32_t *) place);
      break;
    case HR_SHAPE_FLAG:
      hr_json_writer_boolean (writer, *(const bool *) place);
      break;
    case HR_SHAPE_NUMBER:
    default:
      hr_json_writer_number (writer, *(const double *) place);
    }
}
