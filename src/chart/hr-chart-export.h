/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-file.h"
#include "hr-chart-paint.h"

G_BEGIN_DECLS

/**
 * hr_chart_export:
 * @width: @height: size in CSS pixels (1/96 inch); 0: a size that suits the number of bars
 * @scale: PNG pixels a CSS pixel
 *
 * Renders the chart with title, names and legend: what the window shows, on white. SVG carries the model's title and
 * description; PDF carries the title. The bytes depend only on the input: no dates.
 *
 * Returns: (transfer full): the encoded file, or NULL with @error set.
 */
GBytes *hr_chart_export (const HrChartModel *model, HrChartFormat format, double width, double height, double scale,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As hr_chart_export(), an SVG in the colours of @palette without a background and a title, to stand in a document. */
GBytes *hr_chart_export_figure (const HrChartModel *model, HrChartPalette palette, double width,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
