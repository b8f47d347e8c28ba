/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-architecture.h"
#include "hr-json-read.h"
#include "hr-json-write.h"

G_BEGIN_DECLS

typedef enum
{
  HR_SHAPE_TEXT,
  HR_SHAPE_ENUM,
  HR_SHAPE_SIZE,   /* uint32_t; null is 0: the model has no such part */
  HR_SHAPE_FLAG,   /* bool */
  HR_SHAPE_NUMBER, /* double; null is 0 */
} HrShapeKind;

/**
 * HrShapeMember:
 * @optional: left out of a saved project where the model has no such part
 * @offset: @size: place in #HrArchitecture
 *
 * One member of an architecture as data/catalog/models.json and saved projects call it.
 */
typedef struct
{
  const char *name;
  HrShapeKind kind;
  gboolean optional;
  gsize offset;
  gsize size;
  const HrEnum *values;
} HrShapeMember;

/** All members, in the order of the file. */
const HrShapeMember *hr_shape_members (guint *n_members);

gpointer hr_shape_place (const HrShapeMember *self, HrArchitecture *architecture);

/** Whether the member is 0, false or "". */
gboolean hr_shape_is_zero (const HrShapeMember *self, const HrArchitecture *architecture);

/** Reads one member. */
gboolean hr_shape_read (const HrShapeMember *self, const HrPath *path, const HrJsonNode *node,
                        HrArchitecture *architecture, GError **error);

/** Writes the value of one member. */
void hr_shape_write (const HrShapeMember *self, HrJsonWriter *writer, const HrArchitecture *architecture);

G_END_DECLS
