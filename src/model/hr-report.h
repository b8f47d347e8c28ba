/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"
#include "report/hr-report-document.h"

G_BEGIN_DECLS

/** Configurations that a report takes apart; more are compared only. */
#define HR_REPORT_MOST_DETAILS 24

/**
 * hr_report_of_project:
 *
 * Returns: (transfer full): what there is to tell of @project: its notes, the comparison as chart and tables, then each
 *   configuration: verdict and range, what takes the memory and why, what it rests on, advice, similar measured runs,
 *   settings. The figures are those of the views; it says the same whenever it is made of the same project and prices.
 */
HrReportDocument *hr_report_of_project (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
