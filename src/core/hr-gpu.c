/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-gpu.h"

#include "hr-units.h"

uint64_t
hr_gpu_capacity_bytes (uint64_t memory_total_mib, double memory_gb)
{
  if (memory_total_mib > 0)
    return memory_total_mib * (uint64_t) HR_BYTES_PER_MIB;

  return (uint64_t) (memory_gb * HR_BYTES_PER_GB);
}
