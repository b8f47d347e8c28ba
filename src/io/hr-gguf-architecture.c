/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gguf-architecture.h"

#include "hr-error.h"
#include "hr-model-types.h"
#include "hr-tensor-role.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MESSAGE_SIZE 256
#define KEY_ARCHITECTURE "general.architecture"
#define KEY_FILE_TYPE "general.file_type" /* no part of the architecture */

/* How DeepSeek-V3 weighs its experts; V2 has softmax. Source: gguf-py/gguf/constants.py. */
#define GATING_SIGMOID 2

/* Softcapping is a bound on logits; the models that have it use 30 and 50. */
#define MAX_SOFTCAP 1e6

/* What llama.cpp calls an architecture, and transformers. Names that are the same in both are not here. */
static const struct
{
  const char *architecture;
  const char *model_type;
} names[] = {
  { "command-r", "cohere" },      { "deepseek2", "deepseek_v2" },
  { "gemma3", "gemma3_text" },    { "gpt-oss", "gpt_oss" },
  { "gptneox", "gpt_neox" },      { "llama4", "llama4_text" },
  { "mistral3", "ministral3" },   { "phi2", "phi" },
  { "qwen2moe", "qwen2_moe" },    { "qwen2vl", "qwen2" },
  { "qwen3moe", "qwen3_moe" },    { "qwen3vl", "qwen3" },
  { "starcoder", "gpt_bigcode" },
};

typedef struct
{
  const HrGgufFile *gguf;
  const char *prefix; /* of the keys: the architecture's name */
  HrArchitecture *out;
  HrImportReport *report;
  GError *error; /* the first */
  const char *file;
} Reading;

static void
fail (Reading *self, const char *what, const char *problem)
{
  if (self->error == NULL)
    g_set_error (&self->error, HR_ERROR, HR_ERROR_VALUE, _ ("%s:%s: %s"), self->file, what, problem);
}

/* Sets *out if the key is there. */
static gboolean
read_size (Reading *self, const char *key, uint32_t *out)
{
  g_autofree char *full = g_strconcat (self->prefix, ".", key, NULL);
  const HrGgufValue *value = hr_gguf_file_find (self->gguf, full);

  if (value == NULL)
    return FALSE;
  if (value->type == HR_GGUF_STRING || value->type == HR_GGUF_FLOAT32 || value->type == HR_GGUF_FLOAT64
      || value->integer < 0 || value->integer > G_MAXUINT32)
    fail (self, full, _ ("is no size"));
  else if (value->is_array && !value->is_uniform)
    fail (self, full, _ ("differs from layer to layer, which this program cannot describe"));

  *out = (uint32_t) value->integer;
  hr_import_report_add (self->report, HR_IMPORT_READ, full, "%" G_GINT64_FORMAT, value->integer);
  return TRUE;
}

static void
read_needed (Reading *self, const char *key, uint32_t *out)
{
  g_autofree char *full = g_strconcat (self->prefix, ".", key, NULL);

  if (!read_size (self, key, out))
    fail (self, full, _ ("is missing; convert the file again"));
}

static void
read_number (Reading *self, const char *key, double *out)
{
  g_autofree char *full = g_strconcat (self->prefix, ".", key, NULL);
  const HrGgufValue *value = hr_gguf_file_find (self->gguf, full);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  *out = 0;
  if (value == NULL || value->is_array || !(value->number >= 0 && value->number < MAX_SOFTCAP))
    return;

  *out = value->number;
  hr_import_report_add (self->report, HR_IMPORT_READ, full, "%s",
                        g_ascii_formatd (text, sizeof text, "%g", value->number));
}

static const HrTensor *
find_tensor (const Reading *self, const char *name)
{
  return hr_tensor_table_find (hr_gguf_file_tensors (self->gguf), name);
}

static gboolean
has_tensor (const Reading *self, const char *name)
{
  return find_tensor (self, name) != NULL;
}

