/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-layout.h"

#include <cairo.h>

G_BEGIN_DECLS

/** A corner of the line above an area. */
typedef struct
{
  double x;
  double y;
} HrChartCorner;

/**
 * hr_chart_paint_area:
 * @corners: (array length=n_corners): of a line from one side to the other, in either direction
 * @box: what of the area is drawn
 * @device_pixels: a unit
 *
 * Paints what lies in @box below a line, with the source of @cr. Each pixel is covered as exactly as the line says, at
 * a cost that grows with the pixels that the line crosses: as a path, a line of hundreds of teeth costs several times
 * that. For surfaces of pixels; what keeps paths is better served with one.
 */
void hr_chart_paint_area (cairo_t *cr, const HrChartCorner *corners, guint n_corners, HrChartBox box,
                          double device_pixels);

G_END_DECLS
