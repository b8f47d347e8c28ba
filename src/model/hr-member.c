/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-member-private.h"

#include <string.h>

static char *
get_targets (const HrTargets *targets)
{
  g_autoptr (GString) text = g_string_new (targets->all_linear ? HR_MEMBER_ALL_LINEAR : NULL);

  for (guint i = 0; !targets->all_linear && i < targets->count; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", targets->names[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
hr_member_name (HrFieldId field)
{
  static const char *names[HR_N_JOB_FIELDS];

  g_return_val_if_fail ((guint) field < HR_N_JOB_FIELDS, NULL);

  if (names[field] == NULL)
    {
      const HrField *description = hr_field (field);
      g_autofree char *name = *description->section == '\0'
                                  ? g_strdup (description->member)
                                  : g_strconcat (description->section, "-", description->member, NULL);
      names[field] = g_intern_string (g_strdelimit (name, "_", '-'));
    }

  return names[field];
}

GParamSpec *
hr_member_param_spec (HrFieldId field)
{
  const HrField *description = hr_field (field);
  const char *name = hr_member_name (field);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY;
  HrJob defaults;

  hr_job_init (&defaults);
  if (field != HR_JOB_ID)
    flags |= G_PARAM_WRITABLE;

  switch (description->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_CHOICE:
      return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, (guint) hr_field_get_integer (description, &defaults),
                                flags);
    case HR_FIELD_BOOL:
      return g_param_spec_boolean (name, NULL, NULL, hr_field_get_integer (description, &defaults) != 0, flags);
    case HR_FIELD_INTEGER:
      return g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, hr_field_get_integer (description, &defaults),
                                  flags);
    case HR_FIELD_NUMBER:
      return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE,
                                  hr_field_get_number (description, &defaults), flags);
    case HR_FIELD_TEXT:
    case HR_FIELD_TARGETS:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    default:
      g_return_val_if_reached (NULL);
    }
}

void
hr_member_get (HrFieldId field, const HrJob *job, GValue *value)
{
  const HrField *description = hr_field (field);

  switch (description->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_CHOICE:
      g_value_set_uint (value, (guint) hr_field_get_integer (description, job));
      break;
    case HR_FIELD_BOOL:
      g_value_set_boolean (value, hr_field_get_integer (description, job) != 0);
      break;
    case HR_FIELD_INTEGER:
      g_value_set_uint64 (value, hr_field_get_integer (description, job));
      break;
    case HR_FIELD_NUMBER:
      g_value_set_double (value, hr_field_get_number (description, job));
      break;
    case HR_FIELD_TARGETS:
      g_value_take_string (value, get_targets (&job->method.targets));
      break;
    case HR_FIELD_TEXT:
      g_value_set_string (value, hr_field_get_text (description, job));
      break;
    default:
      g_return_if_reached ();
    }
}

static gboolean
applies_to_inference (HrFieldId field, const HrJob *job)
{
  switch ((int) field)
    {
    case HR_JOB_PRECISION_AUTOCAST:
    case HR_JOB_PRECISION_GRADIENTS:
    case HR_JOB_PRECISION_MASTER:
    case HR_JOB_PRECISION_MOMENTS:
    case HR_JOB_QUANTIZATION_UPCAST_UNQUANTIZED:
    case HR_JOB_PARALLEL_DATA_SHARDING:
    case HR_JOB_PARALLEL_SEQUENCE_PARALLEL:
    case HR_JOB_PARALLEL_CONTEXT:
    case HR_JOB_PARALLEL_OFFLOAD_OPTIMIZER:
    case HR_JOB_PARALLEL_OFFLOAD_PARAMETERS:
    case HR_JOB_PARALLEL_REPLICAS:
      return FALSE;
    case HR_JOB_INFERENCE_GPU_MEMORY_UTILIZATION:
      return job->inference.engine == HR_ENGINE_VLLM;
    case HR_JOB_INFERENCE_CPU_LAYERS:
      return job->inference.engine == HR_ENGINE_LLAMA_CPP;
    default:
      return TRUE;
    }
}

static gboolean
applies_to_method (HrFieldId field, const HrJob *job)
{
  switch ((int) field)
    {
    case HR_JOB_METHOD_RANK:
    case HR_JOB_METHOD_ALPHA:
    case HR_JOB_METHOD_DROPOUT:
    case HR_JOB_METHOD_TARGETS:
    case HR_JOB_METHOD_ADAPTER_DTYPE:
    case HR_JOB_METHOD_FUSED_QKV_ADAPTER:
    case HR_JOB_METHOD_RSLORA:
    case HR_JOB_METHOD_TRAIN_EMBEDDINGS:
    case HR_JOB_METHOD_TRAIN_HEAD:
      return hr_job_has_adapters (job);
    case HR_JOB_METHOD_TRAINED_LAYERS:
      return job->method.kind == HR_METHOD_LAST_LAYERS;
    default:
      return TRUE;
    }
}

