/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-preferences-window.h"

#include "catalog/hr-offer.h"
#include "hr-accessible-name.h"
#include "hr-gpu-chooser.h"
#include "hr-number-row.h"
#include "hr-preferences.h"
#include "hr-settings.h"
#include "hr-switch-row.h"
#include "hr-whole-text.h"

#include <glib/gi18n-lib.h>

/* As the schema has them. */
#define MAX_OLD_DAYS 3650
#define MARGIN_STEP 5
#define IN_USE_STEP 100

struct _HrPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *color_scheme_row;
  HrSwitchRow *restore_session_row;
  AdwComboRow *units_row;
  HrGpuChooser *gpu_chooser;
  HrNumberRow *in_use_row;
  HrNumberRow *margin_row;
  HrNumberRow *price_row;
  GtkWidget *missing_group;
  GtkWidget *start_group;
  GtkWidget *project_group;
  GtkWidget *price_group;

  HrProject *project; /* stands for all new ones */
};

G_DEFINE_FINAL_TYPE (HrPreferencesWindow, hr_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static gboolean
position_from_scheme (GValue *value, GVariant *scheme, gpointer settings)
{
  g_value_set_uint (value, (guint) g_settings_get_enum (settings, "color-scheme"));

  return TRUE;
}

static GVariant *
scheme_from_position (const GValue *value, const GVariantType *type, gpointer unused)
{
  static const char *const schemes[] = { "system", "light", "dark" };
  guint position = g_value_get_uint (value);

  return position < G_N_ELEMENTS (schemes) ? g_variant_new_string (schemes[position]) : NULL;
}

static gboolean
position_from_units (GValue *value, GVariant *units, gpointer unused)
{
  g_value_set_uint (value, (guint) MAX (hr_enum_value (&HR_UNITS, g_variant_get_string (units, NULL)), 0));

  return TRUE;
}

static GVariant *
units_from_position (const GValue *value, const GVariantType *type, gpointer unused)
{
  const char *units = hr_enum_id (&HR_UNITS, (int) g_value_get_uint (value));

  return units != NULL ? g_variant_new_string (units) : NULL;
}

static void
gpu_cb (HrPreferencesWindow *self)
{
  GSettings *settings = hr_settings_get_default ();
  const HrGpuChoice *gpu = &hr_project_get_data (self->project)->gpu;

  g_settings_set_string (settings, "gpu-id", gpu->id);
  g_settings_set_uint64 (settings, "gpu-count", gpu->count);
}

/* The dialog of GPUs has these fields, too. */
static void
limits_cb (HrPreferencesWindow *self)
{
  GSettings *settings = hr_settings_get_default ();
  HrGpuChoice gpu = hr_project_get_data (self->project)->gpu;

  gpu.limits.in_use_mib = g_settings_get_uint64 (settings, "gpu-in-use-mib");
  gpu.limits.margin_percent = g_settings_get_double (settings, "gpu-margin-percent");
  hr_project_set_gpu (self->project, &gpu);
}

static void
bind_settings (HrPreferencesWindow *self, GSettings *settings)
{
  GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT;

  g_settings_bind_with_mapping (settings, "color-scheme", self->color_scheme_row, "selected", flags,
                                position_from_scheme, scheme_from_position, settings, NULL);
  g_settings_bind_with_mapping (settings, "units", self->units_row, "selected", flags, position_from_units,
                                units_from_position, NULL, NULL);
  g_settings_bind (settings, "restore-session", self->restore_session_row, "active", flags);
  g_settings_bind (settings, "gpu-in-use-mib", self->in_use_row, "value", flags);
  g_settings_bind (settings, "gpu-margin-percent", self->margin_row, "value", flags);
  g_settings_bind (settings, "price-old-days", self->price_row, "value", flags);
  g_signal_connect_object (self->project, "notify::gpu-id", G_CALLBACK (gpu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "notify::gpu-count", G_CALLBACK (gpu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::gpu-in-use-mib", G_CALLBACK (limits_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::gpu-margin-percent", G_CALLBACK (limits_cb), self, G_CONNECT_SWAPPED);
}

static void
hr_preferences_window_dispose (GObject *object)
{
  HrPreferencesWindow *self = HR_PREFERENCES_WINDOW (object);

  if (self->gpu_chooser != NULL)
    hr_gpu_chooser_set_project (self->gpu_chooser, NULL);
  g_clear_object (&self->project);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (hr_preferences_window_parent_class)->dispose (object);
}

static void
hr_preferences_window_class_init (HrPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_preferences_window_dispose;

  g_type_ensure (HR_TYPE_GPU_CHOOSER);
  g_type_ensure (HR_TYPE_NUMBER_ROW);
  g_type_ensure (HR_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, color_scheme_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, restore_session_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, units_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, gpu_chooser);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, in_use_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, margin_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, price_row);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, missing_group);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, start_group);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, project_group);
  gtk_widget_class_bind_template_child (widget_class, HrPreferencesWindow, price_group);
}

static void
hr_preferences_window_init (HrPreferencesWindow *self)
{
  GSettings *settings = hr_settings_get_default ();
  g_autoptr (HrProjectData) data = hr_project_data_new ("");

  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
  hr_number_row_set_range (self->in_use_row, 0, HR_MAX_IN_USE_MIB, TRUE);
  hr_number_row_set_step (self->in_use_row, IN_USE_STEP);
  hr_number_row_set_range (self->margin_row, 0, HR_MAX_MARGIN_PERCENT, FALSE);
  hr_number_row_set_step (self->margin_row, MARGIN_STEP);
  hr_number_row_set_range (self->price_row, 1, MAX_OLD_DAYS, TRUE);
  hr_number_row_set_step (self->price_row, 1);
  hr_number_row_set_value (self->price_row, hr_offer_get_old_days ());

  hr_preferences_apply_to_project (data);
  self->project = hr_project_new (data);
  hr_gpu_chooser_set_project (self->gpu_chooser, self->project);

  gtk_widget_set_visible (self->missing_group, settings == NULL);
  gtk_widget_set_sensitive (self->start_group, settings != NULL);
  gtk_widget_set_sensitive (self->project_group, settings != NULL);
  gtk_widget_set_sensitive (self->price_group, settings != NULL);
  if (settings != NULL)
    bind_settings (self, settings);
}

GtkWidget *
hr_preferences_window_new (void)
{
  return g_object_new (HR_TYPE_PREFERENCES_WINDOW, NULL);
}
