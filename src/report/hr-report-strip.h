/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-paint.h"

G_BEGIN_DECLS

#define HR_REPORT_NO_HEAD (-1)

/** Of the swatch of a component. */
#define HR_REPORT_SWATCH_SIZE 9.0

/**
 * HrReportStrip:
 * @space_before: above it, unless it begins a page
 * @keep_with_next: no page ends behind it
 * @head: index of the strip that is drawn again above it where it begins a page; %HR_REPORT_NO_HEAD
 * @texts: (element-type HrReportText): what it says
 * @chip: of its colour lies behind the text; %HR_CHART_ROLE_TEXT: nothing does
 * @ruled: a line ends it
 * @component: whose swatch stands at its start; -1: none
 * @chart: (nullable): what it shows instead
 * @heading: (nullable): what lists of contents call it; @heading_number: its own
 *
 * As much of a report as lies on one page: a line, a row, a picture. Lengths are CSS pixels.
 */
typedef struct
{
  double space_before;
  double height;
  gboolean keep_with_next;
  int head;
  GPtrArray *texts;
  HrChartRole chip;
  double chip_width;
  gboolean ruled;
  int component;
  double component_x;
  HrChartLayout *chart;
  char *heading;
  guint heading_number;
} HrReportStrip;

/** A line of a layout, or (@line: -1) all of it; @x, @y: of the line's base, or the layout's corner. */
typedef struct
{
  PangoLayout *layout;
  int line;
  double x, y;
  HrChartRole role;
} HrReportText;

HrReportStrip *hr_report_strip_new (double height) G_GNUC_WARN_UNUSED_RESULT;
void hr_report_strip_free (HrReportStrip *self);

/** Adds a line of @layout, or all of it. */
void hr_report_strip_add_text (HrReportStrip *self, PangoLayout *layout, int line, double x, double y,
                               HrChartRole role);

/** Draws it from 0, 0 in @width; @context: of the charts. */
void hr_report_strip_draw (const HrReportStrip *self, cairo_t *cr, double width, PangoContext *context);

G_END_DECLS
