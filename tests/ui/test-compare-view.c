/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "io/hr-table.h"
#include "model/hr-cheapest-offer.h"
#include "model/hr-comparison.h"
#include "ui/hr-chart-view.h"
#include "ui/hr-compare-head.h"
#include "ui/hr-compare-row.h"
#include "ui/hr-compare-table.h"
#include "ui/hr-compare-view.h"

#include <math.h>

typedef struct
{
  HrSelection *selection;
  HrProject *project;
  GtkWidget *view;
  GtkWidget *window;
  HrCompareTable *table;
  HrChartView *chart;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->selection = view_selection ();
  fixture->project = hr_selection_get_project (fixture->selection);
  fixture->view = hr_compare_view_new ();
  if (GPOINTER_TO_INT (user_data))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  hr_view_set_selection (HR_VIEW (fixture->view), fixture->selection);
  fixture->window = view_show (fixture->view, 1000, 900);
  view_settle (fixture->window); /* what the first frame does not show */
  fixture->table = HR_COMPARE_TABLE (ui_find (fixture->view, HR_TYPE_COMPARE_TABLE));
  fixture->chart = HR_CHART_VIEW (ui_find (fixture->view, HR_TYPE_CHART_VIEW));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (fixture->view);
  g_assert_finalize_object (fixture->selection);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static guint
n_configurations (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->project));
}

static HrCompareRow *
row_at (Fixture *fixture, guint position)
{
  return g_ptr_array_index (hr_compare_table_get_rows (fixture->table), position);
}

static HrCompareRow *
find_row (Fixture *fixture, HrRowKind kind, int tag)
{
  for (guint i = 0; i < hr_compare_table_get_rows (fixture->table)->len; i++)
    if (hr_compare_row_get_kind (row_at (fixture, i)) == kind && hr_compare_row_get_tag (row_at (fixture, i)) == tag)
      return row_at (fixture, i);

  g_assert_not_reached ();
}

/* Columns out of sight have no widgets. */
static gboolean
is_in_sight (Fixture *fixture, guint column)
{
  return hr_compare_table_get_head (fixture->table, column) != NULL;
}

/* The cheapest offers follow a little later than the rest. */
static void
await_offers (Fixture *fixture)
{
  ui_wait_for (hr_cheapest_offer_is_known (fixture->project));
  view_settle (fixture->window);
}

static void
assert_shows_comparison (Fixture *fixture)
{
  await_offers (fixture);

  g_autoptr (HrTable) table = hr_comparison_table (fixture->project);

  g_assert_cmpuint (hr_compare_table_get_rows (fixture->table)->len, ==, table->rows->len);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (table->rows, i);
      HrCompareRow *shown = row_at (fixture, i);

      g_assert_cmpint (hr_compare_row_get_kind (shown), ==, row->kind);
      g_assert_true (g_str_has_prefix (hr_compare_row_get_label (shown), row->label));
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_ROLE_ROW);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_PROPERTY_LABEL, row->label);
      for (guint j = 0; row->kind != HR_ROW_SECTION && j < n_configurations (fixture); j++)
        g_assert_cmpstr (hr_compare_row_get_text (shown, j), ==, is_in_sight (fixture, j) ? row->cells[j] : NULL);
    }
  for (guint j = 0; j < n_configurations (fixture); j++)
    if (is_in_sight (fixture, j))
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hr_compare_table_get_head (fixture->table, j)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, table->columns[j]);
}

typedef struct
{
  HrCompareTable *table;
  HrChartView *chart;
  guint n_frames;
  guint n_rows; /* in the window in the first frame, with cells */
} FirstFrame;

static void
first_frame_cb (GdkFrameClock *clock, gpointer user_data)
{
  FirstFrame *frame = user_data;
  GPtrArray *rows = hr_compare_table_get_rows (frame->table);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (frame->table)));

  if (frame->n_frames++ > 0)
    return;

  g_assert_nonnull (hr_chart_view_get_layout (frame->chart));
  for (guint i = 0; i < rows->len; i++)
    {
      GdkRectangle row = view_bounds (rows->pdata[i], window);

      if (row.y >= gtk_widget_get_height (window) || hr_compare_row_get_kind (rows->pdata[i]) == HR_ROW_SECTION)
        continue;
      g_assert_nonnull (hr_compare_row_get_text (rows->pdata[i], 0));
      g_assert_cmpint (gtk_widget_get_width (hr_compare_row_get_cell (rows->pdata[i], 0)), >, 0);
      frame->n_rows++;
    }
}

