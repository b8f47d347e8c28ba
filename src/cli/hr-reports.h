/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "io/hr-report-json.h"
#include "model/hr-project.h"

G_BEGIN_DECLS

/** Returns: (transfer full): the project in the file @path with its estimates made, or NULL with @error set. */
HrProject *hr_reports_load_project (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_reports_of_project:
 *
 * Returns: (transfer full) (element-type HrReport): the answers of all configurations; valid as long as @project does
 * not change.
 */
GArray *hr_reports_of_project (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
