/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_TARGETS_DIALOG (hr_targets_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrTargetsDialog, hr_targets_dialog, HR, TARGETS_DIALOG, AdwWindow)

/**
 * HrTargetsDialog:
 *
 * Which linear modules of a configuration's model get an adapter: all of them, or those that are ticked. Each shows its
 * size and the parameters that its adapter adds at the current rank. Every change shows in the estimate at once and can
 * be undone. Escape closes.
 *
 * Properties: configuration (construct-only).
 */
GtkWidget *hr_targets_dialog_new (HrConfiguration *configuration);

/** What is chosen holds for all of @members from now on, of which the configuration is the leading one. */
void hr_targets_dialog_set_members (HrTargetsDialog *self, HrMembers *members);

G_END_DECLS