/* Rows of a table, which GGUF has as the second dimension. */
static uint32_t
rows_of (const Reading *self, const char *name)
{
  const HrTensor *tensor = find_tensor (self, name);

  return tensor != NULL && tensor->n_dimensions == 2 ? (uint32_t) MIN (tensor->dimensions[1], G_MAXUINT32) : 0;
}

static void
read_attention (Reading *self)
{
  HrArchitecture *out = self->out;

  read_needed (self, "attention.head_count", &out->num_attention_heads);
  out->num_key_value_heads = out->num_attention_heads;
  read_size (self, "attention.head_count_kv", &out->num_key_value_heads);
  out->head_dim = out->num_attention_heads > 0 ? out->hidden_size / out->num_attention_heads : 0;
  read_size (self, "attention.key_length", &out->head_dim);

  out->sliding_window = 0;
  read_size (self, "attention.sliding_window", &out->sliding_window);
  if (out->sliding_window == 0)
    out->sliding_window_pattern = 0;
  read_number (self, "attn_logit_softcapping", &out->attn_logit_softcapping);
  read_number (self, "final_logit_softcapping", &out->final_logit_softcapping);
}

/* A newer file has the lengths of the compressed cache as key_length, those of a head with _mla behind. */
static void
read_latent_attention (Reading *self)
{
  HrArchitecture *out = self->out;

  out->q_lora_rank = out->kv_lora_rank = out->qk_rope_head_dim = out->qk_nope_head_dim = out->v_head_dim = 0;
  if (!read_size (self, "attention.kv_lora_rank", &out->kv_lora_rank) || out->kv_lora_rank == 0)
    return;

  read_size (self, "attention.q_lora_rank", &out->q_lora_rank);
  read_needed (self, "rope.dimension_count", &out->qk_rope_head_dim);
  if (!read_size (self, "attention.key_length_mla", &out->head_dim))
    read_needed (self, "attention.key_length", &out->head_dim);
  if (!read_size (self, "attention.value_length_mla", &out->v_head_dim))
    read_needed (self, "attention.value_length", &out->v_head_dim);
  out->qk_nope_head_dim = out->head_dim > out->qk_rope_head_dim ? out->head_dim - out->qk_rope_head_dim : 0;
  out->num_key_value_heads = out->num_attention_heads;
}

static void
read_shared_experts (Reading *self)
{
  HrArchitecture *out = self->out;
  uint32_t count = 0;

  out->shared_expert_intermediate_size = 0;
  if (read_size (self, "expert_shared_feed_forward_length", &out->shared_expert_intermediate_size))
    return;
  if (read_size (self, "expert_shared_count", &count))
    out->shared_expert_intermediate_size = (uint32_t) MIN ((guint64) count * out->moe_intermediate_size, G_MAXUINT32);
}

static void
read_experts (Reading *self)
{
  HrArchitecture *out = self->out;

  out->num_experts = out->first_k_dense_replace = 0;
  read_size (self, "expert_count", &out->num_experts);
  if (out->num_experts == 0)
    {
      out->num_experts_per_tok = out->moe_intermediate_size = out->shared_expert_intermediate_size = 0;
      out->moe_layer_interval = 0;
      out->router_bias = out->shared_expert_gate = false;
      return;
    }

  read_needed (self, "expert_used_count", &out->num_experts_per_tok);
  out->moe_intermediate_size = out->intermediate_size;
  read_size (self, "expert_feed_forward_length", &out->moe_intermediate_size);
  read_shared_experts (self);
  read_size (self, "leading_dense_block_count", &out->first_k_dense_replace);
  read_size (self, "interleave_moe_layer_step", &out->moe_layer_interval);
}

