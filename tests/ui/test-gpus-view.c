/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "model/hr-document.h"
#include "model/hr-offer-row.h"
#include "ui/hr-export.h"
#include "ui/hr-gpus-view.h"
#include "ui/hr-offer-view.h"
#include "ui/hr-scatter-plot.h"

typedef struct
{
  HrDocument *document;   /* of the sample project */
  HrSelection *selection; /* its QLoRA configuration is selected */
  HrProject *project;
  GtkWidget *view;
  HrOfferView *table;
  HrScatterPlot *plot;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  self->document = hr_document_new_sample (&error);
  g_assert_no_error (error);
  self->project = hr_document_get_project (self->document);
  self->selection = hr_selection_new ();
  hr_selection_set_project (self->selection, self->project);
  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, 2));
  self->view = hr_gpus_view_new ();
  hr_view_set_selection (HR_VIEW (self->view), self->selection);
  self->window = view_show (self->view, 1000, 700);
  self->table = HR_OFFER_VIEW (ui_find (self->window, HR_TYPE_OFFER_VIEW));
  self->plot = HR_SCATTER_PLOT (ui_find (self->window, HR_TYPE_SCATTER_PLOT));
  view_settle (self->window);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (self->view), (gpointer *) &self->view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_null (self->view);
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->document);
}

static GListModel *
rows (Fixture *self)
{
  return hr_selection_get_offers (self->selection);
}

static const HrScatterChart *
chart (Fixture *self)
{
  return hr_scatter_layout_chart (hr_scatter_plot_get_layout (self->plot));
}

static void
get_row (HrOfferRow *row, char **title, double *hours, double *cost)
{
  g_object_get (row, "title", title, "hours", hours, "cost", cost, NULL);
}

static GtkWidget *
get_child (Fixture *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (self->view, HR_TYPE_GPUS_VIEW, name));
}

static void
search (Fixture *self, const char *text)
{
  GtkWidget *entry = get_child (self, "search");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  view_settle (self->window);
}

/* Every offer that fits and whose time and price are known has a point there, and the spoken summary names the ends. */
static void
test_points (Fixture *self, gconstpointer user_data)
{
  guint n_points = 0;

  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), >, 5);
  for (guint i = 0; i < g_list_model_get_n_items (rows (self)); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows (self), i);
      g_autofree char *title = NULL;
      double hours, cost;

      g_assert_true (hr_offer_row_get_plan (row)->may_fit);
      get_row (row, &title, &hours, &cost);
      n_points += hours > 0 && cost > 0;
    }
  g_assert_cmpuint (chart (self)->points->len, ==, n_points);
  g_assert_cmpuint (n_points, >, 3);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       chart (self)->description);
  g_assert_nonnull (strstr (chart (self)->description, "Cheapest: "));
}

static void
assert_selected (Fixture *self)
{
  HrOfferRow *row = hr_offer_view_get_selected (self->table);
  int point = hr_scatter_plot_get_selected (self->plot);
  g_autofree char *title = NULL;
  double hours, cost;

  g_assert_nonnull (row);
  g_assert_cmpint (point, >=, 0);
  get_row (row, &title, &hours, &cost);
  g_assert_cmpstr (hr_scatter_chart_point (chart (self), (guint) point)->label, ==, title);
  g_assert_cmpfloat (hr_scatter_chart_point (chart (self), (guint) point)->hours, ==, hours);
  g_assert_cmpfloat (hr_scatter_chart_point (chart (self), (guint) point)->price, ==, cost);
}

