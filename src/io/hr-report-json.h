/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"
#include "core/hr-parameters.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * Answers as JSON for other programs: UTF-8, two spaces, final newline; sizes and counts as integers, names that do not
 * depend on the language. docs/command-line.md describes the members.
 */

/** One configuration and its answer. */
typedef struct
{
  const HrJob *job;
  const HrEstimate *estimate;
  const HrGpu *gpu;   /* (nullable): the card it is judged on */
  uint64_t gpu_count; /* cards of that kind */
} HrReport;

/**
 * hr_report_estimates_to_json:
 * @name: name of the project
 *
 * Returns: (transfer full): every configuration with components, peak, phases, fit and warnings.
 */
char *hr_report_estimates_to_json (const char *name, const HrReport *reports,
                                   size_t n_reports) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_report_comparison_to_json:
 * @differs: (array): bit for bit, which of the HR_N_JOB_FIELDS members differ between the configurations
 * @baseline: index of the report that the others are compared with; -1: none
 *
 * Returns: (transfer full): totals, components and fit of every configuration, and the members in which they differ.
 */
char *hr_report_comparison_to_json (const char *name, const HrReport *reports, size_t n_reports,
                                    const gboolean *differs, int baseline) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_report_model_to_json:
 * @id: what the user calls the model
 *
 * Returns: (transfer full): total and active parameters and parameters by module.
 */
char *hr_report_model_to_json (const char *id, const HrArchitecture *architecture,
                               const HrParameters *parameters) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