static void
read_sizes (Reading *self)
{
  HrArchitecture *out = self->out;

  read_needed (self, "embedding_length", &out->hidden_size);
  read_needed (self, "block_count", &out->num_hidden_layers);
  read_needed (self, "feed_forward_length", &out->intermediate_size);
  read_size (self, "context_length", &out->max_position_embeddings);
  read_attention (self);
  read_latent_attention (self);
  read_experts (self);

  out->vocab_size = rows_of (self, "token_embd.weight");
  if (out->vocab_size == 0)
    read_needed (self, "vocab_size", &out->vocab_size);

  out->num_decoder_layers = 0;
  if (out->kind == HR_MODEL_ENCODER_DECODER)
    {
      out->num_decoder_layers = out->num_hidden_layers;
      read_size (self, "decoder_block_count", &out->num_decoder_layers);
      read_size (self, "attention.relative_buckets_count", &out->relative_attention_num_buckets);
    }
}

/* Those of layer 0 that are as wide as the model. */
static uint32_t
count_norms (const Reading *self)
{
  const HrTensorTable *table = hr_gguf_file_tensors (self->gguf);
  uint32_t count = 0;

  for (guint i = 0; i < hr_tensor_table_length (table); i++)
    {
      const HrTensor *tensor = hr_tensor_table_get (table, i);
      HrTensorRole role = hr_tensor_role (tensor->name, tensor->n_dimensions);

      if (role.kind == HR_TENSOR_ROLE_MODULE && role.module == HR_MODULE_NORMS && role.layer == 0
          && g_str_has_suffix (tensor->name, ".weight") && tensor->n_elements == self->out->hidden_size)
        count++;
    }

  return count;
}

static HrQkNorm
qk_norm_of (const Reading *self)
{
  const HrTensor *norm = find_tensor (self, "blk.0.attn_q_norm.weight");

  if (norm == NULL)
    return HR_QK_NORM_NONE;

  return norm->n_elements == self->out->head_dim ? HR_QK_NORM_HEAD : HR_QK_NORM_FULL;
}

/* Some have gate and up in one matrix. */
static gboolean
is_gated (const Reading *self)
{
  return has_tensor (self, "blk.0.ffn_gate.weight") || has_tensor (self, "blk.0.ffn_gate_exps.weight")
         || rows_of (self, "blk.0.ffn_up.weight") == 2 * (guint64) self->out->intermediate_size;
}

static void
look_at_layers (Reading *self)
{
  HrArchitecture *out = self->out;

  out->norms_per_layer = count_norms (self);
  out->norm_bias = has_tensor (self, "blk.0.attn_norm.bias") || has_tensor (self, "output_norm.bias")
                   || has_tensor (self, "blk.0.attn_output_norm.bias");
  if (out->norm_bias)
    out->norm_type = HR_NORM_LAYER;
  out->gated_mlp = is_gated (self);
  out->attention_bias = has_tensor (self, "blk.0.attn_q.bias") || has_tensor (self, "blk.0.attn_qkv.bias");
  out->attention_output_bias = has_tensor (self, "blk.0.attn_output.bias");
  out->mlp_bias = has_tensor (self, "blk.0.ffn_down.bias") || has_tensor (self, "blk.0.ffn_down_exps.bias");
  out->attention_sinks = has_tensor (self, "blk.0.attn_sinks.weight") || has_tensor (self, "blk.0.attn_sinks");
  out->qk_norm = qk_norm_of (self);
  if (out->num_experts > 0)
    {
      g_autofree char *gate = g_strdup_printf ("blk.%u.ffn_gate_inp", out->first_k_dense_replace);
      g_autofree char *gate_bias = g_strconcat (gate, ".bias", NULL);
      g_autofree char *shared_gate = g_strconcat (gate, "_shexp.weight", NULL);
      g_autofree char *correction = g_strdup_printf ("blk.%u.exp_probs_b.bias", out->first_k_dense_replace);

      out->router_bias = has_tensor (self, gate_bias) || has_tensor (self, correction);
      out->shared_expert_gate = has_tensor (self, shared_gate);
    }
}

