/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-rules.h"

#include <json-glib/json-glib.h>

#define RELATIVE_TOLERANCE 1e-9

static void
assert_close (double actual, double expected)
{
  g_assert_cmpfloat_with_epsilon (actual, expected, RELATIVE_TOLERANCE * MAX (ABS (expected), 1e-12));
}

static HrLessonInput
read_input (JsonObject *object)
{
  const char *precision = json_object_get_string_member (object, "weight_precision");

  return (HrLessonInput){
    .params_billions = json_object_get_double_member (object, "params_billions"),
    .weight_precision = hr_enum_value (&HR_RULE_PRECISIONS, precision),
    .training = json_object_get_boolean_member (object, "training"),
    .lora = json_object_get_boolean_member (object, "lora"),
    .lora_rank = json_object_get_int_member (object, "lora_rank"),
    .gradient_checkpointing = json_object_get_boolean_member (object, "gradient_checkpointing"),
    .batch_size = json_object_get_int_member (object, "batch_size"),
    .seq_length = json_object_get_int_member (object, "seq_length"),
    .num_layers = json_object_get_int_member (object, "num_layers"),
    .hidden_dim = json_object_get_int_member (object, "hidden_dim"),
  };
}

static void
test_lesson_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "golden", "lesson-rule.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "cases");
  g_assert_cmpuint (json_array_get_length (cases), ==, 80);

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      JsonObject *expected = json_object_get_object_member (object, "expected_gb");
      HrLessonInput input = read_input (json_object_get_object_member (object, "input"));
      HrLessonResult result = hr_rule_lesson (&input);

      assert_close (result.weights, json_object_get_double_member (expected, "weights"));
      assert_close (result.gradients, json_object_get_double_member_with_default (expected, "gradients", 0));
      assert_close (result.optimizer, json_object_get_double_member_with_default (expected, "optimizer", 0));
      assert_close (result.activations, json_object_get_double_member_with_default (expected, "activations", 0));
      assert_close (result.overhead, json_object_get_double_member (expected, "overhead"));
      assert_close (result.total, json_object_get_double_member (expected, "total"));
    }
}

static void
test_lesson_worked (void)
{
  HrLessonInput input = { .params_billions = 8,
                          .weight_precision = HR_RULE_PRECISION_FP16,
                          .training = true,
                          .batch_size = 1,
                          .seq_length = 2048,
                          .num_layers = 32,
                          .hidden_dim = 4096 };

  assert_close (hr_rule_lesson (&input).total, 97.573741824);
  input.gradient_checkpointing = true;
  assert_close (hr_rule_lesson (&input).total, 96.9294967296);

  input.lora = true;
  input.lora_rank = 16;
  input.weight_precision = HR_RULE_PRECISION_NF4;
  assert_close (hr_lesson_trainable_parameters (&input), 8388608);
  assert_close (hr_rule_lesson (&input).total, 4 + 0.016777216 + 0.067108864 + 0.4294967296 + 0.5);
  input.gradient_checkpointing = false;
  assert_close (hr_rule_lesson (&input).total, 5.657627904);

  input.lora_target_modules = 7;
  assert_close (hr_lesson_trainable_parameters (&input), 2.0 * 16 * 4096 * 7 * 32);
  input.trainable_params = 6815744;
  assert_close (hr_rule_lesson (&input).gradients, 0.013631488);

  input.training = false;
  assert_close (hr_rule_lesson (&input).total, 4.5);
}

static void
test_four_bucket (void)
{
  HrFourBucketInput input = { .params_billions = 1, .weight_precision = HR_RULE_PRECISION_FP32, .activations_gb = 1 };
  HrFourBucketResult result = hr_rule_four_bucket (&input);

  assert_close (result.weights, 4);
  assert_close (result.gradients, 4);
  assert_close (result.optimizer, 8);
  assert_close (result.total, 17);

  input.weight_precision = HR_RULE_PRECISION_BF16;
  input.activations_gb = 0;
  assert_close (hr_rule_four_bucket (&input).total, 2 + 2 + 8);
}

static void
test_multiplier (void)
{
  HrMultiplierInput seven = { .params_billions = 7, .weight_precision = HR_RULE_PRECISION_FP16 };
  HrMultiplierInput gpt2 = { .params_billions = 0.355,
                             .weight_precision = HR_RULE_PRECISION_FP32,
                             .training = true,
                             .optimizer = HR_RULE_OPTIMIZER_ADAM };
  HrMultiplierResult result = hr_rule_multiplier (&seven);

  assert_close (result.total_low, 16.8);
  assert_close (result.total_high, 16.8);

  result = hr_rule_multiplier (&gpt2);
  assert_close (result.model, 1.42);
  assert_close (result.gradients, 1.42);
  assert_close (result.optimizer, 2.84);
  assert_close (result.activations_low, 0.71);
  assert_close (result.activations_high, 2.84);
  assert_close (result.total_low, 5.97);
  assert_close (result.total_high, 10.52);

  gpt2.optimizer = HR_RULE_OPTIMIZER_SGD;
  assert_close (hr_rule_multiplier (&gpt2).optimizer, 1.42);
  gpt2.optimizer = HR_RULE_OPTIMIZER_8BIT;
  assert_close (hr_rule_multiplier (&gpt2).optimizer, 0.355);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/lesson-golden", test_lesson_golden);
  g_test_add_func ("/rules/lesson-worked", test_lesson_worked);
  g_test_add_func ("/rules/four-bucket", test_four_bucket);
  g_test_add_func ("/rules/multiplier", test_multiplier);

  return g_test_run ();
}
