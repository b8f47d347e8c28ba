/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * hr_focus_children:
 *
 * What #GtkWidgetClass.focus does for a widget that only holds others, and whose #GtkWidgetClass.grab_focus chooses one
 * of them: Tab goes through all and then leaves. GTK's own would grab the focus again at the end.
 */
gboolean hr_focus_children (GtkWidget *widget, GtkDirectionType direction);

/** Whether the keyboard is on @widget or in it now. GTK's focus child may be what was there before. */
gboolean hr_focus_is_within (GtkWidget *widget);

G_END_DECLS
