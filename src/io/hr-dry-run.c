/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-dry-run.h"

#include "hr-dry-run-template.h"
#include "hr-field-json.h"
#include "hr-model-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEMPLATE_PATH "/io/github/headroom/Headroom/dry-run/"

/* What of the first part is replaced. */
#define LIMITS_MARK "# @LIMITS@\n"
#define JOB_MARK "@JOB@"

/* The parts of the script, in the order of its text. */
static const char *const parts[]
    = { "start.py", "architecture.py", "model.py", "adapters.py", "optimizer.py", "batch.py", "measuring.py" };

/* One property of a job that the script does without. */
typedef struct
{
  gboolean (*applies) (const HrJob *job);
  const char *sentence;
} Limit;

static gboolean
trains (const HrJob *job)
{
  return job->task == HR_TASK_TRAIN;
}

static gboolean
has_several_gpus (const HrJob *job)
{
  return job->parallel.gpus > 1 || job->parallel.tensor > 1 || job->parallel.pipeline > 1 || job->parallel.context > 1
         || job->parallel.expert > 1 || job->parallel.data_sharding != HR_SHARDING_NONE;
}

static gboolean
offloads_states (const HrJob *job)
{
  return trains (job) && (job->parallel.offload_optimizer || job->parallel.offload_parameters);
}

static gboolean
has_other_stack (const HrJob *job)
{
  return trains (job)
         && (job->stack.name == HR_STACK_TORCHTUNE || job->stack.name == HR_STACK_TORCHTITAN
             || job->stack.name == HR_STACK_LITGPT);
}

static gboolean
has_other_engine (const HrJob *job)
{
  return !trains (job) && job->inference.engine != HR_ENGINE_TRANSFORMERS;
}

static gboolean
has_other_quantization (const HrJob *job)
{
  HrQuantization scheme = job->quantization.scheme;
  gboolean supported = scheme == HR_QUANTIZATION_NONE || scheme == HR_QUANTIZATION_NF4 || scheme == HR_QUANTIZATION_FP4
                       || scheme == HR_QUANTIZATION_INT8;

  return !supported || (scheme != HR_QUANTIZATION_NONE && job->quantization.backend != HR_QUANTIZATION_BY_BITSANDBYTES);
}

static gboolean
has_fp8_products (const HrJob *job)
{
  return job->precision.compute == HR_DTYPE_FP8 || job->precision.weights == HR_DTYPE_FP8;
}

static gboolean
has_other_states (const HrJob *job)
{
  return trains (job)
         && (job->precision.gradients != HR_DTYPE_AUTO || job->precision.master != HR_MASTER_NONE
             || job->precision.moments != HR_DTYPE_AUTO);
}

static gboolean
checkpoints_selectively (const HrJob *job)
{
  return trains (job) && job->activations.checkpointing == HR_CHECKPOINTING_SELECTIVE;
}

static gboolean
has_foak_kernels (const HrJob *job)
{
  return job->activations.kernels == HR_KERNELS_FOAK;
}

static gboolean
fuses_adapters (const HrJob *job)
{
  return hr_job_has_adapters (job) && job->method.fused_qkv_adapter;
}

static gboolean
has_other_cache (const HrJob *job)
{
  return !trains (job)
         && ((job->inference.kv_dtype != HR_DTYPE_AUTO && job->inference.kv_dtype != job->precision.weights)
             || job->inference.kv_heads > 0 || job->inference.static_mask);
}

static gboolean
keeps_inputs (const HrJob *job)
{
  return job->quantization.keeps_inputs;
}

static gboolean
names_versions (const HrJob *job)
{
  return (*job->stack.version != '\0' && strcmp (job->stack.version, "current") != 0)
         || *job->stack.library_version != '\0' || *job->stack.torch != '\0' || *job->stack.bitsandbytes != '\0'
         || *job->stack.trl != '\0';
}