/* What people see first is the comparison, not a place for it. */
static void
test_first_frame (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = hr_compare_view_new ();
  FirstFrame frame = {
    .table = HR_COMPARE_TABLE (ui_find (view, HR_TYPE_COMPARE_TABLE)),
    .chart = HR_CHART_VIEW (ui_find (view, HR_TYPE_CHART_VIEW)),
  };

  hr_view_set_selection (HR_VIEW (view), fixture->selection);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (first_frame_cb), &frame);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait_for (frame.n_frames > 0);
  g_assert_cmpuint (frame.n_rows, >=, 5);

  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), &frame);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_shows_comparison (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpuint (n_configurations (fixture), >=, 3);
  assert_shows_comparison (fixture);
  for (guint i = 0; i < n_configurations (fixture); i++)
    g_assert_true (is_in_sight (fixture, i));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (hr_compare_row_get_cell (find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_WEIGHTS), 0)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "16.06 GB");
}

/* Rows stay the same widgets when only figures change. */
static void
test_follows_edits (Fixture *fixture, gconstpointer user_data)
{
  HrConfiguration *first = hr_project_get_configuration (fixture->project, 0);
  HrCompareRow *activations = find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_ACTIVATIONS);
  g_autofree char *before = g_strdup (hr_compare_row_get_text (activations, 0));

  g_object_set (first, "batch-micro-batch-size", (guint64) 7, NULL);
  view_settle (fixture->window);

  assert_shows_comparison (fixture);
  g_assert_true (find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_ACTIVATIONS) == activations);
  g_assert_cmpstr (hr_compare_row_get_text (activations, 0), !=, before);
}

static void
test_follows_list (Fixture *fixture, gconstpointer user_data)
{
  HrConfiguration *first = hr_project_get_configuration (fixture->project, 0);
  GtkWidget *head = hr_compare_table_get_head (fixture->table, 0);

  hr_project_move (fixture->project, first, 2);
  view_settle (fixture->window);
  assert_shows_comparison (fixture);
  g_assert_true (hr_compare_table_get_head (fixture->table, 2) == head);

  hr_project_duplicate (fixture->project, first);
  view_settle (fixture->window);
  assert_shows_comparison (fixture);

  while (n_configurations (fixture) > 1)
    hr_project_remove (fixture->project, hr_project_get_configuration (fixture->project, 0));
  view_settle (fixture->window);
  assert_shows_comparison (fixture);
}

static void
test_follows_units (Fixture *fixture, gconstpointer user_data)
{
  g_object_set (fixture->project, "units", (guint) HR_UNITS_GIB, NULL);
  view_settle (fixture->window);
  assert_shows_comparison (fixture);
  g_assert_nonnull (
      strstr (hr_compare_row_get_text (find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_WEIGHTS), 0), "GiB"));
}

/* Whatever the direction, each bar stands over the middle of its column. */
static void
test_bars_over_columns (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < n_configurations (fixture); i++)
    {
      if (!is_in_sight (fixture, i))
        continue;

      GdkRectangle head = view_bounds (hr_compare_table_get_head (fixture->table, i), GTK_WIDGET (fixture->table));
      double x, y, width, height;

      g_assert_true (hr_chart_layout_bounds (hr_chart_view_get_layout (fixture->chart), (HrChartId){ (int) i, -1, -1 },
                                             &x, &y, &width, &height));
      g_assert_cmpfloat_with_epsilon (head.x + head.width / 2.0, x + width / 2, 1);
      g_assert_cmpfloat (width, <, head.width);
    }
}

static void
test_mirrored (Fixture *fixture, gconstpointer user_data)
{
  GdkRectangle first = view_bounds (hr_compare_table_get_head (fixture->table, 0), GTK_WIDGET (fixture->table));
  GdkRectangle second = view_bounds (hr_compare_table_get_head (fixture->table, 1), GTK_WIDGET (fixture->table));

  g_assert_cmpint (first.x, >, second.x);
  test_bars_over_columns (fixture, user_data);
}

