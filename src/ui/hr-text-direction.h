/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * hr_text_direction_init:
 *
 * Lets windows read in the direction of the language that they speak, which is that of this program's catalogue. GTK
 * alone goes by its own catalogue, or in later versions by the locale, and these need not speak the same language.
 * Call it after gtk_init(); GTK's debug option that inverts the direction still does.
 */
void hr_text_direction_init (void);

/**
 * hr_text_direction_align:
 *
 * Lets what is written in @editable begin where labels do, whatever script it is in: a Latin name in an Arabic window
 * on the right. GTK alone goes by the script.
 */
void hr_text_direction_align (GtkEditable *editable);
