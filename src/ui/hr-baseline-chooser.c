/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-baseline-chooser.h"

#include "hr-accessible-name.h"

#include <glib/gi18n-lib.h>

/* Longer names end in an ellipsis. */
#define BUTTON_CHARACTERS 16
#define LIST_CHARACTERS 40
#define LIST_HEIGHT 360

struct _HrBaselineChooser
{
  GtkWidget parent_instance;

  HrSelection *selection;
  GSignalGroup *selection_signals;
  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *list; /* the first row is for none */
};

G_DEFINE_FINAL_TYPE (HrBaselineChooser, hr_baseline_chooser, GTK_TYPE_WIDGET)

static void
update_button (HrBaselineChooser *self)
{
  HrConfiguration *baseline = self->selection != NULL ? hr_selection_get_baseline (self->selection) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  if (baseline != NULL)
    g_object_get (baseline, "title", &name, NULL);
  /* Translators: %s is the configuration that the others are compared with */
  label = name != NULL ? g_strdup_printf (_ ("Against %s"), name) : g_strdup (_ ("No Baseline"));
  gtk_label_set_text (GTK_LABEL (self->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
activated_cb (HrBaselineChooser *self, guint position)
{
  HrProject *project = hr_selection_get_project (self->selection);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  hr_selection_set_baseline (self->selection,
                             position > 0 ? hr_project_get_configuration (project, position - 1) : NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LIST_CHARACTERS);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gpointer object = gtk_list_item_get_item (item);
  g_autofree char *title = NULL;

  if (HR_IS_CONFIGURATION (object))
    g_object_get (object, "title", &title, NULL);
  const char *name = title != NULL ? title : _ ("No Baseline");

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), name);
  hr_accessible_name_row (gtk_list_item_get_child (item), name);
}

/* None, and the configurations as they are now. */
static GListModel *
create_choices (HrProject *project)
{
  GListStore *models = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) none = gtk_string_list_new ((const char *const[]){ "", NULL });

  g_list_store_append (models, none);
  g_list_store_append (models, project);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (models)));
}

/* The list is made when it is wanted. */
static void
show_cb (HrBaselineChooser *self)
{
  HrProject *project = self->selection != NULL ? hr_selection_get_project (self->selection) : NULL;
  HrConfiguration *baseline = self->selection != NULL ? hr_selection_get_baseline (self->selection) : NULL;

  if (project == NULL)
    return;

  GtkSingleSelection *choices = gtk_single_selection_new (create_choices (project));

  gtk_single_selection_set_selected (choices, baseline != NULL ? hr_project_find (project, baseline) + 1 : 0);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (choices));
  g_object_unref (choices);
}

static GtkWidget *
create_popover (HrBaselineChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Baseline"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_widget_add_css_class (popover, "menu");
  g_signal_connect_object (popover, "show", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

static void
hr_baseline_chooser_dispose (GObject *object)
{
  HrBaselineChooser *self = HR_BASELINE_CHOOSER (object);

  g_clear_object (&self->selection_signals);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (hr_baseline_chooser_parent_class)->dispose (object);
}

static void
hr_baseline_chooser_class_init (HrBaselineChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_baseline_chooser_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "baselinechooser");
}

static void
hr_baseline_chooser_init (HrBaselineChooser *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), BUTTON_CHARACTERS);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _ ("Compare the figures with those of one configuration"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), create_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  self->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_object (self->selection_signals, "notify::baseline", G_CALLBACK (update_button), self,
                                 G_CONNECT_SWAPPED);
  update_button (self);
}

GtkWidget *
hr_baseline_chooser_new (void)
{
  return g_object_new (HR_TYPE_BASELINE_CHOOSER, NULL);
}

void
hr_baseline_chooser_set_selection (HrBaselineChooser *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_BASELINE_CHOOSER (self));
  g_return_if_fail (selection == NULL || HR_IS_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  update_button (self);
}
