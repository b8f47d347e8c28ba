/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-gpu-dialog.h"

#include "catalog/hr-catalog.h"
#include "catalog/hr-match-score.h"
#include "hr-accessible-name.h"
#include "hr-gpu-row.h"
#include "hr-list-search.h"
#include "hr-own-catalog-dialog.h"
#include "hr-settings.h"
#include "hr-whole-text.h"
#include "hr-wrap-box.h"
#include "io/hr-project-gpus.h"
#include "model/hr-gpu-text.h"

#include <glib/gi18n-lib.h>

struct _HrGpuDialog
{
  AdwWindow parent_instance;

  GtkWidget *choose_button;
  GtkWidget *search_entry;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *footer; /* what is to be said of a card, and of it */
  GtkWidget *details;
  GtkWidget *count;
  GtkWidget *in_use;
  GtkWidget *margin;

  HrProject *project;
  HrConfiguration *configuration; /* NULL: the project's card is chosen */
  const HrCatalogGpu *current;    /* what is chosen now; NULL: none */
  HrMembers *members;             /* (nullable): what is edited besides */
};

G_DEFINE_FINAL_TYPE (HrGpuDialog, hr_gpu_dialog, ADW_TYPE_WINDOW)

static const HrCatalogGpu *
selected_gpu (HrGpuDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? hr_gpu_row_get_gpu (HR_GPU_ROW (row)) : NULL;
}

static HrGpuLimits
limits (HrGpuDialog *self)
{
  return (HrGpuLimits){
    .in_use_mib = (guint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->in_use)),
    .margin_percent = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->margin)),
  };
}

static void
show_details (HrGpuDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const HrCatalogGpu *found = selected_gpu (self);
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (self->choose_button, row != NULL);
  if (found != NULL)
    {
      HrGpu gpu = found->gpu;

      gpu.limits = limits (self);
      g_autofree char *memory = hr_gpu_memory_text (&gpu);
      g_autofree char *source = g_strdup_printf (_ ("Source: %s"), found->source != NULL ? found->source : "");
      text = g_strjoin ("\n", memory, found->note != NULL ? found->note : source, found->note != NULL ? source : NULL,
                        NULL);
    }
  gtk_label_set_label (GTK_LABEL (self->details), text != NULL ? text : "");
  gtk_widget_set_visible (self->footer, text != NULL);
  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row,
                                    -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
add_row (HrGpuDialog *self, const HrCatalogGpu *gpu, const char *title)
{
  GtkWidget *row = hr_gpu_row_new (gpu, title);

  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (gpu == self->current)
    hr_list_search_select (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

/* Cards that the project carries with it, which the catalogue may lack or know otherwise. */
static guint
add_carried (HrGpuDialog *self, GPtrArray *carried, const char *query)
{
  guint n_added = 0;

  for (guint i = 0; i < carried->len; i++)
    {
      const HrCatalogGpu *gpu = hr_own_entry_get_gpu (carried->pdata[i]);
      const char *const texts[] = { gpu->gpu.name, gpu->gpu.vendor, gpu->gpu.id };

      if (*query != '\0' && hr_match_score (query, texts, G_N_ELEMENTS (texts)) == 0)
        continue;
      add_row (self, gpu, NULL);
      n_added++;
    }
  return n_added;
}

static guint
add_catalogued (HrGpuDialog *self, GPtrArray *carried, const char *query)
{
  guint n_added = 0;
  size_t n_gpus;

  hr_catalog_gpus (&n_gpus);
  g_autofree const HrCatalogGpu **found = g_new (const HrCatalogGpu *, n_gpus);
  n_gpus = hr_catalog_search_gpus (query, found, n_gpus);
  for (size_t i = 0; i < n_gpus; i++)
    {
      if (hr_project_gpus_find (carried, found[i]->gpu.id) != NULL)
        continue;
      add_row (self, found[i], NULL);
      n_added++;
    }
  return n_added;
}

static void
fill_list (HrGpuDialog *self)
{
  GPtrArray *carried = hr_project_get_data (self->project)->gpus;
  GtkListBox *list = GTK_LIST_BOX (self->list);
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  GtkListBoxRow *row;
  guint n_gpus;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));

  if (*query == '\0')
    add_row (self, NULL, self->configuration != NULL ? _ ("The project’s GPU") : _ ("No GPU"));
  n_gpus = add_carried (self, carried, query);
  n_gpus += add_catalogued (self, carried, query);
  if (*query != '\0')
    hr_list_search_select (list, gtk_list_box_get_row_at_index (list, 0));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_gpus > 0 ? "gpus" : "nothing");
  show_details (self);
}

