/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-model-import.h"
#include "hr-project-data.h"

G_BEGIN_DECLS

/** The longest text that is read, and the most configurations. */
#define HR_PASTED_MAX_BYTES (16 * 1024 * 1024)
#define HR_PASTED_MAX_CONFIGURATIONS 100

/**
 * HrPasted:
 * @project: (nullable): the configurations, with the cards that come along
 * @model: (nullable): instead: a model or an adapter, called as its text calls it
 *
 * What a text from elsewhere turned out to be.
 */
typedef struct
{
  HrProjectData *project;
  HrModelImport *model;
} HrPasted;

/**
 * hr_pasted_read:
 * @bytes: JSON: a project, one of its configurations or an array of them; or a model's config.json or an
 *   adapter_config.json. Nothing of it is trusted
 * @name: how messages call it
 *
 * Returns: (transfer full): what it is, or NULL with @error in #HR_ERROR.
 */
HrPasted *hr_pasted_read (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void hr_pasted_free (HrPasted *self);

/** Whether @bytes may be meant for hr_pasted_read(): they begin like an object or an array. */
gboolean hr_pasted_is_json (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrPasted, hr_pasted_free)

G_END_DECLS
