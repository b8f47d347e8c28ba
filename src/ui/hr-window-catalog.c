/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-assumptions-dialog.h"
#include "hr-find-dialog.h"
#include "hr-own-catalog-dialog.h"

static void
follow_cb (HrWindow *self)
{
  if (self->document != NULL)
    hr_project_follow_catalog (hr_document_get_project (self->document));
}

static void
own_catalog_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);
  hr_own_catalog_reload (hr_own_catalog_get_default ());

  GtkWidget *dialog = hr_own_catalog_dialog_new (hr_own_catalog_get_default (), hr_window_get_configuration (self));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
assumptions_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);

  GtkWidget *dialog = hr_assumptions_dialog_new (self->document, hr_window_get_configuration (self));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
find_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_commit (self);

  GtkWidget *dialog = hr_find_dialog_new (self->selection);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
hr_window_install_catalog_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.assumptions", NULL, assumptions_cb);
  gtk_widget_class_install_action (widget_class, "win.own-catalog", NULL, own_catalog_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_cb);
}

void
hr_window_follow_catalog (HrWindow *self)
{
  g_signal_connect_object (hr_own_catalog_get_default (), "changed", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
}
