/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-io-fixture.h"

#include "core/hr-field.h"

#include <string.h>

/* One member of one configuration as JSON, with what a card of one's own needs. */
static char *
with_member (const HrField *field, const char *value)
{
  const char *more
      = strcmp (field->section, "gpu") == 0 && strcmp (field->member, "name") != 0 ? ", \"name\": \"own\"" : "";
  g_autofree char *member = g_strdup_printf ("\"%s\": %s", field->member, value);

  if (strcmp (field->section, "model") == 0)
    return g_strdup_printf ("{\"format\": \"headroom-project\", \"version\": 1, \"configurations\": [{\"model\": "
                            "{%s, \"config\": {\"model_type\": \"llama\"}}}]}",
                            member);
  if (*field->section == '\0')
    return fixture_configuration (member);

  g_autofree char *section = g_strdup_printf ("\"%s\": {%s%s}", field->section, member, more);
  return fixture_configuration (section);
}

static char *
place_of (const HrField *field)
{
  return g_strdup_printf ("p.headroom:configurations[0].%s%s%s", field->section, *field->section != '\0' ? "." : "",
                          field->member);
}

static void
assert_refused (const HrField *field, const char *value, const char *problem)
{
  g_autofree char *text = with_member (field, value);
  g_autoptr (GBytes) bytes = fixture_text (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = place_of (field);
  g_autoptr (HrProjectData) project = hr_project_parse (bytes, "p.headroom", &error);

  g_assert_null (project);
  g_assert_error (error, HR_ERROR, HR_ERROR_VALUE);
  g_assert_true (g_str_has_prefix (error->message, place));
  if (strstr (error->message + strlen (place), problem) == NULL)
    g_error ("%s: \"%s\" is not in \"%s\"", value, problem, error->message);
}

static HrJob
accepted (const HrField *field, const char *value)
{
  g_autofree char *text = with_member (field, value);
  g_autoptr (HrProjectData) project = fixture_project (text);

  return *hr_entry_get_job (project->entries->pdata[0]);
}

/* Every JSON type that a member does not have. */
static void
test_wrong_types (void)
{
  static const struct
  {
    const char *value;
    guint fits; /* bits: HrFieldKind */
  } values[] = {
    { "null", 0 },
    { "true", 1u << HR_FIELD_BOOL | 1u << HR_FIELD_CHOICE },
    { "1", 1u << HR_FIELD_INTEGER | 1u << HR_FIELD_NUMBER },
    { "0.5", 1u << HR_FIELD_NUMBER },
    { "1.0", 1u << HR_FIELD_NUMBER },
    { "\"fine\"", 1u << HR_FIELD_TEXT },
    { "\"1\"", 1u << HR_FIELD_TEXT },
    { "\"true\"", 1u << HR_FIELD_TEXT },
    { "{}", 0 },
    { "[]", 1u << HR_FIELD_TARGETS },
    { "[[]]", 0 },
    { "{\"value\": 1}", 0 },
  };

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
      if ((values[v].fits & (1u << hr_field (i)->kind)) == 0)
        assert_refused (hr_field (i), values[v].value, "allowed");
      else
        accepted (hr_field (i), values[v].value);
}

static void
test_integers (void)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      g_autofree char *range = g_strdup_printf ("a whole number from %.0f to %.0f", field->minimum, field->maximum);
      g_autofree char *lowest = g_strdup_printf ("%.0f", field->minimum);
      g_autofree char *highest = g_strdup_printf ("%.0f", field->maximum);
      g_autofree char *below = g_strdup_printf ("%.0f", field->minimum - 1);
      g_autofree char *above = g_strdup_printf ("%.0f", field->maximum + 1);

      if (field->kind != HR_FIELD_INTEGER)
        continue;
      HrJob low = accepted (field, lowest);
      HrJob high = accepted (field, highest);
      g_assert_cmpuint (hr_field_get_integer (field, &low), ==, (guint64) field->minimum);
      g_assert_cmpuint (hr_field_get_integer (field, &high), ==, (guint64) field->maximum);
      assert_refused (field, below, "is too small; allowed: ");
      assert_refused (field, above, "is too large; allowed: ");
      assert_refused (field, above, range);
      assert_refused (field, "9223372036854775807", range);
      assert_refused (field, "-9223372036854775808", range);
    }
}

