/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "model/hr-spoken.h"

#include <glib/gi18n-lib.h>

/* What a screen reader says of the chart, as text to send to somebody. */
static void
copy_summary_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);

  g_autofree char *summary = hr_spoken_project (hr_document_get_project (self->document));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), summary);
  hr_window_toast (self, _ ("Summary copied"));
}

void
hr_window_install_summary_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.copy-summary", NULL, copy_summary_cb);
}
