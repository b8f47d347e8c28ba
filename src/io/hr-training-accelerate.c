/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-training-format.h"
#include "hr-training-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Members: src/accelerate/commands/config/config_args.py and cluster.py, src/accelerate/utils/dataclasses.py of
 * accelerate 1.x. */

#define DEFAULT_ZERO_STAGE 2

static const char *const marks[]
    = { "distributed_type", "num_processes", "mixed_precision", "compute_environment", "machine_rank", NULL };

static const HrTrainingRow rows[] = {
  HR_TRAINING_USED ("distributed_type"),
  HR_TRAINING_FIELD ("num_processes", PARALLEL_GPUS),
  HR_TRAINING_USED ("mixed_precision"),
  HR_TRAINING_USED ("num_machines"),
  HR_TRAINING_USED ("fsdp_config.fsdp_sharding_strategy"),
  HR_TRAINING_USED ("fsdp_config.fsdp_offload_params"),
  HR_TRAINING_USED ("fsdp_config.fsdp_reshard_after_forward"),
  HR_TRAINING_FLAG ("fsdp_config.fsdp_activation_checkpointing", ACTIVATIONS_CHECKPOINTING, HR_CHECKPOINTING_FULL),
  HR_TRAINING_FSDP_NO_SIZE ("fsdp_config.fsdp_"),
  HR_TRAINING_USED ("deepspeed_config.zero_stage"),
  HR_TRAINING_USED ("deepspeed_config.offload_optimizer_device"),
  HR_TRAINING_USED ("deepspeed_config.offload_param_device"),
  HR_TRAINING_FIELD ("deepspeed_config.gradient_accumulation_steps", BATCH_ACCUMULATION_STEPS),
  HR_TRAINING_USED ("deepspeed_config.deepspeed_config_file"),
  HR_TRAINING_NO_SIZE ("deepspeed_config.gradient_clipping"),
  HR_TRAINING_NO_SIZE ("deepspeed_config.zero3_init_flag"),
  HR_TRAINING_NO_SIZE ("deepspeed_config.zero3_save_16bit_model"),
  HR_TRAINING_NO_SIZE ("deepspeed_config.deepspeed_multinode_launcher"),
  HR_TRAINING_NO_SIZE ("deepspeed_config.deepspeed_hostfile"),
  HR_TRAINING_USED ("dynamo_config.dynamo_backend"),
  HR_TRAINING_NO_SIZE ("dynamo_config.dynamo_mode"),
  HR_TRAINING_NO_SIZE ("dynamo_config.dynamo_use_dynamic"),
  HR_TRAINING_NO_SIZE ("dynamo_config.dynamo_use_fullgraph"),
  HR_TRAINING_FIELD ("parallelism_config.parallelism_config_tp_size", PARALLEL_TENSOR),
  HR_TRAINING_FIELD ("parallelism_config.parallelism_config_cp_size", PARALLEL_CONTEXT),
  HR_TRAINING_FIELD ("parallelism_config.parallelism_config_dp_replicate_size", PARALLEL_REPLICAS),
  HR_TRAINING_NO_SIZE ("parallelism_config.parallelism_config_dp_shard_size"),
  HR_TRAINING_FIELD ("tp_config.tp_size", PARALLEL_TENSOR),
  HR_TRAINING_IGNORED ("megatron_lm_config", N_ ("Megatron-LM is not estimated")),
  HR_TRAINING_IGNORED ("fp8_config", N_ ("counted as 16 bits")),
  HR_TRAINING_NO_SIZE ("compute_environment"),
  HR_TRAINING_NO_SIZE ("debug"),
  HR_TRAINING_NO_SIZE ("downcast_bf16"),
  HR_TRAINING_NO_SIZE ("enable_cpu_affinity"),
  HR_TRAINING_NO_SIZE ("gpu_ids"),
  HR_TRAINING_NO_SIZE ("machine_rank"),
  HR_TRAINING_NO_SIZE ("main_process_ip"),
  HR_TRAINING_NO_SIZE ("main_process_port"),
  HR_TRAINING_NO_SIZE ("main_training_function"),
  HR_TRAINING_NO_SIZE ("rdzv_backend"),
  HR_TRAINING_NO_SIZE ("same_network"),
  HR_TRAINING_NO_SIZE ("tpu_env"),
  HR_TRAINING_NO_SIZE ("tpu_use_cluster"),
  HR_TRAINING_NO_SIZE ("tpu_use_sudo"),
  HR_TRAINING_NO_SIZE ("use_cpu"),
  HR_TRAINING_NO_SIZE ("command_file"),
  HR_TRAINING_NO_SIZE ("commands"),
};

/* What of a run this file decides is as without it, until it says otherwise. */
static void
prepare (HrTrainingReader *self)
{
  self->job->parallel.data_sharding = HR_SHARDING_NONE;
  self->job->parallel.offload_optimizer = self->job->parallel.offload_parameters = false;
  self->job->parallel.ddp_by_fsdp = false;
  self->job->parallel.shard_dtype = self->job->parallel.param_dtype = HR_DTYPE_AUTO;
}

