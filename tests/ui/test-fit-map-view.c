/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "ui/hr-export.h"
#include "ui/hr-fit-map-axes.h"
#include "ui/hr-fit-map-plot.h"
#include "ui/hr-fit-map-table.h"
#include "ui/hr-fit-map-view.h"

typedef struct
{
  HrSelection *selection; /* of the sample project: its QLoRA configuration is selected */
  HrProject *project;
  HrConfiguration *configuration;
  HrFitMapView *view;
  HrFitMapPlot *plot;
  GtkWidget *window;
  guint n_adopted;
} Fixture;

static void
count_adopted (Fixture *self)
{
  self->n_adopted++;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  gboolean mirrored = GPOINTER_TO_INT (user_data);

  self->selection = view_selection ();
  self->project = g_object_ref (hr_selection_get_project (self->selection));
  self->configuration = hr_project_get_configuration (self->project, 2);
  hr_selection_set_configuration (self->selection, self->configuration);
  self->view = HR_FIT_MAP_VIEW (hr_fit_map_view_new ());
  if (mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  hr_view_set_selection (HR_VIEW (self->view), self->selection);
  g_signal_connect_swapped (self->view, "adopted", G_CALLBACK (count_adopted), self);
  self->window = view_show (GTK_WIDGET (self->view), 1000, 600);
  self->plot = HR_FIT_MAP_PLOT (ui_find (self->window, HR_TYPE_FIT_MAP_PLOT));
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (self->view), (gpointer *) &self->view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_null (self->view);
  g_object_unref (self->project);
  g_assert_finalize_object (self->selection);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static const HrFitMap *
shown (Fixture *self)
{
  return hr_fit_map_plot_get_map (self->plot);
}

static void
move (Fixture *self, HrFitMapMove key)
{
  g_signal_emit_by_name (self->plot, "move-cursor", (int) key);
}

static void
assert_at (Fixture *self, uint64_t column_value, uint64_t row_value)
{
  HrFitMapPlace place = hr_fit_map_plot_get_place (self->plot);
  g_autofree char *sentence = hr_fit_map_describe (shown (self), place, HR_SPOKEN);
  g_autofree char *values = hr_fit_map_values_text (shown (self), place);
  g_autofree char *verdict = hr_fit_map_verdict_text (shown (self), place);

  g_assert_cmpuint (shown (self)->columns.values[place.column], ==, column_value);
  g_assert_cmpuint (shown (self)->rows.values[place.row], ==, row_value);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
  g_assert_nonnull (ui_find_text (self->window, values));
  g_assert_nonnull (ui_find_text (self->window, verdict));
}

static void
set_options (Fixture *self, gboolean fine, gboolean zoom)
{
  HrFitMapOptions options = hr_selection_get_fit_map (self->selection);

  options.fine = fine;
  options.zoom = zoom;
  hr_selection_set_fit_map (self->selection, &options);
  view_settle (self->window);
}

static const HrJob *
get_job (Fixture *self)
{
  return hr_configuration_get_job (self->configuration);
}

/* The cell of what the configuration has is its estimate, in the table and on the map, before and after an edit. */
static void
test_current (Fixture *self, gconstpointer user_data)
{
  for (int turn = 0; turn < 3; turn++)
    {
      if (turn > 0)
        set_options (self, turn == 1, TRUE);
      for (guint64 rank = 16; rank <= 64; rank += 48)
        {
          g_object_set (self->configuration, "method-rank", rank, NULL);
          view_settle (self->window);

          const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (self->configuration));
          const HrGridCell *cell = hr_fit_map_cell (shown (self), shown (self)->current);

          g_assert_cmpuint (cell->device_bytes, ==, estimate->peak.device_bytes);
          g_assert_cmpint (cell->verdict, ==, estimate->fit.verdict);
          g_assert_cmpuint (shown (self)->limit_bytes, ==, estimate->fit.capacity_bytes);
          assert_at (self, 1, 2048);
        }
    }
}

static void
test_keys (Fixture *self, gconstpointer user_data)
{
  assert_at (self, 1, 2048);
  move (self, HR_FIT_MAP_MOVE_UP);
  assert_at (self, 1, 1024);
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  assert_at (self, 2, 1024);
  move (self, HR_FIT_MAP_MOVE_ROW_END);
  assert_at (self, 64, 1024);
  move (self, HR_FIT_MAP_MOVE_COLUMN_END);
  assert_at (self, 64, 8192);

  /* The cursor stays on its values when there are more cells. */
  set_options (self, TRUE, FALSE);
  assert_at (self, 64, 8192);
  move (self, HR_FIT_MAP_MOVE_CURRENT);
  assert_at (self, 1, 2048);
}

/* Right is what people see: a smaller value, where text runs from right to left. */
static void
test_keys_mirrored (Fixture *self, gconstpointer user_data)
{
  move (self, HR_FIT_MAP_MOVE_LEFT);
  assert_at (self, 2, 2048);
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  assert_at (self, 1, 2048);
}

/* Both values change as one edit, and come back as one. */
static void
test_adopt (Fixture *self, gconstpointer user_data)
{
  guint n_changes = 0;
  gulong handler = g_signal_connect_swapped (self->project, "will-change", G_CALLBACK (count_adopted), self);

  move (self, HR_FIT_MAP_MOVE_UP);
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  g_signal_emit_by_name (self->plot, "adopt-cursor");
  n_changes = self->n_adopted;
  g_signal_handler_disconnect (self->project, handler);
  g_assert_cmpuint (n_changes, ==, 2); /* the edit, and what the view tells of it */
  g_assert_cmpuint (get_job (self)->batch.micro_batch_size, ==, 2);
  g_assert_cmpuint (get_job (self)->batch.sequence_length, ==, 1024);
  view_settle (self->window);
  assert_at (self, 2, 1024);
  g_assert_true (hr_fit_map_place_equal (shown (self)->current, hr_fit_map_plot_get_place (self->plot)));

  /* There is nothing to do for what is in force. */
  g_signal_emit_by_name (self->plot, "adopt-cursor");
  g_assert_cmpuint (self->n_adopted, ==, n_changes);

  HrProjectData *newer = hr_project_data_copy (hr_project_get_data (self->project));
  newer->read_only = TRUE;
  hr_project_set_data (self->project, newer);
  hr_project_data_free (newer);
  view_settle (self->window);
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  g_signal_emit_by_name (self->plot, "adopt-cursor");
  g_assert_cmpuint (self->n_adopted, ==, n_changes);
  g_assert_cmpuint (get_job (self)->batch.micro_batch_size, ==, 2);
}

static void
click (Fixture *self, HrFitMapPlace place)
{
  HrChartBox box = hr_fit_map_layout_box (hr_fit_map_plot_get_layout (self->plot), place);
  GtkEventController *gesture = ui_find_controller (GTK_WIDGET (self->plot), GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (gesture, "released", 1, box.x + box.width / 2, box.y + box.height / 2);
}

static void
test_click (Fixture *self, gconstpointer user_data)
{
  GtkEventController *motion = ui_find_controller (GTK_WIDGET (self->plot), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  HrChartBox box = hr_fit_map_layout_box (hr_fit_map_plot_get_layout (self->plot), (HrFitMapPlace){ 3, 1 });

  g_signal_emit_by_name (motion, "motion", box.x + 2, box.y + 2);
  assert_at (self, 8, 256);

  /* A key takes over from a pointer that rests where it is. */
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  g_signal_emit_by_name (motion, "motion", box.x + 2, box.y + 2);
  assert_at (self, 2, 2048);
  g_signal_emit_by_name (motion, "motion", box.x + 4, box.y + 2);
  assert_at (self, 8, 256);
  g_signal_emit_by_name (motion, "leave");
  assert_at (self, 2, 2048);
  click (self, (HrFitMapPlace){ 3, 1 });
  g_assert_cmpuint (get_job (self)->batch.micro_batch_size, ==, 8);
  g_assert_cmpuint (get_job (self)->batch.sequence_length, ==, 256);
  g_assert_cmpuint (self->n_adopted, ==, 1);
}

static gboolean
is_complete (Fixture *self)
{
  HrFitMapOptions options = hr_selection_get_fit_map (self->selection);
  g_autoptr (HrFitMap) whole = hr_configuration_fit_map (self->project, self->configuration, &options);
  guint n_cells = whole->columns.n_values * whole->rows.n_values;

  if (shown (self)->columns.n_values != whole->columns.n_values || shown (self)->rows.n_values != whole->rows.n_values)
    return FALSE;
  for (guint i = 0; i < n_cells; i++)
    if (shown (self)->cells[i].device_bytes != whole->cells[i].device_bytes
        || shown (self)->cells[i].verdict != whole->cells[i].verdict)
      return FALSE;

  return TRUE;
}

/* While a member is dragged every frame has a whole map; when nothing is left to do it is the one that all else has. */
static void
test_fills_in (Fixture *self, gconstpointer user_data)
{
  set_options (self, TRUE, FALSE);
  for (guint64 rank = 8; rank <= 128; rank *= 2)
    {
      g_object_set (self->configuration, "method-rank", rank, NULL);
      view_settle (self->window);
      for (guint i = 0; i < shown (self)->columns.n_values * shown (self)->rows.n_values; i++)
        g_assert_cmpuint (shown (self)->cells[i].device_bytes, >, 5000000000);
    }
  ui_wait_for (is_complete (self));
  g_assert_cmpuint (shown (self)->rows.n_values, >=, HR_GRID_FINE_VALUES);
}

static GtkDropDown *
find_list (Fixture *self, const char *name)
{
  GtkWidget *axes = ui_find (self->window, HR_TYPE_FIT_MAP_AXES);

  return GTK_DROP_DOWN (gtk_widget_get_template_child (axes, HR_TYPE_FIT_MAP_AXES, name));
}

static void
assert_axes (Fixture *self, HrUnknown columns, HrUnknown rows)
{
  view_settle (self->window);
  g_assert_cmpint (shown (self)->columns.unknown, ==, columns);
  g_assert_cmpint (shown (self)->rows.unknown, ==, rows);
}

static void
test_axes (Fixture *self, gconstpointer user_data)
{
  GtkDropDown *columns = find_list (self, "columns"), *rows = find_list (self, "rows");

  /* Micro-batch, sequence, rank: one card cannot be several. */
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (columns)), ==, 3);
  gtk_drop_down_set_selected (rows, 2);
  assert_axes (self, HR_UNKNOWN_MICRO_BATCH, HR_UNKNOWN_RANK);
  gtk_drop_down_set_selected (rows, 0);
  assert_axes (self, HR_UNKNOWN_RANK, HR_UNKNOWN_MICRO_BATCH);
  g_assert_cmpuint (gtk_drop_down_get_selected (columns), ==, 2);

  g_assert_true (shown (self)->rows.logarithmic);
  gtk_drop_down_set_selected (find_list (self, "rows_scale"), 1);
  assert_axes (self, HR_UNKNOWN_RANK, HR_UNKNOWN_MICRO_BATCH);
  g_assert_false (shown (self)->rows.logarithmic);
  g_assert_true (shown (self)->columns.logarithmic);

  /* Without adapters there is no rank; what serves has other axes. */
  hr_configuration_apply_template (self->configuration, HR_TASK_TRAIN, HR_METHOD_FULL);
  assert_axes (self, HR_UNKNOWN_SEQUENCE, HR_UNKNOWN_MICRO_BATCH);
  hr_configuration_apply_template (self->configuration, HR_TASK_INFER, HR_METHOD_FULL);
  view_settle (self->window);
  g_assert_cmpint (shown (self)->columns.unknown, >=, HR_UNKNOWN_CONTEXT);
  g_assert_cmpint (shown (self)->rows.unknown, >=, HR_UNKNOWN_CONTEXT);
  hr_configuration_apply_template (self->configuration, HR_TASK_TRAIN, HR_METHOD_LORA);
  assert_axes (self, HR_UNKNOWN_RANK, HR_UNKNOWN_MICRO_BATCH);
}

/* Both ends of the frontier are on a zoomed map: something fits in the first row and column, nothing in the last cell.
 */
static void
test_zoom (Fixture *self, gconstpointer user_data)
{
  set_options (self, TRUE, TRUE);
  ui_wait_for (is_complete (self));

  int last_column = (int) shown (self)->columns.n_values - 1, last_row = (int) shown (self)->rows.n_values - 1;
  const HrFitMapPlace over[] = { { last_column, 0 }, { last_column, last_row } };

  g_assert_cmpint (hr_fit_map_cell (shown (self), (HrFitMapPlace){ 0, 0 })->verdict, ==, HR_VERDICT_FITS);
  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    g_assert_cmpint (hr_fit_map_cell (shown (self), over[i])->verdict, ==, HR_VERDICT_OVER);
  g_assert_cmpuint (shown (self)->columns.values[last_column], <, 64);
  g_assert_cmpuint (shown (self)->rows.values[last_row], <, 8192);
}

static void
test_no_configuration (Fixture *self, gconstpointer user_data)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->project)) > 0)
    hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
  view_settle (self->window);
  g_assert_cmpint (hr_fit_map_plot_get_place (self->plot).column, ==, -1);
  move (self, HR_FIT_MAP_MOVE_RIGHT);
  g_signal_emit_by_name (self->plot, "adopt-cursor");
  g_assert_cmpuint (self->n_adopted, ==, 0);
}

