/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COMPARE_HEAD (hr_compare_head_get_type ())
G_DECLARE_FINAL_TYPE (HrCompareHead, hr_compare_head, HR, COMPARE_HEAD, GtkWidget)

/**
 * HrCompareHead:
 *
 * Head of a column: the name of a configuration and a line about it; that it has notes, which its tooltip tells, or is
 * the baseline.
 *
 * A click selects the configuration, with Ctrl it too or no more, with Shift all up to it; a double click renames it; a
 * right click, Shift+F10 or the Menu key opens a menu. Left, Right, Home and End select another, with Shift all up to
 * it. Heads are dragged, all that are selected together, and dropped beside another, where a line shows the place. The
 * head of the leading configuration takes the focus: the heads are one Tab stop.
 *
 * CSS: node comparehead with the classes selected and leading where several are, drop-before or drop-after.
 */
GtkWidget *hr_compare_head_new (HrSelection *selection, HrConfiguration *configuration);

HrConfiguration *hr_compare_head_get_configuration (HrCompareHead *self);

/** Makes it the head of another column. */
void hr_compare_head_set_configuration (HrCompareHead *self, HrConfiguration *configuration);

/** Shows the configuration as it is now, and whether it is selected. */
void hr_compare_head_refresh (HrCompareHead *self);

/** Tells where the head is seen, from its left: the rest has passed under the labels. */
void hr_compare_head_set_seen (HrCompareHead *self, int x, int width);

/** Shows the menu of the head at a point of @widget. */
void hr_compare_head_show_menu (HrCompareHead *self, GtkWidget *widget, double x, double y);

G_END_DECLS
