/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-items.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_PLOT (hr_plot_get_type ())
G_DECLARE_DERIVABLE_TYPE (HrPlot, hr_plot, HR, PLOT, GtkWidget)

/**
 * HrPlot:
 *
 * A chart in a widget that takes the focus. Its layout is made when it is needed and kept while chart, size, font and
 * direction are the same. An edit moves nothing while the chart fits into the place that it has.
 */
struct _HrPlotClass
{
  GtkWidgetClass parent_class;

  /** How small the chart can be, in pixels. */
  void (*find_minimum) (HrPlot *self, const HrChartMeasurer *measurer, double *width, double *height);

  /** There is none. */
  void (*make_layout) (HrPlot *self, int width, int height, const HrChartMeasurer *measurer);

  /** There may be none. */
  void (*clear_layout) (HrPlot *self);

  /** By the layout, which there is. */
  void (*paint) (HrPlot *self, cairo_t *cr);
};

/** Has the layout made, if there is none that holds. */
void hr_plot_ensure_layout (HrPlot *self);

/** Drops the layout: what it shows is another from now on. */
void hr_plot_invalidate (HrPlot *self);

/** Drops the layout as a chart comes in, and asks for another place where that does not fit into the one that there is,
 * or where that is so large only because the chart before asked for it. */
void hr_plot_replace (HrPlot *self);

/** Whether the chart begins on the right. */
gboolean hr_plot_is_mirrored (HrPlot *self);

/** Whether the focus is to be seen. */
gboolean hr_plot_shows_focus (HrPlot *self);

G_END_DECLS