static void
test_cells_stay_in_columns (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < hr_compare_table_get_rows (fixture->table)->len; i++)
    for (guint j = 0; hr_compare_row_get_kind (row_at (fixture, i)) != HR_ROW_SECTION && j < n_configurations (fixture);
         j++)
      {
        if (!is_in_sight (fixture, j))
          continue;

        GtkWidget *table = GTK_WIDGET (fixture->table);
        GdkRectangle head = view_bounds (hr_compare_table_get_head (fixture->table, j), table);
        GdkRectangle cell = view_bounds (hr_compare_row_get_cell (row_at (fixture, i), j), table);

        g_assert_cmpint (cell.x, >=, head.x);
        g_assert_cmpint (cell.x + cell.width, <=, head.x + head.width);
      }
}

static void
test_selection (Fixture *fixture, gconstpointer user_data)
{
  HrConfiguration *third = hr_project_get_configuration (fixture->project, 2);
  HrCompareRow *weights = find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_WEIGHTS);

  hr_selection_set_configuration (fixture->selection, third);
  hr_selection_set_component (fixture->selection, HR_COMPONENT_WEIGHTS);
  view_settle (fixture->window);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (hr_compare_table_get_head (fixture->table, 2)),
                                    GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (hr_compare_table_get_head (fixture->table, 0)),
                                    GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (weights), "chosen"));

  g_signal_emit_by_name (fixture->chart, "picked", 1, (int) HR_COMPONENT_OPTIMIZER, 0);
  view_settle (fixture->window);
  g_assert_true (hr_selection_get_configuration (fixture->selection)
                 == hr_project_get_configuration (fixture->project, 1));
  g_assert_cmpint (hr_selection_get_component (fixture->selection), ==, HR_COMPONENT_OPTIMIZER);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (weights), "chosen"));

  g_signal_emit_by_name (fixture->chart, "picked", -1, -1, 0);
  g_assert_true (hr_selection_get_configuration (fixture->selection)
                 == hr_project_get_configuration (fixture->project, 1));
  g_assert_cmpint (hr_selection_get_component (fixture->selection), ==, -1);
}

/* The heads are one Tab stop: the focus is where the selection is. */
static void
test_head_focus (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *first = hr_compare_table_get_head (fixture->table, 0);
  GtkWidget *second = hr_compare_table_get_head (fixture->table, 1);

  g_assert_true (gtk_widget_grab_focus (first));
  g_assert_false (gtk_widget_get_focusable (second));

  hr_selection_set_configuration (fixture->selection, hr_project_get_configuration (fixture->project, 1));
  view_settle (fixture->window);
  g_assert_true (gtk_widget_is_focus (second));

  hr_project_move (fixture->project, hr_project_get_configuration (fixture->project, 1), 0);
  view_settle (fixture->window);
  g_assert_true (gtk_widget_is_focus (second));
  g_assert_true (hr_compare_table_get_head (fixture->table, 0) == second);
}

/* Keys that come faster than the focus moves all count. */
static void
test_fast_keys (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *first = hr_compare_table_get_head (fixture->table, 0);

  g_assert_true (gtk_widget_grab_focus (first));
  for (int i = 0; i < 2; i++)
    g_assert_true (ui_press_with (first, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_cmpuint (g_list_model_get_n_items (hr_selection_get_selected (fixture->selection)), ==, 3);
}

/* Whoever clicks into a column goes on there by keys. */
static void
test_cells_give_focus (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *table = GTK_WIDGET (fixture->table);
  GtkWidget *cell = hr_compare_row_get_cell (find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_WEIGHTS), 2);
  GtkEventController *click = ui_find_controller (table, GTK_TYPE_GESTURE_CLICK);
  GdkRectangle box = view_bounds (cell, table);

  g_signal_emit_by_name (click, "pressed", 1, box.x + 1.0, box.y + 1.0);
  view_settle (fixture->window);
  g_assert_true (gtk_widget_is_focus (hr_compare_table_get_head (fixture->table, 2)));
}

static void
test_hidden_component (Fixture *fixture, gconstpointer user_data)
{
  double x, y, width, height;

  hr_selection_toggle_component (fixture->selection, HR_COMPONENT_OPTIMIZER);
  view_settle (fixture->window);

  g_assert_false (hr_chart_layout_bounds (hr_chart_view_get_layout (fixture->chart),
                                          (HrChartId){ 0, HR_COMPONENT_OPTIMIZER, -1 }, &x, &y, &width, &height));
  g_assert_true (
      gtk_widget_has_css_class (GTK_WIDGET (find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_OPTIMIZER)), "hidden"));
}

