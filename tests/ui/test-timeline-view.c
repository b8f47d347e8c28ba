/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "model/hr-labels.h"
#include "ui/hr-export.h"
#include "ui/hr-phase-strip.h"
#include "ui/hr-timeline-plot.h"
#include "ui/hr-timeline-sheet.h"
#include "ui/hr-timeline-view.h"

typedef struct
{
  HrSelection *selection; /* of the sample project: its QLoRA configuration is selected */
  HrProject *project;
  HrTimelineView *view;
  HrTimelinePlot *plot;
  GtkWidget *list;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  gboolean mirrored = GPOINTER_TO_INT (user_data);

  self->selection = view_selection ();
  self->project = g_object_ref (hr_selection_get_project (self->selection));
  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, 2));
  self->view = HR_TIMELINE_VIEW (hr_timeline_view_new ());
  if (mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  hr_view_set_selection (HR_VIEW (self->view), self->selection);
  self->window = view_show (GTK_WIDGET (self->view), 1000, 600);
  self->plot = HR_TIMELINE_PLOT (ui_find (self->window, HR_TYPE_TIMELINE_PLOT));
  self->list = ui_find (self->window, HR_TYPE_TIMELINE_LIST);
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

static const HrTimelineChart *
shown_chart (Fixture *self)
{
  return hr_timeline_layout_chart (hr_timeline_plot_get_layout (self->plot));
}

static const HrMoment *
at_cursor (Fixture *self)
{
  return hr_timeline_chart_moment (shown_chart (self), (guint) hr_timeline_plot_get_cursor (self->plot));
}

static void
move (Fixture *self, HrTimelineMove key)
{
  g_signal_emit_by_name (self->plot, "move-cursor", (int) key);
}

static const HrEstimate *
estimate_of (Fixture *self)
{
  return hr_estimate_result_get (hr_configuration_get_estimate (hr_selection_get_configuration (self->selection)));
}

/* The view begins at the peak, which is the estimate's, and says so. */
static void
test_peak (Fixture *self, gconstpointer user_data)
{
  const HrEstimate *estimate = estimate_of (self);
  const HrPhase *phase = &estimate->phases[estimate->peak.phase];
  g_autofree char *text = g_strdup_printf ("%s, step %u", hr_phase_label (phase->kind), phase->step);

  text[0] = g_ascii_toupper (text[0]);
  char total[HR_TEXT_SIZE];

  g_assert_cmpint (at_cursor (self)->kind, ==, phase->kind);
  g_assert_cmpuint (at_cursor (self)->step, ==, phase->step);
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    g_assert_cmpuint (at_cursor (self)->components_bytes[i], ==, estimate->components_bytes[i]);

  hr_format_bytes (phase->total_bytes, HR_UNITS_GB, 2, total);
  g_assert_nonnull (ui_find_text (self->list, total));
  g_assert_nonnull (ui_find_text (self->list, text));
  g_assert_nonnull (ui_find_text (self->list, "Free on T4"));
}

static void
assert_spoken (Fixture *self, int component)
{
  g_autofree char *sentence = hr_timeline_chart_describe (
      shown_chart (self), (guint) hr_timeline_plot_get_cursor (self->plot), component, HR_SPOKEN);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
}

static void
test_keys (Fixture *self, gconstpointer user_data)
{
  guint last = shown_chart (self)->moments->len - 1;

  move (self, HR_TIMELINE_MOVE_FIRST);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_LOAD);
  assert_spoken (self, -1);
  move (self, HR_TIMELINE_MOVE_PHASE_ON);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_FORWARD);
  move (self, HR_TIMELINE_MOVE_ON);
  g_assert_cmpint (at_cursor (self)->layer, ==, 0);
  g_assert_nonnull (ui_find_text (self->list, "layer 1 of 32"));
  assert_spoken (self, -1);
  move (self, HR_TIMELINE_MOVE_BACK);
  g_assert_cmpint (at_cursor (self)->layer, ==, -1);
  move (self, HR_TIMELINE_MOVE_LAST);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, (int) last);
  move (self, HR_TIMELINE_MOVE_PEAK);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, (int) hr_timeline_chart_peak (shown_chart (self)));
}

