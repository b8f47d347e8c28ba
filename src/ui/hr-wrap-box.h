/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_WRAP_BOX (hr_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (HrWrapBox, hr_wrap_box, HR, WRAP_BOX, GtkWidget)

/**
 * HrWrapBox:
 *
 * Children side by side at their natural width, on as many lines as it takes. On a line, children that expand
 * horizontally share what is left over.
 *
 * Properties: spacing (gint): between children and between lines.
 */
GtkWidget *hr_wrap_box_new (int spacing);

void hr_wrap_box_append (HrWrapBox *self, GtkWidget *child);

G_END_DECLS
