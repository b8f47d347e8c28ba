/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-preferences.h"

#include "catalog/hr-offer.h"
#include "hr-preferences-window.h"
#include "hr-settings.h"
#include "io/hr-project-gpus.h"
#include "model/hr-own-catalog.h"

static void
color_scheme_cb (GSettings *settings)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[g_settings_get_enum (settings, "color-scheme")]);
}

static void
price_age_cb (GSettings *settings)
{
  guint days = g_settings_get_uint (settings, "price-old-days");

  if (days == hr_offer_get_old_days ())
    return;
  hr_offer_set_old_days (days);
  hr_own_catalog_changed (hr_own_catalog_get_default ());
}

void
hr_preferences_follow (void)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL)
    return;

  g_signal_connect (settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb), NULL);
  g_signal_connect (settings, "changed::price-old-days", G_CALLBACK (price_age_cb), NULL);
  color_scheme_cb (settings);
  price_age_cb (settings);
}

void
hr_preferences_apply_to_project (HrProjectData *data)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL)
    return;

  g_autofree char *units = g_settings_get_string (settings, "units");
  g_autofree char *gpu_id = g_settings_get_string (settings, "gpu-id");

  data->units = (HrUnits) MAX (hr_enum_value (&HR_UNITS, units), HR_UNITS_GB);
  if (*gpu_id == '\0' || hr_project_data_find_gpu (data, gpu_id) != NULL)
    g_strlcpy (data->gpu.id, gpu_id, sizeof data->gpu.id);
  data->gpu.count = g_settings_get_uint64 (settings, "gpu-count");
  data->gpu.limits.in_use_mib = g_settings_get_uint64 (settings, "gpu-in-use-mib");
  data->gpu.limits.margin_percent = g_settings_get_double (settings, "gpu-margin-percent");
  hr_project_data_carry_used (data);
}

void
hr_preferences_show (GtkWindow *parent)
{
  GtkWidget *window = hr_preferences_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
