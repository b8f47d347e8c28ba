/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-run-cost.h"
#include "hr-project.h"

G_BEGIN_DECLS

/** How fast a configuration runs, and what the project's data set takes with it. */
typedef struct
{
  HrThroughput throughput;
  HrRunCost cost;
} HrRunTime;

/** Of @configuration on the card that it is judged on, under the assumptions of @project. */
void hr_run_time (HrProject *project, HrConfiguration *configuration, HrRunTime *out);

/*
 * How figures of time and money are rounded, everywhere: the expected value in two figures, whole numbers in up to
 * three; its lowest and highest value with as many digits after the point, in two figures of their own where that would
 * leave nothing of them. Money in cents, in two figures below a cent, in whole dollars from $100 on.
 */

/** Returns: (transfer full): a number so rounded: "0.46", "12", "1,230". */
char *hr_rate_text (double value) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): expected value, then the lowest and the highest: "1,230 (980–1,500)"; a dash for nothing.
 */
char *hr_span_text (HrSpan span) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a time in the unit that suits the expected one: "38 min (30–52)", "3.1 days (2.4–4.0)". */
char *hr_hours_text (HrSpan hours) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): as hr_hours_text(), of what takes no hours: "120 ms (90–150)". */
char *hr_seconds_text (HrSpan seconds) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): US dollars: "$12.30 (9.10–16.00)". */
char *hr_cost_text (HrSpan price) G_GNUC_WARN_UNUSED_RESULT;

/** What keeps a time from being known: "Needs a data set"; NULL: nothing does. */
const char *hr_run_time_missing (const HrRunTime *self);

/** What keeps a price from being known; NULL: nothing does. */
const char *hr_run_price_missing (const HrRunTime *self);

/** "Utilization of compute", "Price of a GPU hour". */
const char *hr_assumption_label (HrAssumption member);

/**
 * hr_assumption_default_text:
 * @configuration: whose card, program and data set decide
 *
 * Returns: (transfer full): what holds where the project states nothing, and where it comes from:
 * "0.57 (0.42–0.75), mosaicml/llm-foundry …".
 */
char *hr_assumption_default_text (HrAssumption member, HrProject *project,
                                  HrConfiguration *configuration) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): what the time of a configuration rests on, a line each with its source. */
char *hr_run_time_basis (HrProject *project, HrConfiguration *configuration) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