void
hr_training_set_fsdp (HrTrainingReader *self)
{
  HrJob *job = self->job;

  job->parallel.data_sharding = HR_SHARDING_FSDP;
  if (job->precision.autocast && !hr_job_has_adapters (job))
    {
      job->parallel.shard_dtype = HR_DTYPE_FP32;
      job->parallel.param_dtype = job->precision.compute;
      hr_training_assume (self, hr_field (HR_JOB_PARALLEL_SHARD_DTYPE)->member,
                          _ ("fp32: accelerate keeps what trains in fp32 where mixed precision is switched on"));
    }
}

void
hr_training_set_gathered (HrTrainingReader *self, const char *path)
{
  HrJob *job = self->job;

  job->parallel.data_sharding = HR_SHARDING_ZERO2;
  job->parallel.shard_dtype = job->parallel.param_dtype = HR_DTYPE_AUTO;
  if (job->precision.autocast && !hr_job_has_adapters (job))
    job->precision.master = HR_MASTER_FP32;
  hr_training_assume (self, path, _ ("counted as ZeRO-2: parameters lie whole on every GPU while it computes"));
}

/* Strategies have names and numbers. */
static void
decide_strategy (HrTrainingReader *self)
{
  static const char path[] = "fsdp_config.fsdp_sharding_strategy";
  static const char *const names[]
      = { "FULL_SHARD", "SHARD_GRAD_OP", "NO_SHARD", "HYBRID_SHARD", "HYBRID_SHARD_ZERO2" };
  const HrJsonNode *node = hr_training_find (self, path);
  HrJob *job = self->job;
  guint64 strategy = 1;

  if (node != NULL && node->type == HR_JSON_INTEGER)
    strategy = hr_training_integer (self, path, G_N_ELEMENTS (names), 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (hr_training_names (self, path, names[i]))
      strategy = i + 1;

  hr_training_set_fsdp (self);
  if (strategy == 2 || strategy == 5)
    hr_training_set_gathered (self, path);
  if (strategy == 3)
    {
      job->parallel.data_sharding = HR_SHARDING_DDP;
      job->parallel.ddp_by_fsdp = true;
    }
  if (strategy == 4 || strategy == 5)
    {
      job->parallel.replicas = hr_training_integer (self, "num_machines", HR_MAX_GPUS, 1);
      hr_training_assume (self, path, _ ("each machine is one group; %" PRIu64 " machines"), job->parallel.replicas);
    }
}

static void
decide_fsdp (HrTrainingReader *self)
{
  HrJob *job = self->job;

  decide_strategy (self);
  if (hr_training_names (self, "fsdp_config.fsdp_reshard_after_forward", "SHARD_GRAD_OP")
      || hr_training_is_false (self, "fsdp_config.fsdp_reshard_after_forward"))
    hr_training_set_gathered (self, "fsdp_config.fsdp_reshard_after_forward");
  job->parallel.offload_parameters = job->parallel.offload_optimizer
      = hr_training_flag (self, "fsdp_config.fsdp_offload_params");
}

static void
decide_deepspeed (HrTrainingReader *self)
{
  hr_training_set_zero (
      self, hr_training_integer (self, "deepspeed_config.zero_stage", HR_TRAINING_MAX_ZERO_STAGE, DEFAULT_ZERO_STAGE),
      hr_training_is_offloaded (self, "deepspeed_config.offload_optimizer_device"),
      hr_training_is_offloaded (self, "deepspeed_config.offload_param_device"));
  hr_training_read_deepspeed (self, "deepspeed_config.deepspeed_config_file");
}

static void
decide_precision (HrTrainingReader *self)
{
  HrJob *job = self->job;
  HrDtype dtype = HR_DTYPE_FP32;

  if (hr_training_names (self, "mixed_precision", "no") || hr_training_is_false (self, "mixed_precision"))
    {
      job->precision.autocast = false;
      return;
    }
  if (hr_training_names (self, "mixed_precision", "fp8"))
    {
      hr_training_ignore (self, "mixed_precision", _ ("counted as 16 bits"));
      dtype = HR_DTYPE_BF16;
    }
  else if (!hr_training_read_dtype (self, "mixed_precision", &dtype))
    return;

  job->precision.compute = dtype;
  job->precision.autocast = true;
}

static void
decide_distribution (HrTrainingReader *self)
{
  HrJob *job = self->job;

  if (hr_training_names (self, "distributed_type", "FSDP"))
    decide_fsdp (self);
  else if (hr_training_names (self, "distributed_type", "DEEPSPEED"))
    decide_deepspeed (self);
  else if (hr_training_names (self, "distributed_type", "MULTI_GPU"))
    job->parallel.data_sharding = HR_SHARDING_DDP;
  else if (!hr_training_names (self, "distributed_type", "NO") && !hr_training_is_false (self, "distributed_type"))
    hr_training_refuse (self, "distributed_type", "NO, MULTI_GPU, FSDP, DEEPSPEED");
}

static void
decide (HrTrainingReader *self)
{
  const char *backend = hr_training_text (self, "dynamo_config.dynamo_backend");

  if (hr_training_find (self, "num_processes") == NULL)
    hr_training_assume_gpus (self);
  decide_precision (self);
  decide_distribution (self);
  if (backend != NULL)
    self->job->stack.compile = g_ascii_strcasecmp (backend, "no") != 0;
}

const HrTrainingFile hr_training_accelerate = {
  .format = HR_TRAINING_ACCELERATE,
  .is_partial = TRUE,
  .marks = marks,
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
  .prepare = prepare,
  .decide = decide,
};
