/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-json-text.h"
#include "hr-rule-cases.h"

static void
add (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_lesson (JsonBuilder *builder, const HrLessonInput *input)
{
  HrLessonResult result = hr_rule_lesson (input);

  add (builder, "weights", result.weights);
  if (input->training)
    {
      add (builder, "gradients", result.gradients);
      add (builder, "optimizer", result.optimizer);
      add (builder, "activations", result.activations);
    }
  add (builder, "overhead", result.overhead);
  add (builder, "total", result.total);
}

static void
add_four_bucket (JsonBuilder *builder, const HrFourBucketInput *input)
{
  HrFourBucketResult result = hr_rule_four_bucket (input);

  add (builder, "weights", result.weights);
  add (builder, "gradients", result.gradients);
  add (builder, "optimizer", result.optimizer);
  add (builder, "activations", result.activations);
  add (builder, "total", result.total);
}

static void
add_multiplier (JsonBuilder *builder, const HrMultiplierInput *input)
{
  HrMultiplierResult result = hr_rule_multiplier (input);

  add (builder, "model", result.model);
  if (input->training)
    {
      add (builder, "gradients", result.gradients);
      add (builder, "optimizer", result.optimizer);
      add (builder, "activations_low", result.activations_low);
      add (builder, "activations_high", result.activations_high);
      add (builder, "overhead_low", result.overhead_low);
      add (builder, "overhead_high", result.overhead_high);
    }
  add (builder, "total_low", result.total_low);
  add (builder, "total_high", result.total_high);
}

char *
hr_rule_cases_to_json (const GArray *cases)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < cases->len; i++)
    {
      const HrRuleCase *rule_case = &g_array_index (cases, HrRuleCase, i);

      json_builder_begin_object (builder);
      if (rule_case->rule == HR_RULE_LESSON)
        add_lesson (builder, &rule_case->input.lesson);
      else if (rule_case->rule == HR_RULE_FOUR_BUCKET)
        add_four_bucket (builder, &rule_case->input.four_bucket);
      else
        add_multiplier (builder, &rule_case->input.multiplier);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return hr_json_builder_to_text (builder);
}
