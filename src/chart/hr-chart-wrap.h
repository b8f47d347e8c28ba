/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-layout.h"

G_BEGIN_DECLS

/**
 * hr_chart_wrap:
 * @text: (nullable): words between spaces
 * @most_lines: at least 1
 *
 * Returns: (transfer full) (element-type utf8): @text in lines that are no wider than @width, broken between words; the
 * last ends in an ellipsis where there is more. Empty if nothing fits.
 */
GPtrArray *hr_chart_wrap (const HrChartMeasurer *measurer, HrChartTextStyle style, const char *text, double width,
                          guint most_lines) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
