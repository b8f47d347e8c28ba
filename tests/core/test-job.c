/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-job.h"

#include <glib.h>

static void
test_templates (void)
{
  HrJob job;

  hr_job_init (&job);
  g_assert_false (hr_job_has_adapters (&job));
  g_assert_false (hr_job_is_quantized (&job));

  job.batch.micro_batch_size = 7;
  hr_job_apply_template (&job, HR_TASK_TRAIN, HR_METHOD_QLORA);
  g_assert_true (hr_job_has_adapters (&job));
  g_assert_true (hr_job_is_quantized (&job));
  g_assert_cmpint (job.quantization.scheme, ==, HR_QUANTIZATION_NF4);
  g_assert_cmpint (job.activations.checkpointing, ==, HR_CHECKPOINTING_FULL);
  g_assert_cmpuint (job.batch.micro_batch_size, ==, 7);

  hr_job_apply_template (&job, HR_TASK_TRAIN, HR_METHOD_LORA);
  g_assert_true (hr_job_has_adapters (&job));
  g_assert_false (hr_job_is_quantized (&job));

  hr_job_apply_template (&job, HR_TASK_TRAIN, HR_METHOD_LAST_LAYERS);
  g_assert_false (hr_job_has_adapters (&job));
  g_assert_cmpuint (job.method.trained_layers, ==, 2);

  hr_job_apply_template (&job, HR_TASK_INFER, HR_METHOD_LORA);
  g_assert_false (hr_job_has_adapters (&job));
  g_assert_cmpint (job.activations.checkpointing, ==, HR_CHECKPOINTING_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/templates", test_templates);

  return g_test_run ();
}
