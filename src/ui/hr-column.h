/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_COLUMN (hr_column_get_type ())
G_DECLARE_DERIVABLE_TYPE (HrColumn, hr_column, HR, COLUMN, GtkWidget)

/**
 * HrColumn:
 *
 * Children one below the other, each as wide as the column and as tall as it wants to be. A vertical GtkBox that is
 * asked how wide it is at some height, as a horizontal one asks it, searches for the answer among all widths; of texts
 * that wrap that takes longer than a frame. How wide a column is does not depend on its height.
 *
 * Property: spacing (int).
 */
struct _HrColumnClass
{
  GtkWidgetClass parent_class;
};

/** Returns: (transfer floating) */
GtkWidget *hr_column_new (int spacing);

G_END_DECLS
