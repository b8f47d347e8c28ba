/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

G_BEGIN_DECLS

#define HR_TYPE_CONFIGURATION_SET (hr_configuration_set_get_type ())
G_DECLARE_FINAL_TYPE (HrConfigurationSet, hr_configuration_set, HR, CONFIGURATION_SET, GObject)

/**
 * HrConfigurationSet:
 *
 * Configurations of a project that are selected, a GListModel in the project's order. One of them leads; the set is
 * empty only where the project is. #HrSelection owns it and says what happens.
 */
HrConfigurationSet *hr_configuration_set_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** @project: (nullable): the one that @self is of from now on; its first configuration is selected. */
void hr_configuration_set_set_project (HrConfigurationSet *self, HrProject *project);

/** Follows what became of the project: who is gone leaves; where nobody stays, the neighbour of who led is selected. */
void hr_configuration_set_update (HrConfigurationSet *self);

/** Returns: (nullable) (transfer none): the leading one. */
HrConfiguration *hr_configuration_set_get_leader (HrConfigurationSet *self);

gboolean hr_configuration_set_contains (HrConfigurationSet *self, HrConfiguration *configuration);

/** The rest name configurations of the project. */
void hr_configuration_set_select_only (HrConfigurationSet *self, HrConfiguration *configuration);
void hr_configuration_set_toggle (HrConfigurationSet *self, HrConfiguration *configuration);
void hr_configuration_set_extend_to (HrConfigurationSet *self, HrConfiguration *configuration);
void hr_configuration_set_select_all (HrConfigurationSet *self);

G_END_DECLS
