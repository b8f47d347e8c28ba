/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-number-row.h"

#include <string.h>

typedef struct
{
  GtkWidget *row;
  GtkWidget *entry;
  GtkWidget *increase;
  GtkWidget *decrease;
  guint n_notified;
} Fixture;

static void
count_cb (Fixture *fixture)
{
  fixture->n_notified++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->row = g_object_ref_sink (hr_number_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fixture->row), "Rank");
  hr_number_row_set_range (HR_NUMBER_ROW (fixture->row), 1, 65536, TRUE);
  hr_number_row_set_hint (HR_NUMBER_ROW (fixture->row), "of both factors");
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 16);
  fixture->entry = ui_find (fixture->row, GTK_TYPE_ENTRY);
  fixture->increase = ui_find_button (fixture->row, "value-increase-symbolic");
  fixture->decrease = ui_find_button (fixture->row, "value-decrease-symbolic");
  g_signal_connect_swapped (fixture->row, "notify::value", G_CALLBACK (count_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->row);
}

static double
value (Fixture *fixture)
{
  return hr_number_row_get_value (HR_NUMBER_ROW (fixture->row));
}

static const char *
text (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (fixture->entry));
}

static void
type (Fixture *fixture, const char *typed)
{
  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), typed);
}

static void
test_typing_counts_at_once (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (text (fixture), ==, "16");

  type (fixture, "8k");
  g_assert_cmpfloat (value (fixture), ==, 8192);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  g_assert_cmpstr (text (fixture), ==, "8k");

  gtk_widget_activate (fixture->entry);
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_cmpstr (text (fixture), ==, "8192");
  g_assert_cmpuint (fixture->n_notified, ==, 1);

  type (fixture, "4,096");
  g_signal_emit_by_name (ui_find_controller (fixture->entry, GTK_TYPE_EVENT_CONTROLLER_FOCUS), "leave");
  g_assert_cmpstr (text (fixture), ==, "4096");
}

static void
test_invalid_text_stays (Fixture *fixture, gconstpointer data)
{
  const char *const bad[] = { "abc", "", "0", "-1", "1.5", "65537", "9999999999999999999999" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      type (fixture, bad[i]);
      g_signal_emit_by_name (fixture->entry, "activate");
      g_signal_emit_by_name (ui_find_controller (fixture->entry, GTK_TYPE_EVENT_CONTROLLER_FOCUS), "leave");

      g_assert_cmpstr (text (fixture), ==, bad[i]);
      g_assert_cmpfloat (value (fixture), ==, 16);
      g_assert_cmpuint (fixture->n_notified, ==, 0);
      g_assert_false (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));
      g_assert_true (gtk_widget_has_css_class (fixture->row, "invalid"));
      const char *message = adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->row));
      g_assert_true (g_str_has_suffix (message, "A whole number from 1 to 65,536"));
      g_assert_true (*bad[i] == '\0' || strstr (message, bad[i]) != NULL);
      gtk_test_accessible_assert_state (fixture->entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
      gtk_test_accessible_assert_property (fixture->entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message);
    }

  type (fixture, "32");
  g_assert_cmpfloat (value (fixture), ==, 32);
  g_assert_true (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));
  g_assert_false (gtk_widget_has_css_class (fixture->row, "invalid"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->row)), ==, "of both factors");
  gtk_test_accessible_assert_state (fixture->entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_escape_restores (Fixture *fixture, gconstpointer data)
{
  g_assert_false (ui_press (fixture->entry, GDK_KEY_Escape));

  type (fixture, "12x");
  g_assert_true (ui_press (fixture->entry, GDK_KEY_Escape));
  g_assert_cmpstr (text (fixture), ==, "16");
  g_assert_true (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));
  g_assert_cmpuint (fixture->n_notified, ==, 0);
}

