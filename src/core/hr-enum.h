/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/**
 * HrEnum:
 * @ids: (array length=count): identifiers used in files, index = C value
 * @count: number of values
 *
 * The stable names of one C enumeration. Files and the command line speak these; labels for people are made in the
 * model layer.
 */
typedef struct
{
  const char *const *ids;
  size_t count;
} HrEnum;

/**
 * hr_enum_value:
 *
 * Returns: the C value named @id, or -1 if @id is NULL or no value has that name.
 */
int hr_enum_value (const HrEnum *self, const char *id);

/**
 * hr_enum_id:
 *
 * Returns: the name of @value, or NULL if it is out of range.
 */
const char *hr_enum_id (const HrEnum *self, int value);

#define HR_DEFINE_ENUM(NAME, ...)                                                                                      \
  static const char *const NAME##_ids[] = { __VA_ARGS__ };                                                             \
  const HrEnum NAME = { NAME##_ids, sizeof NAME##_ids / sizeof NAME##_ids[0] }