static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  int minimum;

  for (int i = 0; i < 9; i++)
    hr_project_duplicate (fixture->project, hr_project_get_configuration (fixture->project, 0));
  g_object_set (hr_project_get_configuration (fixture->project, 0), "name",
                "A configuration whose name goes on and on until nobody reads it any more", NULL);
  view_settle (fixture->window);

  gtk_widget_measure (fixture->view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  assert_shows_comparison (fixture);
  test_bars_over_columns (fixture, user_data);
  test_cells_stay_in_columns (fixture, user_data);
}

static void
test_project_replaced (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HrProject) old = g_object_ref (fixture->project);
  g_autoptr (HrProjectData) data = hr_project_data_copy (hr_project_get_data (old));
  g_autoptr (HrProject) project = NULL;

  g_ptr_array_set_size (data->entries, 1);
  project = hr_project_new (data);
  hr_selection_set_project (fixture->selection, project);
  fixture->project = project;
  view_settle (fixture->window);
  assert_shows_comparison (fixture);

  hr_project_remove (project, hr_project_get_configuration (project, 0));
  view_settle (fixture->window);
  g_assert_cmpuint (hr_compare_table_get_rows (fixture->table)->len, ==, 0);
}

static GtkAdjustment *
adjustment (Fixture *fixture, GtkOrientation orientation)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (fixture->table), GTK_TYPE_SCROLLED_WINDOW);

  return orientation == GTK_ORIENTATION_HORIZONTAL
             ? gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled))
             : gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static void
add_configurations (Fixture *fixture, guint n)
{
  g_autoptr (HrProjectData) data = hr_project_data_copy (hr_project_get_data (fixture->project));
  guint n_before = data->entries->len;

  for (guint i = 0; i < n; i++)
    {
      HrEntry *entry = g_ptr_array_index (data->entries, i % n_before);
      HrJob job = *hr_entry_get_job (entry);

      g_snprintf (job.id, sizeof job.id, "further-%u", i);
      g_snprintf (job.name, sizeof job.name, "Further %u", i);
      job.batch.micro_batch_size = 1 + i % 5;
      g_ptr_array_add (data->entries, hr_entry_new (&job, hr_entry_get_architecture (entry), NULL));
    }
  hr_project_set_data (fixture->project, data);
  view_settle (fixture->window);
}

static guint
count_heads (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < n_configurations (fixture); i++)
    n += is_in_sight (fixture, i);
  return n;
}

/* Wherever it is scrolled, columns in sight show their own figures, bars stand over them, and labels stay. */
static void
test_scrolled (Fixture *fixture, gconstpointer user_data)
{
  static const double SHARES[] = { 0.5, 0.003, 1.0, 0.25, 0.0 };

  add_configurations (fixture, 300);
  GtkAdjustment *sideways = adjustment (fixture, GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (row_at (fixture, 2)));
  GdkRectangle before = view_bounds (label, fixture->view);

  for (guint i = 0; i < G_N_ELEMENTS (SHARES); i++)
    {
      double most = gtk_adjustment_get_upper (sideways) - gtk_adjustment_get_page_size (sideways);

      g_assert_cmpfloat (most, >, 30000);
      gtk_adjustment_set_value (sideways, round (most * SHARES[i]));
      view_settle (fixture->window);
      assert_shows_comparison (fixture);
      test_bars_over_columns (fixture, user_data);
      test_cells_stay_in_columns (fixture, user_data);
      g_assert_cmpint (view_bounds (label, fixture->view).x, ==, before.x);
      g_assert_cmpuint (count_heads (fixture), >=, 6);
      g_assert_cmpuint (count_heads (fixture), <, 12);
    }
}

