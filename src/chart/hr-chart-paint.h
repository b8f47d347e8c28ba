/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-chart-palette.h"

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/** What is marked besides the data: pointer, keyboard cursor, selection. */
typedef struct
{
  HrChartId hover;
  HrChartId cursor;
  int selected_bar;       /* -1: none */
  int selected_component; /* -1: none */
  gboolean show_cursor;
  const GArray *further_bars; /* (nullable) (element-type int): selected besides selected_bar */
} HrChartMarks;

#define HR_CHART_MARKS_NONE ((HrChartMarks){ HR_CHART_ID_NONE, HR_CHART_ID_NONE, -1, -1, FALSE, NULL })

/** Measures with Pango: text in @context's font, scaled as the style says. Free with hr_chart_pango_measurer_clear().
 */
void hr_chart_pango_measurer_init (HrChartMeasurer *self, PangoContext *context);
void hr_chart_pango_measurer_clear (HrChartMeasurer *self);

/** Draws the display list. The same for the window, PNG, SVG and PDF. */
void hr_chart_paint (const HrChartLayout *layout, cairo_t *cr, PangoContext *context, HrChartPalette palette,
                     const HrChartMarks *marks);

/** Draws items that belong to no layout of bars: what other views put together. */
void hr_chart_paint_items (const HrChartItem *items, size_t n_items, cairo_t *cr, PangoContext *context,
                           HrChartPalette palette);

/** Adds @box with round corners to the path. */
void hr_chart_add_rounded (cairo_t *cr, const HrChartBox *box, double radius);

/** Draws the swatch of a component into a square of @size pixels: what legends show. */
void hr_chart_paint_swatch (cairo_t *cr, HrComponent component, double size, HrChartPalette palette);

/** As hr_chart_paint_swatch(), the mark of a range or of a measured peak. */
void hr_chart_paint_mark (cairo_t *cr, HrChartRole role, double size, HrChartPalette palette);

G_END_DECLS
