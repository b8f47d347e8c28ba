/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

G_BEGIN_DECLS

/**
 * hr_project_edit:
 * @data: (transfer full): the project's new value
 * @label: what undo calls the edit
 * @merge_key: (nullable): consecutive edits with the same key may become one step
 *
 * The one way to edit a project. An edit that changes nothing is not one, but not refused either.
 *
 * Returns: FALSE if the project is read-only.
 */
gboolean hr_project_edit (HrProject *self, HrProjectData *data, const char *label, const char *merge_key);

/** As hr_project_edit(), of one configuration. @architecture: (nullable): shape of its model; NULL: as before. */
gboolean hr_project_edit_entry (HrProject *self, HrConfiguration *configuration, const HrJob *job,
                                const HrArchitecture *architecture, const char *label, const char *merge_key);

/** As hr_project_edit(), of one configuration, to the whole of @entry. */
gboolean hr_project_replace_entry (HrProject *self, HrConfiguration *configuration, HrEntry *entry, const char *label,
                                   const char *merge_key);

/** Called by the class: properties live in a file of their own. */
void hr_project_install_properties (GObjectClass *object_class);

/** Notifies the properties in which the project differs from @before. */
void hr_project_notify_changes (HrProject *self, const HrProjectData *before);

G_END_DECLS
