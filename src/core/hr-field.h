/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-job.h"

typedef enum
{
  HR_FIELD_TEXT,    /* char array; maximum = most bytes */
  HR_FIELD_ENUM,    /* C enumeration named by values */
  HR_FIELD_BOOL,    /* bool */
  HR_FIELD_CHOICE,  /* HrChoice: boolean in the file, left out when auto */
  HR_FIELD_INTEGER, /* uint64_t within minimum … maximum */
  HR_FIELD_NUMBER,  /* double within minimum … maximum */
  HR_FIELD_TARGETS, /* HrTargets: "all-linear" or a list of names */
} HrFieldKind;

/** What a number counts or measures. */
typedef enum
{
  HR_FIELD_UNIT_NONE,
  HR_FIELD_UNIT_TOKENS,
  HR_FIELD_UNIT_SAMPLES,
  HR_FIELD_UNIT_STEPS,
  HR_FIELD_UNIT_REQUESTS,
  HR_FIELD_UNIT_LAYERS,
  HR_FIELD_UNIT_HEADS,
  HR_FIELD_UNIT_LABELS,
  HR_FIELD_UNIT_CHUNKS,
  HR_FIELD_UNIT_GPUS,
  HR_FIELD_UNIT_STAGES,
  HR_FIELD_UNIT_GROUPS,
  HR_FIELD_UNIT_WEIGHTS,
  HR_FIELD_UNIT_BITS,
  HR_FIELD_UNIT_BYTES,
  HR_FIELD_UNIT_MIB,
  HR_FIELD_UNIT_PERCENT,
  HR_FIELD_UNIT_SHARE,  /* 0 to 1, which may be said in percent */
  HR_FIELD_UNIT_AMOUNT, /* not counted in powers of two: a thousand of it is 1,000 */
  HR_N_FIELD_UNITS,
} HrFieldUnit;

/** Step of a number that goes from one power of two to the next. */
#define HR_STEP_DOUBLES 0.0

/** Limits of the format; generous, so that only nonsense is refused. */
#define HR_MAX_TOKENS 16777216
#define HR_MAX_BATCH 65536
#define HR_MAX_RANK 65536
#define HR_MAX_GPUS 65536
#define HR_MAX_LAYERS 4096
#define HR_MAX_BYTES 1099511627776.0 /* 1 TiB */

/*
 * Every member of a configuration, in the order of the file:
 * X (NAME, section, member, kind, place in HrJob, enumeration, minimum, maximum, standard, unit, step)
 * standard: written in new files also where it has its default value.
 * unit, step: of numbers: what they count, and how far one step goes where they are edited.
 */
