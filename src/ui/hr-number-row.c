/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-number-row.h"

#include "hr-row-figure.h"
#include "hr-whole-text.h"
#include "model/hr-quantity.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* As GtkSpinButton does. */
#define HOLD_DELAY_MS 400
#define REPEAT_INTERVAL_MS 60

struct _HrNumberRow
{
  AdwActionRow parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *decrease_button;
  GtkWidget *increase_button;

  double value;
  HrQuantityRange range;
  double step;
  gboolean optional; /* 0 stands as an empty field */
  char *placeholder; /* (nullable) */
  char *hint;
  gboolean mixed; /* the value is one of several, and stands as an empty field */

  gboolean valid;
  HrQuantityFlaw flaw;
  gboolean typed;    /* the text is what a person wrote */
  gboolean writing;  /* the text changes because the value did */
  gboolean applying; /* the value changes because the text did */
  GtkWidget *held;   /* (nullable): button that is held down */
  gboolean repeated; /* it has stepped already: its release is no click */
  guint repeat_source;
};

G_DEFINE_FINAL_TYPE (HrNumberRow, hr_number_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_VALUE = 1,
  PROP_HINT,
  PROP_VALID,
  PROP_PLACEHOLDER,
  N_PROPS
} HrNumberRowProperty;

static GParamSpec *properties[N_PROPS];

/* The unit and the hint, on one line; the unit only where the title does not say it. */
static char *
describe (HrNumberRow *self)
{
  const char *unit = hr_quantity_unit_label (self->range.unit);
  g_autofree char *title = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
  g_autofree char *folded = unit != NULL ? g_utf8_casefold (unit, -1) : NULL;

  if (unit == NULL || strstr (title, folded) != NULL)
    return g_strdup (self->hint);
  if (self->hint == NULL || *self->hint == '\0')
    return g_strdup (unit);

  /* Translators: the unit of a number, and more about it: tokens · 8,192 at most */
  return g_strdup_printf (_ ("%s · %s"), unit, self->hint);
}

static void
update_message (HrNumberRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *allowed = hr_quantity_allowed (&self->range);
  g_autofree char *message = NULL;

  if (!self->valid)
    message = hr_quantity_message (self->flaw, text, &self->range);
  else if (self->typed && *text != '\0')
    message = hr_quantity_preview (text, self->value, self->range.unit);
  if (message == NULL)
    message = describe (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), message);
  g_autofree char *spoken = self->valid && message != NULL ? g_strjoin ("\n", message, allowed, NULL)
                            : self->valid                  ? g_strdup (allowed)
                                                           : g_strdup (message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

static void
update_tooltip (HrNumberRow *self)
{
  g_autofree char *allowed = hr_quantity_allowed (&self->range);
  /* Translators: %s says which numbers a field takes; Shift is the key. */
  g_autofree char *tooltip = g_strdup_printf (_ ("%s.\nWith Shift, a step doubles or halves."), allowed);

  hr_tooltip_set (GTK_WIDGET (self), tooltip);
}

static void
set_flaw (HrNumberRow *self, HrQuantityFlaw flaw)
{
  gboolean valid = flaw == HR_QUANTITY_GOOD;
  gboolean changed = self->valid != valid;

  self->flaw = flaw;
  self->valid = valid;
  update_message (self);
  if (!changed)
    return;

  if (valid)
    {
      gtk_widget_remove_css_class (self->box, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");
    }
  else
    {
      gtk_widget_add_css_class (self->box, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/* Returns: (transfer full): the value as it stands in the field. */
static char *
value_text (HrNumberRow *self)
{
  if (self->mixed || (self->optional && !(self->value > 0)))
    return g_strdup ("");

  return hr_quantity_format (self->value);
}

/* Writes the value out plainly. */
static void
write_text (HrNumberRow *self)
{
  g_autofree char *text = value_text (self);

  self->writing = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
  self->writing = FALSE;
  self->typed = FALSE;
  set_flaw (self, HR_QUANTITY_GOOD);
}

/* A button that goes while it is held would never hear of its release. */
static void
update_buttons (HrNumberRow *self)
{
  gtk_widget_set_sensitive (self->decrease_button,
                            self->held == self->decrease_button || self->value > self->range.minimum);
  gtk_widget_set_sensitive (self->increase_button,
                            self->held == self->increase_button || self->value < self->range.maximum);
}

/* The field itself is named by the title, as the row's activatable widget. */
static void
update_names (HrNumberRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* Translators: name of a button: Decrease Micro-batch size. */
  g_autofree char *decrease = g_strdup_printf (_ ("Decrease %s"), title);
  /* Translators: name of a button: Increase Micro-batch size. */
  g_autofree char *increase = g_strdup_printf (_ ("Increase %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->decrease_button), GTK_ACCESSIBLE_PROPERTY_LABEL, decrease, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->increase_button), GTK_ACCESSIBLE_PROPERTY_LABEL, increase, -1);
}

/* Numbers run from left to right everywhere; they stand beside the buttons, which do not. */
static void
update_alignment (HrNumberRow *self)
{
  gboolean right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))), GTK_TEXT_DIR_LTR);
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), right_to_left ? 0 : 1);
}

static void
take_value (HrNumberRow *self, double value, gboolean for_all)
{
  if (self->value == value && !for_all)
    return;

  self->value = value;
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
update_placeholder (HrNumberRow *self)
{
  /* Translators: stands in a field whose number is not the same for all that is edited. At most seven letters. */
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), self->mixed ? _ ("several") : self->placeholder);
}

