/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-field-row.h"

#include "hr-choice-row.h"
#include "hr-number-row.h"
#include "hr-switch-row.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"

#include <glib/gi18n-lib.h>

static void
set_allowed_choices (HrChoiceRow *row, HrFieldId id)
{
  const HrField *field = hr_field (id);
  guint n_values = field->kind == HR_FIELD_CHOICE ? HR_CHOICE_YES + 1 : (guint) field->values->count;
  g_autofree guint *values = g_new (guint, n_values);
  g_autofree const char **labels = g_new (const char *, n_values);
  guint n_choices = 0;

  for (guint value = 0; value < n_values; value++)
    if (field->kind == HR_FIELD_CHOICE || hr_field_allows (field, (int) value))
      {
        values[n_choices] = value;
        labels[n_choices++] = hr_value_label (id, (int) value);
      }

  hr_choice_row_set_choices (row, values, labels, n_choices);
}

/* A text that the member does not take stays in the row, marked, and the member keeps the last good one. */
static gboolean
check_text (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const HrField *field = user_data;
  const char *text = g_value_get_string (from);
  gsize length = strlen (text);
  gboolean allowed = (double) length >= field->minimum && (double) length <= field->maximum;
  g_autoptr (GObject) row = g_binding_dup_target (binding);

  if (row != NULL && allowed)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else if (row != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  if (allowed)
    g_value_set_string (to, text);

  return allowed;
}

GtkWidget *
hr_field_row_new (HrFieldId id)
{
  switch (hr_field (id)->kind)
    {
    case HR_FIELD_ENUM:
    case HR_FIELD_CHOICE:
      return hr_choice_row_new ();
    case HR_FIELD_BOOL:
      return hr_switch_row_new ();
    case HR_FIELD_INTEGER:
    case HR_FIELD_NUMBER:
      return hr_number_row_new ();
    case HR_FIELD_TEXT:
    case HR_FIELD_TARGETS:
    default:
      return g_object_new (ADW_TYPE_ENTRY_ROW, "enable-undo", FALSE, NULL);
    }
}

static void
set_up_number (HrNumberRow *row, HrFieldId id)
{
  const HrField *field = hr_field (id);

  hr_number_row_set_range (row, field->minimum, field->maximum, field->kind == HR_FIELD_INTEGER);
  hr_number_row_set_unit (row, field->unit);
  hr_number_row_set_step (row, field->step);
  if (hr_field_zero_is_automatic (id))
    /* Translators: stands in an empty field whose number follows from something else. At most seven letters. */
    hr_number_row_set_placeholder (row, _ ("auto"));
}

void
hr_field_row_bind (AdwPreferencesRow *row, HrFieldId id, HrMembers *members)
{
  const HrField *field = hr_field (id);
  const char *source = hr_member_name (id);
  GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  adw_preferences_row_set_title (row, hr_field_label (id));

  if (HR_IS_NUMBER_ROW (row))
    {
      set_up_number (HR_NUMBER_ROW (row), id);
      g_object_bind_property (members, source, row, "value", flags);
    }
  else if (HR_IS_CHOICE_ROW (row))
    {
      set_allowed_choices (HR_CHOICE_ROW (row), id);
      g_object_bind_property (members, source, row, "value", flags);
    }
  else if (HR_IS_SWITCH_ROW (row))
    g_object_bind_property (members, source, row, "active", flags);
  else if (ADW_IS_ENTRY_ROW (row))
    g_object_bind_property_full (members, source, row, "text", flags, NULL, check_text, (gpointer) field, NULL);
  else
    g_assert_not_reached ();
}

/* An entry keeps the text of the first: its title tells of the others. */
static void
set_mixed_entry (AdwPreferencesRow *row, HrFieldId field, HrMembers *members)
{
  g_autofree char *text = hr_members_text (members, field);
  g_autofree char *title = text != NULL ? g_strdup_printf ("%s (%s)", hr_field_label (field), text) : NULL;

  adw_preferences_row_set_title (row, title != NULL ? g_strdelimit (title, "\n", ' ') : hr_field_label (field));
}

void
hr_field_row_refresh (AdwPreferencesRow *row, HrFieldId field, HrMembers *members)
{
  gboolean mixed = hr_members_is_mixed (members, field);

  if (HR_IS_NUMBER_ROW (row))
    hr_number_row_set_mixed (HR_NUMBER_ROW (row), mixed);
  else if (HR_IS_CHOICE_ROW (row))
    hr_choice_row_set_mixed (HR_CHOICE_ROW (row), mixed);
  else if (HR_IS_SWITCH_ROW (row))
    hr_switch_row_set_mixed (HR_SWITCH_ROW (row), mixed);
  else
    set_mixed_entry (row, field, members);

  gtk_widget_set_visible (GTK_WIDGET (row), hr_members_count_applying (members, field) > 0);
}
