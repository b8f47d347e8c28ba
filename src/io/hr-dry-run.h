/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-architecture.h"
#include "core/hr-job.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** The most sentences that hr_dry_run_limits() tells. */
#define HR_MAX_DRY_RUN_LIMITS 32

/**
 * hr_dry_run_limits:
 * @limits: (out caller-allocates) (array length=HR_MAX_DRY_RUN_LIMITS): sentences in English, marked for translation
 *
 * What of @job the script of hr_dry_run_script() cannot reproduce.
 *
 * Returns: the number of sentences.
 */
guint hr_dry_run_limits (const HrJob *job, const char **limits);

/**
 * hr_dry_run_script:
 *
 * A Python program for a machine with a GPU: it builds the model with random weights, runs what @job says for a few
 * steps and writes the measured peaks as JSON, for hr_measurement_parse(). What it cannot reproduce stands at its top.
 *
 * Returns: (transfer full): its text.
 */
GBytes *hr_dry_run_script (const HrJob *job, const HrArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
