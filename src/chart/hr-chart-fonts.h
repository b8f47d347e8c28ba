/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-layout.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * HrChartFonts:
 *
 * The texts of charts as they are drawn in the font of a context, in each style: the same for measuring and painting.
 * What was shaped once is kept, as figures come back while a value is dragged.
 */
typedef struct _HrChartFonts HrChartFonts;

/** Returns: (transfer full): those of @context, which keeps them as long as its font stays. */
HrChartFonts *hr_chart_fonts_get (PangoContext *context) G_GNUC_WARN_UNUSED_RESULT;
void hr_chart_fonts_unref (HrChartFonts *self);

/** Returns: (transfer none): @text on one line; until the next one is asked for. */
PangoLayout *hr_chart_fonts_layout (HrChartFonts *self, HrChartTextStyle style, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrChartFonts, hr_chart_fonts_unref)

G_END_DECLS
