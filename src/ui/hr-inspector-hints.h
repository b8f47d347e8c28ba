/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_INSPECTOR_HINTS (hr_inspector_hints_get_type ())
G_DECLARE_FINAL_TYPE (HrInspectorHints, hr_inspector_hints, HR, INSPECTOR_HINTS, GObject)

/**
 * HrInspectorHints:
 *
 * What the rows of the inspector say of themselves: what a setting would free now, and the largest number that fits,
 * with a button that uses it. Found when nothing else is to be done, so that editing stays instant.
 */
HrInspectorHints *hr_inspector_hints_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Tells of @row, which shows @field; of an HrNumberRow by its hint, of others by their subtitle. */
void hr_inspector_hints_add (HrInspectorHints *self, AdwActionRow *row, HrFieldId field);

/** Tells of @configuration (nullable) from now on, or anew because it has changed; of several by @members. */
void hr_inspector_hints_show (HrInspectorHints *self, HrProject *project, HrConfiguration *configuration,
                              HrMembers *members);

/** Whether answers leave the samples of an optimizer step as they are, and using them changes the accumulation. */
void hr_inspector_hints_set_keep_effective_batch (HrInspectorHints *self, gboolean keep);

G_END_DECLS
