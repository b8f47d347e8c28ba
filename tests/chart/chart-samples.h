/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-layout.h"

/** Bytes of a GB. */
#define GB UINT64_C (1000000000)

/** The four configurations of the design, a T4 and two cards to compare with. */
HrChartModel *sample_comparison (void);

/** @n_bars configurations of growing size, with some empty components. */
HrChartModel *sample_bars (guint n_bars);

/** Bars, limits and texts drawn from @random: all that a project may hold, and more. */
HrChartModel *sample_random (GRand *random);

/** A font whose characters are all half as wide as high. */
extern const HrChartMeasurer fixed_measurer;
