/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "io/hr-project-data.h"

G_BEGIN_DECLS

/** Gives @job an id that no configuration of @data has: "c4". */
void hr_project_name_id (const HrProjectData *data, HrJob *job);

/** Gives @job the name @base, or "base (2)" and so on where a configuration of @data has it. */
void hr_project_name_uniquely (const HrProjectData *data, HrJob *job, const char *base);

/** Returns: (transfer full): what a new configuration is called: "QLoRA r16". */
char *hr_project_template_name (const HrJob *job) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
