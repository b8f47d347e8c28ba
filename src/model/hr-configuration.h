/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-estimate-result.h"
#include "io/hr-project-data.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define HR_TYPE_CONFIGURATION (hr_configuration_get_type ())
G_DECLARE_FINAL_TYPE (HrConfiguration, hr_configuration, HR, CONFIGURATION, GObject)

/**
 * HrConfiguration:
 *
 * One configuration of a project, for views to bind to. It holds no value of its own: its entry belongs to the project.
 *
 * Properties: one for every member of the project file, named SECTION-MEMBER with dashes ("method-rank",
 * "batch-micro-batch-size", "name"): guint for an enumeration (its C value, which is also the position in a list of its
 * labels), gboolean, guint64, gdouble or string. Setting one is an edit of the document: it is checked, can be undone,
 * and is notified. "notes" (string, Markdown) as well. Read-only: "estimate" (HrEstimateResult), "title"
 * (hr_job_title()), "summary", "model-name", "model-detail", "position".
 */

/** The value; valid until the configuration changes. */
const HrJob *hr_configuration_get_job (HrConfiguration *self);
const HrArchitecture *hr_configuration_get_architecture (HrConfiguration *self);
HrEntry *hr_configuration_get_entry (HrConfiguration *self);

/** Replaces the notes; one undo step for all that is typed in one go. Returns: FALSE if they are refused. */
gboolean hr_configuration_set_notes (HrConfiguration *self, const char *notes);

/** Returns: (transfer none): the latest estimate. Never NULL while the configuration is in a project. */
HrEstimateResult *hr_configuration_get_estimate (HrConfiguration *self);

/** Property name of a member: "method-rank". */
const char *hr_configuration_property_name (HrFieldId field);

/**
 * hr_configuration_set_model:
 * @model_id: name of the model: a catalogue id or what the user calls it
 * @architecture: its shape
 */
void hr_configuration_set_model (HrConfiguration *self, const char *model_id, const HrArchitecture *architecture);

/** Judges the configuration on @choice, a card of the catalogue, as one edit; NULL: on the project's. */
void hr_configuration_set_gpu (HrConfiguration *self, const HrGpuChoice *choice);

/** Replaces the list of adapted modules. */
void hr_configuration_set_targets (HrConfiguration *self, const HrTargets *targets);

/** Turns the configuration into one of that method as people usually run it: hr_job_apply_template() as one edit. */
void hr_configuration_apply_template (HrConfiguration *self, HrTask task, HrMethod method);

/** Replaces the value by @job, as one edit that is called by @member: what else differs changes along with it. */
void hr_configuration_change (HrConfiguration *self, HrFieldId member, const HrJob *job);

/** Whether @member of @self differs from at least one other configuration of the project. */
gboolean hr_configuration_differs (HrConfiguration *self, HrFieldId field);

G_END_DECLS
