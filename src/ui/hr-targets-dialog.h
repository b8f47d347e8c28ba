/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-configuration.h"

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

G_END_DECLS
