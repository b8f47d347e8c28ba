/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-paint.h"

G_BEGIN_DECLS

/*
 * Segments on their way from where they were to where they are. Texts, lines and what the layout answers are always
 * those of now.
 */

/** The segments as they were drawn last. */
typedef struct _HrChartTween HrChartTween;

/**
 * hr_chart_tween_new:
 * @before: (nullable): the way that they were on when they were drawn last
 * @part: of that way, 0 to 1
 */
HrChartTween *hr_chart_tween_new (const HrChartLayout *layout, const HrChartTween *before,
                                  double part) G_GNUC_WARN_UNUSED_RESULT;
void hr_chart_tween_free (HrChartTween *self);

/** Paints @layout as hr_chart_paint() does, with the segments after @part of the way. */
void hr_chart_tween_paint (const HrChartTween *self, double part, HrChartLayout *layout, cairo_t *cr,
                           PangoContext *context, HrChartPalette palette, const HrChartMarks *marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrChartTween, hr_chart_tween_free)

G_END_DECLS