/* What a person chose stands for all values. */
static void
choose_value (HrNumberRow *self, double value)
{
  gboolean for_all = self->mixed;

  self->mixed = FALSE;
  update_placeholder (self);
  take_value (self, CLAMP (value, self->range.minimum, self->range.maximum), for_all);
  write_text (self);
}

static void
step_value (HrNumberRow *self, gboolean up, gboolean doubles)
{
  choose_value (self, doubles ? hr_quantity_double (self->value, self->step, self->range.whole, up)
                              : hr_quantity_step (self->value, self->step, up));
}

static gboolean
shift_is_held (HrNumberRow *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
}

static void
entry_changed_cb (HrNumberRow *self)
{
  double value = 0;

  if (self->writing)
    return;

  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean empty = *text == '\0' && (self->optional || self->mixed), for_all = self->mixed;
  HrQuantityFlaw flaw = empty ? HR_QUANTITY_GOOD : hr_quantity_read (text, &self->range, hr_quantity_point (), &value);

  self->typed = TRUE;
  if (flaw == HR_QUANTITY_GOOD && !(empty && self->mixed))
    {
      self->applying = TRUE;
      self->mixed = FALSE;
      update_placeholder (self);
      take_value (self, value, for_all);
      self->applying = FALSE;
    }
  set_flaw (self, flaw);
}

static void
entry_activate_cb (HrNumberRow *self)
{
  if (!self->valid)
    return;

  write_text (self);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
focus_leave_cb (HrNumberRow *self)
{
  if (self->valid)
    write_text (self);
}

static gboolean
restore_text (HrNumberRow *self)
{
  g_autofree char *text = value_text (self);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) == 0)
    return GDK_EVENT_PROPAGATE;

  write_text (self);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                HrNumberRow *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean shift = modifiers == GDK_SHIFT_MASK;
  gboolean arrow
      = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up || keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;

  if (modifiers != 0 && !(shift && arrow))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step_value (self, keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up, shift);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      step_value (self, keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_KP_Page_Up, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      return restore_text (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, HrNumberRow *self)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (self->entry);

  if ((flags & GTK_STATE_FLAG_FOCUS_WITHIN) == 0 || (dy >= 0 && dy <= 0))
    return GDK_EVENT_PROPAGATE;

  step_value (self, dy < 0, FALSE);
  return GDK_EVENT_STOP;
}

static void
decrease_clicked_cb (HrNumberRow *self)
{
  if (!self->repeated)
    step_value (self, FALSE, shift_is_held (self));
  self->repeated = FALSE;
}

static void
increase_clicked_cb (HrNumberRow *self)
{
  if (!self->repeated)
    step_value (self, TRUE, shift_is_held (self));
  self->repeated = FALSE;
}

static gboolean
repeat_cb (gpointer user_data)
{
  HrNumberRow *self = user_data;

  self->repeated = TRUE;
  step_value (self, self->held == self->increase_button, shift_is_held (self));
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_repeat_cb (gpointer user_data)
{
  HrNumberRow *self = user_data;

  repeat_cb (self);
  self->repeat_source = g_timeout_add (REPEAT_INTERVAL_MS, repeat_cb, self);
  return G_SOURCE_REMOVE;
}

static void
button_state_changed_cb (GtkWidget *button, GtkStateFlags old_flags, HrNumberRow *self)
{
  gboolean was_active = (old_flags & GTK_STATE_FLAG_ACTIVE) != 0;
  gboolean is_active = (gtk_widget_get_state_flags (button) & GTK_STATE_FLAG_ACTIVE) != 0;

  if (was_active == is_active)
    return;

  g_clear_handle_id (&self->repeat_source, g_source_remove);
  self->held = is_active ? button : NULL;
  update_buttons (self);
  if (!is_active)
    return;

  self->repeated = FALSE;
  self->repeat_source = g_timeout_add (HOLD_DELAY_MS, begin_repeat_cb, self);
}

static void
hr_number_row_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_number_row_parent_class)->direction_changed (widget, previous);

  update_alignment (HR_NUMBER_ROW (widget));
}