/* Left is what people see: later, where text runs from right to left. */
static void
test_keys_mirrored (Fixture *self, gconstpointer user_data)
{
  move (self, HR_TIMELINE_MOVE_FIRST);
  double start = hr_timeline_layout_x (hr_timeline_plot_get_layout (self->plot), 0);

  g_assert_cmpfloat (start, >, gtk_widget_get_width (GTK_WIDGET (self->plot)) / 2);
  move (self, HR_TIMELINE_MOVE_BACK);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, 1);
  move (self, HR_TIMELINE_MOVE_PHASE_ON);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), <=, 1);
}

static GtkListBoxRow *
row_of (Fixture *self, HrComponent component)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (ui_find (self->list, GTK_TYPE_LIST_BOX)), (int) component);
}

/* A component that is chosen anywhere is chosen here, and the other way round. */
static void
test_component (Fixture *self, gconstpointer user_data)
{
  GtkWidget *list = ui_find (self->list, GTK_TYPE_LIST_BOX);
  GtkListBoxRow *activations = row_of (self, HR_COMPONENT_ACTIVATIONS);

  hr_selection_set_component (self->selection, HR_COMPONENT_ACTIVATIONS);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (activations), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  assert_spoken (self, HR_COMPONENT_ACTIVATIONS);

  g_signal_emit_by_name (list, "row-activated", row_of (self, HR_COMPONENT_WEIGHTS));
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_WEIGHTS);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (activations), GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  g_signal_emit_by_name (list, "row-activated", row_of (self, HR_COMPONENT_WEIGHTS));
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, -1);

  g_signal_emit_by_name (self->plot, "pick-neighbour", 1);
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_WEIGHTS);
  g_signal_emit_by_name (self->plot, "pick-neighbour", -1);
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, -1);

  /* What only bars have. */
  hr_selection_set_component (self->selection, HR_PART_UNUSED);
  assert_spoken (self, -1);
}

static void
assert_fraction (Fixture *self, HrComponent component, double x_share, double y_share)
{
  const HrTimelineLayout *layout = hr_timeline_plot_get_layout (self->plot);
  HrChartBox plot = hr_timeline_layout_plot (layout);
  int moment, hit;

  hr_timeline_layout_hit (layout, plot.x + plot.width * x_share, plot.y + plot.height * y_share, &moment, &hit);
  g_assert_cmpint (hit, ==, (int) component);
  g_assert_cmpint (moment, >=, 0);
}

/* Edits show in the next frame, in the same place of the run. */
static void
test_follows_edits (Fixture *self, gconstpointer user_data)
{
  HrConfiguration *configuration = hr_selection_get_configuration (self->selection);
  uint64_t before, total;

  assert_fraction (self, HR_COMPONENT_WEIGHTS, 0.5, 0.99);
  move (self, HR_TIMELINE_MOVE_FIRST);
  move (self, HR_TIMELINE_MOVE_PHASE_ON);
  for (int i = 0; i < 9; i++)
    move (self, HR_TIMELINE_MOVE_ON);
  int layer = at_cursor (self)->layer;
  before = hr_timeline_chart_total (shown_chart (self), (guint) hr_timeline_plot_get_cursor (self->plot));

  g_object_set (configuration, "batch-micro-batch-size", G_GUINT64_CONSTANT (4), NULL);
  view_settle (self->window);
  total = hr_timeline_chart_total (shown_chart (self), (guint) hr_timeline_plot_get_cursor (self->plot));
  g_assert_cmpuint (total, >, before);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_FORWARD);
  g_assert_cmpint (at_cursor (self)->layer, ==, layer);

  /* Serving has other phases: the cursor goes to the peak. */
  hr_configuration_apply_template (configuration, HR_TASK_INFER, HR_METHOD_FULL);
  view_settle (self->window);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, (int) hr_timeline_chart_peak (shown_chart (self)));
}