/* Keys in the chart select rows, rows select points; an edit keeps both on the same offer. */
static void
test_selection (Fixture *self, gconstpointer user_data)
{
  g_autofree char *before = NULL, *after = NULL;

  g_assert_null (hr_offer_view_get_selected (self->table));
  g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_CHEAPEST);
  assert_selected (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->plot));
  for (int i = 0; i < 5; i++)
    g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_DEARER);
  view_settle (self->window);
  assert_selected (self);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == GTK_WIDGET (self->plot));

  g_autoptr (HrOfferRow) row = g_list_model_get_item (rows (self), 0);
  hr_offer_view_select (self->table, row);
  view_settle (self->window);
  assert_selected (self);

  g_object_get (hr_offer_view_get_selected (self->table), "id", &before, NULL);
  g_object_set (self->project, "dataset-samples", G_GUINT64_CONSTANT (800), NULL);
  view_settle (self->window);
  assert_selected (self);
  g_object_get (hr_offer_view_get_selected (self->table), "id", &after, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
adopted_cb (GtkWidget *view, const char *title, char **adopted)
{
  g_free (*adopted);
  *adopted = g_strdup (title);
}

/* Enter plans the configuration for the offer, as one step that can be taken back. */
static void
test_use (Fixture *self, gconstpointer user_data)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  g_autofree char *adopted = NULL, *title = NULL;

  gtk_widget_activate_action (self->view, "gpus.use", NULL);
  g_assert_false (hr_configuration_get_job (configuration)->gpu.set);

  g_signal_connect (self->view, "adopted", G_CALLBACK (adopted_cb), &adopted);
  g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_CHEAPEST);
  g_autoptr (HrOfferRow) row = g_object_ref (hr_offer_view_get_selected (self->table));
  g_object_get (row, "title", &title, NULL);
  g_signal_emit_by_name (self->plot, "activated");
  view_settle (self->window);

  g_assert_cmpstr (adopted, ==, title);
  g_assert_true (hr_configuration_get_job (configuration)->gpu.set);
  g_assert_cmpstr (hr_configuration_get_job (configuration)->gpu.id, ==, hr_offer_row_get_gpu (row)->id);
  g_assert_cmpuint (hr_configuration_get_job (configuration)->gpu.count, ==, hr_offer_row_get_plan (row)->gpus);
  g_assert_cmpint (hr_estimate_result_get (hr_configuration_get_estimate (configuration))->fit.verdict, !=,
                   HR_VERDICT_OVER);

  hr_document_undo (self->document);
  g_assert_false (hr_configuration_get_job (configuration)->gpu.set);
  g_assert_false (hr_document_is_modified (self->document));
}

static gboolean
is_stale (Fixture *self)
{
  return gtk_widget_get_opacity (ui_find (GTK_WIDGET (self->table), GTK_TYPE_LIST_VIEW)) < 1;
}

static guint64
needed_bytes (HrOfferRow *row)
{
  guint64 bytes;

  g_object_get (row, "needed-bytes", &bytes, NULL);
  return bytes;
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (ui_text_of (widget), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child, text);

      if (label != NULL)
        return label;
    }

  return NULL;
}

/* By the column that the table is sorted by when nothing was chosen. */
static void
check_sorted (Fixture *self)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (self->table), GTK_TYPE_COLUMN_VIEW));
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (view));
  double before = 0;

  g_assert_cmpuint (g_list_model_get_n_items (rows), >, 1);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows, i);
      double rank;

      g_object_get (row, "cost-rank", &rank, NULL);
      g_assert_cmpfloat (rank, >=, before);
      before = rank;
    }
}

