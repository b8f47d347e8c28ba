/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_FIND_DIALOG (hr_find_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrFindDialog, hr_find_dialog, HR, FIND_DIALOG, AdwWindow)

/**
 * HrFindDialog:
 *
 * Finds configurations, parts of the memory and GPUs by words and selects one, so that every view shows it.
 */
GtkWidget *hr_find_dialog_new (HrSelection *selection);

G_END_DECLS
