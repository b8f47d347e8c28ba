/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_GPU_DIALOG (hr_gpu_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrGpuDialog, hr_gpu_dialog, HR, GPU_DIALOG, AdwWindow)

/**
 * HrGpuDialog:
 *
 * Chooses a card of the catalogue, how many, and what of each is not to be had: by typing, arrows, Enter and Escape.
 */

/** @configuration: (nullable): whose own card is chosen; NULL: that of @project. */
GtkWidget *hr_gpu_dialog_new (HrProject *project, HrConfiguration *configuration);

/** What is chosen holds for all of @members from now on, of which the configuration is the leading one. */
void hr_gpu_dialog_set_members (HrGpuDialog *self, HrMembers *members);

G_END_DECLS
