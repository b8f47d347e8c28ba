/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-measured-group.h"

#include "hr-row-figure.h"
#include "model/hr-project-measured.h"
#include "model/hr-validation-table.h"

#include <glib/gi18n-lib.h>

struct _HrMeasuredGroup
{
  AdwPreferencesGroup parent_instance;

  HrProject *project;
  HrConfiguration *configuration;
  GtkWidget *add_button;
  GPtrArray *rows;    /* (element-type AdwActionRow): peaks, then parts */
  GPtrArray *buttons; /* (element-type GtkButton): one a row: removes it */
};

G_DEFINE_FINAL_TYPE (HrMeasuredGroup, hr_measured_group, ADW_TYPE_PREFERENCES_GROUP)

static void
remove_cb (HrMeasuredGroup *self, GtkButton *button)
{
  guint index;

  if (g_ptr_array_find (self->buttons, button, &index))
    hr_project_remove_measured (self->project, self->configuration, index);
}

static void
add_row (HrMeasuredGroup *self)
{
  GtkWidget *row
      = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "focusable", FALSE, "subtitle-lines", 0, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  hr_row_figure_show (ADW_ACTION_ROW (row), "subtitle");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove Measurement"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->buttons, button);
}

/* The focus stays near: rows are told anew from the first on, and it is the last that goes. */
static void
remove_last_row (HrMeasuredGroup *self)
{
  guint last = self->rows->len - 1;
  GtkWidget *button = g_ptr_array_index (self->buttons, last);

  if (gtk_widget_has_focus (button))
    gtk_widget_grab_focus (last > 0 ? g_ptr_array_index (self->buttons, last - 1) : self->add_button);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, last));
  g_ptr_array_remove_index (self->rows, last);
  g_ptr_array_remove_index (self->buttons, last);
}

static void
show_row (HrMeasuredGroup *self, guint index, const HrValidationRow *figure)
{
  GtkWidget *row = g_ptr_array_index (self->rows, index);
  GtkWidget *button = g_ptr_array_index (self->buttons, index);
  g_autofree char *error = hr_validation_error_text (figure->error);
  g_autofree char *title = NULL, *subtitle = NULL, *remove = NULL;
  char size[HR_TEXT_SIZE];

  hr_format_bytes (figure->measured->bytes, hr_project_get_units (self->project), 2, size);
  title = g_strdup_printf (_ ("%s: %s"), hr_validation_metric_label (figure->metric), size);
  /* Translators: by how much an estimate is above or below what was measured, and where that comes from */
  subtitle = *figure->measured->source != '\0'
                 ? g_strdup_printf (_ ("Estimate off by %s · %s"), error, figure->measured->source)
                 : g_strdup_printf (_ ("Estimate off by %s"), error);
  /* Translators: a button, for screen readers: what is removed, such as "Device: 13.50 GB" */
  remove = g_strdup_printf (_ ("Remove Measurement, %s"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (button, figure->metric < HR_N_METRICS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

static void
hr_measured_group_dispose (GObject *object)
{
  HrMeasuredGroup *self = HR_MEASURED_GROUP (object);

  g_clear_object (&self->project);
  g_clear_object (&self->configuration);

  G_OBJECT_CLASS (hr_measured_group_parent_class)->dispose (object);
}

static void
hr_measured_group_finalize (GObject *object)
{
  HrMeasuredGroup *self = HR_MEASURED_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->buttons);

  G_OBJECT_CLASS (hr_measured_group_parent_class)->finalize (object);
}

static void
hr_measured_group_class_init (HrMeasuredGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hr_measured_group_dispose;
  object_class->finalize = hr_measured_group_finalize;
}

static void
hr_measured_group_init (HrMeasuredGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  self->add_button = gtk_button_new_with_label (_ ("Add…"));
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "win.add-measurement");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Measurement…"), -1);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
}

GtkWidget *
hr_measured_group_new (void)
{
  return g_object_new (HR_TYPE_MEASURED_GROUP, NULL);
}

void
hr_measured_group_show (HrMeasuredGroup *self, HrProject *project, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_MEASURED_GROUP (self));
  g_return_if_fail (HR_IS_PROJECT (project) && HR_IS_CONFIGURATION (configuration));

  g_autoptr (GArray) figures = hr_validation_rows_new ();

  g_set_object (&self->project, project);
  g_set_object (&self->configuration, configuration);
  hr_validation_add (figures, hr_configuration_get_entry (configuration),
                     hr_estimate_result_get (hr_configuration_get_estimate (configuration)));

  while (self->rows->len < figures->len)
    add_row (self);
  while (self->rows->len > figures->len)
    remove_last_row (self);
  for (guint i = 0; i < figures->len; i++)
    show_row (self, i, &g_array_index (figures, HrValidationRow, i));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      figures->len == 0 ? _ ("A dry run on the GPU tells how far the estimate is off: add its result.") : NULL);
}