static void
test_numbers (void)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      char above[G_ASCII_DTOSTR_BUF_SIZE];

      if (field->kind != HR_FIELD_NUMBER)
        continue;
      HrJob job = accepted (field, "0.3e0");
      g_assert_cmpfloat (hr_field_get_number (field, &job), ==, 0.3);
      g_ascii_dtostr (above, sizeof above, field->maximum * 1.000001);
      assert_refused (field, above, "is too large; allowed: a number from 0 to ");
      assert_refused (field, "-1e-9", "is too small; allowed: a number from 0 to ");
    }
}

/* Every value that a member allows is read as that value; all others are refused with the list of them. */
static void
test_enumerations (void)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      g_autoptr (GString) list = g_string_new (NULL);

      if (field->kind != HR_FIELD_ENUM)
        continue;
      for (int value = 0; value < (int) field->values->count; value++)
        if (hr_field_allows (field, value))
          g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", hr_enum_id (field->values, value));
      g_assert_cmpuint (list->len, >, 0);

      for (int value = 0; value < (int) field->values->count; value++)
        {
          g_autofree char *quoted = g_strdup_printf ("\"%s\"", hr_enum_id (field->values, value));
          if (!hr_field_allows (field, value))
            {
              assert_refused (field, quoted, list->str);
              continue;
            }
          HrJob job = accepted (field, quoted);
          g_assert_cmpuint (hr_field_get_integer (field, &job), ==, (guint64) value);
        }
      assert_refused (field, "\"\"", list->str);
      assert_refused (field, "\"FULL\"", list->str);
      assert_refused (field, "\"no such value\"", list->str);
    }
}

static void
check_text (const HrField *field)
{
  gsize maximum = (gsize) field->maximum;
  g_autofree char *longest = g_strnfill (maximum + 2, 'x');
  g_autofree char *too_long = g_strnfill (maximum + 3, 'x');

  longest[0] = longest[maximum + 1] = too_long[0] = too_long[maximum + 2] = '"';
  HrJob job = accepted (field, longest);
  g_assert_cmpuint (strlen (hr_field_get_text (field, &job)), ==, maximum);
  assert_refused (field, too_long, "bytes; allowed: at most ");
  if (field->minimum > 0)
    assert_refused (field, "\"\"", "is empty; allowed: ");
}

static void
test_texts (void)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (hr_field (i)->kind == HR_FIELD_TEXT)
      check_text (hr_field (i));
}

static void
test_choices (void)
{
  const HrField *field = hr_field (HR_JOB_ACTIVATIONS_REENTRANT);
  g_autofree char *text = fixture_configuration ("");
  g_autoptr (HrProjectData) project = fixture_project (text);
  HrJob yes = accepted (field, "true");
  HrJob no = accepted (field, "false");

  g_assert_cmpint (yes.activations.reentrant, ==, HR_CHOICE_YES);
  g_assert_cmpint (no.activations.reentrant, ==, HR_CHOICE_NO);
  g_assert_cmpint (hr_entry_get_job (project->entries->pdata[0])->activations.reentrant, ==, HR_CHOICE_AUTO);
}

static void
test_targets (void)
{
  const HrField *field = hr_field (HR_JOB_METHOD_TARGETS);
  HrJob all = accepted (field, "\"all-linear\"");
  HrJob named = accepted (field, "[\"q_proj\", \"c_attn\"]");
  HrJob none = accepted (field, "[]");

  g_assert_true (all.method.targets.all_linear);
  g_assert_false (named.method.targets.all_linear);
  g_assert_cmpuint (named.method.targets.count, ==, 2);
  g_assert_cmpstr (named.method.targets.names[1], ==, "c_attn");
  g_assert_false (none.method.targets.all_linear);
  g_assert_cmpuint (none.method.targets.count, ==, 0);
}

/* A configuration that says nothing but its model has the defaults of docs/file-format.md. */
static void
test_defaults (void)
{
  g_autofree char *text = fixture_configuration ("");
  g_autoptr (HrProjectData) project = fixture_project (text);
  HrJob defaults;

  hr_job_init (&defaults);
  hr_field_set_text (hr_field (HR_JOB_ID), &defaults, "c1");
  hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &defaults, "meta-llama/Meta-Llama-3-8B");
  g_assert_true (hr_job_equal (hr_entry_get_job (project->entries->pdata[0]), &defaults));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/wrong-types", test_wrong_types);
  g_test_add_func ("/fields/integers", test_integers);
  g_test_add_func ("/fields/numbers", test_numbers);
  g_test_add_func ("/fields/enumerations", test_enumerations);
  g_test_add_func ("/fields/texts", test_texts);
  g_test_add_func ("/fields/choices", test_choices);
  g_test_add_func ("/fields/targets", test_targets);
  g_test_add_func ("/fields/defaults", test_defaults);

  return g_test_run ();
}
