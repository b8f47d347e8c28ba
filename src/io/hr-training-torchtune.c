/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-adapter-targets.h"
#include "hr-training-format.h"
#include "hr-training-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Members: recipes/configs, recipes and torchtune/models of torchtune 0.6. */

#define COMPONENT "model._component_"
#define DEFAULT_RANK 8
#define DEFAULT_ALPHA 16
#define DEFAULT_LOSS_CHUNKS 8

static const char *const marks[]
    = { COMPONENT, "tokenizer", "checkpointer", "optimizer._component_", "dataset", "dtype", NULL };

#define NO_EVALUATION N_ ("evaluation is not estimated")

static const HrTrainingRow rows[] = {
  HR_TRAINING_USED (COMPONENT),
  HR_TRAINING_FIELD ("model.lora_rank", METHOD_RANK),
  HR_TRAINING_FIELD ("model.lora_alpha", METHOD_ALPHA),
  HR_TRAINING_FIELD ("model.lora_dropout", METHOD_DROPOUT),
  HR_TRAINING_USED ("model.lora_attn_modules"),
  HR_TRAINING_USED ("model.apply_lora_to_mlp"),
  HR_TRAINING_USED ("model.apply_lora_to_output"),
  HR_TRAINING_USED ("model.use_dora"),
  HR_TRAINING_USED ("model.quantize_base"),
  HR_TRAINING_FIELD ("tokenizer.max_seq_len", BATCH_SEQUENCE_LENGTH),
  HR_TRAINING_USED ("dataset.packed"),
  HR_TRAINING_FIELD ("batch_size", BATCH_MICRO_BATCH_SIZE),
  HR_TRAINING_FIELD ("gradient_accumulation_steps", BATCH_ACCUMULATION_STEPS),
  HR_TRAINING_USED ("dtype"),
  HR_TRAINING_USED ("optimizer._component_"),
  HR_TRAINING_USED ("optimizer.fused"),
  HR_TRAINING_USED ("optimizer_in_bwd"),
  HR_TRAINING_USED ("loss._component_"),
  HR_TRAINING_USED ("loss.num_output_chunks"),
  HR_TRAINING_FLAG ("enable_activation_checkpointing", ACTIVATIONS_CHECKPOINTING, HR_CHECKPOINTING_FULL),
  HR_TRAINING_FIELD ("enable_activation_offloading", ACTIVATIONS_OFFLOAD),
  HR_TRAINING_FIELD ("compile", STACK_COMPILE),
  HR_TRAINING_USED ("fsdp_cpu_offload"),
  HR_TRAINING_USED ("custom_sharded_layers"),
  HR_TRAINING_USED ("data_parallel_shard_dim"),
  HR_TRAINING_FIELD ("data_parallel_replicate_dim", PARALLEL_REPLICAS),
  HR_TRAINING_FIELD ("tensor_parallel_dim", PARALLEL_TENSOR),
  HR_TRAINING_FIELD ("context_parallel_dim", PARALLEL_CONTEXT),

  HR_TRAINING_IGNORED ("ac_mode", N_ ("counted as full checkpointing")),
  HR_TRAINING_IGNORED ("ac_option", N_ ("counted as full checkpointing")),
  HR_TRAINING_IGNORED ("memory_efficient_fsdp_wrap", N_ ("layers are counted as sharded one by one")),
  HR_TRAINING_IGNORED ("fsdp_reshard_after_forward", N_ ("parameters are counted as gathered by layers")),
  HR_TRAINING_IGNORED ("enable_fp8_training", N_ ("counted as 16 bits")),
  HR_TRAINING_IGNORED ("fp8_recipe_name", N_ ("counted as 16 bits")),
  HR_TRAINING_IGNORED ("quantizer", N_ ("fake quantization in training is not estimated")),
  HR_TRAINING_IGNORED ("teacher_model", N_ ("a second model is not counted")),
  HR_TRAINING_IGNORED ("teacher_checkpointer", N_ ("a second model is not counted")),
  HR_TRAINING_IGNORED ("ref_checkpointer", N_ ("a second model is not counted")),
  HR_TRAINING_IGNORED ("kd_loss", N_ ("the loss between two models is not counted")),
  HR_TRAINING_IGNORED ("kd_ratio", N_ ("the loss between two models is not counted")),
  HR_TRAINING_IGNORED ("run_val_every_n_steps", NO_EVALUATION),
  HR_TRAINING_IGNORED ("dataset_val", NO_EVALUATION),
  HR_TRAINING_IGNORED ("batch_size_val", NO_EVALUATION),

  HR_TRAINING_NO_SIZE ("seed"),
  HR_TRAINING_NO_SIZE ("shuffle"),
  HR_TRAINING_NO_SIZE ("output_dir"),
  HR_TRAINING_NO_SIZE ("checkpointer"),
  HR_TRAINING_NO_SIZE ("resume_from_checkpoint"),
  HR_TRAINING_NO_SIZE ("save_adapter_weights_only"),
  HR_TRAINING_NO_SIZE ("save_every_n_epochs"),
  HR_TRAINING_NO_SIZE ("metric_logger"),
  HR_TRAINING_NO_SIZE ("log_level"),
  HR_TRAINING_NO_SIZE ("log_every_n_steps"),
  HR_TRAINING_NO_SIZE ("log_peak_memory_stats"),
  HR_TRAINING_NO_SIZE ("epochs"),
  HR_TRAINING_NO_SIZE ("max_steps_per_epoch"),
  HR_TRAINING_NO_SIZE ("clip_grad_norm"),
  HR_TRAINING_NO_SIZE ("lr_scheduler"),
  HR_TRAINING_NO_SIZE ("device"),
  HR_TRAINING_NO_SIZE ("profiler"),
  HR_TRAINING_NO_SIZE ("tensor_parallel_plan"),
  HR_TRAINING_NO_SIZE ("use_distributed_state_dict"),
  HR_TRAINING_NO_SIZE ("enable_async_checkpointing"),
  HR_TRAINING_NO_SIZE ("collate_fn"),
  HR_TRAINING_NO_SIZE ("dataloader"),
  HR_TRAINING_NO_SIZE ("cudnn_deterministic_mode"),
  HR_TRAINING_NO_SIZE ("optimizer.lr"),
  HR_TRAINING_NO_SIZE ("optimizer.weight_decay"),
  HR_TRAINING_NO_SIZE ("optimizer.betas"),
  HR_TRAINING_NO_SIZE ("optimizer.eps"),
  HR_TRAINING_NO_SIZE ("loss.ignore_index"),
  HR_TRAINING_NO_SIZE ("dataset._component_"),
  HR_TRAINING_NO_SIZE ("dataset.source"),
  HR_TRAINING_NO_SIZE ("dataset.split"),
  HR_TRAINING_NO_SIZE ("dataset.data_files"),
  HR_TRAINING_NO_SIZE ("dataset.train_on_input"),
  HR_TRAINING_NO_SIZE ("dataset.column_map"),
  HR_TRAINING_NO_SIZE ("dataset.conversation_column"),
  HR_TRAINING_NO_SIZE ("dataset.conversation_style"),
  HR_TRAINING_NO_SIZE ("dataset.new_system_prompt"),
  HR_TRAINING_NO_SIZE ("dataset.name"),
  HR_TRAINING_NO_SIZE ("dataset.subset"),
  HR_TRAINING_NO_SIZE ("dataset.streaming"),
  HR_TRAINING_NO_SIZE ("dataset.prompt_template"),
  HR_TRAINING_NO_SIZE ("dataset.max_seq_len"),
  HR_TRAINING_NO_SIZE ("dataset.split_across_pack"),
  HR_TRAINING_NO_SIZE ("tokenizer._component_"),
  HR_TRAINING_NO_SIZE ("tokenizer.path"),
  HR_TRAINING_NO_SIZE ("tokenizer.prompt_template"),
  HR_TRAINING_NO_SIZE ("tokenizer.merges_file"),
  HR_TRAINING_NO_SIZE ("tokenizer.special_tokens_path"),
};

