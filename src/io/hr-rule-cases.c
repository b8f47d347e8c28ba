/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-rule-cases.h"

#include "hr-json-read.h"

#include <glib/gi18n-lib.h>

/* The four-bucket rule's allowance for small batches. */
#define DEFAULT_ACTIVATIONS_GB 1.0

/* Generous, so that only nonsense is refused: one parameter to a million billions. */
#define MIN_BILLIONS 1e-9
#define MAX_BILLIONS 1e6
#define MAX_RANK 65536
#define MAX_BATCH 65536
#define MAX_WIDTH 16777216
#define MAX_LAYERS 4096
#define MAX_MODULES 64

typedef enum
{
  KIND_NUMBER, /* double */
  KIND_SIZE,   /* uint32_t, from 1 */
  KIND_FLAG,   /* bool */
  KIND_NAME,   /* enumeration */
} Kind;

typedef enum
{
  NEEDED_ALWAYS,
  NEEDED_FOR_TRAINING,
  NEEDED_FOR_LORA,
  NEEDED_NEVER,
} Needed;

typedef struct
{
  const char *name;
  gsize offset;
  Kind kind;
  Needed needed;
  double minimum;
  double maximum;
  const HrEnum *values;
} Input;

#define LESSON(NAME) .name = #NAME, .offset = G_STRUCT_OFFSET (HrLessonInput, NAME)
#define FOUR_BUCKET(NAME) .name = #NAME, .offset = G_STRUCT_OFFSET (HrFourBucketInput, NAME)
#define MULTIPLIER(NAME) .name = #NAME, .offset = G_STRUCT_OFFSET (HrMultiplierInput, NAME)
#define FLAG .kind = KIND_FLAG
#define SIZE_TO(MAXIMUM) .kind = KIND_SIZE, .maximum = (MAXIMUM)
#define NUMBER(MINIMUM) .kind = KIND_NUMBER, .minimum = (MINIMUM), .maximum = MAX_BILLIONS
#define NAME_OF(VALUES) .kind = KIND_NAME, .values = &(VALUES)

/* What decides whether others are needed stands first. */
static const Input lesson_inputs[] = {
  { LESSON (training), FLAG },
  { LESSON (lora), FLAG, .needed = NEEDED_FOR_TRAINING },
  { LESSON (params_billions), NUMBER (MIN_BILLIONS) },
  { LESSON (weight_precision), NAME_OF (HR_RULE_PRECISIONS) },
  { LESSON (lora_rank), SIZE_TO (MAX_RANK), .needed = NEEDED_FOR_LORA },
  { LESSON (gradient_checkpointing), FLAG, .needed = NEEDED_FOR_TRAINING },
  { LESSON (batch_size), SIZE_TO (MAX_BATCH), .needed = NEEDED_FOR_TRAINING },
  { LESSON (seq_length), SIZE_TO (MAX_WIDTH), .needed = NEEDED_FOR_TRAINING },
  { LESSON (num_layers), SIZE_TO (MAX_LAYERS), .needed = NEEDED_FOR_TRAINING },
  { LESSON (hidden_dim), SIZE_TO (MAX_WIDTH), .needed = NEEDED_FOR_TRAINING },
  { LESSON (lora_target_modules), SIZE_TO (MAX_MODULES), .needed = NEEDED_NEVER },
};

static const Input four_bucket_inputs[] = {
  { FOUR_BUCKET (params_billions), NUMBER (MIN_BILLIONS) },
  { FOUR_BUCKET (weight_precision), NAME_OF (HR_RULE_PRECISIONS) },
  { FOUR_BUCKET (activations_gb), NUMBER (0), .needed = NEEDED_NEVER },
};

static const Input multiplier_inputs[] = {
  { MULTIPLIER (training), FLAG },
  { MULTIPLIER (params_billions), NUMBER (MIN_BILLIONS) },
  { MULTIPLIER (weight_precision), NAME_OF (HR_RULE_PRECISIONS) },
  { MULTIPLIER (optimizer), NAME_OF (HR_RULE_OPTIMIZERS), .needed = NEEDED_FOR_TRAINING },
};

static const struct
{
  const Input *inputs;
  gsize n_inputs;
} inputs_of_rule[] = {
  [HR_RULE_LESSON] = { lesson_inputs, G_N_ELEMENTS (lesson_inputs) },
  [HR_RULE_FOUR_BUCKET] = { four_bucket_inputs, G_N_ELEMENTS (four_bucket_inputs) },
  [HR_RULE_MULTIPLIER] = { multiplier_inputs, G_N_ELEMENTS (multiplier_inputs) },
};

/* Any optimizer of eight bits is the rule's "8bit": "adamw-8bit" as in project files, "8-bit". */
static gboolean
is_eight_bit (const Input *input, const HrJsonNode *node)
{
  return input->values == &HR_RULE_OPTIMIZERS && node != NULL && node->type == HR_JSON_STRING
         && (g_str_has_suffix (node->text, "8bit") || g_str_has_suffix (node->text, "8-bit"));
}