/* While edits follow each other the figures of before are marked; then row and cell have those of the last edit. */
static void
test_edits (Fixture *self, gconstpointer user_data)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  g_autofree char *text = NULL;

  g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_CHEAPEST);
  view_settle (self->window);
  g_autoptr (HrOfferRow) row = g_object_ref (hr_offer_view_get_selected (self->table));
  guint64 before_bytes = needed_bytes (row);

  g_assert_false (is_stale (self));
  g_object_set (configuration, "batch-sequence-length", (guint64) 600, NULL);
  g_object_set (configuration, "batch-sequence-length", (guint64) 700, NULL);
  g_assert_true (is_stale (self));
  g_assert_cmpuint (needed_bytes (row), ==, before_bytes);

  ui_wait_for (!is_stale (self));
  g_assert_true (hr_offer_view_get_selected (self->table) == row);
  g_assert_cmpuint (needed_bytes (row), ==, hr_offer_row_get_plan (row)->device_bytes);
  g_assert_cmpuint (needed_bytes (row), !=, before_bytes);
  g_assert_cmpuint (hr_offer_row_get_plan (row)->job.batch.sequence_length, ==, 700);
  g_object_get (row, "headroom-text", &text, NULL);
  g_assert_nonnull (find_label (GTK_WIDGET (self->table), text));

  /* Far enough for another order. */
  check_sorted (self);
  g_object_set (configuration, "batch-sequence-length", (guint64) 16384, NULL);
  ui_wait_for (!is_stale (self));
  view_settle (self->window);
  check_sorted (self);
}

/* Using an offer right after an edit keeps the edit. */
static void
test_use_after_edit (Fixture *self, gconstpointer user_data)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);

  g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_CHEAPEST);
  view_settle (self->window);
  g_object_set (configuration, "batch-sequence-length", (guint64) 700, NULL);
  gtk_widget_activate_action (self->view, "gpus.use", NULL);

  g_assert_true (hr_configuration_get_job (configuration)->gpu.set);
  g_assert_cmpuint (hr_configuration_get_job (configuration)->batch.sequence_length, ==, 700);
}

static void
test_use_for_project (Fixture *self, gconstpointer user_data)
{
  g_signal_emit_by_name (self->plot, "move-cursor", (int) HR_SCATTER_MOVE_CHEAPEST);
  g_autoptr (HrOfferRow) row = g_object_ref (hr_offer_view_get_selected (self->table));

  gtk_widget_activate_action (self->view, "gpus.use-for-project", NULL);
  g_assert_cmpstr (hr_project_get_data (self->project)->gpu.id, ==, hr_offer_row_get_gpu (row)->id);
  g_assert_false (hr_configuration_get_job (hr_selection_get_configuration (self->selection))->gpu.set);
  hr_document_undo (self->document);
  g_assert_cmpstr (hr_project_get_data (self->project)->gpu.id, ==, "t4");
}

/* What is searched for is what is left, in the table and in the chart; where nothing is, a button brings all back. */
static void
test_filters (Fixture *self, gconstpointer user_data)
{
  guint n_fitting = g_list_model_get_n_items (rows (self));
  GtkWidget *stack = get_child (self, "stack");

  search (self, "h100");
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), <, n_fitting);
  for (guint i = 0; i < g_list_model_get_n_items (rows (self)); i++)
    {
      g_autoptr (HrOfferRow) row = g_list_model_get_item (rows (self), i);
      g_autofree char *title = NULL;
      double hours, cost;

      get_row (row, &title, &hours, &cost);
      g_assert_nonnull (strstr (title, "H100"));
    }
  g_assert_cmpuint (chart (self)->points->len, <=, g_list_model_get_n_items (rows (self)));

  search (self, "no such card");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "nothing");
  gtk_widget_activate_action (self->view, "gpus.show-all", NULL);
  view_settle (self->window);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "offers");
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), >, n_fitting);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (get_child (self, "only_fitting")), TRUE);
  view_settle (self->window);
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), ==, n_fitting);
}

/* The filters are those of the project: what it brings is chosen again, and narrows the rows. */
static void
test_recalls_filters (Fixture *self, gconstpointer user_data)
{
  GtkWidget *field = get_child (self, "search");

  search (self, "h100");
  guint n_found = g_list_model_get_n_items (rows (self));
  g_autofree char *look = g_strdup (hr_looks_get (hr_selection_get_looks (self->selection), "gpus-filters"));
  g_assert_nonnull (look);
  gtk_widget_activate_action (self->view, "gpus.show-all", NULL);
  view_settle (self->window);
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), >, n_found);

  hr_looks_set (hr_selection_get_looks (self->selection), "gpus-filters", look);
  view_settle (self->window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field)), ==, "h100");
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), ==, n_found);

  /* Nonsense changes nothing. */
  hr_looks_set (hr_selection_get_looks (self->selection), "gpus-filters", "(1, 'x'");
  view_settle (self->window);
  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), ==, n_found);
}

