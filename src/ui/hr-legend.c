/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-legend.h"

#include "hr-swatch.h"
#include "hr-wrap-box.h"
#include "model/hr-labels.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define ENTRY_SPACING 6
#define BUTTON_SPACING 2

struct _HrLegend
{
  GtkWidget parent_instance;

  HrSelection *selection;
  GSignalGroup *selection_signals;
  GtkWidget *box;
  GtkWidget *buttons[HR_N_PARTS];
  GtkWidget *range;
  GtkWidget *measured;
};

G_DEFINE_FINAL_TYPE (HrLegend, hr_legend, GTK_TYPE_WIDGET)

static void
update_accessible_label (HrLegend *self, int component)
{
  gboolean shown = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[component]));
  g_autofree char *label = NULL;

  /* Translators: %s is a part of the memory, such as Weights */
  label = g_strdup_printf (shown ? _ ("%s, shown") : _ ("%s, hidden"), hr_component_label ((HrComponent) component));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[component]), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
toggled_cb (HrLegend *self, GtkToggleButton *button)
{
  guint hidden;
  int component = 0;

  while (self->buttons[component] != GTK_WIDGET (button))
    component++;
  update_accessible_label (self, component);
  if (self->selection == NULL)
    return;

  hidden = hr_selection_get_hidden_components (self->selection) & ~(1u << component);
  if (!gtk_toggle_button_get_active (button))
    hidden |= 1u << component;
  hr_selection_set_hidden_components (self->selection, hidden);
}

static void
update_buttons (HrLegend *self)
{
  guint hidden = self->selection != NULL ? hr_selection_get_hidden_components (self->selection) : 0;

  for (int i = 0; i < HR_N_PARTS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), (hidden & 1u << i) == 0);
}

static void
add_button (HrLegend *self, int component)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, ENTRY_SPACING);
  GtkWidget *button = gtk_toggle_button_new ();
  const char *label = hr_component_label ((HrComponent) component);

  gtk_box_append (GTK_BOX (entry), hr_swatch_new ((HrComponent) component));
  gtk_box_append (GTK_BOX (entry), gtk_label_new (label));

  gtk_button_set_child (GTK_BUTTON (button), entry);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Show or hide in the chart"), -1);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  self->buttons[component] = button;
  hr_wrap_box_append (HR_WRAP_BOX (self->box), button);
  update_accessible_label (self, component);
}

static GtkWidget *
add_mark (HrLegend *self, HrChartRole role, const char *label)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, ENTRY_SPACING);

  gtk_box_append (GTK_BOX (entry), hr_swatch_new_mark (role));
  gtk_box_append (GTK_BOX (entry), gtk_label_new (label));
  gtk_widget_add_css_class (entry, "mark");
  gtk_widget_set_visible (entry, FALSE);
  hr_wrap_box_append (HR_WRAP_BOX (self->box), entry);
  return entry;
}

/* One for all buttons: GTK asks the display where the pointer is for each that it is told of. */
static gboolean
hr_legend_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  GtkWidget *picked = keyboard_tooltip ? gtk_root_get_focus (gtk_widget_get_root (widget))
                                       : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);

  if (picked == NULL || gtk_widget_get_ancestor (picked, GTK_TYPE_TOGGLE_BUTTON) == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, _ ("Show or hide in the chart"));
  return TRUE;
}

static void
hr_legend_dispose (GObject *object)
{
  HrLegend *self = HR_LEGEND (object);

  g_clear_object (&self->selection_signals);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (hr_legend_parent_class)->dispose (object);
}

static void
hr_legend_class_init (HrLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_legend_dispose;
  widget_class->query_tooltip = hr_legend_query_tooltip;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_legend_init (HrLegend *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Legend"), -1);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->box = hr_wrap_box_new (BUTTON_SPACING);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (int i = 0; i < HR_N_PARTS; i++)
    add_button (self, i);
  self->range = add_mark (self, HR_CHART_ROLE_RANGE, _ ("Expected range"));
  self->measured = add_mark (self, HR_CHART_ROLE_MEASURED, _ ("Measured"));

  self->selection_signals = g_signal_group_new (HR_TYPE_SELECTION);
  g_signal_group_connect_object (self->selection_signals, "notify::hidden-components", G_CALLBACK (update_buttons),
                                 self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_legend_new (void)
{
  return g_object_new (HR_TYPE_LEGEND, NULL);
}

void
hr_legend_set_selection (HrLegend *self, HrSelection *selection)
{
  g_return_if_fail (HR_IS_LEGEND (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  update_buttons (self);
}

void
hr_legend_set_components (HrLegend *self, guint components)
{
  g_return_if_fail (HR_IS_LEGEND (self));

  for (int i = 0; i < HR_N_PARTS; i++)
    gtk_widget_set_visible (self->buttons[i], (components & 1u << i) != 0);
}

void
hr_legend_set_marks (HrLegend *self, gboolean ranges, gboolean measured)
{
  g_return_if_fail (HR_IS_LEGEND (self));

  gtk_widget_set_visible (self->range, ranges);
  gtk_widget_set_visible (self->measured, measured);
}
