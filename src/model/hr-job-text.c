/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-labels.h"

#include "catalog/hr-catalog.h"
#include "chart/hr-text-parts.h"
#include "io/hr-project-gpus.h"

#include <glib/gi18n-lib.h>

/* Sizes from here on are told without a digit after the point. */
#define RANGE_DECIMALS 1
#define ROUND_FROM 10.0

/* Room for the shortest decimal text of any double. */
#define NUMBER_FIGURES 6

gboolean
hr_field_zero_is_automatic (HrFieldId field)
{
  switch ((int) field)
    {
    case HR_JOB_QUANTIZATION_BITS:
    case HR_JOB_QUANTIZATION_GROUP_SIZE:
    case HR_JOB_ACTIVATIONS_LOSS_CHUNK_TOKENS:
    case HR_JOB_ACTIVATIONS_LOSS_CHUNKS:
    case HR_JOB_INFERENCE_STATIC_CACHE_TOKENS:
    case HR_JOB_INFERENCE_KV_HEADS:
    case HR_JOB_INFERENCE_MAX_MODEL_LEN:
    case HR_JOB_INFERENCE_MAX_BATCHED_TOKENS:
    case HR_JOB_GPU_CONTEXT_BYTES:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
targets_text (const HrTargets *targets)
{
  if (targets->all_linear)
    return g_strdup (_ ("all linear"));
  if (targets->count == 0)
    return g_strdup (_ ("none"));

  g_autoptr (GString) text = g_string_new (targets->names[0]);
  for (guint i = 1; i < targets->count; i++)
    g_string_append_printf (text, ", %s", targets->names[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
integer_text (HrFieldId field, guint64 value)
{
  if (value == 0 && hr_field_zero_is_automatic (field))
    return g_strdup (_ ("Automatic"));

  return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

static char *
number_text (double value)
{
  char text[HR_TEXT_SIZE];

  hr_format_figures (value, NUMBER_FIGURES, text);
  return g_strdup (text);
}

static char *
text_text (HrFieldId field, const HrJob *job)
{
  const char *value = hr_field_get_text (hr_field (field), job);

  if (field == HR_JOB_MODEL_ID)
    return g_strdup (hr_model_display_name (value));
  if (field == HR_JOB_GPU_ID)
    return g_strdup (job->gpu.set && *value != '\0' ? hr_gpu_display_name (value) : _ ("The project’s"));

  return g_strdup (value);
}

char *
hr_field_text (HrFieldId field, const HrJob *job)
{
  g_return_val_if_fail ((guint) field < HR_N_JOB_FIELDS, NULL);

  const HrField *description = hr_field (field);

  switch (description->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_BOOL:
    case HR_FIELD_CHOICE:
      return g_strdup (hr_value_label (field, (int) hr_field_get_integer (description, job)));
    case HR_FIELD_INTEGER:
      return integer_text (field, hr_field_get_integer (description, job));
    case HR_FIELD_NUMBER:
      return number_text (hr_field_get_number (description, job));
    case HR_FIELD_TARGETS:
      return targets_text (&job->method.targets);
    case HR_FIELD_TEXT:
      return text_text (field, job);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
hr_model_display_name (const char *model_id)
{
  const char *slash = strrchr (model_id, '/');

  return slash != NULL && slash[1] != '\0' ? slash + 1 : model_id;
}

const char *
hr_gpu_short_name (const HrGpu *gpu)
{
  /* Product lines that say nothing beside the number of the card. */
  static const char *const lines[] = { "GeForce ", "Tesla ", "Quadro ", "Instinct ", "Radeon " };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_str_has_prefix (gpu->name, lines[i]))
      return gpu->name + strlen (lines[i]);

  return gpu->name;
}

const char *
hr_gpu_display_name (const char *gpu_id)
{
  const HrCatalogGpu *found = hr_catalog_find_gpu (gpu_id);

  return found != NULL ? hr_gpu_short_name (&found->gpu) : gpu_id;
}

const char *
hr_project_gpu_name (const HrProjectData *data, const char *gpu_id)
{
  const HrCatalogGpu *found = hr_project_data_find_gpu (data, gpu_id);

  return found != NULL ? hr_gpu_short_name (&found->gpu) : gpu_id;
}

char *
hr_range_text (guint64 low_bytes, guint64 high_bytes, HrUnits units)
{
  char low[HR_TEXT_SIZE], high[HR_TEXT_SIZE];

  hr_format_bytes (high_bytes, units, RANGE_DECIMALS, high);
  if (low_bytes == high_bytes)
    return g_strdup (high);

  hr_format_bytes (low_bytes, units, RANGE_DECIMALS, low);
  return g_strdup_printf ("%.*s–%s", (int) (strrchr (low, ' ') - low), low, high);
}

char *
hr_verdict_text (const HrEstimate *estimate, HrUnits units)
{
  gint64 headroom = estimate->fit.headroom_bytes;
  guint64 distance_bytes = headroom < 0 ? (guint64) -headroom : (guint64) headroom;
  char distance[HR_TEXT_SIZE];

  hr_format_bytes (distance_bytes, units, hr_bytes_in_units (distance_bytes, units) < ROUND_FROM ? 1 : 0, distance);

  switch (estimate->fit.verdict)
    {
    case HR_VERDICT_FITS:
      /* Translators: %s is a size */
      return g_strdup_printf (_ ("Fits, %s free"), distance);
    case HR_VERDICT_TIGHT:
      return g_strdup_printf (_ ("Tight, %s free"), distance);
    case HR_VERDICT_OVER:
      return g_strdup_printf (_ ("Does not fit, %s short"), distance);
    case HR_VERDICT_UNKNOWN:
    default:
      return g_strdup (_ ("No GPU chosen"));
    }
}

const char *
hr_job_title (const HrJob *job)
{
  for (const char *c = job->name; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      return job->name;

  return job->id;
}

char *
hr_job_summary (const HrJob *job)
{
  const char *weights = job->quantization.scheme == HR_QUANTIZATION_GGUF
                            ? hr_value_label (HR_JOB_QUANTIZATION_GGUF_TYPE, (int) job->quantization.gguf_type)
                        : hr_job_is_quantized (job)
                            ? hr_value_label (HR_JOB_QUANTIZATION_SCHEME, (int) job->quantization.scheme)
                            : hr_value_label (HR_JOB_PRECISION_WEIGHTS, (int) job->precision.weights);
  g_autofree char *detail = NULL;

  if (job->task == HR_TASK_INFER)
    detail = hr_field_text (HR_JOB_INFERENCE_ENGINE, job);
  else if (job->activations.loss == HR_LOSS_CHUNKED)
    detail = g_strdup (_ ("chunked loss"));
  else if (job->activations.loss == HR_LOSS_FUSED)
    detail = g_strdup (_ ("fused loss"));
  else if (hr_job_has_adapters (job))
    detail = hr_field_text (HR_JOB_METHOD_TARGETS, job);
  else
    detail = hr_field_text (HR_JOB_OPTIMIZER_KIND, job);

  return hr_text_join_parts (weights, detail, NULL);
}

static char *
attention_text (const HrArchitecture *architecture)
{
  if (architecture->kv_lora_rank > 0)
    return g_strdup ("MLA");
  if (architecture->num_key_value_heads < architecture->num_attention_heads)
    return g_strdup_printf ("%s %u/%u", architecture->num_key_value_heads == 1 ? "MQA" : "GQA",
                            architecture->num_attention_heads, architecture->num_key_value_heads);

  return g_strdup_printf (ngettext ("%u head", "%u heads", architecture->num_attention_heads),
                          architecture->num_attention_heads);
}

char *
hr_architecture_summary (const HrArchitecture *architecture)
{
  guint layers = architecture->num_hidden_layers + architecture->num_decoder_layers;
  HrParameters parameters;
  char count[HR_TEXT_SIZE];

  hr_parameters_count (architecture, &parameters);
  hr_format_count (parameters.total, count);

  g_autofree char *parameters_text = g_strdup_printf (_ ("%s parameters"), count);
  g_autofree char *layers_text = g_strdup_printf (ngettext ("%u layer", "%u layers", layers), layers);
  g_autofree char *attention = attention_text (architecture);

  if (architecture->num_experts == 0)
    return hr_text_join_parts (parameters_text, layers_text, attention, NULL);

  /* Translators: of a mixture of experts: how many run for one token, of how many */
  g_autofree char *experts
      = g_strdup_printf (_ ("%u of %u experts"), architecture->num_experts_per_tok, architecture->num_experts);
  return hr_text_join_parts (parameters_text, layers_text, attention, experts, NULL);
}
