/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "catalog/hr-offer.h"
#include "ui/hr-number-row.h"
#include "ui/hr-preferences-window.h"
#include "ui/hr-preferences.h"
#include "ui/hr-settings.h"
#include "ui/hr-switch-row.h"

static GtkWidget *
find_row (GtkWidget *window, GType type, guint nth)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new ();

  g_ptr_array_add (pending, window);
  while (pending->len > 0)
    {
      GtkWidget *widget = g_ptr_array_steal_index (pending, pending->len - 1);

      if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && nth-- == 0)
        return widget;
      for (GtkWidget *child = gtk_widget_get_last_child (widget); child; child = gtk_widget_get_prev_sibling (child))
        g_ptr_array_add (pending, child);
    }
  g_assert_not_reached ();
}

static GtkWidget *
open_window (void)
{
  GtkWidget *window = hr_preferences_window_new ();

  gtk_window_present (GTK_WINDOW (window));
  ui_settle ();

  return window;
}

static void
test_rows_change_settings (void)
{
  GSettings *settings = hr_settings_get_default ();
  GtkWidget *window = open_window ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, ADW_TYPE_COMBO_ROW, 0)), 2);
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, ADW_TYPE_COMBO_ROW, 0)), 0);
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_DEFAULT);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, ADW_TYPE_COMBO_ROW, 1)), 1);
  g_autofree char *units = g_settings_get_string (settings, "units");
  g_assert_cmpstr (units, ==, "GiB");

  hr_switch_row_set_active (HR_SWITCH_ROW (find_row (window, HR_TYPE_SWITCH_ROW, 0)), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "restore-session"));

  hr_number_row_set_value (HR_NUMBER_ROW (find_row (window, HR_TYPE_NUMBER_ROW, 0)), 1500);
  g_assert_cmpuint (g_settings_get_uint64 (settings, "gpu-in-use-mib"), ==, 1500);
  hr_number_row_set_value (HR_NUMBER_ROW (find_row (window, HR_TYPE_NUMBER_ROW, 1)), 7.5);
  g_assert_cmpfloat (g_settings_get_double (settings, "gpu-margin-percent"), ==, 7.5);
  hr_number_row_set_value (HR_NUMBER_ROW (find_row (window, HR_TYPE_NUMBER_ROW, 2)), 30);
  g_assert_cmpuint (g_settings_get_uint (settings, "price-old-days"), ==, 30);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_settings_change_rows (void)
{
  GSettings *settings = hr_settings_get_default ();
  GtkWidget *window = open_window ();

  g_settings_set_double (settings, "gpu-margin-percent", 12);
  g_settings_set_string (settings, "color-scheme", "light");
  g_assert_cmpfloat (hr_number_row_get_value (HR_NUMBER_ROW (find_row (window, HR_TYPE_NUMBER_ROW, 1))), ==, 12);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_row (window, ADW_TYPE_COMBO_ROW, 0))), ==, 1);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_prices (void)
{
  const HrOffer offer = { .date = 20260101, .precision = HR_PRICE_DATE_EXACT };
  GSettings *settings = hr_settings_get_default ();

  g_settings_set_uint (settings, "price-old-days", 30);
  g_assert_cmpint (hr_offer_price_age (&offer, 20260131), ==, HR_PRICE_RECENT);
  g_assert_cmpint (hr_offer_price_age (&offer, 20260201), ==, HR_PRICE_OLD);
  g_settings_reset (settings, "price-old-days");
  g_assert_cmpint (hr_offer_price_age (&offer, 20260201), ==, HR_PRICE_RECENT);
}

static void
test_new_project (void)
{
  GSettings *settings = hr_settings_get_default ();
  g_autoptr (HrProjectData) data = hr_project_data_new ("new"), other = hr_project_data_new ("other");

  g_settings_set_string (settings, "units", "GiB");
  g_settings_set_string (settings, "gpu-id", "l4");
  g_settings_set_uint64 (settings, "gpu-count", 2);
  g_settings_set_uint64 (settings, "gpu-in-use-mib", 900);
  g_settings_set_double (settings, "gpu-margin-percent", 5);
  hr_preferences_apply_to_project (data);
  g_assert_cmpint (data->units, ==, HR_UNITS_GIB);
  g_assert_cmpstr (data->gpu.id, ==, "l4");
  g_assert_cmpuint (data->gpu.count, ==, 2);
  g_assert_cmpuint (data->gpu.limits.in_use_mib, ==, 900);
  g_assert_cmpfloat (data->gpu.limits.margin_percent, ==, 5);

  g_settings_set_string (settings, "gpu-id", "gone-from-the-catalogue");
  hr_preferences_apply_to_project (other);
  g_assert_cmpstr (other->gpu.id, ==, "t4");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  hr_preferences_follow ();

  g_test_add_func ("/ui/preferences/rows-change-settings", test_rows_change_settings);
  g_test_add_func ("/ui/preferences/settings-change-rows", test_settings_change_rows);
  g_test_add_func ("/ui/preferences/prices", test_prices);
  g_test_add_func ("/ui/preferences/new-project", test_new_project);

  return g_test_run ();
}
