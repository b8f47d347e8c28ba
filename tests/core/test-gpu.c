/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-gpu.h"

#include "catalog/hr-catalog.h"

#include <glib.h>

static void
test_capacity (void)
{
  g_assert_cmpuint (hr_gpu_capacity_bytes (15360, 16), ==, UINT64_C (15360) << 20);
  g_assert_cmpuint (hr_gpu_capacity_bytes (0, 16), ==, UINT64_C (16000000000));
  g_assert_cmpuint (hr_gpu_capacity_bytes (0, 0), ==, 0);
}

/* The fallback never promises more than the driver would: it lies below its figure wherever that is known. */
static void
test_fallback_is_careful (void)
{
  size_t n_gpus, n_known = 0;
  const HrCatalogGpu *gpus = hr_catalog_gpus (&n_gpus);

  for (size_t i = 0; i < n_gpus; i++)
    {
      const HrGpu *gpu = &gpus[i].gpu;

      g_assert_cmpuint (gpu->capacity_bytes, ==, hr_gpu_capacity_bytes (gpu->memory_total_mib, gpu->memory_gb));
      if (gpu->memory_total_mib == 0)
        continue;
      n_known++;
      g_assert_cmpuint (hr_gpu_capacity_bytes (0, gpu->memory_gb), <, gpu->capacity_bytes);
    }
  g_assert_cmpuint (n_known, ==, 44);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gpu/capacity", test_capacity);
  g_test_add_func ("/gpu/fallback", test_fallback_is_careful);

  return g_test_run ();
}
