/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-time-group.h"

#include "hr-figure.h"
#include "model/hr-run-time.h"

#include <glib/gi18n-lib.h>

#define BASIS_CHARS 48

typedef enum
{
  FIGURE_FIRST_TOKEN,
  FIGURE_TOKENS,
  FIGURE_REQUESTS,
  FIGURE_TIME,
  FIGURE_GPU_HOURS,
  FIGURE_COST,
  N_FIGURES
} Figure;

struct _HrTimeGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *basis; /* label of the popover */
  GtkWidget *rows[N_FIGURES];
  GtkWidget *texts[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (HrTimeGroup, hr_time_group, ADW_TYPE_PREFERENCES_GROUP)

static void
add_row (HrTimeGroup *self, Figure figure, const char *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, NULL);
  GtkWidget *text = hr_figure_new (NULL);

  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_direction (text, GTK_TEXT_DIR_LTR); /* "37 (9.92–105)" has no letter to tell */
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  self->rows[figure] = row;
  self->texts[figure] = text;
}

static void
show_text (HrTimeGroup *self, Figure figure, char *text) /* (transfer full) (nullable): text */
{
  gtk_widget_set_visible (self->rows[figure], text != NULL);
  hr_figure_set_text (HR_FIGURE (self->texts[figure]), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[figure]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  g_free (text);
}

static GtkWidget *
new_basis_button (HrTimeGroup *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->basis = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->basis), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->basis), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self->basis), BASIS_CHARS);
  gtk_label_set_xalign (GTK_LABEL (self->basis), 0);
  gtk_popover_set_child (GTK_POPOVER (popover), self->basis);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "dialog-information-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("What time and cost rest on"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What time and cost rest on"), -1);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
new_edit_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Data Set and Assumptions…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Data Set and Assumptions…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.assumptions");
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
hr_time_group_class_init (HrTimeGroupClass *klass)
{
}

static void
hr_time_group_init (HrTimeGroup *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (buttons), new_basis_button (self));
  gtk_box_append (GTK_BOX (buttons), new_edit_button ());
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), buttons);

  add_row (self, FIGURE_FIRST_TOKEN, _ ("First token"));
  add_row (self, FIGURE_TOKENS, _ ("Tokens per second"));
  add_row (self, FIGURE_REQUESTS, _ ("Requests per second"));
  add_row (self, FIGURE_TIME, _ ("Time"));
  add_row (self, FIGURE_GPU_HOURS, _ ("GPU-hours"));
  add_row (self, FIGURE_COST, _ ("Cost"));
}

GtkWidget *
hr_time_group_new (void)
{
  return g_object_new (HR_TYPE_TIME_GROUP, NULL);
}

void
hr_time_group_show (HrTimeGroup *self, HrProject *project, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_TIME_GROUP (self));
  g_return_if_fail (HR_IS_PROJECT (project) && HR_IS_CONFIGURATION (configuration));

  gboolean serves = hr_configuration_get_job (configuration)->task == HR_TASK_INFER;
  HrRunTime time;

  hr_run_time (project, configuration, &time);
  gtk_widget_set_visible (GTK_WIDGET (self), time.throughput.known);
  if (!time.throughput.known)
    return;

  const char *no_time = hr_run_time_missing (&time), *no_cost = hr_run_price_missing (&time);
  g_autofree char *basis = hr_run_time_basis (project, configuration);

  show_text (self, FIGURE_FIRST_TOKEN, serves ? hr_seconds_text (time.throughput.prompt_seconds) : NULL);
  show_text (self, FIGURE_TOKENS, hr_span_text (time.throughput.tokens_per_second));
  show_text (self, FIGURE_REQUESTS, serves ? hr_span_text (time.throughput.requests_per_second) : NULL);
  show_text (self, FIGURE_TIME, no_time != NULL ? g_strdup (no_time) : hr_hours_text (time.cost.hours));
  show_text (self, FIGURE_GPU_HOURS,
             time.cost.known && time.throughput.gpus > 1 ? hr_span_text (time.cost.gpu_hours) : NULL);
  show_text (self, FIGURE_COST, no_cost != NULL ? g_strdup (no_cost) : hr_cost_text (time.cost.price));
  gtk_label_set_text (GTK_LABEL (self->basis), basis);
}
