/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-configuration.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HR_TYPE_PROJECT (hr_project_get_type ())
G_DECLARE_FINAL_TYPE (HrProject, hr_project, HR, PROJECT, GObject)

/**
 * HrProject:
 *
 * The project that is open: a GListModel of #HrConfiguration over one #HrProjectData. All edits go through it, each as
 * one labelled change that HrDocument can undo. Estimates are made once per turn of the main loop, for the
 * configurations that changed; hr_project_flush() makes them now.
 *
 * Properties: name, notes, gpu-id, gpu-count, units (guint), dataset-samples, dataset-mean-tokens, dataset-epochs,
 * assumption-utilization and the like, one for each #HrAssumption,
 * read-only. Signals: "will-change" (label, merge key) before an edit, "changed" after it, "estimated" after estimates
 * were renewed.
 */
HrProject *hr_project_new (HrProjectData *data) G_GNUC_WARN_UNUSED_RESULT;

/** The value; valid until the project changes. */
const HrProjectData *hr_project_get_data (HrProject *self);

/** Replaces the whole value, keeping the #HrConfiguration objects of entries with the same id. */
void hr_project_set_data (HrProject *self, const HrProjectData *data);

/** Returns: (transfer none) (nullable): the configuration at @position. */
HrConfiguration *hr_project_get_configuration (HrProject *self, guint position);

/** Returns: the position of @configuration, or G_MAXUINT. */
guint hr_project_find (HrProject *self, HrConfiguration *configuration);

/** Adds a configuration after @position (G_MAXUINT: at the end) made like @like or like the sample; returns it. */
HrConfiguration *hr_project_add (HrProject *self, guint position, HrTask task, HrMethod method, HrConfiguration *like);
HrConfiguration *hr_project_duplicate (HrProject *self, HrConfiguration *configuration);
void hr_project_remove (HrProject *self, HrConfiguration *configuration);

/** Moves @configuration so that it stands at @position. */
void hr_project_move (HrProject *self, HrConfiguration *configuration, guint position);

/**
 * hr_project_remove_several:
 * @configurations: (element-type HrConfiguration): of the project, in its order
 *
 * Removes them as one edit. The same for copies, each group behind the last of @configurations, and for moving them, as
 * a group, in front of what stands at @position (which may be behind the last).
 */
void hr_project_remove_several (HrProject *self, GListModel *configurations);

/** Returns: (transfer none) (nullable): the first of the copies, the others follow it. */
HrConfiguration *hr_project_duplicate_several (HrProject *self, GListModel *configurations);
void hr_project_move_several (HrProject *self, GListModel *configurations, guint position);

/**
 * hr_project_get_gpu:
 * @configuration: (nullable): NULL: the project's card is asked for
 *
 * Returns: (nullable): the card that @configuration is judged on, its own or the project's, with what of it is not to
 * be had; valid until the next call for the same configuration.
 */
const HrGpu *hr_project_get_gpu (HrProject *self, HrConfiguration *configuration);

/** Plans for @choice: card, number and limits as one edit. */
void hr_project_set_gpu (HrProject *self, const HrGpuChoice *choice);

/** To be called where the user's catalogue has changed: own cards that the project uses become what they are now. */
void hr_project_follow_catalog (HrProject *self);

HrUnits hr_project_get_units (HrProject *self);

/** Makes pending estimates now. */
void hr_project_flush (HrProject *self);

G_END_DECLS
