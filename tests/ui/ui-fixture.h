/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* What tests of widgets share. */

/** Runs the main loop until nothing is left to do at once. */
void ui_settle (void);

/** Runs the main loop until @condition holds; fails the test after some seconds. */
void ui_await (gboolean (*condition) (gpointer data), gpointer data);

/** Returns: (transfer none) (nullable): the first widget of @type within @root, itself included. */
GtkWidget *ui_find (GtkWidget *root, GType type);

/** Returns: (transfer none) (nullable): the first button within @root with that accessible name or label. */
GtkWidget *ui_find_button (GtkWidget *root, const char *icon_name_or_label);

/** Presses a key on @widget: its first key controller that takes it. Returns: whether one did. */
gboolean ui_press (GtkWidget *widget, guint keyval);

/** Returns: (transfer none) (nullable): the first event controller of @type on @widget. */
GtkEventController *ui_find_controller (GtkWidget *widget, GType type);
