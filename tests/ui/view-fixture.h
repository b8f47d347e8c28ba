/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"
#include "ui-fixture.h"

/* What tests of widgets that must be laid out share. */

/** Starts GTest and GTK with the program's style sheet and a fixed font; leaves, saying so, where there is no display.
 */
void view_init (int *argc, char ***argv);

/** Returns: (transfer none): a window of that size, drawn, showing @child. */
GtkWidget *view_show (GtkWidget *child, int width, int height);

/** Runs the main loop until the next frame shows what has changed. */
void view_settle (GtkWidget *window);

/** The box of @widget within @ancestor. */
GdkRectangle view_bounds (GtkWidget *widget, GtkWidget *ancestor);

/** Returns: (transfer full): a selection of the sample project. */
HrSelection *view_selection (void);