/* Tab goes from the rows to what is below them; the table can be sorted without a pointer. */
/* A click on a title is what the menu of filters says, too, and what is remembered. */
static void
test_sorts_by_title (Fixture *self, gconstpointer user_data)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (self->table), GTK_TYPE_COLUMN_VIEW));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (table), 1);
  guint order;

  gtk_column_view_sort_by_column (table, column, GTK_SORT_DESCENDING);
  view_settle (self->window);
  g_assert_cmpuint (hr_offer_view_get_sort_column (self->table), ==, 1);

  const char *text = hr_looks_get (hr_selection_get_looks (self->selection), "gpus-filters");
  g_autoptr (GVariant) look = g_variant_parse (NULL, text, NULL, NULL, NULL);
  g_variant_get_child (look, 5, "u", &order);
  g_assert_cmpuint (order, ==, 1);
}

static void
test_keys (Fixture *self, gconstpointer user_data)
{
  GtkWidget *order = get_child (self, "order");

  gtk_widget_grab_focus (self->view);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), GTK_WIDGET (self->table)));
  gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), GTK_WIDGET (self->table)));
  gtk_widget_child_focus (self->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), GTK_WIDGET (self->table)));
  gtk_widget_child_focus (self->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), get_child (self, "search")));

  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (order)), ==, 7);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (order), 0);
  view_settle (self->window);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->table), "1 × A100 80GB PCIe"));
}

/* Without samples there is no time: the view says what is missing. */
static void
test_no_data_set (Fixture *self, gconstpointer user_data)
{
  g_object_set (self->project, "dataset-samples", G_GUINT64_CONSTANT (0), NULL);
  view_settle (self->window);
  ui_wait_for (!is_stale (self));
  view_settle (self->window);

  g_assert_cmpuint (g_list_model_get_n_items (rows (self)), >, 5);
  g_assert_cmpuint (chart (self)->points->len, ==, 0);
  g_assert_nonnull (ui_find_text (self->window, "Set the data set: time and cost need samples…"));
}

/* As wide as the window, however narrow that is. */
static void
test_narrow (Fixture *self, gconstpointer user_data)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 640);
  ui_wait_for (gtk_widget_get_width (self->window) == 360);
  view_settle (self->window);
  g_assert_cmpint (gtk_widget_get_width (self->view), ==, 360);
  g_assert_nonnull (ui_find_text (self->window, "Total"));
}

static void
test_export (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hr_export_format ("svg")->make (self->selection, HR_EXPORT_GPUS, &error);

  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                  "QLoRA r16. Price of the whole job over its time. Cheapest: "));
}

int
main (int argc, char *argv[])
{
  view_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/gpus-view/points", test_points);
  ADD ("/gpus-view/selection", test_selection);
  ADD ("/gpus-view/use", test_use);
  ADD ("/gpus-view/edits", test_edits);
  ADD ("/gpus-view/use-after-edit", test_use_after_edit);
  ADD ("/gpus-view/use-for-project", test_use_for_project);
  ADD ("/gpus-view/filters", test_filters);
  ADD ("/gpus-view/recalls-filters", test_recalls_filters);
  ADD ("/gpus-view/sorts-by-title", test_sorts_by_title);
  ADD ("/gpus-view/keys", test_keys);
  ADD ("/gpus-view/no-data-set", test_no_data_set);
  ADD ("/gpus-view/narrow", test_narrow);
  ADD ("/gpus-view/export", test_export);

  return g_test_run ();
}