/* What is on the user's card and how careful to be holds for new projects, too. */
static void
remember (const HrGpuLimits *chosen)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL)
    return;
  g_settings_set_uint64 (settings, "gpu-in-use-mib", chosen->in_use_mib);
  g_settings_set_double (settings, "gpu-margin-percent", chosen->margin_percent);
}

static void
choose_selected (HrGpuDialog *self)
{
  const HrCatalogGpu *gpu = selected_gpu (self);
  HrGpuChoice choice = { 0 };

  if (gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) == NULL)
    return;

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->count));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->in_use));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->margin));
  g_strlcpy (choice.id, gpu != NULL ? gpu->gpu.id : "", sizeof choice.id);
  choice.count = (guint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->count));
  choice.limits = limits (self);
  if (self->configuration != NULL)
    {
      if (self->members != NULL)
        hr_members_set_gpu (self->members, &choice);
      else
        hr_configuration_set_gpu (self->configuration, &choice);
    }
  else
    {
      hr_project_set_gpu (self->project, &choice);
      remember (&choice.limits);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
show_current (HrGpuDialog *self)
{
  const HrProjectData *data = hr_project_get_data (self->project);
  const HrJob *job = self->configuration != NULL ? hr_configuration_get_job (self->configuration) : NULL;
  HrGpuChoice choice = data->gpu;

  if (job != NULL)
    {
      choice.limits.in_use_mib = 0;
      *choice.id = '\0';
    }
  if (job != NULL && job->gpu.set)
    {
      choice.count = job->gpu.count;
      choice.limits = job->gpu.limits;
      g_strlcpy (choice.id, job->gpu.id, sizeof choice.id);
    }
  self->current = *choice.id != '\0' ? hr_project_data_find_gpu (data, choice.id) : NULL;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->count), (double) choice.count);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->in_use), (double) choice.limits.in_use_mib);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->margin), choice.limits.margin_percent);
  fill_list (self);
}

/* Rows hold cards of the catalogue, which are others now. */
static void
catalog_changed_cb (HrGpuDialog *self)
{
  if (self->project == NULL) /* closed */
    return;

  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const char *id = row != NULL ? hr_gpu_row_get_id (HR_GPU_ROW (row)) : "";
  self->current = *id != '\0' ? hr_project_data_find_gpu (hr_project_get_data (self->project), id) : NULL;
  fill_list (self);
}

/* Over this dialog, which then has what is added there. */
static void
own_clicked_cb (HrGpuDialog *self)
{
  HrOwnCatalog *catalog = hr_own_catalog_get_default ();

  hr_own_catalog_reload (catalog);

  GtkWidget *dialog = hr_own_catalog_dialog_new (catalog, self->configuration);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The window reads the list, and tells what became of it. */
static void
import_clicked_cb (HrGpuDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.import-offers", NULL);
}

static void
hr_gpu_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hr_gpu_dialog_parent_class)->map (widget);

  gtk_widget_grab_focus (HR_GPU_DIALOG (widget)->search_entry);
}

static void
hr_gpu_dialog_dispose (GObject *object)
{
  HrGpuDialog *self = HR_GPU_DIALOG (object);

  if (self->list != NULL) /* which loses its selection while the rest of the dialog is gone */
    g_signal_handlers_disconnect_by_func (self->list, show_details, self);
  g_clear_object (&self->project);
  g_clear_object (&self->configuration);
  g_clear_object (&self->members);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_GPU_DIALOG);

  G_OBJECT_CLASS (hr_gpu_dialog_parent_class)->dispose (object);
}

static void
hr_gpu_dialog_class_init (HrGpuDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_gpu_dialog_dispose;
  widget_class->map = hr_gpu_dialog_map;

  g_type_ensure (HR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-gpu-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, list);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, footer);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, details);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, count);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, in_use);
  gtk_widget_class_bind_template_child (widget_class, HrGpuDialog, margin);
  gtk_widget_class_bind_template_callback (widget_class, choose_selected);
  gtk_widget_class_bind_template_callback (widget_class, fill_list);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_details);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_gpu_dialog_init (HrGpuDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
  hr_list_search_attach (self->search_entry, GTK_LIST_BOX (self->list));
}

GtkWidget *
hr_gpu_dialog_new (HrProject *project, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  HrGpuDialog *self = g_object_new (HR_TYPE_GPU_DIALOG, NULL);

  self->project = g_object_ref (project);
  self->configuration = configuration != NULL ? g_object_ref (configuration) : NULL;
  show_current (self);
  g_signal_connect_object (hr_own_catalog_get_default (), "changed", G_CALLBACK (catalog_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
hr_gpu_dialog_set_members (HrGpuDialog *self, HrMembers *members)
{
  g_return_if_fail (HR_IS_GPU_DIALOG (self));

  g_set_object (&self->members, members);
}
