/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-estimate.h"
#include "hr-rules.h"

/** What the rules know of the base weights: their bits, no scales, and nothing that stays unquantized. */
HrRulePrecision hr_lesson_weight_precision (const HrJob *job);

/** What the lesson rule asks of @job on a model of @architecture; by its own count of what adapters train. */
HrLessonInput hr_lesson_input (const HrArchitecture *architecture, const HrJob *job, uint64_t total_parameters);

/**
 * hr_lesson_estimate:
 * @out: (out caller-allocates): parameters, components, peak, phases and band; not the fit and not the warnings
 *
 * The lesson rule (hr_rule_lesson()) on the model's exact shape. The rule has no timeline and no band of its own:
 * everything lives at the backward pass of the second step, and the band is the figure itself.
 */
void hr_lesson_estimate (const HrArchitecture *architecture, const HrJob *job, HrEstimate *out);

/** The part of HrEstimate.warnings that says what the rule does not see in @job. */
uint32_t hr_lesson_warnings (const HrJob *job);
