/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-advice-panel.h"

#include "chart/hr-text-parts.h"
#include "hr-figure.h"
#include "hr-text-row.h"
#include "model/hr-advice-list.h"
#include "model/hr-labels.h"

#include <glib/gi18n-lib.h>

/* After layout and drawing: the edit itself shows first. */
#define PRIORITY G_PRIORITY_LOW

/* While numbers are typed or stepped the advice waits: laying out its texts would hold up the next one. */
#define PAUSE_MS 200

struct _HrAdvicePanel
{
  HrColumn parent_instance;

  GtkWidget *heading;
  GtkWidget *summary;
  GtkWidget *list;
  HrAdviceList *advice;
  HrProject *project;
  HrConfiguration *configuration;
  guint source;
  gboolean taken; /* the advice that had the focus goes: the first of the new takes it */
};

G_DEFINE_FINAL_TYPE (HrAdvicePanel, hr_advice_panel, HR_TYPE_COLUMN)

static void
apply_cb (HrAdvicePanel *self, GtkWidget *button)
{
  HrAdviceItem *item = g_object_get_data (G_OBJECT (button), "advice");

  if (self->configuration == NULL || hr_project_find (self->project, self->configuration) == G_MAXUINT)
    return;
  self->taken = hr_advice_item_apply (item, self->project, self->configuration);
}

static GtkWidget *
create_row (HrAdvicePanel *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  return hr_text_row_new ("", "", gtk_image_new (), button);
}

static void
fill_button (HrAdvicePanel *self, GtkWidget *button, HrAdviceItem *item)
{
  HrAdviceKind kind = hr_advice_item_get_kind (item);
  /* Translators: %s is a change: Apply: Gradient checkpointing */
  g_autofree char *spoken = g_strdup_printf (_ ("Apply: %s"), hr_advice_item_get_title (item));

  gtk_button_set_label (GTK_BUTTON (button), hr_advice_item_get_n_changes (item) > 1 ? _ ("Apply All") : _ ("Apply"));
  gtk_widget_set_sensitive (button, !hr_project_get_data (self->project)->read_only);
  if (kind == HR_ADVICE_SET || kind == HR_ADVICE_SPARE)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "advice", g_object_ref (item), g_object_unref);
}

static void
fill_row (HrAdvicePanel *self, GtkWidget *row, HrAdviceItem *item)
{
  const char *source = hr_advice_item_get_source (item);
  const char *icon_name = hr_verdict_icon_name (hr_advice_item_get_verdict (item));
  GtkWidget *icon = hr_text_row_get_prefix (row);
  g_autofree char *effect
      = hr_text_join_parts (hr_advice_item_get_effect (item), hr_advice_item_get_verdict_text (item), NULL);
  /* Translators: %s is a publication */
  g_autofree char *from = source != NULL ? g_strdup_printf (_ ("Source: %s"), source) : NULL;
  g_autofree char *subtitle = g_strjoin ("\n", hr_advice_item_get_values (item), effect, from, NULL);

  hr_text_row_set (row, hr_advice_item_get_title (item), subtitle);
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (icon)), icon_name) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  hr_advice_item_get_verdict_text (item), -1);
  fill_button (self, hr_text_row_get_suffix (row), item);
}

/* Rows stay, with the focus, and say what is advised now. */
static void
fill_list (HrAdvicePanel *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->advice));
  GtkListBoxRow *row;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (HrAdviceItem) item = g_list_model_get_item (G_LIST_MODEL (self->advice), i);

      if (gtk_list_box_get_row_at_index (list, (int) i) == NULL)
        gtk_list_box_append (list, create_row (self));
      fill_row (self, GTK_WIDGET (gtk_list_box_get_row_at_index (list, (int) i)), item);
    }
  while ((row = gtk_list_box_get_row_at_index (list, (int) n_items)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (self->list, n_items > 0);
}

static gboolean
fill_cb (gpointer user_data)
{
  HrAdvicePanel *self = HR_ADVICE_PANEL (user_data);
  gboolean fits = FALSE;

  self->source = 0;
  if (self->configuration != NULL)
    fits = hr_estimate_result_get (hr_configuration_get_estimate (self->configuration))->fit.verdict == HR_VERDICT_FITS;
  gtk_label_set_label (GTK_LABEL (self->heading),
                       fits ? _ ("What would make it fit better") : _ ("What would make it fit"));
  hr_figure_set_text (HR_FIGURE (self->summary), hr_advice_list_get_summary (self->advice));
  fill_list (self);
  if (self->taken && gtk_widget_get_visible (self->list))
    gtk_widget_grab_focus (hr_text_row_get_suffix (gtk_widget_get_first_child (self->list)));
  self->taken = FALSE;

  return G_SOURCE_REMOVE;
}

/* Thought of in one turn of the main loop and shown in another: what the user does need not wait for both. */
static gboolean
ask_cb (gpointer user_data)
{
  HrAdvicePanel *self = HR_ADVICE_PANEL (user_data);

  self->source = 0;
  if (self->configuration == NULL || hr_project_find (self->project, self->configuration) != G_MAXUINT)
    {
      hr_advice_list_ask (self->advice, self->project, self->configuration);
      self->source = g_idle_add_full (PRIORITY, fill_cb, self, NULL);
    }

  return G_SOURCE_REMOVE;
}

static void
hr_advice_panel_dispose (GObject *object)
{
  HrAdvicePanel *self = HR_ADVICE_PANEL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->advice);
  g_clear_object (&self->project);
  g_clear_object (&self->configuration);

  G_OBJECT_CLASS (hr_advice_panel_parent_class)->dispose (object);
}

static void
hr_advice_panel_class_init (HrAdvicePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_advice_panel_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "advicepanel");
}

static void
hr_advice_panel_init (HrAdvicePanel *self)
{
  self->advice = hr_advice_list_new ();
  self->heading = gtk_label_new (_ ("What would make it fit"));
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));
  self->summary = g_object_new (HR_TYPE_FIGURE, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->summary, "dim-label");
  gtk_widget_set_parent (self->summary, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Advice"), -1);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

void
hr_advice_panel_show (HrAdvicePanel *self, HrProject *project, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_ADVICE_PANEL (self));

  gboolean edited = self->configuration == configuration && !self->taken;

  g_set_object (&self->project, project);
  g_set_object (&self->configuration, configuration);
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_full (PRIORITY, edited ? PAUSE_MS : 0, ask_cb, self, NULL);
}
