/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where the inspector shows which members.
 */

/** (array length=n_fields): #HrFieldId of the rows in its template, whose ids are the members' names. */
const int *hr_inspector_fields (guint *n_fields);

/** Members that few people change, in the expander of the template that is called @id; the last one's id is NULL. */
typedef struct
{
  const char *id;
  const int *fields;
  guint n_fields;
} HrInspectorExpander;

const HrInspectorExpander *hr_inspector_expanders (void);

G_END_DECLS