/* What is selected elsewhere, and what the keyboard moves to, comes into sight. */
static void
test_follows_selection (Fixture *fixture, gconstpointer user_data)
{
  add_configurations (fixture, 300);
  g_assert_false (is_in_sight (fixture, 200));
  hr_selection_set_configuration (fixture->selection, hr_project_get_configuration (fixture->project, 200));
  view_settle (fixture->window);
  g_assert_true (is_in_sight (fixture, 200));
  assert_shows_comparison (fixture);

  hr_project_move (fixture->project, hr_project_get_configuration (fixture->project, 200), 100);
  view_settle (fixture->window);
  g_assert_true (is_in_sight (fixture, 100));
  g_assert_false (is_in_sight (fixture, 200));

  gtk_widget_grab_focus (GTK_WIDGET (fixture->chart));
  g_signal_emit_by_name (fixture->chart, "move-cursor", HR_CHART_MOVE_LAST);
  view_settle (fixture->window);
  g_assert_true (is_in_sight (fixture, n_configurations (fixture) - 1));
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (gtk_root_get_focus (GTK_ROOT (fixture->window))),
                                       GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) n_configurations (fixture));
}

/* The whole of a head takes clicks, but for what has passed under the labels. */
static void
test_heads_take_clicks (Fixture *fixture, gconstpointer user_data)
{
  add_configurations (fixture, 100);
  GtkWidget *table = GTK_WIDGET (fixture->table);
  GtkWidget *second = hr_compare_table_get_head (fixture->table, 1);
  GdkRectangle box = view_bounds (second, table);

  for (int x = box.x + 1; x < box.x + box.width; x += box.width - 3)
    g_assert_true (gtk_widget_pick (table, x, box.y + 4, GTK_PICK_DEFAULT) == second);

  gtk_adjustment_set_value (adjustment (fixture, GTK_ORIENTATION_HORIZONTAL), box.width * 1.5);
  view_settle (fixture->window);
  GdkRectangle scrolled = view_bounds (hr_compare_table_get_head (fixture->table, 1), table);
  g_assert_cmpint (scrolled.x, <, box.x - box.width);
  g_assert_true (gtk_widget_pick (table, scrolled.x + 4, scrolled.y + 4, GTK_PICK_DEFAULT)
                 != hr_compare_table_get_head (fixture->table, 1));
}

/* The head with the focus keeps it while it is scrolled away, and takes it along when it comes back. */
static void
test_focus_stays (Fixture *fixture, gconstpointer user_data)
{
  add_configurations (fixture, 100);
  GtkWidget *first = hr_compare_table_get_head (fixture->table, 0);
  GtkAdjustment *sideways = adjustment (fixture, GTK_ORIENTATION_HORIZONTAL);

  g_assert_true (gtk_widget_grab_focus (first));
  gtk_adjustment_set_value (sideways, 8000);
  view_settle (fixture->window);
  g_assert_true (gtk_widget_is_focus (first));
  gtk_adjustment_set_value (sideways, 0);
  view_settle (fixture->window);
  g_assert_true (hr_compare_table_get_head (fixture->table, 0) == first);
  g_assert_true (gtk_widget_is_focus (first));
}

static void
test_menu_of_head_scrolled_away (Fixture *fixture, gconstpointer user_data)
{
  add_configurations (fixture, 100);
  GtkWidget *first = hr_compare_table_get_head (fixture->table, 0);

  g_assert_true (gtk_widget_grab_focus (first));
  gtk_adjustment_set_value (adjustment (fixture, GTK_ORIENTATION_HORIZONTAL), 8000);
  view_settle (fixture->window);
  g_assert_true (ui_press (first, GDK_KEY_Menu));
  view_settle (fixture->window);

  GdkRectangle at;
  GtkWidget *menu = ui_find (first, GTK_TYPE_POPOVER_MENU);
  double x, y;
  g_assert_true (gtk_popover_get_pointing_to (GTK_POPOVER (menu), &at));
  gtk_widget_translate_coordinates (first, fixture->window, at.x, at.y, &x, &y);
  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (x, <, gtk_widget_get_width (fixture->window));
  gtk_popover_popdown (GTK_POPOVER (menu));
}

