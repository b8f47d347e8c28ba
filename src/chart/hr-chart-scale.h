/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-units.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * HrChartScale:
 * @maximum_bytes: end of the axis; above 0
 * @step_bytes: from one tick to the next: a round figure in @units
 * @n_ticks: the one at 0 included
 * @decimals: that the labels need
 *
 * The axis of sizes: from 0 to a maximum, with ticks at round figures. A double: the axis may end between bytes.
 */
typedef struct
{
  double maximum_bytes;
  double step_bytes;
  int n_ticks;
  int decimals;
  HrUnits units;
} HrChartScale;

/**
 * hr_chart_scale_new:
 * @maximum_bytes: where the axis ends; raised to a minimum that still gives readable labels
 * @height: length of the axis in pixels
 * @spacing: smallest distance of two ticks in pixels
 *
 * Chooses 4 to 7 ticks, the more the higher; fewer where @spacing asks for it.
 */
HrChartScale hr_chart_scale_new (double maximum_bytes, HrUnits units, double height, double spacing);

/** Share of the axis below @bytes; above 1 beyond its end. */
double hr_chart_scale_fraction (const HrChartScale *self, double bytes);

/** The label of tick @index: "20 GB". */
void hr_chart_scale_label (const HrChartScale *self, int index, char text[HR_TEXT_SIZE]);

G_END_DECLS
