/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-file.h"
#include "hr-scatter-chart.h"

G_BEGIN_DECLS

/**
 * hr_scatter_export:
 * @title: of the whole
 * @charts: (array length=n_charts): one below the other
 * @width: @height: size in CSS pixels (1/96 inch); 0: a size that suits the number of charts
 * @scale: PNG pixels a CSS pixel
 *
 * Renders charts of price over time on white. SVG carries title and descriptions; PDF the title. The bytes depend only
 * on the input.
 *
 * Returns: (transfer full): the encoded file, or NULL with @error set.
 */
GBytes *hr_scatter_export (const char *title, HrScatterChart *const *charts, guint n_charts, HrChartFormat format,
                           double width, double height, double scale, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
