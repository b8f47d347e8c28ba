/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-palette.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The chart's colours for the style in force. */
HrChartPalette hr_palette_get (void);

/** Fills a box with what the chart shows in that role, so that its neighbours match. */
void hr_palette_fill (GtkSnapshot *snapshot, HrChartRole role, int x, int y, int width, int height);

G_END_DECLS