static void
hr_number_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrNumberRow *self = HR_NUMBER_ROW (object);

  switch ((HrNumberRowProperty) property_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, self->placeholder);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_number_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrNumberRow *self = HR_NUMBER_ROW (object);

  switch ((HrNumberRowProperty) property_id)
    {
    case PROP_VALUE:
      hr_number_row_set_value (self, g_value_get_double (value));
      break;
    case PROP_HINT:
      hr_number_row_set_hint (self, g_value_get_string (value));
      break;
    case PROP_PLACEHOLDER:
      hr_number_row_set_placeholder (self, g_value_get_string (value));
      break;
    case PROP_VALID:
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_number_row_dispose (GObject *object)
{
  HrNumberRow *self = HR_NUMBER_ROW (object);

  g_clear_handle_id (&self->repeat_source, g_source_remove);

  G_OBJECT_CLASS (hr_number_row_parent_class)->dispose (object);
}

static void
hr_number_row_finalize (GObject *object)
{
  HrNumberRow *self = HR_NUMBER_ROW (object);

  g_free (self->placeholder);
  g_free (self->hint);

  G_OBJECT_CLASS (hr_number_row_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, 0, G_MAXDOUBLE, 0, writable);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, writable);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, writable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hr_number_row_class_init (HrNumberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_number_row_get_property;
  object_class->set_property = hr_number_row_set_property;
  object_class->dispose = hr_number_row_dispose;
  object_class->finalize = hr_number_row_finalize;
  widget_class->direction_changed = hr_number_row_direction_changed;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-number-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HrNumberRow, box);
  gtk_widget_class_bind_template_child (widget_class, HrNumberRow, entry);
  gtk_widget_class_bind_template_child (widget_class, HrNumberRow, decrease_button);
  gtk_widget_class_bind_template_child (widget_class, HrNumberRow, increase_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, decrease_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, increase_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, button_state_changed_cb);
}

static void
hr_number_row_init (HrNumberRow *self)
{
  self->range.maximum = 1;
  self->range.whole = TRUE;
  self->step = 1;
  self->valid = TRUE;

  gtk_widget_init_template (GTK_WIDGET (self));
  hr_row_figure_show (ADW_ACTION_ROW (self), "subtitle");
  g_signal_connect (self, "notify::title", G_CALLBACK (update_names), NULL);
  update_names (self);
  update_alignment (self);
  update_buttons (self);
  write_text (self);
}

GtkWidget *
hr_number_row_new (void)
{
  return g_object_new (HR_TYPE_NUMBER_ROW, NULL);
}

double
hr_number_row_get_value (HrNumberRow *self)
{
  g_return_val_if_fail (HR_IS_NUMBER_ROW (self), 0);

  return self->value;
}

void
hr_number_row_set_value (HrNumberRow *self, double value)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  take_value (self, value, FALSE);
  if (!self->applying)
    write_text (self);
}

void
hr_number_row_set_range (HrNumberRow *self, double minimum, double maximum, gboolean whole)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));
  g_return_if_fail (minimum <= maximum);

  self->range.minimum = minimum;
  self->range.maximum = maximum;
  self->range.whole = whole;
  update_buttons (self);
  update_message (self);
  update_tooltip (self);
}

void
hr_number_row_set_unit (HrNumberRow *self, HrFieldUnit unit)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  self->range.unit = unit;
  update_message (self);
  update_tooltip (self);
}

void
hr_number_row_set_step (HrNumberRow *self, double step)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  self->step = step;
}

void
hr_number_row_set_hint (HrNumberRow *self, const char *hint)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  if (g_strcmp0 (self->hint, hint) == 0)
    return;

  g_free (self->hint);
  self->hint = g_strdup (hint);
  update_message (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

gboolean
hr_number_row_is_valid (HrNumberRow *self)
{
  g_return_val_if_fail (HR_IS_NUMBER_ROW (self), FALSE);

  return self->valid;
}

void
hr_number_row_set_mixed (HrNumberRow *self, gboolean mixed)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  if (self->mixed == mixed)
    return;

  self->mixed = mixed;
  update_placeholder (self);
  write_text (self);
}

void
hr_number_row_set_placeholder (HrNumberRow *self, const char *placeholder)
{
  g_return_if_fail (HR_IS_NUMBER_ROW (self));

  self->optional = placeholder != NULL;
  g_free (self->placeholder);
  self->placeholder = g_strdup (placeholder);
  update_placeholder (self);
  write_text (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACEHOLDER]);
}
