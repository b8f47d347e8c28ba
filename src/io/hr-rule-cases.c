/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-rule-cases.h"

#include "hr-error.h"
#include "hr-json-scan.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

/* The four-bucket rule's allowance for small batches. */
#define DEFAULT_ACTIVATIONS_GB 1.0

#define MAX_BILLIONS 1e6
#define MAX_SIZE 16777216
#define MAX_LAYERS 4096
#define MAX_MODULES 64

typedef enum
{
  KIND_NUMBER, /* double, above the minimum */
  KIND_SIZE,   /* uint32_t */
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
  Kind kind;
  gsize offset;
  Needed needed;
  double minimum;
  double maximum;
  const HrEnum *values;
} Input;

#define LESSON(NAME) #NAME, .offset = G_STRUCT_OFFSET(HrLessonInput, NAME)
#define FOUR_BUCKET(NAME) #NAME, .offset = G_STRUCT_OFFSET(HrFourBucketInput, NAME)
#define MULTIPLIER(NAME) #NAME, .offset = G_STRUCT_OFFSET(HrMultiplierInput, NAME)
#define PARAMS .kind = KIND_NUMBER, .minimum = 0, .maximum = MAX_BILLIONS
#define PRECISION .kind = KIND_NAME, .values = &HR_RULE_PRECISIONS

/* What decides whether others are needed stands first. */
static const Input lesson_inputs[] = {
  { LESSON (training), .kind = KIND_FLAG },
  { LESSON (lora), .kind = KIND_FLAG, .needed = NEEDED_FOR_TRAINING },
  { LESSON (params_billions), PARAMS },
  { LESSON (weight_precision), PRECISION },
  { LESSON (lora_rank), .kind = KIND_SIZE, .needed = NEEDED_FOR_LORA, .minimum = 1, .maximum = 65536 },
  { LESSON (gradient_checkpointing), .kind = KIND_FLAG, .needed = NEEDED_FOR_TRAINING },
  { LESSON (batch_size), .kind = KIND_SIZE, .needed = NEEDED_FOR_TRAINING, .minimum = 1, .maximum = 65536 },
  { LESSON (seq_length), .kind = KIND_SIZE, .needed = NEEDED_FOR_TRAINING, .minimum = 1, .maximum = MAX_SIZE },
  { LESSON (num_layers), .kind = KIND_SIZE, .needed = NEEDED_FOR_TRAINING, .minimum = 1, .maximum = MAX_LAYERS },
  { LESSON (hidden_dim), .kind = KIND_SIZE, .needed = NEEDED_FOR_TRAINING, .minimum = 1, .maximum = MAX_SIZE },
  { LESSON (lora_target_modules), .kind = KIND_SIZE, .needed = NEEDED_NEVER, .minimum = 1, .maximum = MAX_MODULES },
};

static const Input four_bucket_inputs[] = {
  { FOUR_BUCKET (params_billions), PARAMS },
  { FOUR_BUCKET (weight_precision), PRECISION },
  { FOUR_BUCKET (activations_gb), .kind = KIND_NUMBER, .needed = NEEDED_NEVER, .minimum = 0, .maximum = MAX_BILLIONS },
};

static const Input multiplier_inputs[] = {
  { MULTIPLIER (training), .kind = KIND_FLAG },
  { MULTIPLIER (params_billions), PARAMS },
  { MULTIPLIER (weight_precision), PRECISION },
  { MULTIPLIER (optimizer), .kind = KIND_NAME, .needed = NEEDED_FOR_TRAINING, .values = &HR_RULE_OPTIMIZERS },
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

/* @place: where in the file the reader is: "CASES.json:[3].input". */
G_GNUC_PRINTF (4, 5)
static void
refuse (GError **error, const char *place, const char *member, const char *format, ...)
{
  g_autofree char *problem = NULL;
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HR_ERROR, HR_ERROR_VALUE, "%s%s%s: %s", place, member != NULL ? "." : "",
               member != NULL ? member : "", problem);
}

static char *
list_of_names (const HrEnum *values)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < values->count; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", values->ids[i]);

  return g_string_free (list, FALSE);
}