static void
test_narrow (Fixture *self, gconstpointer user_data)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 600);
  ui_wait_for (gtk_widget_get_width (self->window) == 360);
  view_settle (self->window);
  GdkRectangle plot = view_bounds (GTK_WIDGET (self->plot), self->window);
  g_assert_cmpint (plot.x + plot.width, <=, 360);
}

/* What is exported is the map that is seen. */
static void
test_export (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  HrFitMapOptions options = hr_selection_get_fit_map (self->selection);

  options.rows.unknown = HR_UNKNOWN_RANK;
  hr_selection_set_fit_map (self->selection, &options);
  g_autoptr (GBytes) bytes = hr_export_format ("svg")->make (self->selection, HR_EXPORT_FIT_MAP, &error);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "QLoRA r16. Micro-batch 1, Rank 16: "));
}

static HrFitMapPlace
find_focus (Fixture *self, HrFitMapTable *table)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  for (int row = 0; row < (int) shown (self)->rows.n_values; row++)
    for (int column = 0; column < (int) shown (self)->columns.n_values; column++)
      if (hr_fit_map_table_get_cell (table, (HrFitMapPlace){ column, row }) == focus)
        return (HrFitMapPlace){ column, row };

  return HR_FIT_MAP_NOWHERE;
}

/* Arrow keys go from cell to cell as people see them, Return adopts, and Tab leaves the table. */
static void
test_table (Fixture *self, gconstpointer mirrored)
{
  HrFitMapTable *table = HR_FIT_MAP_TABLE (ui_find (self->window, HR_TYPE_FIT_MAP_TABLE));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find_button (self->window, "_Detail")), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find_button (self->window, "T_able")), TRUE);
  view_settle (self->window);
  g_assert_false (shown (self)->fine);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (self->plot)));

  HrFitMapPlace current = shown (self)->current, next = { current.column + 1, current.row + 1 };

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (self->view)));
  g_assert_true (hr_fit_map_place_equal (find_focus (self, table), current));
  g_signal_emit_by_name (self->window, "move-focus", mirrored != NULL ? GTK_DIR_LEFT : GTK_DIR_RIGHT);
  g_signal_emit_by_name (self->window, "move-focus", GTK_DIR_DOWN);
  g_assert_true (hr_fit_map_place_equal (find_focus (self, table), next));

  g_autofree char *sentence = hr_fit_map_describe (shown (self), next, HR_SPOKEN);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hr_fit_map_table_get_cell (table, next)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (self->window)), "clicked");
  view_settle (self->window);
  g_assert_cmpuint (self->n_adopted, ==, 1);
  g_assert_true (hr_fit_map_place_equal (shown (self)->current, find_focus (self, table)));
  g_assert_true (gtk_widget_has_css_class (gtk_window_get_focus (GTK_WINDOW (self->window)), "current"));

  g_signal_emit_by_name (self->window, "move-focus", GTK_DIR_TAB_BACKWARD);
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), GTK_WIDGET (table)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find_button (self->window, "_Detail")), TRUE);
  view_settle (self->window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->plot)));
}

int
main (int argc, char *argv[])
{
  view_init (&argc, &argv);

#define ADD(path, mirrored, function)                                                                                  \
  g_test_add (path, Fixture, GINT_TO_POINTER (mirrored), set_up, function, tear_down)
  ADD ("/fit-map-view/current", FALSE, test_current);
  ADD ("/fit-map-view/keys", FALSE, test_keys);
  ADD ("/fit-map-view/keys-mirrored", TRUE, test_keys_mirrored);
  ADD ("/fit-map-view/adopt", FALSE, test_adopt);
  ADD ("/fit-map-view/click", FALSE, test_click);
  ADD ("/fit-map-view/fills-in", FALSE, test_fills_in);
  ADD ("/fit-map-view/axes", FALSE, test_axes);
  ADD ("/fit-map-view/zoom", FALSE, test_zoom);
  ADD ("/fit-map-view/no-configuration", FALSE, test_no_configuration);
  ADD ("/fit-map-view/narrow", FALSE, test_narrow);
  ADD ("/fit-map-view/table", FALSE, test_table);
  ADD ("/fit-map-view/table-mirrored", TRUE, test_table);
  ADD ("/fit-map-view/export", FALSE, test_export);

  return g_test_run ();
}
