/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-json-read.h"
#include "hr-json-write.h"
#include "hr-project-data.h"

G_BEGIN_DECLS

/**
 * hr_measured_read:
 * @components: whether these are figures for one part each, with a component instead of a metric
 * @out: (element-type HrMeasured): gets the figures; their texts belong to the document of @node
 */
gboolean hr_measured_read (const HrPath *path, const HrJsonNode *node, gboolean components, GArray *out,
                           GError **error);

/** Writes one measured peak as hr_measured_read() reads it. */
void hr_measured_write (HrJsonWriter *writer, const HrMeasured *measured);

G_END_DECLS
