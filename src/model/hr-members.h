/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

G_BEGIN_DECLS

#define HR_TYPE_MEMBERS (hr_members_get_type ())
G_DECLARE_FINAL_TYPE (HrMembers, hr_members, HR, MEMBERS, GObject)

/**
 * HrMembers:
 *
 * The members of one configuration of a project, or of several that are edited together, as one object to bind to. A
 * property has the value of the leading configuration, or of the first that the member applies to. Setting it sets the
 * member of all that it applies to, as one edit; where one of them refuses, nothing changes.
 *
 * Properties: one for every member of the project file, named and typed as those of #HrConfiguration.
 */
HrMembers *hr_members_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_members_set_configurations:
 * @configurations: (nullable) (element-type HrConfiguration): of @project; NULL: none
 * @leader: (nullable): one of them
 */
void hr_members_set_configurations (HrMembers *self, HrProject *project, GListModel *configurations,
                                    HrConfiguration *leader);

/** Returns: how many configurations there are. */
guint hr_members_get_count (HrMembers *self);

/** Returns: how many of them @field applies to. */
guint hr_members_count_applying (HrMembers *self, HrFieldId field);

/** Whether those that @field applies to have different values. */
gboolean hr_members_is_mixed (HrMembers *self, HrFieldId field);

/**
 * hr_members_text:
 *
 * Returns: (transfer full) (nullable): "Several values: 8, 16", "In 2 of 3 configurations", or both; NULL where @field
 * is the same for all.
 */
char *hr_members_text (HrMembers *self, HrFieldId field) G_GNUC_WARN_UNUSED_RESULT;

/** Replaces the model of all, as one edit. */
void hr_members_set_model (HrMembers *self, const char *model_id, const HrArchitecture *architecture);

/** Judges all on @choice, as one edit; NULL: on the project's. */
void hr_members_set_gpu (HrMembers *self, const HrGpuChoice *choice);

/** Replaces the list of adapted modules of all that have adapters, as one edit. */
void hr_members_set_targets (HrMembers *self, const HrTargets *targets);

G_END_DECLS