static gboolean
read_input (const Input *input, const HrPath *path, const HrJsonNode *node, gpointer target, GError **error)
{
  gboolean flag = FALSE;
  guint64 size = 0;

  switch (input->kind)
    {
    case KIND_NUMBER:
      return hr_json_read_number (path, node, input->minimum, input->maximum, target, error);
    case KIND_SIZE:
      if (!hr_json_read_integer (path, node, 1, (guint64) input->maximum, &size, error))
        return FALSE;
      *(guint32 *) target = (guint32) size;
      return TRUE;
    case KIND_FLAG:
      if (!hr_json_read_boolean (path, node, &flag, error))
        return FALSE;
      *(bool *) target = flag;
      return TRUE;
    case KIND_NAME:
    default:
      if (!is_eight_bit (input, node))
        return hr_json_read_enum (path, node, input->values, NULL, NULL, target, error);
      *(int *) target = HR_RULE_OPTIMIZER_8BIT;
      return TRUE;
    }
}

static gboolean
is_needed (const Input *input, const HrRuleCase *rule_case)
{
  gboolean training = rule_case->rule == HR_RULE_LESSON       ? rule_case->input.lesson.training
                      : rule_case->rule == HR_RULE_MULTIPLIER ? rule_case->input.multiplier.training
                                                              : FALSE;

  switch (input->needed)
    {
    case NEEDED_ALWAYS:
      return TRUE;
    case NEEDED_FOR_TRAINING:
      return training;
    case NEEDED_FOR_LORA:
      return training && rule_case->input.lesson.lora;
    case NEEDED_NEVER:
    default:
      return FALSE;
    }
}

static gboolean
refuse_other_members (const HrPath *path, const HrJsonNode *object, HrRule rule, GError **error)
{
  for (const HrJsonNode *name = hr_json_first (object); name != NULL; name = hr_json_next (object, name))
    {
      HrPath member = HR_PATH_MEMBER (path, name->text);
      gboolean known = FALSE;

      for (gsize i = 0; i < inputs_of_rule[rule].n_inputs && !known; i++)
        known = g_str_equal (inputs_of_rule[rule].inputs[i].name, name->text);
      if (!known)
        return hr_path_fail (&member, HR_ERROR_VALUE, error, _ ("the %s rule has no such input"),
                             hr_enum_id (&HR_RULES, (int) rule));
    }

  return TRUE;
}

static gboolean
read_inputs (const HrPath *path, const HrJsonNode *object, HrRuleCase *rule_case, GError **error)
{
  if (!hr_json_read_object (path, object, error))
    return FALSE;

  for (gsize i = 0; i < inputs_of_rule[rule_case->rule].n_inputs; i++)
    {
      const Input *input = &inputs_of_rule[rule_case->rule].inputs[i];
      const HrJsonNode *node = hr_json_member (object, input->name);
      HrPath member = HR_PATH_MEMBER (path, input->name);
      gpointer target = (char *) &rule_case->input + input->offset;

      if (node == NULL && !is_needed (input, rule_case))
        continue;
      if (!read_input (input, &member, node, target, error))
        return FALSE;
    }

  return refuse_other_members (path, object, rule_case->rule, error);
}

static gboolean
read_case (const HrPath *path, const HrJsonNode *node, gboolean needs_rule, HrRuleCase *rule_case, GError **error)
{
  HrPath rule_path = HR_PATH_MEMBER (path, "rule");
  HrPath input_path = HR_PATH_MEMBER (path, "input");
  const HrJsonNode *rule;
  int value = HR_RULE_LESSON;

  if (!hr_json_read_object (path, node, error))
    return FALSE;
  rule = hr_json_member (node, "rule");
  if ((rule != NULL || needs_rule) && !hr_json_read_enum (&rule_path, rule, &HR_RULES, NULL, NULL, &value, error))
    return FALSE;

  *rule_case = (HrRuleCase){ .rule = value };
  if (rule_case->rule == HR_RULE_FOUR_BUCKET)
    rule_case->input.four_bucket.activations_gb = DEFAULT_ACTIVATIONS_GB;

  return read_inputs (&input_path, hr_json_member (node, "input"), rule_case, error);
}

static GArray *
read_cases (const HrPath *path, const HrJsonNode *list, gboolean needs_rule, GError **error)
{
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (HrRuleCase));
  guint index = 0;

  if (!hr_json_read_array (path, list, HR_MAX_RULE_CASES, error))
    return NULL;

  for (const HrJsonNode *node = hr_json_first (list); node != NULL; node = hr_json_next (list, node))
    {
      HrPath element = HR_PATH_ELEMENT (path, index++);
      HrRuleCase rule_case;

      if (!read_case (&element, node, needs_rule, &rule_case, error))
        return NULL;
      g_array_append_val (cases, rule_case);
    }

  return g_steal_pointer (&cases);
}

GArray *
hr_rule_cases_parse (GBytes *bytes, const char *file_name, GError **error)
{
  g_autoptr (HrJson) document = hr_json_parse (bytes, file_name, error);
  HrPath path = HR_PATH_FILE (file_name);
  HrPath cases_path = HR_PATH_MEMBER (&path, "cases");
  const HrJsonNode *root, *cases;

  if (document == NULL)
    return NULL;

  root = hr_json_root (document);
  cases = root->type == HR_JSON_OBJECT ? hr_json_member (root, "cases") : NULL;
  if (cases != NULL)
    return read_cases (&cases_path, cases, FALSE, error);

  return read_cases (&path, root, TRUE, error);
}
