/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"
#include "report/hr-report-document.h"

G_BEGIN_DECLS

/** Adds what there is to tell of @configuration of @project alone. */
void hr_report_add_configuration (HrReportDocument *report, HrProject *project, HrConfiguration *configuration);

G_END_DECLS
