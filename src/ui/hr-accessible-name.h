/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * hr_accessible_name_row:
 * @cell: what a factory has put into one cell of a row
 *
 * Gives the row, which takes the focus, a name of its own: otherwise GTK 4.8 calls it by its type.
 */
void hr_accessible_name_row (GtkWidget *cell, const char *name);

/** Gives a part of @control that is made by its class a name: the first widget of @type within. */
void hr_accessible_name_part (GtkWidget *control, GType type, const char *name);

/**
 * hr_accessible_mend:
 *
 * Mends what GTK 4.8 and libadwaita 1.2 tell screen readers of the widgets below @root that are there now: buttons with
 * a mnemonic have one name, drop-downs give theirs and their value to the button
 * within that takes the focus, and pages of an #AdwViewStack that are not shown are hidden.
 */
void hr_accessible_mend (GtkWidget *root);

G_END_DECLS
