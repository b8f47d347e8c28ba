/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Whether anything of @widget can be seen: it is shown, and not scrolled away. As it was laid out last. */
gboolean hr_in_sight (GtkWidget *widget);

G_END_DECLS
