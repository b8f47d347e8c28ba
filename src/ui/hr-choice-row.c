/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-choice-row.h"

#include "hr-row-figure.h"

#include <glib/gi18n-lib.h>

struct _HrChoiceRow
{
  AdwComboRow parent_instance;

  GArray *values; /* guint: the value at each position of the list */
  guint value;
  gboolean mixed; /* the value is one of several, and nothing is chosen */
};

G_DEFINE_FINAL_TYPE (HrChoiceRow, hr_choice_row, ADW_TYPE_COMBO_ROW)

typedef enum
{
  PROP_VALUE = 1,
  N_PROPS
} HrChoiceRowProperty;

static GParamSpec *properties[N_PROPS];

/* AdwComboRow itself does not tell assistive technologies what is chosen. */
static void
update_description (HrChoiceRow *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  item != NULL  ? gtk_string_object_get_string (item)
                                  : self->mixed ? _ ("Several values")
                                                : "",
                                  -1);
}

static void
selected_cb (HrChoiceRow *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  update_description (self);

  if (position >= self->values->len)
    return;

  guint value = g_array_index (self->values, guint, position);
  gboolean changed = self->mixed || self->value != value;

  self->mixed = FALSE;
  self->value = value;
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
show_value (HrChoiceRow *self)
{
  guint position = 0;

  while (position < self->values->len && g_array_index (self->values, guint, position) != self->value)
    position++;
  if (self->mixed || position == self->values->len)
    position = GTK_INVALID_LIST_POSITION;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
}

static void
hr_choice_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrChoiceRowProperty) property_id)
    {
    case PROP_VALUE:
      g_value_set_uint (value, hr_choice_row_get_value (HR_CHOICE_ROW (object)));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_choice_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((HrChoiceRowProperty) property_id)
    {
    case PROP_VALUE:
      hr_choice_row_set_value (HR_CHOICE_ROW (object), g_value_get_uint (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_choice_row_finalize (GObject *object)
{
  HrChoiceRow *self = HR_CHOICE_ROW (object);

  g_array_unref (self->values);

  G_OBJECT_CLASS (hr_choice_row_parent_class)->finalize (object);
}

static void
hr_choice_row_class_init (HrChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hr_choice_row_get_property;
  object_class->set_property = hr_choice_row_set_property;
  object_class->finalize = hr_choice_row_finalize;

  properties[PROP_VALUE] = g_param_spec_uint ("value", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hr_choice_row_init (HrChoiceRow *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (guint));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  hr_row_figure_show (ADW_ACTION_ROW (self), "subtitle");

  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

GtkWidget *
hr_choice_row_new (void)
{
  return g_object_new (HR_TYPE_CHOICE_ROW, NULL);
}

void
hr_choice_row_set_choices (HrChoiceRow *self, const guint *values, const char *const *labels, guint n_choices)
{
  g_return_if_fail (HR_IS_CHOICE_ROW (self));

  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_append (list, labels[i]);

  g_array_set_size (self->values, 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (list));
  g_array_append_vals (self->values, values, n_choices);
  selected_cb (self);
}

guint
hr_choice_row_get_value (HrChoiceRow *self)
{
  g_return_val_if_fail (HR_IS_CHOICE_ROW (self), 0);

  return self->value;
}

void
hr_choice_row_set_value (HrChoiceRow *self, guint value)
{
  g_return_if_fail (HR_IS_CHOICE_ROW (self));

  gboolean changed = self->value != value;

  self->value = value;
  show_value (self);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

void
hr_choice_row_set_mixed (HrChoiceRow *self, gboolean mixed)
{
  g_return_if_fail (HR_IS_CHOICE_ROW (self));

  if (self->mixed == mixed)
    return;

  self->mixed = mixed;
  show_value (self);
  update_description (self);
}
