/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-switch-row.h"

#include "hr-row-figure.h"

struct _HrSwitchRow
{
  AdwActionRow parent_instance;

  GtkWidget *toggle;
  GtkWidget *check; /* in its place where values differ */
  gboolean mixed;
};

G_DEFINE_FINAL_TYPE (HrSwitchRow, hr_switch_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_ACTIVE = 1,
  N_PROPS
} HrSwitchRowProperty;

static GParamSpec *properties[N_PROPS];

static void
update_description (HrSwitchRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), -1);
}

/* A person turns it on for all. */
static void
checked_cb (HrSwitchRow *self)
{
  if (!self->mixed)
    return;

  hr_switch_row_set_mixed (self, FALSE);
  if (gtk_switch_get_active (GTK_SWITCH (self->toggle)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  else
    gtk_switch_set_active (GTK_SWITCH (self->toggle), TRUE);
}

static void
toggled_cb (HrSwitchRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
hr_switch_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrSwitchRowProperty) property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, hr_switch_row_get_active (HR_SWITCH_ROW (object)));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_switch_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrSwitchRowProperty) property_id)
    {
    case PROP_ACTIVE:
      hr_switch_row_set_active (HR_SWITCH_ROW (object), g_value_get_boolean (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_switch_row_class_init (HrSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hr_switch_row_get_property;
  object_class->set_property = hr_switch_row_set_property;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hr_switch_row_init (HrSwitchRow *self)
{
  self->toggle = gtk_switch_new ();
  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->check, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  hr_row_figure_show (ADW_ACTION_ROW (self), "subtitle");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->toggle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->toggle);

  g_signal_connect (self, "notify::subtitle", G_CALLBACK (update_description), NULL);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hr_switch_row_new (void)
{
  return g_object_new (HR_TYPE_SWITCH_ROW, NULL);
}

gboolean
hr_switch_row_get_active (HrSwitchRow *self)
{
  g_return_val_if_fail (HR_IS_SWITCH_ROW (self), FALSE);

  return gtk_switch_get_active (GTK_SWITCH (self->toggle));
}

void
hr_switch_row_set_active (HrSwitchRow *self, gboolean active)
{
  g_return_if_fail (HR_IS_SWITCH_ROW (self));

  gtk_switch_set_active (GTK_SWITCH (self->toggle), active);
}

void
hr_switch_row_set_mixed (HrSwitchRow *self, gboolean mixed)
{
  g_return_if_fail (HR_IS_SWITCH_ROW (self));

  if (self->mixed == mixed)
    return;

  GtkWidget *before = mixed ? self->toggle : self->check, *after = mixed ? self->check : self->toggle;
  gboolean focused = gtk_widget_has_focus (before);

  self->mixed = FALSE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), FALSE);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->check), mixed);
  self->mixed = mixed;
  gtk_widget_set_visible (after, TRUE);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), after);
  if (focused)
    gtk_widget_grab_focus (after);
  gtk_widget_set_visible (before, FALSE);
}