/* What the functions that build models are called, without what they do to them, and the models. */
static const struct
{
  const char *builder;
  const char *model;
} models[] = {
  { "llama2_7b", "meta-llama/Llama-2-7b-hf" },
  { "llama2_13b", "meta-llama/Llama-2-13b-hf" },
  { "llama2_70b", "meta-llama/Llama-2-70b-hf" },
  { "code_llama2_7b", "codellama/CodeLlama-7b-hf" },
  { "code_llama2_13b", "codellama/CodeLlama-13b-hf" },
  { "code_llama2_70b", "codellama/CodeLlama-70b-hf" },
  { "llama3_8b", "meta-llama/Meta-Llama-3-8B" },
  { "llama3_70b", "meta-llama/Meta-Llama-3-70B" },
  { "llama3_1_8b", "meta-llama/Llama-3.1-8B" },
  { "llama3_1_70b", "meta-llama/Llama-3.1-70B" },
  { "llama3_1_405b", "meta-llama/Llama-3.1-405B" },
  { "llama3_2_1b", "meta-llama/Llama-3.2-1B" },
  { "llama3_2_3b", "meta-llama/Llama-3.2-3B" },
  { "llama3_3_70b", "meta-llama/Llama-3.3-70B-Instruct" },
  { "mistral_7b", "mistralai/Mistral-7B-v0.1" },
  { "gemma_2b", "google/gemma-2b" },
  { "gemma_7b", "google/gemma-7b" },
  { "gemma2_2b", "google/gemma-2-2b" },
  { "gemma2_9b", "google/gemma-2-9b" },
  { "gemma2_27b", "google/gemma-2-27b" },
  { "phi3_mini", "microsoft/Phi-3-mini-4k-instruct" },
  { "phi4_14b", "microsoft/phi-4" },
  { "qwen2_0_5b", "Qwen/Qwen2-0.5B" },
  { "qwen2_1_5b", "Qwen/Qwen2-1.5B" },
  { "qwen2_7b", "Qwen/Qwen2-7B" },
  { "qwen2_5_0_5b", "Qwen/Qwen2.5-0.5B" },
  { "qwen2_5_1_5b", "Qwen/Qwen2.5-1.5B" },
  { "qwen2_5_3b", "Qwen/Qwen2.5-3B" },
  { "qwen2_5_7b", "Qwen/Qwen2.5-7B" },
  { "qwen2_5_14b", "Qwen/Qwen2.5-14B" },
  { "qwen2_5_32b", "Qwen/Qwen2.5-32B" },
  { "qwen2_5_72b", "Qwen/Qwen2.5-72B" },
  { "qwen3_0_6b", "Qwen/Qwen3-0.6B" },
  { "qwen3_1_7b", "Qwen/Qwen3-1.7B" },
  { "qwen3_4b", "Qwen/Qwen3-4B" },
  { "qwen3_8b", "Qwen/Qwen3-8B" },
  { "qwen3_14b", "Qwen/Qwen3-14B" },
  { "qwen3_32b", "Qwen/Qwen3-32B" },
};

