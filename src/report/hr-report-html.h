/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-report-document.h"

G_BEGIN_DECLS

/**
 * hr_report_to_html:
 *
 * Writes a report as one file that loads nothing and runs nothing: HTML that is well-formed XML too, the chart drawn in
 * it, in light or dark as the reader prefers, and light on paper.
 *
 * Returns: (transfer full): the file, or NULL with @error set where the chart cannot be drawn.
 */
GBytes *hr_report_to_html (const HrReportDocument *report, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
