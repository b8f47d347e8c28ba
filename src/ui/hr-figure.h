/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_FIGURE (hr_figure_get_type ())
G_DECLARE_FINAL_TYPE (HrFigure, hr_figure, HR, FIGURE, GtkWidget)

/*
 * HrFigure: a text that changes often, as figures do while a value is dragged. A label whose text changes has the whole
 * window laid out again; a figure only if the text does not fit into the place that the figure has: it is wider or
 * taller, or breaks into another number of lines. Otherwise it keeps its place and draws, also where it needs less.
 *
 * CSS: node label, so that it looks as labels do; of what CSS says of texts it knows font and colour, and tabular
 * digits by the class "numeric". Screen readers know it as a label with its text as the name.
 *
 * Properties, of which all but "text" are for when it is made: "text"; "xalign" (0: start, 1: end, also right-to-left);
 * "wrap"; "ellipsize"; "lines" (of a text that wraps and is ellipsized: how many at most); "width-chars" (how wide it
 * is at least; -1: as the text needs) and "max-width-chars" (of one that wraps or is ellipsized: how wide it wants to
 * be at most; -1: as the text wants).
 */

/** Returns: (transfer floating). @text: (nullable) */
GtkWidget *hr_figure_new (const char *text);

/** @text: (nullable): as NULL it is empty */
void hr_figure_set_text (HrFigure *self, const char *text);

/** @markup: of Pango, without errors */
void hr_figure_set_markup (HrFigure *self, const char *markup);

/** The text as it is read, without markup. */
const char *hr_figure_get_text (HrFigure *self);

/** Returns: (transfer none): as it is drawn */
PangoLayout *hr_figure_get_layout (HrFigure *self);

/** Where the layout is drawn, in pixels from the corner of the figure. */
void hr_figure_get_layout_offsets (HrFigure *self, int *x, int *y);

G_END_DECLS
