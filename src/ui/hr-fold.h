/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_FOLD (hr_fold_get_type ())
G_DECLARE_FINAL_TYPE (HrFold, hr_fold, HR, FOLD, GtkWidget)

/** Windows narrower than this have no room for more than what one cannot do without. */
#define HR_FOLD_WIDTH 600

/**
 * HrFold:
 *
 * Shows its child where the window is wide, else a button that opens it.
 *
 * Properties: child (GtkWidget, nullable), icon-name (string) and title (string) of the button, folded (gboolean,
 * read-only).
 */
gboolean hr_fold_is_folded (HrFold *self);

G_END_DECLS