static gboolean
is_number (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
read_number (const Input *input, JsonNode *node, const char *place, gpointer target, GError **error)
{
  double value = is_number (node) ? json_node_get_double (node) : -1;
  gboolean above_minimum = input->needed == NEEDED_NEVER ? value >= input->minimum : value > input->minimum;

  if (!is_number (node) || !above_minimum || value > input->maximum)
    {
      char maximum[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (maximum, sizeof maximum, "%g", input->maximum);
      refuse (error, place, input->name,
              input->needed == NEEDED_NEVER ? _ ("must be a number from 0 to %s")
                                            : _ ("must be a number above 0 and up to %s"), maximum);
      return FALSE;
    }

  *(double *) target = value;
  return TRUE;
}

static gboolean
read_size (const Input *input, JsonNode *node, const char *place, gpointer target, GError **error)
{
  double value = is_number (node) ? json_node_get_double (node) : -1;

  if (value != floor (value) || value < input->minimum || value > input->maximum)
    {
      refuse (error, place, input->name,
              _ ("must be a whole number from %.0f to %.0f"), input->minimum, input->maximum);
      return FALSE;
    }

  *(guint32 *) target = (guint32) value;
  return TRUE;
}

static gboolean
read_flag (const Input *input, JsonNode *node, const char *place, gpointer target, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      refuse (error, place, input->name, _ ("must be true or false"));
      return FALSE;
    }

  *(bool *) target = json_node_get_boolean (node);
  return TRUE;
}

/* Any optimizer of eight bits is the rule's "8bit": "adamw-8bit" as in project files, "8-bit". */
static int
value_of_name (const HrEnum *values, const char *name)
{
  if (values == &HR_RULE_OPTIMIZERS && (g_str_has_suffix (name, "8bit") || g_str_has_suffix (name, "8-bit")))
    return HR_RULE_OPTIMIZER_8BIT;

  return hr_enum_value (values, name);
}

static gboolean
read_name (const HrEnum *values, const char *name, JsonNode *node, const char *place, int *target, GError **error)
{
  gboolean is_text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
  int value = is_text ? value_of_name (values, json_node_get_string (node)) : -1;

  if (value < 0)
    {
      g_autofree char *allowed = list_of_names (values);
      g_autofree char *found = json_to_string (node, FALSE);

      refuse (error, place, name, _ ("%.60s is not known, allowed are %s"), found, allowed);
      return FALSE;
    }

  *target = value;
  return TRUE;
}

static gboolean
read_input (const Input *input, JsonNode *node, const char *place, gpointer inputs, GError **error)
{
  gpointer target = (char *) inputs + input->offset;

  switch (input->kind)
    {
    case KIND_NUMBER:
      return read_number (input, node, place, target, error);
    case KIND_SIZE:
      return read_size (input, node, place, target, error);
    case KIND_FLAG:
      return read_flag (input, node, place, target, error);
    case KIND_NAME:
    default:
      return read_name (input->values, input->name, node, place, target, error);
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
check_no_other_members (JsonObject *object, HrRule rule, const char *place, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    {
      gboolean known = FALSE;

      for (gsize i = 0; i < inputs_of_rule[rule].n_inputs && !known; i++)
        known = g_str_equal (inputs_of_rule[rule].inputs[i].name, link->data);
      if (!known)
        {
          refuse (error, place, link->data, _ ("the %s rule has no such input"), hr_enum_id (&HR_RULES, rule));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_inputs (JsonObject *object, HrRuleCase *rule_case, const char *place, GError **error)
{
  for (gsize i = 0; i < inputs_of_rule[rule_case->rule].n_inputs; i++)
    {
      const Input *input = &inputs_of_rule[rule_case->rule].inputs[i];
      JsonNode *node = json_object_get_member (object, input->name);

      if (node == NULL && is_needed (input, rule_case))
        {
          refuse (error, place, input->name, _ ("is missing"));
          return FALSE;
        }
      if (node != NULL && !read_input (input, node, place, &rule_case->input, error))
        return FALSE;
    }

  return check_no_other_members (object, rule_case->rule, place, error);
}

static gboolean
read_case (JsonNode *node, gboolean names_rule, const char *place, HrRuleCase *rule_case, GError **error)
{
  g_autofree char *input_place = g_strconcat (place, ".input", NULL);
  JsonNode *rule, *input;
  int value = HR_RULE_LESSON;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (error, place, NULL, _ ("must be an object with \"rule\" and \"input\""));
      return FALSE;
    }

  rule = json_object_get_member (json_node_get_object (node), "rule");
  input = json_object_get_member (json_node_get_object (node), "input");
  if (rule == NULL && names_rule)
    {
      g_autofree char *allowed = list_of_names (&HR_RULES);

      refuse (error, place, "rule", _ ("is missing, allowed are %s"), allowed);
      return FALSE;
    }
  if (rule != NULL && !read_name (&HR_RULES, "rule", rule, place, &value, error))
    return FALSE;
  if (input == NULL || !JSON_NODE_HOLDS_OBJECT (input))
    {
      refuse (error, place, "input", _ ("must be an object with the rule's inputs"));
      return FALSE;
    }

  *rule_case = (HrRuleCase){ .rule = value };
  if (rule_case->rule == HR_RULE_FOUR_BUCKET)
    rule_case->input.four_bucket.activations_gb = DEFAULT_ACTIVATIONS_GB;

  return read_inputs (json_node_get_object (input), rule_case, input_place, error);
}

static GArray *
read_cases (JsonArray *array, gboolean names_rule, const char *place, GError **error)
{
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (HrRuleCase));
  guint length = json_array_get_length (array);

  if (length > HR_MAX_RULE_CASES)
    {
      refuse (error, place, NULL, _ ("has %u cases, allowed are %u"), length, HR_MAX_RULE_CASES);
      return NULL;
    }

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *case_place = g_strdup_printf ("%s[%u]", place, i);
      HrRuleCase rule_case;

      if (!read_case (json_array_get_element (array, i), names_rule, case_place, &rule_case, error))
        return NULL;
      g_array_append_val (cases, rule_case);
    }

  return g_steal_pointer (&cases);
}

GArray *
hr_rule_cases_parse (GBytes *bytes, const char *file_name, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *place = g_strconcat (file_name, ":", NULL);
  g_autofree char *cases_place = g_strconcat (place, "cases", NULL);
  JsonNode *root, *cases;
  gsize size;
  const char *text;

  if (!hr_json_scan (bytes, file_name, error))
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    {
      g_prefix_error (error, "%s: ", file_name);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (JSON_NODE_HOLDS_ARRAY (root))
    return read_cases (json_node_get_array (root), TRUE, place, error);

  cases = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "cases") : NULL;
  if (cases != NULL && JSON_NODE_HOLDS_ARRAY (cases))
    return read_cases (json_node_get_array (cases), FALSE, cases_place, error);

  g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("%s: must be a list of cases"), file_name);
  return NULL;
}
