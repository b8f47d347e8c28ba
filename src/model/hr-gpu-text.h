/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-gpu.h"

#include <glib.h>

G_BEGIN_DECLS

/** Returns: (transfer full): the size as the maker states it: "24 GB". */
char *hr_gpu_marketed_text (const HrGpu *gpu) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): what a job may take: "24,564 MiB usable"; where it is derived, that too. */
char *hr_gpu_usable_text (const HrGpu *gpu) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): both, and what the limits take: "24 GB, 23,064 MiB usable, 1,500 MiB in use". */
char *hr_gpu_memory_text (const HrGpu *gpu) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): number formats and attention that a card has its own instructions for: "bf16, flash". */
char *hr_gpu_support_text (const HrGpu *gpu) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): bandwidth and what is supported: "1008 GB/s, bf16, flash". */
char *hr_gpu_detail_text (const HrGpu *gpu) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full) (nullable): the least that an hour of one costs, and of what day; NULL: no offer is known.
 */
char *hr_gpu_price_text (const char *gpu_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
