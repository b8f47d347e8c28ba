/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_VERDICT_CHIP (hr_verdict_chip_get_type ())
G_DECLARE_FINAL_TYPE (HrVerdictChip, hr_verdict_chip, HR, VERDICT_CHIP, GtkWidget)

/**
 * HrVerdictChip:
 *
 * A verdict as an icon and words on a tint, never as a colour alone.
 *
 * CSS: node verdictchip with the class success, warning, error, or none where there is no verdict.
 */
GtkWidget *hr_verdict_chip_new (void);

/** Shows @verdict in the words of hr_verdict_text(). */
void hr_verdict_chip_set (HrVerdictChip *self, HrVerdict verdict, const char *text);

const char *hr_verdict_chip_get_text (HrVerdictChip *self);

G_END_DECLS
