/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_FIELD_EXPANDER (hr_field_expander_get_type ())
G_DECLARE_FINAL_TYPE (HrFieldExpander, hr_field_expander, HR, FIELD_EXPANDER, AdwExpanderRow)

/**
 * HrFieldExpander:
 *
 * Members that few people change, behind a row that unfolds. Its rows are made when it is first unfolded; its subtitle
 * tells which of the members are not as usual.
 *
 * Signals: "row-added" (row, field).
 */

/**
 * hr_field_expander_set_fields:
 * @fields: (array length=n_fields): #HrFieldId; static
 */
void hr_field_expander_set_fields (HrFieldExpander *self, const int *fields, guint n_fields, HrMembers *members);

/** Returns: (transfer none) (nullable): the row of @field, which is made if it has to be; NULL: it is not here. */
GtkWidget *hr_field_expander_get_row (HrFieldExpander *self, HrFieldId field);

/** Shows what applies to what is edited, and tells what is not as usual. @leader: (nullable) */
void hr_field_expander_refresh (HrFieldExpander *self, const HrJob *leader);

G_END_DECLS
