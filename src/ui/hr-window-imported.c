/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-import-report-dialog.h"
#include "hr-recent-models.h"
#include "io/hr-training-import.h"
#include "model/hr-import-tables.h"
#include "model/hr-labels.h"
#include "model/hr-project-import.h"

#include <glib/gi18n-lib.h>

/* What there is to tell of an import that is done. */
typedef struct
{
  char *title;
  char *summary;
  HrTable *changes;       /* (nullable): what it changed in a configuration */
  HrTable *parameters;    /* (nullable): how weights compare with their architecture */
  HrImportReport *report; /* of one of these: */
  HrModelImport *model;
  HrTrainingImport *training;
} Done;

static void
done_free (Done *self)
{
  g_free (self->title);
  g_free (self->summary);
  g_clear_pointer (&self->changes, hr_table_free);
  g_clear_pointer (&self->parameters, hr_table_free);
  g_clear_pointer (&self->model, hr_model_import_free);
  g_clear_pointer (&self->training, hr_training_import_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Done, done_free)

static void
show_report (HrWindow *self, const Done *done)
{
  GtkWidget *dialog = hr_import_report_dialog_new (GTK_WINDOW (self), done->title, done->summary, done->report);

  if (done->changes != NULL && done->changes->rows->len > 0)
    hr_import_report_dialog_add_table (HR_IMPORT_REPORT_DIALOG (dialog), done->changes);
  if (done->parameters != NULL)
    hr_import_report_dialog_add_table (HR_IMPORT_REPORT_DIALOG (dialog), done->parameters);
  if (self->undo_toast != NULL) /* the import is the latest change */
    hr_import_report_dialog_offer_undo (HR_IMPORT_REPORT_DIALOG (dialog), "win.undo");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
details_cb (GtkButton *button, HrWindow *self)
{
  show_report (self, g_object_get_data (G_OBJECT (button), "done"));
}

/* A toast has one button, which is for undoing: the other stands beside its words. */
static void
toast_done (HrWindow *self, Done *done)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (done->title);
  GtkWidget *details = gtk_button_new_with_label (_ ("Details"));
  AdwToast *toast = hr_window_toast_undo (self, done->title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "heading");
  g_object_set_data_full (G_OBJECT (details), "done", done, (GDestroyNotify) done_free);
  g_signal_connect_object (details, "clicked", G_CALLBACK (details_cb), self, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), details);
  adw_toast_set_custom_title (toast, box);
}

/* Whether the user should see the report unasked: something was assumed, is not counted, or does not agree. */
static gboolean
wants_attention (const Done *done)
{
  if (hr_import_report_length (done->report, HR_IMPORT_ASSUMED) > 0)
    return TRUE;
  for (guint i = 0; i < hr_import_report_length (done->report, HR_IMPORT_IGNORED); i++)
    if (*hr_import_report_get (done->report, HR_IMPORT_IGNORED, i)->detail != '\0')
      return TRUE;

  return done->parameters != NULL && hr_import_parameters_differ (done->model);
}

static void
tell_done (HrWindow *self, HrConfiguration *configuration, Done *done)
{
  hr_selection_set_configuration (self->selection, configuration);
  toast_done (self, done);
  if (wants_attention (done))
    show_report (self, done);
}

static char *
summarize_model (const HrModelImport *model)
{
  g_autofree char *shape = model->has_architecture ? hr_architecture_summary (&model->architecture) : NULL;
  g_autofree char *weights = model->has_weights ? hr_import_weights_summary (model) : NULL;

  if (shape == NULL)
    return g_steal_pointer (&weights);

  return weights != NULL ? g_strjoin ("\n", shape, weights, NULL) : g_steal_pointer (&shape);
}

/* The configuration to change, with what is being typed into it. */
static HrConfiguration *
settle_configuration (HrWindow *self, HrJob *before)
{
  hr_window_commit (self);

  HrConfiguration *configuration = hr_window_get_configuration (self);
  if (configuration != NULL)
    *before = *hr_configuration_get_job (configuration);

  return configuration;
}

static HrTable *
compare (const HrJob *before, HrConfiguration *after)
{
  const HrJob *job = hr_configuration_get_job (after);

  return hr_job_changes (hr_job_title (job), before, job);
}

void
hr_window_tell_not_imported (HrWindow *self, const GError *error)
{
  hr_window_tell_failure (self, _ ("The File Could Not Be Imported"), error->message);
}

void
hr_window_apply_model (HrWindow *self, GFile *file, HrModelImport *model)
{
  HrProject *project = hr_document_get_project (self->document);
  g_autofree char *name = file != NULL ? hr_model_import_name (file) : g_strdup (model->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Done) done = g_new0 (Done, 1);
  HrJob before;
  HrConfiguration *configuration = settle_configuration (self, &before);

  done->model = model;
  done->report = model->report;
  HrConfiguration *changed = hr_project_import_model (project, configuration, model, name, &error);
  if (changed == NULL)
    {
      hr_window_tell_not_imported (self, error);
      return;
    }

  /* Translators: the name of a model, adapter or file */
  done->title = g_strdup_printf (_ ("Imported %s"), name);
  done->summary = summarize_model (model);
  if (configuration != NULL)
    done->changes = compare (&before, changed);
  if (model->has_weights && model->has_architecture)
    done->parameters = hr_import_compare_parameters (_ ("Parameters"), model);
  if (!model->has_adapter && file != NULL)
    hr_recent_models_add_file (file);
  tell_done (self, changed, g_steal_pointer (&done));
}

void
hr_window_apply_training (HrWindow *self, GFile *file)
{
  HrProject *project = hr_document_get_project (self->document);
  g_autofree char *base_name = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Done) done = g_new0 (Done, 1);
  HrJob before;
  HrConfiguration *configuration = settle_configuration (self, &before);
  HrEntry *base = configuration != NULL ? hr_configuration_get_entry (configuration) : NULL;
  HrConfiguration *changed = NULL;

  done->training = hr_training_import_load (file, base, &error);
  if (done->training != NULL)
    changed = hr_project_import_training (project, configuration, done->training, &error);
  if (changed == NULL)
    {
      hr_window_tell_not_imported (self, error);
      return;
    }

  done->report = done->training->report;
  done->title = g_strdup_printf (_ ("Imported %s"), name);
  if (changed == configuration)
    done->changes = compare (&before, changed);
  tell_done (self, changed, g_steal_pointer (&done));
}
