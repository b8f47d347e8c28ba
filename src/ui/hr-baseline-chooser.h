/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_BASELINE_CHOOSER (hr_baseline_chooser_get_type ())
G_DECLARE_FINAL_TYPE (HrBaselineChooser, hr_baseline_chooser, HR, BASELINE_CHOOSER, GtkWidget)

/**
 * HrBaselineChooser:
 *
 * A button that tells with which configuration the others are compared, and opens a list to choose another or none.
 */
GtkWidget *hr_baseline_chooser_new (void) G_GNUC_WARN_UNUSED_RESULT;

void hr_baseline_chooser_set_selection (HrBaselineChooser *self, HrSelection *selection);

G_END_DECLS
