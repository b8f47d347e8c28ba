/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-rules.h"

#include <glib.h>

G_BEGIN_DECLS

/** One question to a rule of thumb. */
typedef struct
{
  HrRule rule;
  union
  {
    HrLessonInput lesson;
    HrFourBucketInput four_bucket;
    HrMultiplierInput multiplier;
  } input;
} HrRuleCase;

/** The most cases that a file may hold. */
#define HR_MAX_RULE_CASES 100000

/**
 * hr_rule_cases_parse:
 * @bytes: `[{"rule": "lesson", "input": {…}}, …]`, or an object whose member "cases" is such a list; a case there that
 *   names no rule is one of the lesson rule
 * @file_name: how messages call the file
 *
 * Returns: (transfer full) (element-type HrRuleCase): the cases, or NULL with @error in #HR_ERROR.
 */
GArray *hr_rule_cases_parse (GBytes *bytes, const char *file_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the answers in gigabytes, one object a case; components that do not apply are left out. */
char *hr_rule_cases_to_json (const GArray *cases) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
