/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * hr_field_row_bind:
 * @row: a row for the member's kind: HrNumberRow, HrChoiceRow, HrSwitchRow or AdwEntryRow
 * @field: the member
 * @group: bindings whose source is the configuration that is shown
 *
 * Gives @row the member's label and what it allows, and binds both: an edit of one shows in the other.
 */
void hr_field_row_bind (AdwPreferencesRow *row, HrFieldId field, GBindingGroup *group);

G_END_DECLS
