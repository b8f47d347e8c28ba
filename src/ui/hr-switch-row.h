/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_SWITCH_ROW (hr_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (HrSwitchRow, hr_switch_row, HR, SWITCH_ROW, AdwActionRow)

/**
 * HrSwitchRow:
 *
 * A row with a switch that is named by the row's title. One stop for the Tab key; a click anywhere on the row toggles.
 *
 * Properties: active.
 */
GtkWidget *hr_switch_row_new (void);

gboolean hr_switch_row_get_active (HrSwitchRow *self);
void hr_switch_row_set_active (HrSwitchRow *self, gboolean active);

/** Whether the value stands for several that differ: a check mark that is neither on nor off, and turns all on. */
void hr_switch_row_set_mixed (HrSwitchRow *self, gboolean mixed);

G_END_DECLS
