/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_CHOICE_ROW (hr_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (HrChoiceRow, hr_choice_row, HR, CHOICE_ROW, AdwComboRow)

/**
 * HrChoiceRow:
 *
 * A row that chooses one of some values of an enumeration. The values need not be consecutive: the list shows those
 * that are allowed, "value" is the enumeration's own.
 *
 * Properties: value (guint).
 */
GtkWidget *hr_choice_row_new (void);

/**
 * hr_choice_row_set_choices:
 * @values: (array length=n_choices): the enumeration's values
 * @labels: (array length=n_choices): what people call them
 *
 * Sets what can be chosen. The first is chosen.
 */
void hr_choice_row_set_choices (HrChoiceRow *self, const guint *values, const char *const *labels, guint n_choices);

guint hr_choice_row_get_value (HrChoiceRow *self);

/** Chooses @value; nothing is chosen if it is not among the choices. */
void hr_choice_row_set_value (HrChoiceRow *self, guint value);

/** Whether the value stands for several that differ: nothing is chosen until a person chooses for all. */
void hr_choice_row_set_mixed (HrChoiceRow *self, gboolean mixed);

G_END_DECLS