static void
test_value_from_outside_replaces_text (Fixture *fixture, gconstpointer data)
{
  type (fixture, "nonsense");
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 16);
  g_assert_cmpstr (text (fixture), ==, "16");
  g_assert_true (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));

  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 64);
  g_assert_cmpstr (text (fixture), ==, "64");
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
test_keys_step (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ui_press (fixture->entry, GDK_KEY_Up));
  g_assert_cmpfloat (value (fixture), ==, 17);
  ui_press (fixture->entry, GDK_KEY_Page_Up);
  g_assert_cmpfloat (value (fixture), ==, 34);
  ui_press (fixture->entry, GDK_KEY_Page_Down);
  ui_press (fixture->entry, GDK_KEY_Page_Down);
  g_assert_cmpfloat (value (fixture), ==, 8);
  ui_press (fixture->entry, GDK_KEY_Down);
  g_assert_cmpfloat (value (fixture), ==, 7);

  hr_number_row_set_step (HR_NUMBER_ROW (fixture->row), HR_STEP_DOUBLES);
  ui_press (fixture->entry, GDK_KEY_Up);
  g_assert_cmpfloat (value (fixture), ==, 8);
  ui_press (fixture->entry, GDK_KEY_Up);
  g_assert_cmpfloat (value (fixture), ==, 16);

  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 65536);
  ui_press (fixture->entry, GDK_KEY_Page_Up);
  g_assert_cmpfloat (value (fixture), ==, 65536);
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 1);
  ui_press (fixture->entry, GDK_KEY_Down);
  g_assert_cmpfloat (value (fixture), ==, 1);
  g_assert_cmpstr (text (fixture), ==, "1");
}

static void
test_buttons_step (Fixture *fixture, gconstpointer data)
{
  g_signal_emit_by_name (fixture->increase, "clicked");
  g_assert_cmpfloat (value (fixture), ==, 17);
  g_signal_emit_by_name (fixture->decrease, "clicked");
  g_assert_cmpfloat (value (fixture), ==, 16);

  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 1);
  g_assert_false (gtk_widget_get_sensitive (fixture->decrease));
  g_assert_true (gtk_widget_get_sensitive (fixture->increase));
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 65536);
  g_assert_true (gtk_widget_get_sensitive (fixture->decrease));
  g_assert_false (gtk_widget_get_sensitive (fixture->increase));
}

static gboolean
has_repeated (gpointer data)
{
  return value (data) >= 19;
}

static void
test_held_button_repeats (Fixture *fixture, gconstpointer data)
{
  gtk_widget_set_state_flags (fixture->increase, GTK_STATE_FLAG_ACTIVE, FALSE);
  ui_await (has_repeated, fixture);
  gtk_widget_unset_state_flags (fixture->increase, GTK_STATE_FLAG_ACTIVE);

  double reached = value (fixture);
  g_signal_emit_by_name (fixture->increase, "clicked"); /* as the release does */
  g_assert_cmpfloat (value (fixture), ==, reached);
  g_signal_emit_by_name (fixture->increase, "clicked");
  g_assert_cmpfloat (value (fixture), ==, reached + 1);
}

static gboolean
is_largest (gpointer data)
{
  return value (data) >= 65536;
}

/* At its end it stays sensitive until it is let go. */
static void
test_held_button_at_the_end (Fixture *fixture, gconstpointer data)
{
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 65535);
  gtk_widget_set_state_flags (fixture->increase, GTK_STATE_FLAG_ACTIVE, FALSE);
  ui_await (is_largest, fixture);
  g_assert_true (gtk_widget_get_sensitive (fixture->increase));
  gtk_widget_unset_state_flags (fixture->increase, GTK_STATE_FLAG_ACTIVE);
  g_assert_false (gtk_widget_get_sensitive (fixture->increase));
}

/* Scrolling the panel with the pointer over the field must not change the number. */
static void
test_wheel_needs_focus (Fixture *fixture, gconstpointer data)
{
  gboolean handled = TRUE;

  g_signal_emit_by_name (ui_find_controller (fixture->entry, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0, 1.0,
                         &handled);
  g_assert_false (handled);
  g_assert_cmpfloat (value (fixture), ==, 16);

  gtk_widget_set_state_flags (fixture->entry, GTK_STATE_FLAG_FOCUS_WITHIN, FALSE);
  g_signal_emit_by_name (ui_find_controller (fixture->entry, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0, 1.0,
                         &handled);
  g_assert_true (handled);
  g_assert_cmpfloat (value (fixture), ==, 15);
}

static void
test_fractions (Fixture *fixture, gconstpointer data)
{
  hr_number_row_set_range (HR_NUMBER_ROW (fixture->row), 0, 1, FALSE);
  hr_number_row_set_step (HR_NUMBER_ROW (fixture->row), 0.05);
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 0.05);
  g_assert_cmpstr (text (fixture), ==, "0.05");

  type (fixture, "0,1");
  g_assert_cmpfloat (value (fixture), ==, 0.1);
  ui_press (fixture->entry, GDK_KEY_Up);
  g_assert_cmpstr (text (fixture), ==, "0.15");

  type (fixture, "1.01");
  g_assert_cmpfloat (value (fixture), ==, 0.15);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->row)), ==,
                   "“1.01” is too large.\nA number from 0 to 1");
}