/* One GPU shares nothing; what is set all the same stays in sight. */
static gboolean
applies_to_gpus (HrFieldId field, const HrJob *job)
{
  switch ((int) field)
    {
    case HR_JOB_PARALLEL_DATA_SHARDING:
      return job->parallel.gpus > 1 || job->parallel.data_sharding != HR_SHARDING_NONE;
    case HR_JOB_PARALLEL_REPLICAS:
      return job->parallel.data_sharding == HR_SHARDING_FSDP;
    case HR_JOB_PARALLEL_SEQUENCE_PARALLEL:
      return job->parallel.tensor > 1;
    case HR_JOB_PARALLEL_TENSOR:
    case HR_JOB_PARALLEL_PIPELINE:
    case HR_JOB_PARALLEL_CONTEXT:
    case HR_JOB_PARALLEL_EXPERT:
      return job->parallel.gpus > 1 || hr_field_get_integer (hr_field (field), job) > 1;
    default:
      return TRUE;
    }
}

/* Details that belong to one choice of another member. */
static gboolean
applies_to_choice (HrFieldId field, const HrJob *job)
{
  switch ((int) field)
    {
    case HR_JOB_PRECISION_FP8_RECIPE:
      return job->precision.compute == HR_DTYPE_FP8;
    case HR_JOB_PRECISION_FP8_ALL_GATHER:
      return job->task == HR_TASK_TRAIN && job->precision.compute == HR_DTYPE_FP8 && job->parallel.gpus > 1;
    case HR_JOB_ACTIVATIONS_REENTRANT:
      return job->activations.checkpointing != HR_CHECKPOINTING_NONE;
    case HR_JOB_ACTIVATIONS_SELECTIVE_POLICY:
      return job->activations.checkpointing == HR_CHECKPOINTING_SELECTIVE;
    case HR_JOB_ACTIVATIONS_LOSS_KEEPS_LOGITS:
      return job->activations.loss == HR_LOSS_FUSED;
    case HR_JOB_PARALLEL_SHARD_DTYPE:
    case HR_JOB_PARALLEL_PARAM_DTYPE:
    case HR_JOB_PARALLEL_REDUCE_DTYPE:
    case HR_JOB_PARALLEL_DDP_BY_FSDP:
      return job->task == HR_TASK_TRAIN && job->parallel.data_sharding != HR_SHARDING_NONE;
    case HR_JOB_PARALLEL_OUTER_MODULES_ON:
      return job->parallel.pipeline > 1;
    case HR_JOB_PARALLEL_TENSOR_SHARDS_EMBEDDINGS:
      return job->parallel.tensor > 1;
    case HR_JOB_INFERENCE_MAX_MODEL_LEN:
    case HR_JOB_INFERENCE_MAX_BATCHED_TOKENS:
      return job->inference.engine == HR_ENGINE_VLLM;
    case HR_JOB_GPU_COMPUTE_CAPABILITY:
      return *job->gpu.name != '\0';
    default:
      return TRUE;
    }
}

gboolean
hr_member_applies (HrFieldId field, const HrJob *job)
{
  static const char *const training_sections[] = { "method", "optimizer", "batch", "activations", NULL };
  const char *section = hr_field (field)->section;

  if (job->task == HR_TASK_TRAIN && strcmp (section, "inference") == 0)
    return FALSE;
  if (job->task == HR_TASK_INFER && field == HR_JOB_ACTIVATIONS_ATTENTION)
    return job->inference.engine == HR_ENGINE_TRANSFORMERS;
  if (job->task == HR_TASK_INFER && g_strv_contains (training_sections, section))
    return FALSE;
  if (job->task == HR_TASK_INFER && !applies_to_inference (field, job))
    return FALSE;
  if (!applies_to_choice (field, job))
    return FALSE;
  if (strcmp (section, "gpu") == 0)
    return field == HR_JOB_GPU_ID || job->gpu.set;
  if (!applies_to_gpus (field, job))
    return FALSE;
  if (field == HR_JOB_QUANTIZATION_GGUF_TYPE)
    return job->quantization.scheme == HR_QUANTIZATION_GGUF;
  if (strcmp (section, "quantization") == 0 && field != HR_JOB_QUANTIZATION_SCHEME)
    return field == HR_JOB_QUANTIZATION_DOUBLE ? hr_member_is_four_bit (job->quantization.scheme)
                                               : hr_job_is_quantized (job);
  if (field == HR_JOB_ACTIVATIONS_EVERY)
    return job->activations.checkpointing == HR_CHECKPOINTING_EVERY_N;

  return applies_to_method (field, job);
}

gboolean
hr_member_differs (HrFieldId field, const HrJob *a, const HrJob *b)
{
  return hr_member_applies (field, a) && hr_member_applies (field, b) && !hr_field_equal (hr_field (field), a, b);
}