/* The same as of the head below, at the bar. */
static void
test_menu_of_bar (Fixture *fixture, gconstpointer user_data)
{
  HrConfiguration *second = hr_project_get_configuration (fixture->project, 1);
  GtkWidget *head = hr_compare_table_get_head (fixture->table, 1);
  double x, y, width, height;
  GdkRectangle at;

  g_signal_emit_by_name (fixture->chart, "move-cursor", (int) HR_CHART_MOVE_FIRST);
  g_signal_emit_by_name (fixture->chart, "move-cursor", (int) HR_CHART_MOVE_RIGHT);
  g_assert_true (hr_selection_get_configuration (fixture->selection) != second);
  g_assert_true (ui_press (GTK_WIDGET (fixture->chart), GDK_KEY_Menu));
  g_assert_true (hr_selection_get_configuration (fixture->selection) == second);

  GtkWidget *menu = ui_find (head, GTK_TYPE_POPOVER_MENU);

  g_assert_true (gtk_widget_get_mapped (menu));
  gtk_popover_get_pointing_to (GTK_POPOVER (menu), &at);
  gtk_widget_translate_coordinates (head, GTK_WIDGET (fixture->chart), at.x, at.y, &x, &y);
  g_assert_cmpint (hr_chart_layout_hit (hr_chart_view_get_layout (fixture->chart), x, y).bar, ==, 1);
  gtk_popover_popdown (GTK_POPOVER (menu));

  g_assert_true (hr_chart_layout_bounds (hr_chart_view_get_layout (fixture->chart), (HrChartId){ 0, -1, -1 }, &x, &y,
                                         &width, &height));
  g_signal_emit_by_name (fixture->chart, "menu-asked", 0, x + width / 2, y + height / 2);
  g_assert_true (hr_selection_get_configuration (fixture->selection)
                 == hr_project_get_configuration (fixture->project, 0));
}

/* The focus goes where the selection goes, however far. */
static void
test_focus_goes_far (Fixture *fixture, gconstpointer user_data)
{
  add_configurations (fixture, 100);
  GtkWidget *first = hr_compare_table_get_head (fixture->table, 0);

  g_assert_true (gtk_widget_grab_focus (first));
  g_assert_true (ui_press (first, GDK_KEY_End));
  view_settle (fixture->window);
  g_assert_true (gtk_widget_is_focus (hr_compare_table_get_head (fixture->table, n_configurations (fixture) - 1)));
}

/* Parts of a bar are brought into view where the view is low. */
static void
test_cursor_scrolls (Fixture *fixture, gconstpointer user_data)
{
  GtkAdjustment *down = adjustment (fixture, GTK_ORIENTATION_VERTICAL);

  gtk_adjustment_set_value (down, gtk_adjustment_get_upper (down));
  view_settle (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_value (down), >, 100);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->chart));
  g_signal_emit_by_name (fixture->chart, "move-cursor", HR_CHART_MOVE_LAST);
  view_settle (fixture->window);

  double x, y, width, height;
  g_assert_true (hr_chart_layout_bounds (hr_chart_view_get_layout (fixture->chart),
                                         hr_chart_view_get_cursor (fixture->chart), &x, &y, &width, &height));
  g_assert_cmpfloat (gtk_adjustment_get_value (down), <=, y);
}

static void
test_baseline (Fixture *fixture, gconstpointer user_data)
{
  HrCompareRow *weights = find_row (fixture, HR_ROW_COMPONENT, HR_COMPONENT_WEIGHTS);
  HrConfiguration *first = hr_project_get_configuration (fixture->project, 0);

  hr_selection_set_baseline (fixture->selection, first);
  view_settle (fixture->window);
  g_assert_cmpstr (hr_compare_row_get_text (weights, 0), ==, "16.06 GB");
  g_assert_cmpstr (hr_compare_row_get_text (weights, 2), ==, "5.70 GB\n\u221210.36\u00a0GB, \u221264\u00a0%");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hr_compare_row_get_cell (weights, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "5.70 GB, 10.36 GB less than Full fine-tune (64 % less)");

  gtk_widget_activate_action (fixture->view, "compare.baseline", NULL);
  g_assert_null (hr_selection_get_baseline (fixture->selection));
  view_settle (fixture->window);
  assert_shows_comparison (fixture);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hr_compare_row_get_cell (weights, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "5.70 GB");
}

static void
test_only_differences (Fixture *fixture, gconstpointer user_data)
{
  gtk_widget_activate_action (fixture->view, "compare.only-differences", NULL);
  g_assert_true (hr_selection_get_only_differences (fixture->selection));
  view_settle (fixture->window);

  g_autoptr (HrTable) table
      = hr_comparison_table_with (fixture->project, &(HrComparisonOptions){ .only_differences = TRUE });
  g_assert_cmpuint (hr_compare_table_get_rows (fixture->table)->len, ==, table->rows->len);

  while (n_configurations (fixture) > 1)
    hr_project_remove (fixture->project, hr_project_get_configuration (fixture->project, 1));
  view_settle (fixture->window);
  g_assert_cmpuint (hr_compare_table_get_rows (fixture->table)->len, ==, 1);
  g_assert_cmpstr (hr_compare_row_get_label (row_at (fixture, 0)), ==,
                   "With one configuration there is nothing to compare");
}