static void
test_shift_doubles (Fixture *fixture, gconstpointer data)
{
  ui_press_with (fixture->entry, GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_cmpfloat (value (fixture), ==, 32);
  ui_press_with (fixture->entry, GDK_KEY_Down, GDK_SHIFT_MASK);
  ui_press_with (fixture->entry, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpfloat (value (fixture), ==, 8);
  g_assert_false (ui_press_with (fixture->entry, GDK_KEY_Up, GDK_CONTROL_MASK));

  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 3000);
  hr_number_row_set_step (HR_NUMBER_ROW (fixture->row), HR_STEP_DOUBLES);
  ui_press_with (fixture->entry, GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_cmpfloat (value (fixture), ==, 6000);
}

static const char *
subtitle (Fixture *fixture)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->row));
}

static void
test_unit_limits_and_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *tooltip = NULL;

  hr_number_row_set_unit (HR_NUMBER_ROW (fixture->row), HR_FIELD_UNIT_TOKENS);
  g_assert_cmpstr (subtitle (fixture), ==, "tokens · of both factors");
  g_object_get (fixture->row, "tooltip-text", &tooltip, NULL);
  g_assert_true (g_str_has_prefix (tooltip, "A whole number from 1 to 65,536 tokens."));
  gtk_test_accessible_assert_property (fixture->entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "tokens · of both factors\nA whole number from 1 to 65,536 tokens");

  type (fixture, "8k");
  g_assert_cmpstr (subtitle (fixture), ==, "Read as 8,192 tokens");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_cmpstr (subtitle (fixture), ==, "tokens · of both factors");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fixture->row), "New tokens");
  hr_number_row_set_hint (HR_NUMBER_ROW (fixture->row), "64 at most");
  g_assert_cmpstr (subtitle (fixture), ==, "64 at most");
}

/* One of several values: nothing is written until a person gives one for all, which may be the first one's. */
static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  hr_number_row_set_mixed (HR_NUMBER_ROW (fixture->row), TRUE);
  g_assert_cmpstr (text (fixture), ==, "");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (fixture->entry)), ==, "several");
  hr_number_row_set_value (HR_NUMBER_ROW (fixture->row), 32);
  g_assert_cmpstr (text (fixture), ==, "");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_true (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));

  fixture->n_notified = 0;
  type (fixture, "32");
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  hr_number_row_set_mixed (HR_NUMBER_ROW (fixture->row), FALSE);
  g_assert_cmpstr (text (fixture), ==, "32");

  hr_number_row_set_mixed (HR_NUMBER_ROW (fixture->row), TRUE);
  ui_press (fixture->entry, GDK_KEY_Up);
  g_assert_cmpfloat (value (fixture), ==, 33);
  g_assert_cmpstr (text (fixture), ==, "33");

  hr_number_row_set_mixed (HR_NUMBER_ROW (fixture->row), TRUE);
  type (fixture, "99999999");
  g_assert_false (hr_number_row_is_valid (HR_NUMBER_ROW (fixture->row)));
  ui_press (fixture->entry, GDK_KEY_Escape);
  g_assert_cmpstr (text (fixture), ==, "");
  hr_number_row_set_mixed (HR_NUMBER_ROW (fixture->row), FALSE);
  g_assert_cmpstr (text (fixture), ==, "33");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  GtkWidget *title = ui_find (fixture->row, GTK_TYPE_LABEL);

  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (title)), ==, "Rank");
  gtk_test_accessible_assert_relation (fixture->entry, GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL);
  gtk_test_accessible_assert_property (fixture->increase, GTK_ACCESSIBLE_PROPERTY_LABEL, "Increase Rank");
  gtk_test_accessible_assert_property (fixture->decrease, GTK_ACCESSIBLE_PROPERTY_LABEL, "Decrease Rank");
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/number-row/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("typing-counts-at-once", test_typing_counts_at_once);
  ADD ("invalid-text-stays", test_invalid_text_stays);
  ADD ("escape-restores", test_escape_restores);
  ADD ("value-from-outside-replaces-text", test_value_from_outside_replaces_text);
  ADD ("keys-step", test_keys_step);
  ADD ("buttons-step", test_buttons_step);
  ADD ("held-button-repeats", test_held_button_repeats);
  ADD ("held-button-at-the-end", test_held_button_at_the_end);
  ADD ("wheel-needs-focus", test_wheel_needs_focus);
  ADD ("fractions", test_fractions);
  ADD ("shift-doubles", test_shift_doubles);
  ADD ("unit-limits-and-preview", test_unit_limits_and_preview);
  ADD ("mixed", test_mixed);
  ADD ("names", test_names);

  return g_test_run ();
}