static void
test_chooses_configuration (Fixture *self, gconstpointer user_data)
{
  GtkDropDown *chooser = GTK_DROP_DOWN (ui_find (self->window, GTK_TYPE_DROP_DOWN));

  g_assert_cmpuint (gtk_drop_down_get_selected (chooser), ==, 2);
  gtk_drop_down_set_selected (chooser, 0);
  g_assert_true (hr_selection_get_configuration (self->selection) == hr_project_get_configuration (self->project, 0));
  view_settle (self->window);
  g_assert_cmpstr (shown_chart (self)->title, ==, "Full fine-tune");

  hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
  view_settle (self->window);
  g_assert_cmpuint (gtk_drop_down_get_selected (chooser), ==, 0);
  g_assert_cmpstr (shown_chart (self)->title, ==, "LoRA r16");

  while (g_list_model_get_n_items (G_LIST_MODEL (self->project)) > 0)
    hr_project_remove (self->project, hr_project_get_configuration (self->project, 0));
  view_settle (self->window);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, -1);
}

/* What the legend hides is not drawn and not counted; the list says so. */
static void
test_hidden (Fixture *self, gconstpointer user_data)
{
  uint64_t weights = at_cursor (self)->components_bytes[HR_COMPONENT_WEIGHTS];
  guint cursor = (guint) hr_timeline_plot_get_cursor (self->plot);
  uint64_t total = hr_timeline_chart_total (shown_chart (self), cursor);

  g_assert_null (ui_find_text (self->list, "hidden"));
  hr_selection_toggle_component (self->selection, HR_COMPONENT_WEIGHTS);
  view_settle (self->window);
  g_assert_nonnull (ui_find_text (self->list, "hidden"));
  g_assert_cmpuint (hr_timeline_chart_total (shown_chart (self), cursor), ==, total - weights);
}

/* The list beside the chart, or below it. */
static void
test_widths (Fixture *self, gconstpointer user_data)
{
  GdkRectangle plot = view_bounds (GTK_WIDGET (self->plot), self->window);
  GdkRectangle list = view_bounds (self->list, self->window);

  g_assert_cmpint (list.x, >=, plot.x + plot.width);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 600);
  ui_wait_for (gtk_widget_get_width (self->window) == 360);
  view_settle (self->window);
  plot = view_bounds (GTK_WIDGET (self->plot), self->window);
  list = view_bounds (self->list, self->window);
  g_assert_cmpint (list.y, >=, plot.y + plot.height);
  g_assert_cmpint (list.x + list.width, <=, 360);
}

/* The chart that is exported is of the view that is seen. */
static void
test_export (Fixture *self, gconstpointer user_data)
{
  static const char *const WORDS[] = { "Full fine-tune:", "QLoRA r16. Peak: " };

  for (int view = HR_EXPORT_COMPARE; view <= HR_EXPORT_TIMELINE; view++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = hr_export_format ("svg")->make (self->selection, (HrExportView) view, &error);
      gsize size;
      const char *text = g_bytes_get_data (bytes, &size);

      g_assert_no_error (error);
      for (int word = 0; word < (int) G_N_ELEMENTS (WORDS); word++)
        g_assert_true ((g_strstr_len (text, (gssize) size, WORDS[word]) != NULL) == (word == view));
    }
}

static GtkWidget *
strip_of (Fixture *self)
{
  return ui_find (self->window, HR_TYPE_PHASE_STRIP);
}

/* What the arrow keys, Home and End mean. */
enum
{
  GO_BACK,
  GO_ON,
  GO_FIRST,
  GO_LAST,
};

static void
go (GtkWidget *strip, int where)
{
  g_signal_emit_by_name (strip, "move", where);
}

/* Phase after phase by the arrow keys, for all views at once. */
static void
test_strip (Fixture *self, gconstpointer user_data)
{
  GtkWidget *strip = strip_of (self);

  gtk_widget_grab_focus (strip);
  go (strip, GO_FIRST);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_LOAD);
  g_assert_cmpint (hr_selection_get_phase (self->selection), ==, HR_PHASE_LOAD);
  go (strip, GO_ON);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_FORWARD);
  g_assert_cmpuint (hr_selection_get_step (self->selection), ==, 1);
  go (strip, GO_LAST);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_IDLE);
  g_assert_cmpuint (at_cursor (self)->step, ==, 2);

  hr_selection_set_phase (self->selection, HR_PHASE_BACKWARD, 1);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_BACKWARD);
  g_assert_cmpuint (at_cursor (self)->step, ==, 1);
  hr_selection_set_phase (self->selection, -1, 0);
  g_assert_cmpint (hr_timeline_plot_get_cursor (self->plot), ==, (int) hr_timeline_chart_peak (shown_chart (self)));
}

