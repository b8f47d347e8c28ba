/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-configuration.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_BASIS_BUTTON (hr_basis_button_get_type ())
G_DECLARE_FINAL_TYPE (HrBasisButton, hr_basis_button, HR, BASIS_BUTTON, GtkWidget)

/**
 * HrBasisButton:
 *
 * Says in a line what an estimate rests on, and opens what there is to know about it.
 */
GtkWidget *hr_basis_button_new (void);

/** Speaks of the estimate of @configuration; NULL: of none. */
void hr_basis_button_set_configuration (HrBasisButton *self, HrConfiguration *configuration);

G_END_DECLS