/* clang-format off */
#define HR_JOB_FIELDS(X)                                                                                                                                                                \
  X (ID,                        "",             "id",                       TEXT,    id,                                    NULL, 1, HR_ID_SIZE - 1, true, NONE, 0)                     \
  X (NAME,                      "",             "name",                     TEXT,    name,                                  NULL, 0, HR_NAME_SIZE - 1, true, NONE, 0)                   \
  X (MODEL_ID,                  "model",        "id",                       TEXT,    model_id,                              NULL, 0, HR_MODEL_ID_SIZE - 1, false, NONE, 0)              \
  X (TASK,                      "",             "task",                     ENUM,    task,                                  &HR_TASKS, 0, 0, true, NONE, 0)                             \
  X (METHOD_KIND,               "method",       "kind",                     ENUM,    method.kind,                           &HR_METHODS, 0, 0, true, NONE, 0)                           \
  X (METHOD_RANK,               "method",       "rank",                     INTEGER, method.rank,                           NULL, 1, HR_MAX_RANK, true, NONE, HR_STEP_DOUBLES)          \
  X (METHOD_ALPHA,              "method",       "alpha",                    NUMBER,  method.alpha,                          NULL, 0, 1e6, true, NONE, HR_STEP_DOUBLES)                  \
  X (METHOD_DROPOUT,            "method",       "dropout",                  NUMBER,  method.dropout,                        NULL, 0, 1, true, SHARE, 0.05)                              \
  X (METHOD_TARGETS,            "method",       "targets",                  TARGETS, method.targets,                        NULL, 0, HR_MAX_TARGETS, true, NONE, 0)                     \
  X (METHOD_ADAPTER_DTYPE,      "method",       "adapter_dtype",            ENUM,    method.adapter_dtype,                  &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (METHOD_TRAIN_EMBEDDINGS,   "method",       "train_embeddings",         BOOL,    method.train_embeddings,               NULL, 0, 0, true, NONE, 0)                                  \
  X (METHOD_TRAIN_HEAD,         "method",       "train_head",               BOOL,    method.train_head,                     NULL, 0, 0, true, NONE, 0)                                  \
  X (METHOD_TRAINED_LAYERS,     "method",       "trained_layers",           INTEGER, method.trained_layers,                 NULL, 0, HR_MAX_LAYERS, true, LAYERS, 1)                    \
  X (METHOD_FUSED_QKV_ADAPTER,  "method",       "fused_qkv_adapter",        BOOL,    method.fused_qkv_adapter,              NULL, 0, 0, false, NONE, 0)                                 \
  X (METHOD_RSLORA,             "method",       "rslora",                   BOOL,    method.rslora,                         NULL, 0, 0, false, NONE, 0)                                 \
  X (METHOD_CLASSIFICATION_LABELS, "method",    "classification_labels",    INTEGER, method.classification_labels,          NULL, 0, 1e6, false, LABELS, 1)                             \
  X (PRECISION_WEIGHTS,         "precision",    "weights",                  ENUM,    precision.weights,                     &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (PRECISION_COMPUTE,         "precision",    "compute",                  ENUM,    precision.compute,                     &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (PRECISION_AUTOCAST,        "precision",    "autocast",                 BOOL,    precision.autocast,                    NULL, 0, 0, true, NONE, 0)                                  \
  X (PRECISION_GRADIENTS,       "precision",    "gradients",                ENUM,    precision.gradients,                   &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (PRECISION_MASTER,          "precision",    "master",                   ENUM,    precision.master,                      &HR_MASTER_WEIGHTS, 0, 0, true, NONE, 0)                    \
  X (PRECISION_MOMENTS,         "precision",    "moments",                  ENUM,    precision.moments,                     &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (PRECISION_FP8_RECIPE,      "precision",    "fp8_recipe",               ENUM,    precision.fp8_recipe,                  &HR_FP8_RECIPES, 0, 0, false, NONE, 0)                      \
  X (PRECISION_FP8_ALL_GATHER,  "precision",    "fp8_all_gather",           BOOL,    precision.fp8_all_gather,              NULL, 0, 0, false, NONE, 0)                                 \
  X (QUANTIZATION_SCHEME,       "quantization", "scheme",                   ENUM,    quantization.scheme,                   &HR_QUANTIZATIONS, 0, 0, true, NONE, 0)                     \
  X (QUANTIZATION_DOUBLE,       "quantization", "double",                   BOOL,    quantization.double_quantization,      NULL, 0, 0, true, NONE, 0)                                  \
  X (QUANTIZATION_UPCAST_UNQUANTIZED, "quantization", "upcast_unquantized", ENUM,    quantization.upcast_unquantized,       &HR_UPCASTS, 0, 0, true, NONE, 0)                           \
  X (QUANTIZATION_BITS,         "quantization", "bits",                     INTEGER, quantization.bits,                     NULL, 0, 16, false, BITS, 1)                                \
  X (QUANTIZATION_GROUP_SIZE,   "quantization", "group_size",               INTEGER, quantization.group_size,               NULL, 0, 65536, false, WEIGHTS, HR_STEP_DOUBLES)            \
  X (QUANTIZATION_KEEPS_INPUTS, "quantization", "keeps_inputs",             BOOL,    quantization.keeps_inputs,             NULL, 0, 0, false, NONE, 0)                                 \
  X (QUANTIZATION_HEAD,         "quantization", "head",                     BOOL,    quantization.head,                     NULL, 0, 0, false, NONE, 0)                                 \
  X (QUANTIZATION_STORAGE_DTYPE, "quantization", "storage_dtype",           ENUM,    quantization.storage_dtype,            &HR_DTYPES, 0, 0, false, NONE, 0)                           \
  X (QUANTIZATION_BACKEND,      "quantization", "backend",                  ENUM,    quantization.backend,                  &HR_QUANTIZATION_BACKENDS, 0, 0, false, NONE, 0)            \
  X (QUANTIZATION_GGUF_TYPE,    "quantization", "gguf_type",                ENUM,    quantization.gguf_type,                &HR_GGUF_MIXES, 0, 0, false, NONE, 0)                       \
  X (OPTIMIZER_KIND,            "optimizer",    "kind",                     ENUM,    optimizer.kind,                        &HR_OPTIMIZERS, 0, 0, true, NONE, 0)                        \
  X (OPTIMIZER_IMPLEMENTATION,  "optimizer",    "implementation",           ENUM,    optimizer.implementation,              &HR_IMPLEMENTATIONS, 0, 0, true, NONE, 0)                   \
  X (BATCH_MICRO_BATCH_SIZE,    "batch",        "micro_batch_size",         INTEGER, batch.micro_batch_size,                NULL, 1, HR_MAX_BATCH, true, SAMPLES, 1)                    \
  X (BATCH_SEQUENCE_LENGTH,     "batch",        "sequence_length",          INTEGER, batch.sequence_length,                 NULL, 1, HR_MAX_TOKENS, true, TOKENS, HR_STEP_DOUBLES)      \
  X (BATCH_ACCUMULATION_STEPS,  "batch",        "accumulation_steps",       INTEGER, batch.accumulation_steps,              NULL, 1, 1e6, true, STEPS, 1)                               \
  X (BATCH_PADDING,             "batch",        "padding",                  BOOL,    batch.padding,                         NULL, 0, 0, true, NONE, 0)                                  \
  X (BATCH_PACKED,              "batch",        "packed",                   BOOL,    batch.packed,                          NULL, 0, 0, false, NONE, 0)                                 \
  X (BATCH_LENGTH_IS_CAP,       "batch",        "length_is_cap",            BOOL,    batch.length_is_cap,                   NULL, 0, 0, false, NONE, 0)                                 \
  X (BATCH_MEAN_TOKENS,         "batch",        "mean_tokens",              INTEGER, batch.mean_tokens,                     NULL, 0, HR_MAX_TOKENS, false, TOKENS, 64)                  \
  X (BATCH_LONGEST_IN_FIRST_STEP, "batch",      "longest_in_first_step",    BOOL,    batch.longest_in_first_step,           NULL, 0, 0, false, NONE, 0)                                 \
  X (ACTIVATIONS_CHECKPOINTING, "activations",  "checkpointing",            ENUM,    activations.checkpointing,             &HR_CHECKPOINTINGS, 0, 0, true, NONE, 0)                    \
  X (ACTIVATIONS_EVERY,         "activations",  "every",                    INTEGER, activations.every,                     NULL, 1, HR_MAX_LAYERS, true, LAYERS, 1)                    \
  X (ACTIVATIONS_ATTENTION,     "activations",  "attention",                ENUM,    activations.attention,                 &HR_ATTENTIONS, 0, 0, true, NONE, 0)                        \
  X (ACTIVATIONS_LOSS,          "activations",  "loss",                     ENUM,    activations.loss,                      &HR_LOSSES, 0, 0, true, NONE, 0)                            \
  X (ACTIVATIONS_KERNELS,       "activations",  "kernels",                  ENUM,    activations.kernels,                   &HR_KERNEL_SETS, 0, 0, true, NONE, 0)                       \
  X (ACTIVATIONS_OFFLOAD,       "activations",  "offload",                  BOOL,    activations.offload,                   NULL, 0, 0, true, NONE, 0)                                  \
  X (ACTIVATIONS_REENTRANT,     "activations",  "reentrant",                CHOICE,  activations.reentrant,                 NULL, 0, 0, false, NONE, 0)                                 \
  X (ACTIVATIONS_SELECTIVE_POLICY, "activations", "selective_policy",       ENUM,    activations.selective_policy,          &HR_SELECTIVE_POLICIES, 0, 0, false, NONE, 0)               \
  X (ACTIVATIONS_ATTENTION_MASK, "activations", "attention_mask",           ENUM,    activations.attention_mask,            &HR_ATTENTION_MASKS, 0, 0, false, NONE, 0)                  \
  X (ACTIVATIONS_LOSS_CHUNK_TOKENS, "activations", "loss_chunk_tokens",     INTEGER, activations.loss_chunk_tokens,         NULL, 0, HR_MAX_TOKENS, false, TOKENS, HR_STEP_DOUBLES)     \
  X (ACTIVATIONS_LOSS_CHUNKS,   "activations",  "loss_chunks",              INTEGER, activations.loss_chunks,               NULL, 0, HR_MAX_TOKENS, false, CHUNKS, 1)                   \
  X (ACTIVATIONS_LOSS_CHUNKS_HEAD, "activations", "loss_chunks_head",       BOOL,    activations.loss_chunks_head,          NULL, 0, 0, false, NONE, 0)                                 \
  X (ACTIVATIONS_LOSS_KEEPS_LOGITS, "activations", "loss_keeps_logits",     BOOL,    activations.loss_keeps_logits,         NULL, 0, 0, false, NONE, 0)                                 \
  X (ACTIVATIONS_USE_CACHE,     "activations",  "use_cache",                BOOL,    activations.use_cache,                 NULL, 0, 0, false, NONE, 0)                                 \
  X (ACTIVATIONS_HIDDEN_DROPOUT, "activations", "hidden_dropout",           NUMBER,  activations.hidden_dropout,            NULL, 0, 1, false, SHARE, 0.05)                             \
  X (ACTIVATIONS_ATTENTION_DROPOUT, "activations", "attention_dropout",     NUMBER,  activations.attention_dropout,         NULL, 0, 1, false, SHARE, 0.05)                             \
  X (PARALLEL_GPUS,             "parallel",     "gpus",                     INTEGER, parallel.gpus,                         NULL, 1, HR_MAX_GPUS, true, GPUS, HR_STEP_DOUBLES)          \
  X (PARALLEL_DATA_SHARDING,    "parallel",     "data_sharding",            ENUM,    parallel.data_sharding,                &HR_DATA_SHARDINGS, 0, 0, true, NONE, 0)                    \
  X (PARALLEL_TENSOR,           "parallel",     "tensor",                   INTEGER, parallel.tensor,                       NULL, 1, HR_MAX_GPUS, true, GPUS, HR_STEP_DOUBLES)          \
  X (PARALLEL_SEQUENCE_PARALLEL, "parallel",    "sequence_parallel",        BOOL,    parallel.sequence_parallel,            NULL, 0, 0, true, NONE, 0)                                  \
  X (PARALLEL_PIPELINE,         "parallel",     "pipeline",                 INTEGER, parallel.pipeline,                     NULL, 1, HR_MAX_GPUS, true, STAGES, HR_STEP_DOUBLES)        \
  X (PARALLEL_CONTEXT,          "parallel",     "context",                  INTEGER, parallel.context,                      NULL, 1, HR_MAX_GPUS, true, GPUS, HR_STEP_DOUBLES)          \
  X (PARALLEL_EXPERT,           "parallel",     "expert",                   INTEGER, parallel.expert,                       NULL, 1, HR_MAX_GPUS, true, GPUS, HR_STEP_DOUBLES)          \
  X (PARALLEL_OFFLOAD_OPTIMIZER, "parallel",    "offload_optimizer",        BOOL,    parallel.offload_optimizer,            NULL, 0, 0, true, NONE, 0)                                  \
  X (PARALLEL_OFFLOAD_PARAMETERS, "parallel",   "offload_parameters",       BOOL,    parallel.offload_parameters,           NULL, 0, 0, true, NONE, 0)                                  \
  X (PARALLEL_SHARD_DTYPE,      "parallel",     "shard_dtype",              ENUM,    parallel.shard_dtype,                  &HR_DTYPES, 0, 0, false, NONE, 0)                           \
  X (PARALLEL_PARAM_DTYPE,      "parallel",     "param_dtype",              ENUM,    parallel.param_dtype,                  &HR_DTYPES, 0, 0, false, NONE, 0)                           \
  X (PARALLEL_DDP_BY_FSDP,      "parallel",     "ddp_by_fsdp",              BOOL,    parallel.ddp_by_fsdp,                  NULL, 0, 0, false, NONE, 0)                                 \
  X (PARALLEL_OUTER_MODULES_ON, "parallel",     "outer_modules_on",         ENUM,    parallel.outer_modules_on,             &HR_OUTER_MODULES, 0, 0, false, NONE, 0)                    \
  X (PARALLEL_TENSOR_SHARDS_EMBEDDINGS, "parallel", "tensor_shards_embeddings", BOOL, parallel.tensor_shards_embeddings,    NULL, 0, 0, false, NONE, 0)                                 \
  X (PARALLEL_REPLICAS,         "parallel",     "replicas",                 INTEGER, parallel.replicas,                     NULL, 1, HR_MAX_GPUS, false, GROUPS, HR_STEP_DOUBLES)       \
  X (PARALLEL_REDUCE_DTYPE,     "parallel",     "reduce_dtype",             ENUM,    parallel.reduce_dtype,                 &HR_DTYPES, 0, 0, false, NONE, 0)                           \
  X (INFERENCE_ENGINE,          "inference",    "engine",                   ENUM,    inference.engine,                      &HR_ENGINES, 0, 0, true, NONE, 0)                           \
  X (INFERENCE_CONCURRENT,      "inference",    "concurrent",               INTEGER, inference.concurrent,                  NULL, 1, HR_MAX_BATCH, true, REQUESTS, 1)                   \
  X (INFERENCE_PROMPT_TOKENS,   "inference",    "prompt_tokens",            INTEGER, inference.prompt_tokens,               NULL, 0, HR_MAX_TOKENS, true, TOKENS, HR_STEP_DOUBLES)      \
  X (INFERENCE_NEW_TOKENS,      "inference",    "new_tokens",               INTEGER, inference.new_tokens,                  NULL, 0, HR_MAX_TOKENS, true, TOKENS, HR_STEP_DOUBLES)      \
  X (INFERENCE_KV_DTYPE,        "inference",    "kv_dtype",                 ENUM,    inference.kv_dtype,                    &HR_DTYPES, 0, 0, true, NONE, 0)                            \
  X (INFERENCE_GPU_MEMORY_UTILIZATION, "inference", "gpu_memory_utilization", NUMBER, inference.gpu_memory_utilization,    NULL, 0, 1, true, SHARE, 0.01)                               \
  X (INFERENCE_PROMPT_APPROXIMATE, "inference", "prompt_approximate",       BOOL,    inference.prompt_approximate,          NULL, 0, 0, false, NONE, 0)                                 \
  X (INFERENCE_CACHE,           "inference",    "cache",                    ENUM,    inference.cache,                       &HR_CACHES, 0, 0, false, NONE, 0)                           \
  X (INFERENCE_STATIC_CACHE_TOKENS, "inference", "static_cache_tokens",     INTEGER, inference.static_cache_tokens,         NULL, 0, HR_MAX_TOKENS, false, TOKENS, HR_STEP_DOUBLES)     \
  X (INFERENCE_STATIC_MASK,     "inference",    "static_mask",              BOOL,    inference.static_mask,                 NULL, 0, 0, false, NONE, 0)                                 \
  X (INFERENCE_KV_HEADS,        "inference",    "kv_heads",                 INTEGER, inference.kv_heads,                    NULL, 0, 65536, false, HEADS, 1)                            \
  X (INFERENCE_LOGITS,          "inference",    "logits",                   ENUM,    inference.logits,                      &HR_LOGITS, 0, 0, false, NONE, 0)                           \
  X (INFERENCE_LOAD_ONLY,       "inference",    "load_only",                BOOL,    inference.load_only,                   NULL, 0, 0, false, NONE, 0)                                 \
  X (INFERENCE_MAX_MODEL_LEN,   "inference",    "max_model_len",            INTEGER, inference.max_model_len,               NULL, 0, HR_MAX_TOKENS, false, TOKENS, HR_STEP_DOUBLES)     \
  X (INFERENCE_MAX_BATCHED_TOKENS, "inference", "max_batched_tokens",       INTEGER, inference.max_batched_tokens,          NULL, 0, HR_MAX_TOKENS, false, TOKENS, HR_STEP_DOUBLES)     \
  X (INFERENCE_CPU_LAYERS,      "inference",    "cpu_layers",               INTEGER, inference.cpu_layers,                  NULL, 0, HR_MAX_LAYERS, false, LAYERS, 1)                   \
  X (STACK_NAME,                "stack",        "name",                     ENUM,    stack.name,                            &HR_STACKS, 0, 0, true, NONE, 0)                            \
  X (STACK_VERSION,             "stack",        "version",                  TEXT,    stack.version,                         NULL, 0, HR_VERSION_SIZE - 1, true, NONE, 0)                \
  X (STACK_COMPILE,             "stack",        "compile",                  BOOL,    stack.compile,                         NULL, 0, 0, false, NONE, 0)                                 \
  X (STACK_LIBRARY_VERSION,     "stack",        "library_version",          TEXT,    stack.library_version,                 NULL, 0, HR_VERSION_SIZE - 1, false, NONE, 0)               \
  X (STACK_TORCH,               "stack",        "torch",                    TEXT,    stack.torch,                           NULL, 0, HR_VERSION_SIZE - 1, false, NONE, 0)               \
  X (STACK_BITSANDBYTES,        "stack",        "bitsandbytes",             TEXT,    stack.bitsandbytes,                    NULL, 0, HR_VERSION_SIZE - 1, false, NONE, 0)               \
  X (STACK_TRL,                 "stack",        "trl",                      TEXT,    stack.trl,                             NULL, 0, HR_VERSION_SIZE - 1, false, NONE, 0)               \
  X (GPU_ID,                    "gpu",          "id",                       TEXT,    gpu.id,                                NULL, 0, HR_ID_SIZE - 1, true, NONE, 0)                     \
  X (GPU_COUNT,                 "gpu",          "count",                    INTEGER, gpu.count,                             NULL, 1, HR_MAX_GPUS, true, GPUS, 1)                        \
  X (GPU_NAME,                  "gpu",          "name",                     TEXT,    gpu.name,                              NULL, 0, HR_ID_SIZE - 1, false, NONE, 0)                    \
  X (GPU_COMPUTE_CAPABILITY,    "gpu",          "compute_capability",       TEXT,    gpu.compute_capability,                NULL, 0, HR_VERSION_SIZE - 1, false, NONE, 0)               \
  X (GPU_CONTEXT_BYTES,         "gpu",          "context_bytes",            INTEGER, gpu.context_bytes,                     NULL, 0, HR_MAX_BYTES, false, BYTES, 16777216)              \
  X (GPU_IN_USE_MIB,            "gpu",          "in_use_mib",               INTEGER, gpu.limits.in_use_mib,                 NULL, 0, HR_MAX_IN_USE_MIB, false, MIB, 100)                \
  X (GPU_MARGIN_PERCENT,        "gpu",          "margin_percent",           NUMBER,  gpu.limits.margin_percent,             NULL, 0, HR_MAX_MARGIN_PERCENT, false, PERCENT, 1)

#define HR_FIELD_AS_ID(NAME, ...) HR_JOB_##NAME,
typedef enum { HR_JOB_FIELDS (HR_FIELD_AS_ID) HR_N_JOB_FIELDS } HrFieldId;
#undef HR_FIELD_AS_ID
/* clang-format on */

/**
 * HrField:
 * @section: object in the file that holds the member; "" for the configuration itself
 * @member: name in the file
 * @offset: place in #HrJob
 * @size: bytes there
 * @values: (nullable): names of the values of an enumeration
 * @minimum: @maximum: allowed range, inclusive
 * @standard: whether new files state it also where it has its default
 * @unit: what a number counts
 * @step: how far one step of a number goes, or %HR_STEP_DOUBLES
 */
typedef struct
{
  const char *section;
  const char *member;
  HrFieldKind kind;
  size_t offset;
  size_t size;
  const HrEnum *values;
  double minimum;
  double maximum;
  bool standard;
  HrFieldUnit unit;
  double step;
} HrField;

/** The description of one member. */
const HrField *hr_field (HrFieldId id);

/** Returns: the id of @section.@member, or -1. */
int hr_field_find (const char *section, const char *member);

/** Where the member lies in @job. */
void *hr_field_place (const HrField *self, HrJob *job);
const void *hr_field_value (const HrField *self, const HrJob *job);

/** Whether the member has the same value in both. */
bool hr_field_equal (const HrField *self, const HrJob *a, const HrJob *b);

/** Copies the member's value. */
void hr_field_copy (const HrField *self, const HrJob *from, HrJob *to);

/** Whether the enumeration member allows @value. */
bool hr_field_allows (const HrField *self, int value);

/** Value of an ENUM, BOOL, CHOICE or INTEGER member as an integer. */
uint64_t hr_field_get_integer (const HrField *self, const HrJob *job);

/**
 * hr_field_set_integer:
 *
 * Sets an ENUM, BOOL, CHOICE or INTEGER member.
 *
 * Returns: false, with @job unchanged, if @value is out of range.
 */
bool hr_field_set_integer (const HrField *self, HrJob *job, uint64_t value);

double hr_field_get_number (const HrField *self, const HrJob *job);

/** Sets a NUMBER member; false if @value is not finite or out of range. */
bool hr_field_set_number (const HrField *self, HrJob *job, double value);

const char *hr_field_get_text (const HrField *self, const HrJob *job);

/** Sets a TEXT member; false if @value has too few or too many bytes. */
bool hr_field_set_text (const HrField *self, HrJob *job, const char *value);