/* torchtune's own names of modules, beside those in the common words. */
static const struct
{
  const char *module;
  const char *role;
} modules[] = { { "output_proj", "o_proj" } };

static const char *
skip_prefix (const char *text, const char *prefix)
{
  return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : text;
}

/* "torchtune.models.qwen3.qlora_qwen3_8b_instruct" → "qwen3_8b". */
static char *
builder_name (const char *component)
{
  const char *point = strrchr (component, '.');
  const char *name = point != NULL ? point + 1 : component;
  g_autofree char *builder = g_strdup (skip_prefix (g_str_has_prefix (name, "qlora_") ? name + 1 : name, "lora_"));

  for (gsize i = 0; i < 2; i++)
    {
      const char *ending = i == 0 ? "_instruct" : "_base";
      if (g_str_has_suffix (builder, ending))
        builder[strlen (builder) - strlen (ending)] = '\0';
    }

  return g_steal_pointer (&builder);
}

static void
decide_model (HrTrainingReader *self, const char *component)
{
  g_autofree char *builder = builder_name (component);

  self->model = component;
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    if (strcmp (models[i].builder, builder) == 0)
      self->model = models[i].model;
}

static const char *
role_of (const char *module)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    if (strcmp (modules[i].module, module) == 0)
      return modules[i].role;

  return module;
}

static void
decide_targets (HrTrainingReader *self)
{
  static const char path[] = "model.lora_attn_modules";
  static const char *const mlp[] = { "gate_proj", "up_proj", "down_proj" };
  const HrJsonNode *list = hr_training_find (self, path);
  HrTargets targets = { 0 };

  if (list != NULL && list->type != HR_JSON_ARRAY)
    hr_training_refuse (self, path, _ ("a list of names"));
  else if (list != NULL)
    for (const HrJsonNode *item = hr_json_first (list); item != NULL; item = hr_json_next (list, item))
      if (item->type != HR_JSON_STRING || !hr_adapter_targets_add (&targets, role_of (item->text)))
        hr_training_refuse (self, path, "q_proj, k_proj, v_proj, output_proj");
  for (gsize i = 0; hr_training_flag (self, "model.apply_lora_to_mlp") && i < G_N_ELEMENTS (mlp); i++)
    hr_adapter_targets_add (&targets, mlp[i]);
  if (hr_training_flag (self, "model.apply_lora_to_output"))
    hr_adapter_targets_add (&targets, "lm_head");
  if (targets.count == 0)
    hr_training_fail (self, path, _ ("no module gets an adapter; name one at least"));
  self->job->method.targets = targets;
}

