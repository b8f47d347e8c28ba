/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-print.h"

#include "model/hr-report.h"
#include "report/hr-report-pages.h"

#define POINTS_A_PIXEL 0.75

/* Of one job. */
typedef struct
{
  HrReportDocument *report;
  HrReportPages *pages; /* (nullable): laid out when the paper is known */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  hr_report_document_free (self->report);
  g_clear_pointer (&self->pages, hr_report_pages_free);
  g_free (self);
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Job *self = user_data;

  g_clear_pointer (&self->pages, hr_report_pages_free);
  self->pages = hr_report_pages_new (self->report, gtk_print_context_get_width (context) / POINTS_A_PIXEL,
                                     gtk_print_context_get_height (context) / POINTS_A_PIXEL);
  gtk_print_operation_set_n_pages (operation, (int) hr_report_pages_get_n_pages (self->pages));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int index, gpointer user_data)
{
  const Job *self = user_data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  cairo_scale (cr, POINTS_A_PIXEL, POINTS_A_PIXEL);
  hr_report_pages_draw (self->pages, (guint) index, cr);
}

GtkPrintOperation *
hr_print_operation_new (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  GtkPrintOperation *operation = gtk_print_operation_new ();
  Job *job = g_new0 (Job, 1);

  job->report = hr_report_of_project (project);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, hr_project_get_data (project)->name);
  g_object_set_data_full (G_OBJECT (operation), "hr-print-job", job, job_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);

  return operation;
}

/* What was chosen last: of all windows. */
static GtkPrintSettings *last_settings;
static GtkPageSetup *last_setup;

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      g_set_object (&last_settings, gtk_print_operation_get_print_settings (operation));
      g_set_object (&last_setup, gtk_print_operation_get_default_page_setup (operation));
    }
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      g_task_return_error (task, error);
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }
}

void
hr_print_async (GtkWindow *parent, HrProject *project, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkPrintOperation *operation = hr_print_operation_new (project);

  g_task_set_source_tag (task, hr_print_async);
  g_task_set_task_data (task, operation, g_object_unref);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_print_settings (operation, last_settings);
  gtk_print_operation_set_default_page_setup (operation, last_setup);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), task);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

gboolean
hr_print_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
