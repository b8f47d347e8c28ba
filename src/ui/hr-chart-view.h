/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_CHART_VIEW (hr_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (HrChartView, hr_chart_view, HR, CHART_VIEW, GtkWidget)

/**
 * HrChartView:
 *
 * Shows a #HrChartModel with the painter that also makes exported files. It names no bars itself: a table below does.
 *
 * A double click on a segment goes to the Explain view.
 *
 * Signals: "picked" (bar, component, state): the user chose a bar, a segment, or (-1, -1) nothing, while the keys of
 * GdkModifierType state were down; "menu-asked" (bar, x, y): what can be done with a bar is to be shown there;
 * "cursor-moved": a key moved the cursor, which is to be brought into view;
 * "move-cursor" (HrChartMove) and "pick-cursor" for key bindings.
 *
 * Keys: one Tab stop; arrows, Home and End move the cursor over bars and segments; Return and Space pick what it is on;
 * Escape picks nothing; Menu and Shift+F10 ask for a menu.
 *
 * Accessibility: role list, labelled and described by the model; one #HrChartHandle a bar in sight takes the focus and
 * is read out. Everything is mirrored right-to-left.
 */
GtkWidget *hr_chart_view_new (void);

/** Shows @model. (transfer full) */
void hr_chart_view_set_model (HrChartView *self, HrChartModel *model);

/**
 * hr_chart_view_set_columns:
 * @plot_start: where the plot begins, from the start edge; 0: as needed
 * @bars_width: what all columns take together; 0: as much as there is
 * @offset: how much of that is scrolled away at the start edge
 *
 * Lets bars stand over the columns of a table.
 */
void hr_chart_view_set_columns (HrChartView *self, double plot_start, double bars_width, double offset);

/** Width that the column of a bar needs at least. */
int hr_chart_view_get_minimum_column (HrChartView *self);

/** Marks bars and a component as selected: @further_bars (element-type int) (nullable) besides @bar; -1: none. */
void hr_chart_view_set_selected (HrChartView *self, int bar, int component, const GArray *further_bars);

/** Returns: (transfer none) (nullable): where everything stands; valid until the next change of model or size. */
const HrChartLayout *hr_chart_view_get_layout (HrChartView *self);

/** What the keyboard cursor is on. */
HrChartId hr_chart_view_get_cursor (HrChartView *self);

/** Whether figures are on their way to those of the model; for tests. */
gboolean hr_chart_view_is_moving (HrChartView *self);

G_END_DECLS
