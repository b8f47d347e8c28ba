/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-training-words.h"

#include "hr-adapter-targets.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/*
 * Sources: OptimizerNames in src/transformers/training_args.py of transformers, CustomSupportedOptimizers in
 * src/axolotl/utils/schemas/enums.py of axolotl, DeepSpeed's deepspeed/runtime/config.py, classes of torch.optim,
 * torchao.optim and bitsandbytes.optim.
 */
static const struct
{
  const char *name;
  HrOptimizer kind;
  HrImplementation implementation;
} optimizers[] = {
  { "adamw_torch", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FOREACH },
  { "adamw_hf", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_LOOP },
  { "adamw_torch_fused", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FUSED },
  { "adamw_apex_fused", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FUSED },
  { "adamw_torch_4bit", HR_OPTIMIZER_ADAMW_4BIT, HR_IMPLEMENTATION_AUTO },
  { "ao_adamw_4bit", HR_OPTIMIZER_ADAMW_4BIT, HR_IMPLEMENTATION_AUTO },
  { "adamw_torch_8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "ao_adamw_8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "adamw_8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "adamw_bnb_8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "paged_adamw_32bit", HR_OPTIMIZER_PAGED_ADAMW, HR_IMPLEMENTATION_AUTO },
  { "paged_adamw_8bit", HR_OPTIMIZER_PAGED_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "adafactor", HR_OPTIMIZER_ADAFACTOR, HR_IMPLEMENTATION_AUTO },
  { "sgd", HR_OPTIMIZER_SGD, HR_IMPLEMENTATION_AUTO },
  { "adagrad", HR_OPTIMIZER_ADAGRAD, HR_IMPLEMENTATION_AUTO },
  { "rmsprop", HR_OPTIMIZER_RMSPROP, HR_IMPLEMENTATION_AUTO },
  { "lion_32bit", HR_OPTIMIZER_LION, HR_IMPLEMENTATION_AUTO },
  { "lion_pytorch", HR_OPTIMIZER_LION, HR_IMPLEMENTATION_AUTO },
  { "muon", HR_OPTIMIZER_MUON, HR_IMPLEMENTATION_AUTO },
  { "galore_adamw", HR_OPTIMIZER_GALORE, HR_IMPLEMENTATION_AUTO },
  { "galore_adamw_layerwise", HR_OPTIMIZER_GALORE, HR_IMPLEMENTATION_IN_BACKWARD },
  { "apollo_adamw", HR_OPTIMIZER_APOLLO, HR_IMPLEMENTATION_AUTO },
  { "apollo_adamw_layerwise", HR_OPTIMIZER_APOLLO, HR_IMPLEMENTATION_IN_BACKWARD },
  { "Adam", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FUSED },
  { "AdamW", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FUSED },
  { "Lion", HR_OPTIMIZER_LION, HR_IMPLEMENTATION_AUTO },
  { "Muon", HR_OPTIMIZER_MUON, HR_IMPLEMENTATION_AUTO },
  { "Adagrad", HR_OPTIMIZER_ADAGRAD, HR_IMPLEMENTATION_AUTO },
  { "torch.optim.Adam", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FOREACH },
  { "torch.optim.AdamW", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_FOREACH },
  { "torch.optim.SGD", HR_OPTIMIZER_SGD, HR_IMPLEMENTATION_AUTO },
  { "torch.optim.Adafactor", HR_OPTIMIZER_ADAFACTOR, HR_IMPLEMENTATION_AUTO },
  { "torch.optim.Adagrad", HR_OPTIMIZER_ADAGRAD, HR_IMPLEMENTATION_AUTO },
  { "torch.optim.RMSprop", HR_OPTIMIZER_RMSPROP, HR_IMPLEMENTATION_AUTO },
  { "bitsandbytes.optim.AdamW", HR_OPTIMIZER_ADAMW, HR_IMPLEMENTATION_LOOP },
  { "bitsandbytes.optim.AdamW8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "bitsandbytes.optim.Adam8bit", HR_OPTIMIZER_ADAM_8BIT, HR_IMPLEMENTATION_AUTO },
  { "bitsandbytes.optim.PagedAdamW", HR_OPTIMIZER_PAGED_ADAMW, HR_IMPLEMENTATION_AUTO },
  { "bitsandbytes.optim.PagedAdamW8bit", HR_OPTIMIZER_PAGED_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "torchao.optim.AdamW8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "torchao.optim.AdamW4bit", HR_OPTIMIZER_ADAMW_4BIT, HR_IMPLEMENTATION_AUTO },
  { "torchao.prototype.low_bit_optim.AdamW8bit", HR_OPTIMIZER_ADAMW_8BIT, HR_IMPLEMENTATION_AUTO },
  { "torchao.prototype.low_bit_optim.AdamW4bit", HR_OPTIMIZER_ADAMW_4BIT, HR_IMPLEMENTATION_AUTO },
};

static const struct
{
  const char *name;
  HrDtype dtype;
} dtypes[] = {
  { "bf16", HR_DTYPE_BF16 }, { "bfloat16", HR_DTYPE_BF16 }, { "torch.bfloat16", HR_DTYPE_BF16 },
  { "fp16", HR_DTYPE_FP16 }, { "float16", HR_DTYPE_FP16 },  { "torch.float16", HR_DTYPE_FP16 },
  { "fp32", HR_DTYPE_FP32 }, { "float32", HR_DTYPE_FP32 },  { "torch.float32", HR_DTYPE_FP32 },
};

/* xformers and flex attention keep what SDPA's kernels keep: outputs and one number a row. */
static const struct
{
  const char *name;
  HrAttention attention;
} attentions[] = {
  { "eager", HR_ATTENTION_EAGER },
  { "disabled", HR_ATTENTION_EAGER },
  { "sdpa", HR_ATTENTION_SDPA },
  { "xformers", HR_ATTENTION_SDPA },
  { "flex_attention", HR_ATTENTION_SDPA },
  { "fa2", HR_ATTENTION_FLASH },
  { "fa3", HR_ATTENTION_FLASH },
  { "flash_attention_2", HR_ATTENTION_FLASH },
  { "flash_attention_3", HR_ATTENTION_FLASH },
  { "kernels-community/flash-attn", HR_ATTENTION_FLASH },
  { "kernels-community/flash-attn2", HR_ATTENTION_FLASH },
  { "kernels-community/flash-attn3", HR_ATTENTION_FLASH },
};

void
hr_training_read_optimizer (HrTrainingReader *self, const char *path)
{
  const char *name = hr_training_text (self, path);

  if (name == NULL)
    return;

  self->job->optimizer.kind = HR_OPTIMIZER_ADAMW;
  self->job->optimizer.implementation = HR_IMPLEMENTATION_AUTO;
  for (gsize i = 0; i < G_N_ELEMENTS (optimizers); i++)
    if (strcmp (optimizers[i].name, name) == 0)
      {
        self->job->optimizer.kind = optimizers[i].kind;
        self->job->optimizer.implementation = optimizers[i].implementation;
        return;
      }

  hr_training_ignore (self, path, _ ("this optimizer is not estimated; counted as AdamW"));
}

gboolean
hr_training_read_dtype (HrTrainingReader *self, const char *path, HrDtype *out)
{
  const char *name = hr_training_text (self, path);

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (dtypes); i++)
    if (strcmp (dtypes[i].name, name) == 0)
      {
        *out = dtypes[i].dtype;
        return TRUE;
      }

  if (name != NULL)
    hr_training_refuse (self, path, "bf16, fp16, fp32");
  return FALSE;
}

void
hr_training_read_attention (HrTrainingReader *self, const char *path)
{
  const char *name = hr_training_text (self, path);

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (attentions); i++)
    if (strcmp (attentions[i].name, name) == 0)
      {
        self->job->activations.attention = attentions[i].attention;
        return;
      }

  if (name != NULL)
    hr_training_ignore (self, path, _ ("this attention is not estimated; counted as SDPA"));
}

