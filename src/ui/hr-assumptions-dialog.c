/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-assumptions-dialog.h"

#include "hr-accessible-name.h"
#include "hr-number-row.h"
#include "hr-whole-text.h"
#include "model/hr-labels.h"
#include "model/hr-run-time.h"

#include <glib/gi18n-lib.h>

#define SHARE_STEP 0.05
#define LINK_STEP_GBPS 10
#define PRICE_STEP 0.1

struct _HrAssumptionsDialog
{
  AdwWindow parent_instance;

  GtkWidget *page;
  GtkWidget *assumptions;

  HrDocument *document;
};

G_DEFINE_FINAL_TYPE (HrAssumptionsDialog, hr_assumptions_dialog, ADW_TYPE_WINDOW)

static const struct
{
  const char *name; /* of the row and of the project's property */
  double maximum;
  double step;
  gboolean whole;
  HrFieldUnit unit;
} dataset_rows[] = {
  { "dataset-samples", HR_MAX_SAMPLES, 1000, TRUE, HR_FIELD_UNIT_AMOUNT },
  { "dataset-mean-tokens", HR_MAX_TOKENS, HR_STEP_DOUBLES, FALSE, HR_FIELD_UNIT_TOKENS },
  { "dataset-epochs", HR_MAX_EPOCHS, 1, FALSE, HR_FIELD_UNIT_AMOUNT },
};

static void
bind_row (HrAssumptionsDialog *self, GtkWidget *row, const char *property)
{
  g_object_bind_property (hr_document_get_project (self->document), property, row, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static double
step_of (HrAssumption member)
{
  switch ((int) member)
    {
    case HR_ASSUMPTION_LINK_BANDWIDTH_GBPS:
      return LINK_STEP_GBPS;
    case HR_ASSUMPTION_PRICE_PER_GPU_HOUR:
      return PRICE_STEP;
    default:
      return SHARE_STEP;
    }
}

static void
add_row (HrAssumptionsDialog *self, HrAssumption member, HrConfiguration *configuration)
{
  GtkWidget *row = hr_number_row_new ();
  HrNumberRow *number = HR_NUMBER_ROW (row);
  g_autofree char *property
      = g_strdelimit (g_strconcat ("assumption-", hr_enum_id (&HR_ASSUMPTIONS, (int) member), NULL), "_", '-');

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hr_assumption_label (member));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  hr_number_row_set_range (number, 0, hr_assumption_maximum (member), FALSE);
  hr_number_row_set_unit (number, hr_assumption_maximum (member) > 1 ? HR_FIELD_UNIT_AMOUNT : HR_FIELD_UNIT_SHARE);
  hr_number_row_set_step (number, step_of (member));
  hr_number_row_set_placeholder (number, _ ("default"));
  if (configuration != NULL)
    {
      g_autofree char *standard
          = hr_assumption_default_text (member, hr_document_get_project (self->document), configuration);
      /* Translators: what holds where nothing is stated */
      g_autofree char *hint = g_strdup_printf (_ ("Default: %s"), standard);

      hr_number_row_set_hint (number, hint);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->assumptions), row);
  bind_row (self, row, property);
}

static void
undo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_document_undo (HR_ASSUMPTIONS_DIALOG (widget)->document);
}

static void
redo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_document_redo (HR_ASSUMPTIONS_DIALOG (widget)->document);
}

static void
hr_assumptions_dialog_dispose (GObject *object)
{
  g_clear_object (&HR_ASSUMPTIONS_DIALOG (object)->document);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_ASSUMPTIONS_DIALOG);

  G_OBJECT_CLASS (hr_assumptions_dialog_parent_class)->dispose (object);
}

static void
hr_assumptions_dialog_class_init (HrAssumptionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_assumptions_dialog_dispose;

  g_type_ensure (HR_TYPE_NUMBER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-assumptions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HrAssumptionsDialog, page);
  gtk_widget_class_bind_template_child (widget_class, HrAssumptionsDialog, assumptions);
  for (gsize i = 0; i < G_N_ELEMENTS (dataset_rows); i++)
    gtk_widget_class_bind_template_child_full (widget_class, dataset_rows[i].name, FALSE, 0);

  /* As in the window: the fields' own keys activate these. */
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_assumptions_dialog_init (HrAssumptionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
}

GtkWidget *
hr_assumptions_dialog_new (HrDocument *document, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_DOCUMENT (document), NULL);

  HrAssumptionsDialog *self = g_object_new (HR_TYPE_ASSUMPTIONS_DIALOG, NULL);

  self->document = g_object_ref (document);
  for (gsize i = 0; i < G_N_ELEMENTS (dataset_rows); i++)
    {
      GtkWidget *row = GTK_WIDGET (
          gtk_widget_get_template_child (GTK_WIDGET (self), HR_TYPE_ASSUMPTIONS_DIALOG, dataset_rows[i].name));

      hr_number_row_set_range (HR_NUMBER_ROW (row), 0, dataset_rows[i].maximum, dataset_rows[i].whole);
      hr_number_row_set_unit (HR_NUMBER_ROW (row), dataset_rows[i].unit);
      hr_number_row_set_step (HR_NUMBER_ROW (row), dataset_rows[i].step);
      bind_row (self, row, dataset_rows[i].name);
    }
  for (int i = 0; i < HR_N_ASSUMPTIONS; i++)
    add_row (self, i, configuration);
  if (configuration != NULL)
    {
      /* Translators: the name of a configuration */
      g_autofree char *text = g_strdup_printf (_ ("What is left empty comes from published runs, here for %s."),
                                               hr_job_title (hr_configuration_get_job (configuration)));

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->assumptions), text);
    }
  gtk_widget_set_sensitive (self->page, !hr_project_get_data (hr_document_get_project (document))->read_only);
  return GTK_WIDGET (self);
}
