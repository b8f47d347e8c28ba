/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-estimate.h"

#include "hr-job-warnings.h"
#include "hr-lesson-estimate.h"

HR_DEFINE_ENUM (HR_COMPONENTS, "weights", "adapters", "gradients", "optimizer", "activations", "logits_loss",
                "kv_cache", "workspace", "context");
HR_DEFINE_ENUM (HR_PHASES, "load", "forward", "loss", "backward", "optimizer_step", "idle", "prefill", "decode");
HR_DEFINE_ENUM (HR_VERDICTS, "fits", "tight", "over", "unknown");
HR_DEFINE_ENUM (HR_BASES, "lesson-rule");
HR_DEFINE_ENUM (HR_WARNINGS, "rule-optimizer", "rule-checkpointing", "rule-savings", "rule-quantization",
                "rule-parallel", "rule-kv-cache", "unknown-target", "rank-too-large", "sequence-too-long",
                "bf16-unsupported", "flash-unsupported", "nothing-trains");

HrVerdict
hr_verdict (uint64_t expected_bytes, uint64_t high_bytes, uint64_t capacity_bytes)
{
  if (capacity_bytes == 0)
    return HR_VERDICT_UNKNOWN;
  if (expected_bytes > capacity_bytes)
    return HR_VERDICT_OVER;

  return high_bytes > capacity_bytes ? HR_VERDICT_TIGHT : HR_VERDICT_FITS;
}

static void
judge_fit (const HrGpu *gpu, HrEstimate *out)
{
  uint64_t capacity_bytes = gpu != NULL ? gpu->capacity_bytes : 0;

  out->fit.capacity_bytes = capacity_bytes;
  out->fit.verdict = hr_verdict (out->peak.device_bytes, out->band.high_bytes, capacity_bytes);
  out->fit.headroom_bytes = capacity_bytes > 0 ? (int64_t) capacity_bytes - (int64_t) out->peak.device_bytes : 0;
}

void
hr_estimate (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu, HrEstimate *out)
{
  hr_lesson_estimate (architecture, job, out);
  judge_fit (gpu, out);
  out->warnings = hr_lesson_warnings (job) | hr_job_warnings (architecture, job, gpu);
}