static const Limit limits_of_script[] = {
  { has_several_gpus, N_ ("One GPU runs everything: nothing is sharded and nothing is communicated.") },
  { offloads_states, N_ ("Optimizer states and parameters stay on the GPU.") },
  { has_other_stack, N_ ("The stack's own code is not used: the model code of transformers runs in a bare loop.") },
  { has_other_engine, N_ ("The engine's own code is not used: the model code of transformers runs, with its cache.") },
  { has_other_quantization, N_ ("The weights are not quantized: only nf4, fp4 and int8 of bitsandbytes are built.") },
  { has_fp8_products, N_ ("There are no fp8 products and weights: bf16 takes their place.") },
  { has_other_states, N_ ("Gradients and optimizer states have the types that torch gives them; there are no master "
                          "weights.") },
  { checkpoints_selectively, N_ ("Every layer is checkpointed as a whole instead of selectively.") },
  { has_foak_kernels, N_ ("The fused kernels of fms-acceleration are not used.") },
  { fuses_adapters, N_ ("Adapters are those of peft, one for each module.") },
  { has_other_cache,
    N_ ("The cache has the type and the heads that transformers gives it, without a mask of its own.") },
  { keeps_inputs, N_ ("Whether quantized layers keep their inputs is up to the installed bitsandbytes.") },
  { names_versions, N_ ("The installed versions of the libraries run, whatever the configuration names.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (limits_of_script) <= HR_MAX_DRY_RUN_LIMITS);

guint
hr_dry_run_limits (const HrJob *job, const char **limits)
{
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (limits_of_script); i++)
    if (limits_of_script[i].applies (job))
      limits[count++] = limits_of_script[i].sentence;

  return count;
}

/* Every member, whether or not it has its default; a choice that is left to the stack is null. */
static void
write_field (HrJsonWriter *writer, const HrField *field, const HrJob *job)
{
  hr_json_writer_name (writer, field->member);
  if (field->kind == HR_FIELD_CHOICE && hr_field_get_integer (field, job) == HR_CHOICE_AUTO)
    hr_json_writer_null (writer);
  else
    hr_field_write (field, writer, job, NULL);
}

static void
write_section (HrJsonWriter *writer, const HrJob *job, const char *section)
{
  for (int id = 0; id < HR_N_JOB_FIELDS; id++)
    if (strcmp (hr_field (id)->section, section) == 0)
      write_field (writer, hr_field (id), job);
}

static void
write_job (HrJsonWriter *writer, const HrJob *job)
{
  const char *section = "";

  hr_json_writer_begin_object (writer);
  write_section (writer, job, section);
  for (int id = 0; id < HR_N_JOB_FIELDS; id++)
    {
      if (strcmp (hr_field (id)->section, section) == 0 || *hr_field (id)->section == '\0')
        continue;
      section = hr_field (id)->section;
      hr_json_writer_name (writer, section);
      hr_json_writer_begin_object (writer);
      write_section (writer, job, section);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_object (writer);
}

/* The job as JSON that a raw Python string in apostrophes holds: within JSON they stand in strings only. */
static char *
job_text (const HrJob *job, const HrArchitecture *architecture, const char *const *limits, guint n_limits)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_object (writer);
  hr_json_writer_name (writer, "configuration");
  write_job (writer, job);
  hr_json_writer_name (writer, "architecture");
  hr_model_config_write (writer, architecture);
  hr_json_writer_name (writer, "not_reproduced");
  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < n_limits; i++)
    hr_json_writer_string (writer, limits[i]);
  hr_json_writer_end_array (writer);
  hr_json_writer_end_object (writer);

  g_autofree char *text = hr_json_writer_finish (writer, NULL);
  g_auto (GStrv) pieces = g_strsplit (text, "'", -1);
  return g_strjoinv ("\\u0027", pieces);
}

static char *
limits_text (const char *const *limits, guint n_limits)
{
  GString *text = g_string_new (NULL);

  if (n_limits > 0)
    g_string_append (text, "#\n# What this script cannot reproduce of the configuration:\n");
  for (guint i = 0; i < n_limits; i++)
    g_string_append_printf (text, "# - %s\n", limits[i]);

  return g_string_free (text, FALSE);
}

/* The parts below each other, with the licence line of the first alone. */
static GString *
template_text (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (TEMPLATE_PATH, parts[i], NULL);
      g_autoptr (GBytes) part = g_resource_lookup_data (hr_dry_run_template_get_resource (), path, 0, NULL);
      const char *content = g_bytes_get_data (part, NULL);

      if (i > 0)
        content = strchr (content, '\n');
      g_string_append (text, i > 0 ? "\n" : "");
      g_string_append (text, content);
    }

  return text;
}

GBytes *
hr_dry_run_script (const HrJob *job, const HrArchitecture *architecture)
{
  const char *limits[HR_MAX_DRY_RUN_LIMITS];
  guint n_limits = hr_dry_run_limits (job, limits);
  g_autofree char *said = limits_text (limits, n_limits);
  g_autofree char *json = job_text (job, architecture, limits, n_limits);
  GString *text = template_text ();

  g_string_replace (text, LIMITS_MARK, said, 1);
  g_string_replace (text, JOB_MARK, json, 1);

  return g_string_free_to_bytes (text);
}
