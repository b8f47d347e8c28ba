/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"
#include "hr-json-read.h"
#include "hr-json-write.h"

G_BEGIN_DECLS

/** Reads one member of a configuration, of the kind and in the range that the field table says. */
gboolean hr_field_read (const HrField *field, const HrPath *path, const HrJsonNode *node, HrJob *job, GError **error);

/**
 * hr_field_write:
 * @source: (nullable): the member as it was read; a number that has not changed keeps its spelling
 *
 * Writes the value of one member.
 */
void hr_field_write (const HrField *field, HrJsonWriter *writer, const HrJob *job, const HrJsonNode *source);

G_END_DECLS
