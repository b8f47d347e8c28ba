/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-palette.h"
#include "hr-timeline-layout.h"

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/** What is marked besides the data. */
typedef struct
{
  int cursor; /* moment, or -1 */
  gboolean show_focus;
  int hovered_component;  /* -1: none */
  int selected_component; /* -1: none */
} HrTimelineMarks;

#define HR_TIMELINE_MARKS_NONE ((HrTimelineMarks){ -1, FALSE, -1, -1 })

/**
 * hr_timeline_paint:
 * @scale: pixels a unit of the screen that @cr records for, which a recording does not know; else 1
 *
 * Draws a timeline. The same for the window, PNG, SVG and PDF.
 */
void hr_timeline_paint (const HrTimelineLayout *layout, cairo_t *cr, PangoContext *context, HrChartPalette palette,
                        const HrTimelineMarks *marks, double scale);

G_END_DECLS
