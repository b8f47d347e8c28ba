/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_INSPECTOR (hr_inspector_get_type ())
G_DECLARE_FINAL_TYPE (HrInspector, hr_inspector, HR, INSPECTOR, GtkWidget)

/**
 * HrInspector:
 *
 * The knobs of the selected configuration, in groups; every change shows in the estimate at once and can be undone.
 * Where several configurations are selected, an edit changes all of them.
 *
 * Properties: selection (HrSelection, read-write): whose configuration is shown.
 */
GtkWidget *hr_inspector_new (void);

/** Returns: (transfer none) (nullable): the row that edits @field; one that is folded away is made. */
GtkWidget *hr_inspector_get_row (HrInspector *self, HrFieldId field);

void hr_inspector_set_selection (HrInspector *self, HrSelection *selection);

G_END_DECLS