/* Closer and closer, down to the operators of the layer under the cursor, whose bytes stay the same; and back. */
static void
test_zoom (Fixture *self, gconstpointer user_data)
{
  hr_selection_set_phase (self->selection, HR_PHASE_BACKWARD, 2);
  view_settle (self->window);
  move (self, HR_TIMELINE_MOVE_PHASE_BACK);
  move (self, HR_TIMELINE_MOVE_ON);
  g_assert_cmpint (at_cursor (self)->kind, ==, HR_PHASE_BACKWARD);

  uint64_t bytes = hr_moment_total_bytes (at_cursor (self));
  int layer = at_cursor (self)->layer;

  g_assert_cmpint (at_cursor (self)->place, ==, -1);
  for (int i = 0; i < 5; i++)
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->plot), "timeline.zoom-in", NULL));
  view_settle (self->window);
  g_assert_true (hr_timeline_chart_is_zoomed (shown_chart (self)));
  g_assert_cmpint (at_cursor (self)->layer, ==, layer);
  g_assert_cmpint (at_cursor (self)->place, >=, 0);
  g_assert_cmpuint (hr_moment_total_bytes (at_cursor (self)), ==, bytes);
  g_assert_true (hr_timeline_layout_shows (hr_timeline_plot_get_layout (self->plot),
                                           (guint) hr_timeline_plot_get_cursor (self->plot)));

  /* What is in sight follows the cursor. */
  move (self, HR_TIMELINE_MOVE_FIRST);
  view_settle (self->window);
  g_assert_true (hr_timeline_layout_shows (hr_timeline_plot_get_layout (self->plot), 0));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->plot), "timeline.zoom-all", NULL));
  view_settle (self->window);
  g_assert_false (hr_timeline_chart_is_zoomed (shown_chart (self)));
}

static void
view_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  g_string_assign (view, g_variant_get_string (parameter, NULL));
}

/* A double click on a component explains it; beside all components it does nothing. */
static void
test_double_click (Fixture *self, gconstpointer user_data)
{
  GtkWidget *plot = GTK_WIDGET (self->plot);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (plot);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("view", G_VARIANT_TYPE_STRING);
  g_autoptr (GString) view = g_string_new (NULL);
  double x = gtk_widget_get_width (plot) / 2.0, bottom = gtk_widget_get_height (plot);
  gpointer click = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (view_chosen_cb), view);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (plot, "win", G_ACTION_GROUP (actions));
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !GTK_IS_GESTURE_CLICK (click); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      click = controller;
    }
  g_assert_true (GTK_IS_GESTURE_CLICK (click));

  g_signal_emit_by_name (click, "pressed", 1, x, bottom * 0.7);
  g_assert_cmpstr (view->str, ==, "");
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_WEIGHTS);
  g_signal_emit_by_name (click, "pressed", 2, x, bottom * 0.7);
  g_assert_cmpstr (view->str, ==, "explain");
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_WEIGHTS);

  g_string_truncate (view, 0);
  g_signal_emit_by_name (click, "pressed", 2, x, 1.0);
  g_assert_cmpstr (view->str, ==, "");
}

int
main (int argc, char *argv[])
{
  view_init (&argc, &argv);

#define ADD(path, mirrored, function)                                                                                  \
  g_test_add (path, Fixture, GINT_TO_POINTER (mirrored), set_up, function, tear_down)
  ADD ("/timeline-view/peak", FALSE, test_peak);
  ADD ("/timeline-view/keys", FALSE, test_keys);
  ADD ("/timeline-view/keys-mirrored", TRUE, test_keys_mirrored);
  ADD ("/timeline-view/component", FALSE, test_component);
  ADD ("/timeline-view/follows-edits", FALSE, test_follows_edits);
  ADD ("/timeline-view/chooses-configuration", FALSE, test_chooses_configuration);
  ADD ("/timeline-view/hidden", FALSE, test_hidden);
  ADD ("/timeline-view/strip", FALSE, test_strip);
  ADD ("/timeline-view/zoom", FALSE, test_zoom);
  ADD ("/timeline-view/double-click", FALSE, test_double_click);
  ADD ("/timeline-view/widths", FALSE, test_widths);
  ADD ("/timeline-view/export", FALSE, test_export);

  return g_test_run ();
}
