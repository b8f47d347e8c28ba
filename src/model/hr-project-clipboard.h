/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

G_BEGIN_DECLS

/*
 * Configurations that go from one project to another, as texts that other programs can read and write too.
 */

/** Returns: (transfer full): @configurations (element-type HrConfiguration) of @self as hr_pasted_read() reads them. */
char *hr_project_copy (HrProject *self, GListModel *configurations) G_GNUC_WARN_UNUSED_RESULT;

/** Removes @configurations (element-type HrConfiguration) as one edit that is called by @label. */
void hr_project_remove_all (HrProject *self, GListModel *configurations, const char *label);

/**
 * hr_project_paste:
 * @position: of the configuration to paste behind; G_MAXUINT: at the end
 * @pasted: whose configurations are added
 *
 * Adds configurations as one edit: with ids of their own, with names that no other has, with their measured runs and
 * notes. A card of the user's own that one of them names comes along, unless the project has one of that id.
 *
 * Returns: (transfer none): the first of them, or NULL with @error set if they are too many, or the project is never
 *   written.
 */
HrConfiguration *hr_project_paste (HrProject *self, guint position, const HrProjectData *pasted, GError **error);

G_END_DECLS
