/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-palette.h"

#include <cairo.h>

G_BEGIN_DECLS

/** What sets a segment apart from its kind. */
typedef enum
{
  HR_CHART_FILL_NORMAL,
  HR_CHART_FILL_HOVERED, /* lighter */
  HR_CHART_FILL_FADED,   /* another component is selected */
} HrChartFill;

/** Fills the current path, which lies within @box, with a component's colour and, in high contrast, its pattern; clears
 * the path. */
void hr_chart_fill_component (cairo_t *cr, HrComponent component, HrChartPalette palette, HrChartFill fill,
                              const HrChartBox *box);

/**
 * hr_chart_set_component:
 * @device_pixels: a unit
 *
 * Makes the same fill the source of @cr, in pixels: for masks, and whatever is too ragged to be clipped to.
 */
void hr_chart_set_component (cairo_t *cr, HrComponent component, HrChartPalette palette, HrChartFill fill,
                             double device_pixels);

/** Whether what is drawn on @cr stays lines and areas, as in SVG and PDF. */
gboolean hr_chart_keeps_paths (cairo_t *cr);

/** Pixels of the surface of @cr a unit. */
double hr_chart_device_pixels (cairo_t *cr);

/** Mixes so much of @other into @color. */
HrChartColor hr_chart_mix (HrChartColor color, HrChartColor other, double share);

void hr_chart_set_color (cairo_t *cr, HrChartColor color);

G_END_DECLS
