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
 * Head of a column: the name of a configuration and a line about it.
 *
 * A click selects the configuration, a double click renames it, a right click, Shift+F10 or the Menu key opens a menu;
 * Left and Right select the neighbour; dropping another head here moves its configuration to this place. The head of
 * the selected configuration takes the focus: the heads are one Tab stop.
 */
GtkWidget *hr_compare_head_new (HrSelection *selection, HrConfiguration *configuration);

HrConfiguration *hr_compare_head_get_configuration (HrCompareHead *self);

/** Shows the configuration as it is now, and whether it is the selected one. */
void hr_compare_head_refresh (HrCompareHead *self);

G_END_DECLS
