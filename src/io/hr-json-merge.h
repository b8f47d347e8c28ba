/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-json-write.h"

G_BEGIN_DECLS

/** The most known members of one object. */
#define HR_JSON_MAX_KNOWN 32

/**
 * HrJsonEmit:
 * @index: of the known member
 * @source: (nullable): its value in the file that was read
 *
 * Writes one known member, name and value, or nothing if it is to be left out.
 */
typedef void (*HrJsonEmit) (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data);

/**
 * hr_json_merge:
 * @source: (nullable): the object as it was read
 * @names: (array length=n_names): the known members in the order of the file
 * @emit: (scope call): called once for each of @names, in order
 *
 * Writes an object: known members in their fixed order, each unknown member of @source right after the known one that
 * it followed there.
 */
void hr_json_merge (HrJsonWriter *writer, const HrJsonNode *source, const char *const *names, guint n_names,
                    HrJsonEmit emit, gpointer user_data);

G_END_DECLS
