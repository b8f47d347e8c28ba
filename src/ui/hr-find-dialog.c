/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-find-dialog.h"

#include "catalog/hr-catalog.h"
#include "chart/hr-text-parts.h"
#include "hr-accessible-name.h"
#include "hr-explain-tree.h"
#include "hr-explain-view.h"
#include "hr-list-search.h"
#include "hr-text-row.h"
#include "model/hr-explanation.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FOUND "hr-found"

/* What a row stands for: one of these. */
typedef struct
{
  char *text; /* that is searched, folded */
  HrConfiguration *configuration;
  char *gpu_id;
  char *line; /* of what Explain shows */
  int component;
} Found;

struct _HrFindDialog
{
  AdwWindow parent_instance;

  GtkWidget *search_entry;
  GtkListBox *list;
  HrSelection *selection;
};

G_DEFINE_FINAL_TYPE (HrFindDialog, hr_find_dialog, ADW_TYPE_WINDOW)

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->text);
  g_clear_object (&found->configuration);
  g_free (found->gpu_id);
  g_free (found->line);
  g_free (found);
}

static Found *
add (HrFindDialog *self, const char *title, const char *detail)
{
  GtkWidget *row = hr_text_row_new (title, detail, NULL, NULL);
  g_autofree char *text = g_strjoin (" ", title, detail, NULL);
  Found *found = g_new0 (Found, 1);

  found->text = g_utf8_casefold (text, -1);
  g_object_set_data_full (G_OBJECT (row), FOUND, found, found_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->list, row);

  return found;
}

/* The lines below @parent, which is what Explain shows at @path. */
static void
add_lines (HrFindDialog *self, HrExplainNode *parent, const char *path)
{
  GListModel *children = hr_explain_node_get_children (parent);
  g_auto (GStrv) labels = g_strsplit (path, HR_EXPLAIN_PATH_SEPARATOR, -1);
  g_autoptr (GString) detail = g_string_new (_ ("Explain"));

  for (char **label = labels; *label != NULL; label++)
    hr_text_add_part (detail, *label);

  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (HrExplainNode) node = g_list_model_get_item (children, i);
      const HrExplainText *text = hr_explain_node_get_text (node);
      g_autofree char *line = g_strjoin (HR_EXPLAIN_PATH_SEPARATOR, path, text->label, NULL);
      Found *found = add (self, text->label, detail->str);

      found->component = (int) text->component;
      found->line = g_strdup (line);
      add_lines (self, node, line);
    }
}

/* Components are listed as such. */
static void
add_explanation (HrFindDialog *self)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  HrUnits units = hr_project_get_units (hr_selection_get_project (self->selection));
  g_autoptr (HrExplainNode) root
      = configuration != NULL ? hr_explanation_tree (configuration, HR_EXPLAIN_PEAK, units) : NULL;
  GListModel *components = root != NULL ? hr_explain_node_get_children (root) : NULL;

  for (guint i = 0; components != NULL && i < g_list_model_get_n_items (components); i++)
    {
      g_autoptr (HrExplainNode) component = g_list_model_get_item (components, i);

      add_lines (self, component, hr_explain_node_get_text (component)->label);
    }
}

static void
fill (HrFindDialog *self)
{
  GListModel *project = G_LIST_MODEL (hr_selection_get_project (self->selection));
  size_t n_gpus;
  const HrCatalogGpu *gpus = hr_catalog_gpus (&n_gpus);

  for (guint i = 0; i < g_list_model_get_n_items (project); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (project, i);
      const HrJob *job = hr_configuration_get_job (configuration);
      g_autofree char *summary = hr_job_summary (job);

      add (self, hr_job_title (job), summary)->configuration = g_steal_pointer (&configuration);
    }
  for (int component = 0; component < HR_N_PARTS; component++)
    /* Translators: under the name of a part such as “Weights” */
    add (self, hr_component_label (component), _ ("Part of the memory"))->component = component;
  add_explanation (self);
  for (size_t i = 0; i < n_gpus; i++)
    add (self, gpus[i].gpu.name, _ ("GPU"))->gpu_id = g_strdup (gpus[i].gpu.id);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  HrFindDialog *self = user_data;
  const Found *found = g_object_get_data (G_OBJECT (row), FOUND);
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (strstr (found->text, *word) == NULL)
      return FALSE;

  return TRUE;
}

static void
search_changed_cb (HrFindDialog *self)
{
  GtkListBoxRow *row;
  int index = 0;

  gtk_list_box_invalidate_filter (self->list);
  while ((row = gtk_list_box_get_row_at_index (self->list, index)) != NULL && !filter_cb (row, self))
    index++;
  hr_list_search_select (self->list, row);
}

static void
show_part (HrFindDialog *self, const Found *found)
{
  hr_selection_set_component (self->selection, found->component);
  if (found->line == NULL)
    return;

  hr_selection_set_phase (self->selection, -1, 0);
  hr_looks_set (hr_selection_get_looks (self->selection), HR_LOOK_EXPLAIN_LINE, found->line);
  hr_selection_set_view (self->selection, "explain");
}

/* A GPU is looked at in its own view, a line in Explain; the rest is in every view. */
static void
activate_cb (HrFindDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const Found *found = row != NULL ? g_object_get_data (G_OBJECT (row), FOUND) : NULL;

  if (found == NULL)
    return;
  if (found->configuration != NULL)
    hr_selection_select_only (self->selection, found->configuration);
  else if (found->gpu_id != NULL)
    {
      hr_selection_set_gpu (self->selection, found->gpu_id);
      hr_selection_set_view (self->selection, "gpus");
    }
  else
    show_part (self, found);
  gtk_window_close (GTK_WINDOW (self));
}

static void
hr_find_dialog_dispose (GObject *object)
{
  HrFindDialog *self = HR_FIND_DIALOG (object);

  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_FIND_DIALOG);

  G_OBJECT_CLASS (hr_find_dialog_parent_class)->dispose (object);
}

static void
hr_find_dialog_class_init (HrFindDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_find_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-find-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrFindDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HrFindDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_find_dialog_init (HrFindDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_list_search_attach (self->search_entry, self->list);
}

GtkWidget *
hr_find_dialog_new (HrSelection *selection)
{
  g_return_val_if_fail (HR_IS_SELECTION (selection), NULL);

  HrFindDialog *self = g_object_new (HR_TYPE_FIND_DIALOG, NULL);

  self->selection = g_object_ref (selection);
  fill (self);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  search_changed_cb (self);
  gtk_widget_grab_focus (self->search_entry);

  return GTK_WIDGET (self);
}
