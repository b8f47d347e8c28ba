/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows in a tooltip what any label within @root has no room for; other tooltips come first. */
void hr_whole_text_watch (GtkWidget *root);

/** Sets a tooltip where it is another: each that is set asks the display where the pointer is, and waits for it. */
void hr_tooltip_set (GtkWidget *widget, const char *text);

G_END_DECLS
