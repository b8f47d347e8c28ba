/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-layout.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/** One Pango layout a text style, made from the font of a context: the same for measuring and painting. */
typedef struct
{
  PangoLayout *layouts[HR_CHART_N_TEXT_STYLES];
  GHashTable *sizes[HR_CHART_N_TEXT_STYLES]; /* (element-type utf8 PangoRectangle): of texts measured before */
} HrChartFonts;

HrChartFonts *hr_chart_fonts_new (PangoContext *context) G_GNUC_WARN_UNUSED_RESULT;
void hr_chart_fonts_free (HrChartFonts *self);

/** Returns: (transfer none): the layout of @style, set to @text on one line. */
PangoLayout *hr_chart_fonts_layout (HrChartFonts *self, HrChartTextStyle style, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrChartFonts, hr_chart_fonts_free)

G_END_DECLS
