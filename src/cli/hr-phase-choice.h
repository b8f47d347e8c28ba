/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * hr_phase_choice_find:
 * @name: "forward", the larger of both steps; "forward:2" for that of step 2
 * @phase: (out): index into the phases of @estimate
 *
 * Returns: FALSE if there is no such phase.
 */
gboolean hr_phase_choice_find (const HrEstimate *estimate, const char *name, int *phase);

/** Returns: (transfer full): what hr_phase_choice_find() finds: "load, forward:1, loss:1". */
char *hr_phase_choice_list (const HrEstimate *estimate) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