void
hr_training_set_adapters (HrJob *job, gboolean dora)
{
  gboolean quantized = hr_job_is_quantized (job);

  job->method.kind
      = dora ? (quantized ? HR_METHOD_QDORA : HR_METHOD_DORA) : (quantized ? HR_METHOD_QLORA : HR_METHOD_LORA);
}

void
hr_training_set_precision (HrJob *job, HrDtype dtype, gboolean autocast)
{
  job->precision.weights = dtype;
  job->precision.compute = dtype;
  job->precision.autocast = autocast;
  job->precision.gradients = HR_DTYPE_AUTO;
  job->precision.master = HR_MASTER_NONE;
}

/* One text may name several modules, with commas between them. */
static void
read_words (HrTrainingReader *self, const char *path, const char *text, HrTargets *targets)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && !hr_adapter_targets_add (targets, *word))
      hr_training_fail (self, path, _ ("a name longer than %d bytes, or more than %d kinds of modules"),
                        HR_TARGET_NAME_SIZE - 1, HR_MAX_TARGETS);
}

void
hr_training_read_targets (HrTrainingReader *self, const char *path, const char *all)
{
  const HrJsonNode *node = hr_training_find (self, path);
  HrPath place = HR_PATH_MEMBER (&self->path, path);
  HrTargets targets = { 0 };

  if (node == NULL || self->error != NULL)
    return;
  if (hr_training_names (self, path, all))
    targets.all_linear = true;
  else if (node->type == HR_JSON_STRING && strpbrk (node->text, "()|*\\$[") == NULL)
    read_words (self, path, node->text, &targets);
  else
    hr_adapter_targets_read_modules (&place, node, &targets, self->report, &self->error);

  if (targets.all_linear || targets.count > 0)
    self->job->method.targets = targets;
}

