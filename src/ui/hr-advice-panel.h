/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-column.h"
#include "model/hr-project.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_ADVICE_PANEL (hr_advice_panel_get_type ())
G_DECLARE_FINAL_TYPE (HrAdvicePanel, hr_advice_panel, HR, ADVICE_PANEL, HrColumn)

/**
 * HrAdvicePanel:
 *
 * What would make a configuration fit: each piece of advice with what it is worth and a button that takes it, which is
 * one step for undo. Made when nothing else is to be done.
 */

/** Advises for @configuration (nullable), or anew because it has changed. */
void hr_advice_panel_show (HrAdvicePanel *self, HrProject *project, HrConfiguration *configuration);

G_END_DECLS
