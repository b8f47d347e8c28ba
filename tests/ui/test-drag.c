/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "model/hr-document.h"
#include "ui/hr-inspector.h"
#include "ui/hr-verdict-chip.h"

/* What happens while a number is dragged in the inspector. */

static guint n_measurings;

static GtkSizeRequestMode
height_for_width (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_cb (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
            int *minimum_baseline, int *natural_baseline)
{
  n_measurings++;
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
allocate_cb (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
edit_batch (HrConfiguration *configuration, HrProject *project, GtkWidget *window, guint64 value)
{
  g_object_set (configuration, "batch-micro-batch-size", value, NULL);
  hr_project_flush (project);
  ui_settle ();
  gtk_widget_queue_draw (window);
  gtk_test_widget_wait_for_draw (window);
  ui_settle ();
}

/* What changes fits into its place. */
static void
test_lays_nothing_out (void)
{
  g_autoptr (HrProjectData) data = hr_project_data_new ("Drag");
  g_autoptr (HrDocument) document = hr_document_new_from_data (data);
  g_autoptr (HrSelection) selection = hr_selection_new ();
  HrProject *project = hr_document_get_project (document);
  HrConfiguration *configuration = hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, HR_METHOD_QLORA, NULL);
  GtkWidget *window = gtk_window_new (), *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inspector = hr_inspector_new ();

  g_object_set (configuration, "model-id", "meta-llama/Meta-Llama-3-8B", NULL);
  hr_selection_set_project (selection, project);
  hr_selection_set_configuration (selection, configuration);
  hr_inspector_set_selection (HR_INSPECTOR (inspector), selection);
  gtk_widget_set_layout_manager (place, gtk_custom_layout_new (height_for_width, measure_cb, allocate_cb));
  gtk_widget_set_parent (inspector, place);
  gtk_window_set_child (GTK_WINDOW (window), place);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 600);
  gtk_window_present (GTK_WINDOW (window));
  edit_batch (configuration, project, window, 5);

  HrVerdictChip *chip = HR_VERDICT_CHIP (ui_find (inspector, HR_TYPE_VERDICT_CHIP));
  g_autofree char *before = g_strdup (hr_verdict_chip_get_text (chip));

  n_measurings = 0;
  for (guint64 value = 6; value < 9; value++)
    edit_batch (configuration, project, window, value);
  g_assert_cmpstr (hr_verdict_chip_get_text (chip), !=, before);
  g_assert_cmpuint (n_measurings, ==, 0);

  gtk_widget_unparent (inspector);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/drag/lays-nothing-out", test_lays_nothing_out);

  return g_test_run ();
}
