/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpu-chooser.h"

#include "hr-gpu-dialog.h"
#include "io/hr-project-gpus.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _HrGpuChooser
{
  GtkWidget parent_instance;

  HrProject *project;
  GSignalGroup *project_signals;

  GtkWidget *button;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (HrGpuChooser, hr_gpu_chooser, GTK_TYPE_WIDGET)

static void
update_button (HrGpuChooser *self)
{
  const HrGpuChoice *choice = &hr_project_get_data (self->project)->gpu;
  const HrCatalogGpu *found = hr_project_data_find_gpu (hr_project_get_data (self->project), choice->id);
  const char *vendor = found != NULL ? found->gpu.vendor : "";
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *spoken = NULL;

  if (*choice->id == '\0')
    text = g_strdup (_ ("none"));
  else
    /* Translators: a number of GPUs of one kind: its vendor and name */
    text = g_strdup_printf (_ ("%" PRIu64 " × %s%s%s"), choice->count, vendor, *vendor != '\0' ? " " : "",
                            hr_project_gpu_name (hr_project_get_data (self->project), choice->id));

  /* Translators: %s are the GPUs that are planned for: 1 × NVIDIA T4 */
  markup = g_markup_printf_escaped (_ ("GPU: <b>%s</b>"), text);
  spoken = g_strdup_printf (_ ("GPU: %s"), text);
  gtk_label_set_markup (self->label, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_sensitive (self->button, !hr_project_get_data (self->project)->read_only);
}

static void
open_cb (HrGpuChooser *self)
{
  GtkWidget *dialog = hr_gpu_dialog_new (self->project, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hr_gpu_chooser_dispose (GObject *object)
{
  HrGpuChooser *self = HR_GPU_CHOOSER (object);

  g_clear_object (&self->project_signals);
  g_clear_object (&self->project);
  gtk_widget_dispose_template (GTK_WIDGET (self), HR_TYPE_GPU_CHOOSER);

  G_OBJECT_CLASS (hr_gpu_chooser_parent_class)->dispose (object);
}

static void
hr_gpu_chooser_class_init (HrGpuChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_gpu_chooser_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-gpu-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, HrGpuChooser, button);
  gtk_widget_class_bind_template_child (widget_class, HrGpuChooser, label);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_set_css_name (widget_class, "gpuchooser");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_gpu_chooser_init (HrGpuChooser *self)
{
  static const char *const NOTIFICATIONS[] = { "notify::gpu-id", "notify::gpu-count", "notify::read-only" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  for (guint i = 0; i < G_N_ELEMENTS (NOTIFICATIONS); i++)
    g_signal_group_connect_object (self->project_signals, NOTIFICATIONS[i], G_CALLBACK (update_button), self,
                                   G_CONNECT_SWAPPED);
}

GtkWidget *
hr_gpu_chooser_new (void)
{
  return g_object_new (HR_TYPE_GPU_CHOOSER, NULL);
}

void
hr_gpu_chooser_set_project (HrGpuChooser *self, HrProject *project)
{
  g_return_if_fail (HR_IS_GPU_CHOOSER (self));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (self->project_signals, project);
  gtk_widget_set_sensitive (GTK_WIDGET (self), project != NULL);
  if (project != NULL)
    update_button (self);
}