static void
test_several (Fixture *fixture, gconstpointer user_data)
{
  hr_selection_set_configuration (fixture->selection, hr_project_get_configuration (fixture->project, 0));
  g_signal_emit_by_name (fixture->chart, "picked", 2, -1, GDK_CONTROL_MASK);
  view_settle (fixture->window);
  for (guint i = 0; i < 4; i++)
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (hr_compare_table_get_head (fixture->table, i)),
                                      GTK_ACCESSIBLE_STATE_SELECTED, i == 0 || i == 2);

  gtk_widget_activate_action (fixture->view, "compare.select-all", NULL);
  view_settle (fixture->window);
  for (guint i = 0; i < 4; i++)
    g_assert_true (gtk_widget_has_css_class (hr_compare_table_get_head (fixture->table, i), "selected"));
}

/* A head tells by eye, by ear and in its tooltip that there are notes. */
static void
test_notes (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *head = hr_compare_table_get_head (fixture->table, 0);
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown;

  g_signal_emit_by_name (head, "query-tooltip", 1, 1, FALSE, tooltip, &shown);
  g_assert_false (shown);

  g_object_set (hr_project_get_configuration (fixture->project, 0), "notes", "It is **cheap**.", NULL);
  view_settle (fixture->window);
  g_signal_emit_by_name (head, "query-tooltip", 1, 1, FALSE, tooltip, &shown);
  g_assert_true (shown);

  g_autofree char *summary = NULL;

  g_object_get (hr_project_get_configuration (fixture->project, 0), "summary", &summary, NULL);
  g_autofree char *words = g_strdup_printf ("%s, 1 of %u · Notes", summary, n_configurations (fixture));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    gboolean mirrored;
    void (*test) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/compare-view/first-frame", FALSE, test_first_frame },
    { "/compare-view/shows-comparison", FALSE, test_shows_comparison },
    { "/compare-view/follows-edits", FALSE, test_follows_edits },
    { "/compare-view/follows-list", FALSE, test_follows_list },
    { "/compare-view/follows-units", FALSE, test_follows_units },
    { "/compare-view/bars-over-columns", FALSE, test_bars_over_columns },
    { "/compare-view/mirrored", TRUE, test_mirrored },
    { "/compare-view/cells-stay-in-columns", FALSE, test_cells_stay_in_columns },
    { "/compare-view/selection", FALSE, test_selection },
    { "/compare-view/head-focus", FALSE, test_head_focus },
    { "/compare-view/fast-keys", FALSE, test_fast_keys },
    { "/compare-view/cells-give-focus", FALSE, test_cells_give_focus },
    { "/compare-view/hidden-component", FALSE, test_hidden_component },
    { "/compare-view/narrow", FALSE, test_narrow },
    { "/compare-view/project-replaced", FALSE, test_project_replaced },
    { "/compare-view/scrolled", FALSE, test_scrolled },
    { "/compare-view/scrolled-mirrored", TRUE, test_scrolled },
    { "/compare-view/follows-selection", FALSE, test_follows_selection },
    { "/compare-view/heads-take-clicks", FALSE, test_heads_take_clicks },
    { "/compare-view/focus-stays", FALSE, test_focus_stays },
    { "/compare-view/menu-of-bar", FALSE, test_menu_of_bar },
    { "/compare-view/menu-of-head-scrolled-away", FALSE, test_menu_of_head_scrolled_away },
    { "/compare-view/focus-goes-far", FALSE, test_focus_goes_far },
    { "/compare-view/cursor-scrolls", FALSE, test_cursor_scrolls },
    { "/compare-view/baseline", FALSE, test_baseline },
    { "/compare-view/only-differences", FALSE, test_only_differences },
    { "/compare-view/several", FALSE, test_several },
    { "/compare-view/notes", FALSE, test_notes },
  };

  view_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, GINT_TO_POINTER (TESTS[i].mirrored), set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
