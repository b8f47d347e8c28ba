/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-print.h"

#include <glib/gi18n-lib.h>

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HrWindow *self = HR_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (hr_print_finish (result, &error) || self->document == NULL)
    return;

  /* Translators: what the printing system says went wrong */
  g_autofree char *message
      = g_strdup_printf (_ ("%s\n\nThe report can also be exported as PDF and printed from there."), error->message);
  hr_window_tell_failure (self, _ ("The Report Could Not Be Printed"), message);
}

static void
print_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);
  hr_print_async (GTK_WINDOW (self), hr_document_get_project (self->document), printed_cb, NULL);
}

void
hr_window_install_print_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_cb);
}