/* Scales of NF4 are quantized always: torchao/dtypes/nf4tensor.py. */
static void
decide_method (HrTrainingReader *self, const char *component)
{
  HrJob *job = self->job;
  gboolean adapters = g_strstr_len (component, -1, ".lora_") != NULL || g_strstr_len (component, -1, ".qlora_") != NULL;

  if (g_strstr_len (component, -1, ".qlora_") != NULL || hr_training_flag (self, "model.quantize_base"))
    {
      job->quantization.scheme = HR_QUANTIZATION_NF4;
      job->quantization.double_quantization = true;
      job->quantization.backend = HR_QUANTIZATION_BY_TORCHAO;
    }
  if (!adapters)
    return;

  hr_training_set_adapters (job, hr_training_flag (self, "model.use_dora"));
  hr_training_default (self, "model.lora_rank", HR_JOB_METHOD_RANK, DEFAULT_RANK);
  hr_training_default (self, "model.lora_alpha", HR_JOB_METHOD_ALPHA, DEFAULT_ALPHA);
  decide_targets (self);
}

static void
decide_loss (HrTrainingReader *self)
{
  HrJob *job = self->job;
  const char *component = hr_training_text (self, "loss._component_");
  gboolean linear = component != NULL && g_str_has_suffix (component, ".LinearCrossEntropyLoss");

  if (!linear && (component == NULL || !g_str_has_suffix (component, ".CEWithChunkedOutputLoss")))
    return;

  job->activations.loss = HR_LOSS_CHUNKED;
  job->activations.loss_chunks_head = linear;
  job->activations.loss_chunks
      = hr_training_integer (self, "loss.num_output_chunks", HR_MAX_TOKENS, DEFAULT_LOSS_CHUNKS);
}

static void
decide_batch (HrTrainingReader *self)
{
  HrJob *job = self->job;
  gboolean packed = hr_training_flag (self, "dataset.packed");

  if (hr_training_find (self, "tokenizer.max_seq_len") == NULL)
    hr_training_assume (self, "tokenizer.max_seq_len", _ ("%" PRIu64 " tokens; the file leaves it to the data"),
                        job->batch.sequence_length);
  hr_training_set_lengths (job, packed, FALSE);
  job->activations.attention_mask = packed ? HR_MASK_BLOCK : HR_MASK_NONE;
}

/* Which recipe runs is said on the command line; what only those for several GPUs have, tells them. */
static void
decide_parallel (HrTrainingReader *self)
{
  static const char *const signs[] = { "fsdp_cpu_offload", "custom_sharded_layers", "data_parallel_shard_dim",
                                       "data_parallel_replicate_dim", "tensor_parallel_dim" };
  HrJob *job = self->job;
  gboolean distributed = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    distributed = distributed || hr_training_find (self, signs[i]) != NULL;
  if (distributed)
    {
      job->parallel.data_sharding = HR_SHARDING_FSDP;
      hr_training_assume (self, hr_field (HR_JOB_PARALLEL_DATA_SHARDING)->member,
                          _ ("fsdp: the file has members of a recipe for several GPUs"));
    }
  job->parallel.offload_parameters = job->parallel.offload_optimizer = hr_training_flag (self, "fsdp_cpu_offload");
  hr_training_assume_gpus (self);
}

static void
decide_optimizer (HrTrainingReader *self)
{
  HrJob *job = self->job;

  hr_training_read_optimizer (self, "optimizer._component_");
  if (hr_training_flag (self, "optimizer.fused"))
    job->optimizer.implementation = HR_IMPLEMENTATION_FUSED;
  if (hr_training_flag (self, "optimizer_in_bwd"))
    job->optimizer.implementation = HR_IMPLEMENTATION_IN_BACKWARD;
}

static void
decide (HrTrainingReader *self)
{
  const char *component = hr_training_text (self, COMPONENT);
  HrDtype dtype = HR_DTYPE_FP32;

  self->job->stack.name = HR_STACK_TORCHTUNE;
  if (component == NULL)
    return;
  if (!hr_training_read_dtype (self, "dtype", &dtype))
    hr_training_assume (self, "dtype", _ ("fp32, the program's default"));

  hr_training_set_precision (self->job, dtype, FALSE);
  decide_model (self, component);
  decide_method (self, component);
  decide_batch (self);
  decide_optimizer (self);
  decide_loss (self);
  decide_parallel (self);
}

const HrTrainingFile hr_training_torchtune = {
  .format = HR_TRAINING_TORCHTUNE,
  .marks = marks,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
  .decide = decide,
};
