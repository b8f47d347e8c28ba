/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-json-write.h"
#include "hr-rule-cases.h"

static void
add (HrJsonWriter *writer, const char *name, double value)
{
  hr_json_writer_name (writer, name);
  hr_json_writer_number (writer, value);
}

static void
add_lesson (HrJsonWriter *writer, const HrLessonInput *input)
{
  HrLessonResult result = hr_rule_lesson (input);

  add (writer, "weights", result.weights);
  if (input->training)
    {
      add (writer, "gradients", result.gradients);
      add (writer, "optimizer", result.optimizer);
      add (writer, "activations", result.activations);
    }
  add (writer, "overhead", result.overhead);
  add (writer, "total", result.total);
}

static void
add_four_bucket (HrJsonWriter *writer, const HrFourBucketInput *input)
{
  HrFourBucketResult result = hr_rule_four_bucket (input);

  add (writer, "weights", result.weights);
  add (writer, "gradients", result.gradients);
  add (writer, "optimizer", result.optimizer);
  add (writer, "activations", result.activations);
  add (writer, "total", result.total);
}

static void
add_multiplier (HrJsonWriter *writer, const HrMultiplierInput *input)
{
  HrMultiplierResult result = hr_rule_multiplier (input);

  add (writer, "model", result.model);
  if (input->training)
    {
      add (writer, "gradients", result.gradients);
      add (writer, "optimizer", result.optimizer);
      add (writer, "activations_low", result.activations_low);
      add (writer, "activations_high", result.activations_high);
      add (writer, "overhead_low", result.overhead_low);
      add (writer, "overhead_high", result.overhead_high);
    }
  add (writer, "total_low", result.total_low);
  add (writer, "total_high", result.total_high);
}

char *
hr_rule_cases_to_json (const GArray *cases)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();

  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < cases->len; i++)
    {
      const HrRuleCase *rule_case = &g_array_index (cases, HrRuleCase, i);

      hr_json_writer_begin_object (writer);
      if (rule_case->rule == HR_RULE_LESSON)
        add_lesson (writer, &rule_case->input.lesson);
      else if (rule_case->rule == HR_RULE_FOUR_BUCKET)
        add_four_bucket (writer, &rule_case->input.four_bucket);
      else
        add_multiplier (writer, &rule_case->input.multiplier);
      hr_json_writer_end_object (writer);
    }
  hr_json_writer_end_array (writer);

  return hr_json_writer_finish (writer, NULL);
}
