/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-members.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Rows that show and edit one member of the format each.
 */

/** Returns: (transfer floating): a row for the kind of @field. */
GtkWidget *hr_field_row_new (HrFieldId field);

/**
 * hr_field_row_bind:
 * @row: a row for the member's kind: HrNumberRow, HrChoiceRow, HrSwitchRow or AdwEntryRow
 * @field: the member
 * @members: what is edited
 *
 * Gives @row the member's label, unit and step and what it allows, and binds both: an edit of one shows in the other.
 */
void hr_field_row_bind (AdwPreferencesRow *row, HrFieldId field, HrMembers *members);

/** Shows in @row whether what is edited has several values, and whether the member applies to any of it. */
void hr_field_row_refresh (AdwPreferencesRow *row, HrFieldId field, HrMembers *members);

G_END_DECLS
