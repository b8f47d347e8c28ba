/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-input.h"
#include "hr-output.h"

#include "core/hr-units.h"
#include "io/hr-rule-cases.h"

#include <glib/gi18n.h>

/* Of totals: as many as the rules' inputs bear. */
#define DECIMALS 2

static void
append_case (GString *text, const HrRuleCase *rule_case)
{
  char figure[HR_TEXT_SIZE], high[HR_TEXT_SIZE];

  if (rule_case->rule == HR_RULE_MULTIPLIER)
    {
      HrMultiplierResult result = hr_rule_multiplier (&rule_case->input.multiplier);

      hr_format_number (result.total_low, DECIMALS, figure);
      hr_format_number (result.total_high, DECIMALS, high);
      g_string_append_printf (text, _ ("multiplier: %s to %s GB\n"), figure, high);
      return;
    }

  double total = rule_case->rule == HR_RULE_LESSON ? hr_rule_lesson (&rule_case->input.lesson).total
                                                   : hr_rule_four_bucket (&rule_case->input.four_bucket).total;

  hr_format_number (total, DECIMALS, figure);
  /* Translators: the name of a rule of thumb and what it says */
  g_string_append_printf (text, _ ("%s: %s GB\n"), hr_enum_id (&HR_RULES, (int) rule_case->rule), figure);
}

static char *
cases_to_text (const GArray *cases)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cases->len; i++)
    {
      g_string_append_printf (text, "%u. ", i + 1);
      append_case (text, &g_array_index (cases, HrRuleCase, i));
    }

  return g_string_free (text, FALSE);
}

static HrExit
run (const HrCommand *self, char **arguments)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *path = NULL, *name = NULL, *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GArray) cases = NULL;
  g_autoptr (GError) error = NULL;
  HrExit code;

  if (!hr_command_parse (self, entries, arguments, &path, &code))
    return code;

  bytes = hr_input_read (path, &name, &error);
  if (bytes == NULL)
    return hr_output_fail (error);
  cases = hr_rule_cases_parse (bytes, name, &error);
  if (cases == NULL)
    return hr_output_fail (error);

  text = json ? hr_rule_cases_to_json (cases) : cases_to_text (cases);

  return hr_output_print (text);
}

const HrCommand hr_command_rules = {
  .name = "rules",
  .operand = "CASES.json",
  .summary = N_ ("The rules of thumb on raw inputs"),
  .description = N_ ("Evaluates a list of cases: [{\"rule\": \"lesson\", \"input\": {…}}, …]. The rules are lesson, "
                     "four-bucket and multiplier; answers are in decimal gigabytes."),
  .run = run,
};
