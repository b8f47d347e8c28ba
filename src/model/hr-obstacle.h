/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * hr_obstacle_text:
 *
 * What people look for stays in sight where another setting of the same configuration is in its way.
 *
 * Returns: (nullable): what @field needs and @job has not: "Needs several GPUs in parallel"; NULL: the member can be
 * set, or it is of another task, or a detail of a setting beside it.
 */
const char *hr_obstacle_text (HrFieldId field, const HrJob *job);

G_END_DECLS
