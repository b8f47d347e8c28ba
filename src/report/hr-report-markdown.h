/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-report-document.h"

G_BEGIN_DECLS

/** Returns: (transfer full): a report in GitHub's Markdown; its chart is told in words. */
GBytes *hr_report_to_markdown (const HrReportDocument *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