/* Which tensors there are says more than any key: what is in the file takes memory. */
static void
look_at_tensors (Reading *self)
{
  HrArchitecture *out = self->out;

  if (hr_tensor_table_length (hr_gguf_file_tensors (self->gguf)) == 0)
    {
      hr_import_report_add (self->report, HR_IMPORT_ASSUMED, out->model_type,
                            _ ("the file has no tensors; biases and norms are those of this type"));
      return;
    }

  out->tie_word_embeddings = !has_tensor (self, "output.weight");
  out->lm_head_bias = out->has_lm_head && has_tensor (self, "output.bias");
  out->embedding_norm = has_tensor (self, "token_embd_norm.weight");
  out->final_norm = has_tensor (self, "output_norm.weight") || out->kind == HR_MODEL_ENCODER_DECODER;
  out->learned_position_embeddings = rows_of (self, "position_embd.weight");
  out->token_type_vocab_size = rows_of (self, "token_types.weight");
  out->pooler = out->pooler && has_tensor (self, "cls.weight");
  if (out->kind != HR_MODEL_ENCODER_DECODER)
    look_at_layers (self);
}

static const HrModelType *
choose_type (Reading *self)
{
  const char *name = self->prefix;
  uint32_t experts = 0;
  uint32_t gating = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].architecture, self->prefix) == 0)
      name = names[i].model_type;
  if (strcmp (name, "llama") == 0 && read_size (self, "expert_count", &experts) && experts > 0)
    name = "mixtral";
  if (strcmp (name, "deepseek_v2") == 0 && read_size (self, "expert_gating_func", &gating) && gating == GATING_SIGMOID)
    name = "deepseek_v3";

  const HrModelType *type = hr_model_type_find (name);
  if (type != NULL)
    return type;

  hr_import_report_add (
      self->report, HR_IMPORT_ASSUMED, KEY_ARCHITECTURE,
      _ ("%s is not known; it is read as Llama-like, with the sizes of its keys and the parts that its "
         "tensors show"),
      self->prefix);
  return hr_model_type_find ("llama");
}

static void
note_ignored (Reading *self)
{
  guint n_values;
  const HrGgufValue *values = hr_gguf_file_values (self->gguf, &n_values);

  for (guint i = 0; self->report != NULL && i < n_values; i++)
    if (strcmp (values[i].key, KEY_FILE_TYPE) != 0
        && hr_import_report_find (self->report, HR_IMPORT_READ, values[i].key) == NULL)
      hr_import_report_add (self->report, HR_IMPORT_IGNORED, values[i].key, "%s", "");
}

static gboolean
read_architecture_name (Reading *self)
{
  const HrGgufValue *value = hr_gguf_file_find (self->gguf, KEY_ARCHITECTURE);

  if (value == NULL || value->is_array || value->text == NULL)
    {
      fail (self, KEY_ARCHITECTURE, _ ("is missing; the file holds no model"));
      return FALSE;
    }

  self->prefix = value->text;
  hr_import_report_add (self->report, HR_IMPORT_READ, KEY_ARCHITECTURE, "%s", value->text);
  return TRUE;
}

gboolean
hr_gguf_architecture (const HrGgufFile *gguf, const char *name, HrArchitecture *out, HrImportReport *report,
                      GError **error)
{
  Reading self = { .gguf = gguf, .out = out, .report = report, .file = name };
  char message[MESSAGE_SIZE];

  memset (out, 0, sizeof *out);
  if (read_architecture_name (&self))
    {
      *out = choose_type (&self)->defaults;
      read_sizes (&self);
      look_at_tensors (&self);
      note_ignored (&self);
      if (!hr_architecture_check (out, message, sizeof message))
        fail (&self, KEY_ARCHITECTURE, message);
    }
  if (self.error == NULL)
    return TRUE;

  g_propagate_error (error, self.error);
  return FALSE;
}
