/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-field-row.h"

#include "hr-choice-row.h"
#include "hr-number-row.h"
#include "hr-switch-row.h"
#include "model/hr-labels.h"
#include "model/hr-member.h"

static void
set_allowed_choices (HrChoiceRow *row, HrFieldId id)
{
  const HrField *field = hr_field (id);
  g_autofree guint *values = g_new (guint, field->values->count);
  g_autofree const char **labels = g_new (const char *, field->values->count);
  guint n_choices = 0;

  for (guint value = 0; value < field->values->count; value++)
    if (hr_field_allows (field, (int) value))
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

void
hr_field_row_bind (AdwPreferencesRow *row, HrFieldId id, GBindingGroup *group)
{
  const HrField *field = hr_field (id);
  const char *source = hr_member_name (id);
  GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  adw_preferences_row_set_title (row, hr_field_label (id));

  if (HR_IS_NUMBER_ROW (row))
    {
      hr_number_row_set_range (HR_NUMBER_ROW (row), field->minimum, field->maximum, field->kind == HR_FIELD_INTEGER);
      g_binding_group_bind (group, source, row, "value", flags);
    }
  else if (HR_IS_CHOICE_ROW (row))
    {
      set_allowed_choices (HR_CHOICE_ROW (row), id);
      g_binding_group_bind (group, source, row, "value", flags);
    }
  else if (HR_IS_SWITCH_ROW (row))
    g_binding_group_bind (group, source, row, "active", flags);
  else if (ADW_IS_ENTRY_ROW (row))
    g_binding_group_bind_full (group, source, row, "text", flags, NULL, check_text, (gpointer) field, NULL);
  else
    g_assert_not_reached ();
}
