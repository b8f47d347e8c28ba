/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-window.h"

#include "hr-compare-view.h"
#include "hr-inspector.h"
#include "model/hr-selection.h"

struct _HrWindow
{
  AdwApplicationWindow parent_instance;

  HrDocument *document;
  HrSelection *selection;

  HrCompareView *compare_view;
  HrInspector *inspector;
};

G_DEFINE_FINAL_TYPE (HrWindow, hr_window, ADW_TYPE_APPLICATION_WINDOW)

static void
hr_window_dispose (GObject *object)
{
  HrWindow *self = HR_WINDOW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (hr_window_parent_class)->dispose (object);
}

static void
hr_window_class_init (HrWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_window_dispose;

  g_type_ensure (HR_TYPE_COMPARE_VIEW);
  g_type_ensure (HR_TYPE_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrWindow, compare_view);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, inspector);
}

static void
hr_window_init (HrWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = hr_selection_new ();
}

GtkWidget *
hr_window_new (GtkApplication *application, HrDocument *document)
{
  HrWindow *self = g_object_new (HR_TYPE_WINDOW, "application", application, NULL);

  self->document = g_object_ref (document);
  hr_selection_set_project (self->selection, hr_document_get_project (document));
  hr_compare_view_set_selection (self->compare_view, self->selection);
  hr_inspector_set_selection (self->inspector, self->selection);

  return GTK_WIDGET (self);
}

HrDocument *
hr_window_get_document (HrWindow *self)
{
  g_return_val_if_fail (HR_IS_WINDOW (self), NULL);

  return self->document;
}
