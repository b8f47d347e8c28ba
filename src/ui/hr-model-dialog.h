/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_MODEL_DIALOG (hr_model_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrModelDialog, hr_model_dialog, HR, MODEL_DIALOG, AdwWindow)

/**
 * HrModelDialog:
 *
 * Chooses the model of a configuration, from the catalogue, or from a file, which its window imports. Choosing is one
 * edit that can be undone; then the dialog closes.
 *
 * Keys: the list has no focus of its own. What is typed goes to the search, from which Up, Down, Page Up and Page Down
 * go through what is found; Enter chooses; Escape closes without a change. A double click chooses, too.
 *
 * Properties: configuration (construct-only).
 */
GtkWidget *hr_model_dialog_new (HrConfiguration *configuration);

/** What is chosen holds for all of @members from now on, of which the configuration is the leading one. */
void hr_model_dialog_set_members (HrModelDialog *self, HrMembers *members);

G_END_DECLS
