/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_NUMBER_ROW (hr_number_row_get_type ())
G_DECLARE_FINAL_TYPE (HrNumberRow, hr_number_row, HR, NUMBER_ROW, AdwActionRow)

/**
 * HrNumberRow:
 *
 * A row with a number that is typed, or stepped with − and +.
 *
 * What is typed counts at once where it is a number in range (hr_quantity_read()), and the row says what it is read as.
 * What is not stays in the field, which is marked and says what is wrong and what is allowed, while the value keeps the
 * last good number. Enter or leaving the field writes a good number out plainly; Escape brings the last good one back.
 * Up and Down go one step, with Shift they double and halve, as Page Up and Page Down do; the wheel steps only while
 * the field has the focus, so that scrolling past changes nothing. − and + repeat while they are held, and double and
 * halve with Shift.
 *
 * Properties: value, hint (subtitle while the text is good), valid (read-only), placeholder.
 *
 * Accessibility: the field is named by the title, described by its unit, the hint and what is allowed, or by the
 * message, and has the invalid state.
 */
GtkWidget *hr_number_row_new (void);

double hr_number_row_get_value (HrNumberRow *self);

/** Shows @value, whatever stood in the field. */
void hr_number_row_set_value (HrNumberRow *self, double value);

/**
 * hr_number_row_set_range:
 * @whole: whether only whole numbers are taken
 *
 * What the field takes from people. hr_number_row_set_value() may show what lies outside.
 */
void hr_number_row_set_range (HrNumberRow *self, double minimum, double maximum, gboolean whole);

/** What the number counts: said beside it, and known where it is typed with a unit. */
void hr_number_row_set_unit (HrNumberRow *self, HrFieldUnit unit);

/** How far one step goes: %HR_STEP_DOUBLES goes to the next power of two. */
void hr_number_row_set_step (HrNumberRow *self, double step);

void hr_number_row_set_hint (HrNumberRow *self, const char *hint);

/** Lets the field be left empty, which means 0 and shows @placeholder; NULL: 0 is a number as others are. */
void hr_number_row_set_placeholder (HrNumberRow *self, const char *placeholder);

/** Whether the value stands for several that differ: the field is empty until a person gives one for all. */
void hr_number_row_set_mixed (HrNumberRow *self, gboolean mixed);

/** Whether the text in the field is a number in range. */
gboolean hr_number_row_is_valid (HrNumberRow *self);

G_END_DECLS