static void
read_whole_module (HrTrainingReader *self, const char *path, const char *module)
{
  if (hr_adapter_module_is_embedding (module))
    self->job->method.train_embeddings = true;
  else if (hr_adapter_module_is_head (module))
    self->job->method.train_head = true;
  else if (*module != '\0')
    hr_training_ignore (self, path, _ ("of the modules that train whole, only embedding and head are counted"));
}

void
hr_training_read_whole_modules (HrTrainingReader *self, const char *path)
{
  const HrJsonNode *node = hr_training_find (self, path);

  if (node != NULL && node->type == HR_JSON_STRING)
    {
      g_auto (GStrv) modules = g_strsplit (node->text, ",", -1);
      for (char **module = modules; *module != NULL; module++)
        read_whole_module (self, path, g_strstrip (*module));
    }
  else if (node != NULL && node->type == HR_JSON_ARRAY)
    {
      for (const HrJsonNode *item = hr_json_first (node); item != NULL; item = hr_json_next (node, item))
        read_whole_module (self, path, item->type == HR_JSON_STRING ? item->text : "?");
    }
  else if (node != NULL)
    hr_training_refuse (self, path, _ ("a list of names"));
}

void
hr_training_set_lengths (HrJob *job, gboolean packed, gboolean padded)
{
  job->batch.packed = packed;
  job->batch.padding = !packed;
  job->batch.length_is_cap = !packed && !padded;
}

void
hr_training_set_gpus (HrTrainingReader *self, guint64 gpus)
{
  HrJob *job = self->job;

  job->parallel.gpus = CLAMP (gpus, 1, HR_MAX_GPUS);
  if (job->parallel.gpus > 1 && job->parallel.data_sharding == HR_SHARDING_NONE)
    job->parallel.data_sharding = HR_SHARDING_DDP;
}

void
hr_training_assume_gpus (HrTrainingReader *self)
{
  HrJob *job = self->job;
  guint64 least = job->parallel.tensor * job->parallel.pipeline * job->parallel.context * job->parallel.replicas;

  job->parallel.gpus = MAX (job->parallel.gpus, MIN (least, HR_MAX_GPUS));
  hr_import_report_add (self->report, HR_IMPORT_ASSUMED, _ ("number of GPUs"),
                        _ ("%" PRIu64 "; the file does not say it"), job->parallel.gpus);
}
