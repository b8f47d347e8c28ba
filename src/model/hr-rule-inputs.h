/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-job.h"
#include "core/hr-rules.h"

#include <glib.h>

G_BEGIN_DECLS

/** What the three rules of thumb say of one configuration, in decimal gigabytes. */
typedef struct
{
  double lesson;
  double four_bucket;
  double multiplier_low;
  double multiplier_high;
} HrRuleTotals;

/**
 * hr_rule_totals:
 *
 * Applies the rules to a configuration as a person would. A quantization scheme counts by its bits. The lesson rule
 * counts adapters itself, on two modules. The four-bucket rule takes gradients and optimizer states of the parameters
 * that train ("frozen parameters cost no gradient") and weights alone for inference. The multiplier rule does not tell
 * methods apart.
 */
void hr_rule_totals (const HrArchitecture *architecture, const HrJob *job, HrRuleTotals *out);

G_END_DECLS
