/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "ui/hr-chart-handle.h"
#include "ui/hr-chart-view.h"

#define GB 1000000000ull

/* Weights of 16, 16 and 4 GB; the first two with an optimizer. */
static HrChartModel *
new_model (guint n_bars)
{
  static const guint64 WEIGHTS[] = { 16 * GB, 16 * GB, 4 * GB };
  static const guint64 OPTIMIZER[] = { 64 * GB, 1 * GB, 0 };
  static const char *const NAMES[] = { "Full", "LoRA", "QLoRA" };
  HrChartModel *model = hr_chart_model_new ();

  model->title = g_strdup ("Three methods");
  model->description = g_strdup ("What three methods take.");
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    model->component_labels[i] = g_strdup_printf ("Component %d", i);
  for (guint i = 0; i < n_bars; i++)
    {
      HrChartBar *bar = hr_chart_model_add_bar (model, NAMES[i], "detail");

      bar->components_bytes[HR_COMPONENT_WEIGHTS] = WEIGHTS[i];
      bar->components_bytes[HR_COMPONENT_OPTIMIZER] = OPTIMIZER[i];
    }
  hr_chart_model_add_limit (model, "T4 · 16.1 GB", 16 * GB, FALSE);
  return model;
}

typedef struct
{
  HrChartView *chart;
  GtkWidget *window;
  int picked_bar;
  int picked_component;
  guint n_picked;
} Fixture;

static void
picked_cb (Fixture *fixture, int bar, int component, GdkModifierType state)
{
  fixture->picked_bar = bar;
  fixture->picked_component = component;
  fixture->n_picked++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  gboolean mirrored = GPOINTER_TO_INT (user_data);

  fixture->chart = HR_CHART_VIEW (hr_chart_view_new ());
  if (mirrored)
    gtk_widget_set_direction (GTK_WIDGET (fixture->chart), GTK_TEXT_DIR_RTL);
  hr_chart_view_set_model (fixture->chart, new_model (3));
  g_signal_connect_swapped (fixture->chart, "picked", G_CALLBACK (picked_cb), fixture);
  fixture->window = view_show (GTK_WIDGET (fixture->chart), 600, 400);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->chart), (gpointer *) &fixture->chart);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (fixture->chart);
}

static GtkWidget *
handle_at (Fixture *fixture, int bar)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->chart));

  while (bar-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
move (Fixture *fixture, HrChartMove move)
{
  g_signal_emit_by_name (fixture->chart, "move-cursor", (int) move);
}

static void
assert_cursor (Fixture *fixture, int bar, int component)
{
  HrChartId cursor = hr_chart_view_get_cursor (fixture->chart);

  g_assert_cmpint (cursor.bar, ==, bar);
  g_assert_cmpint (cursor.component, ==, component);
}

static void
assert_handles_on_bars (Fixture *fixture)
{
  const HrChartLayout *layout = hr_chart_view_get_layout (fixture->chart);

  for (int i = 0; i < 3; i++)
    {
      GdkRectangle box = view_bounds (handle_at (fixture, i), GTK_WIDGET (fixture->chart));
      double x, y, width, height;

      g_assert_true (hr_chart_layout_bounds (layout, (HrChartId){ i, -1, -1 }, &x, &y, &width, &height));
      g_assert_cmpfloat_with_epsilon (box.x, x, 1);
      g_assert_cmpfloat_with_epsilon (box.y, y, 1);
      g_assert_cmpfloat_with_epsilon (box.width, width, 1);
      g_assert_cmpfloat_with_epsilon (box.height, height, 1);
    }
}

static void
test_accessible_bars (Fixture *fixture, gconstpointer user_data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, "Three methods");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "What three methods take.");

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *sentence
          = hr_chart_layout_describe (hr_chart_view_get_layout (fixture->chart), (HrChartId){ i, -1, -1 });
      GtkAccessible *bar = GTK_ACCESSIBLE (handle_at (fixture, i));

      g_assert_nonnull (strstr (sentence, ((const char *[]){ "Full", "LoRA", "QLoRA" })[i]));
      gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
      gtk_test_accessible_assert_relation (bar, GTK_ACCESSIBLE_RELATION_POS_IN_SET, i + 1);
      gtk_test_accessible_assert_relation (bar, GTK_ACCESSIBLE_RELATION_SET_SIZE, 3);
      gtk_test_accessible_assert_state (bar, GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
    }
  g_assert_null (handle_at (fixture, 3));
  assert_handles_on_bars (fixture);
}

static void
test_follows_model (Fixture *fixture, gconstpointer user_data)
{
  move (fixture, HR_CHART_MOVE_LAST);
  hr_chart_view_set_model (fixture->chart, new_model (2));
  view_settle (fixture->window);

  g_assert_nonnull (handle_at (fixture, 1));
  g_assert_null (handle_at (fixture, 2));
  assert_cursor (fixture, 1, -1);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (handle_at (fixture, 1)), GTK_ACCESSIBLE_RELATION_SET_SIZE, 2);

  hr_chart_view_set_model (fixture->chart, new_model (0));
  view_settle (fixture->window);
  g_assert_null (handle_at (fixture, 0));
  assert_cursor (fixture, -1, -1);
}

static void
test_plot_start (Fixture *fixture, gconstpointer user_data)
{
  double x, y, width, height;

  hr_chart_view_set_columns (fixture->chart, 300, 0, 0);
  view_settle (fixture->window);

  g_assert_true (hr_chart_layout_bounds (hr_chart_view_get_layout (fixture->chart), (HrChartId){ 0, -1, -1 }, &x, &y,
                                         &width, &height));
  g_assert_cmpfloat_with_epsilon (x + width / 2, 350, 1);
  assert_handles_on_bars (fixture);
}

static void
test_keys_move (Fixture *fixture, gconstpointer user_data)
{
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->chart)));
  assert_cursor (fixture, 0, -1);
  move (fixture, HR_CHART_MOVE_RIGHT);
  assert_cursor (fixture, 1, -1);
  g_assert_true (gtk_widget_is_focus (handle_at (fixture, 1)));

  move (fixture, HR_CHART_MOVE_UP);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).component, >=, 0);
  g_autofree char *sentence
      = hr_chart_layout_describe (hr_chart_view_get_layout (fixture->chart), hr_chart_view_get_cursor (fixture->chart));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (handle_at (fixture, 1)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       sentence);

  move (fixture, HR_CHART_MOVE_LAST);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).bar, ==, 2);
  move (fixture, HR_CHART_MOVE_FIRST);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).bar, ==, 0);
}

static void
failed_cb (guint *n_failed)
{
  ++*n_failed;
}

static void
test_keys_stop_at_ends (Fixture *fixture, gconstpointer user_data)
{
  guint n_failed = 0;

  g_signal_connect_swapped (fixture->chart, "keynav-failed", G_CALLBACK (failed_cb), &n_failed);
  move (fixture, HR_CHART_MOVE_LAST);
  g_assert_cmpuint (n_failed, ==, 0);
  move (fixture, HR_CHART_MOVE_RIGHT);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).bar, ==, 2);
}

static void
test_mirrored (Fixture *fixture, gconstpointer user_data)
{
  GdkRectangle first = view_bounds (handle_at (fixture, 0), GTK_WIDGET (fixture->chart));
  GdkRectangle last = view_bounds (handle_at (fixture, 2), GTK_WIDGET (fixture->chart));

  g_assert_cmpint (first.x, >, last.x);
  move (fixture, HR_CHART_MOVE_FIRST);
  move (fixture, HR_CHART_MOVE_LEFT);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).bar, ==, 1);
}

static void
test_picks (Fixture *fixture, gconstpointer user_data)
{
  move (fixture, HR_CHART_MOVE_RIGHT);
  g_assert_cmpint (hr_chart_view_get_cursor (fixture->chart).bar, ==, 1);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
  g_signal_emit_by_name (fixture->chart, "pick-cursor");
  g_assert_cmpuint (fixture->n_picked, ==, 1);
  g_assert_cmpint (fixture->picked_bar, ==, 1);

  hr_chart_view_set_selected (fixture->chart, 1, HR_COMPONENT_WEIGHTS, NULL);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (handle_at (fixture, 1)), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (handle_at (fixture, 0)), GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
}

static void
test_one_tab_stop (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  hr_chart_view_set_model (fixture->chart, new_model (0));
  hr_chart_view_set_model (fixture->chart, new_model (3));
  hr_chart_view_set_selected (fixture->chart, 1, -1, NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->chart), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_focus (handle_at (fixture, 1)));
  assert_cursor (fixture, 1, -1);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->chart), GTK_DIR_TAB_FORWARD));
}

static HrChartModel *
grown_model (void)
{
  HrChartModel *model = new_model (3);

  ((HrChartBar *) model->bars->pdata[0])->components_bytes[HR_COMPONENT_OPTIMIZER] *= 2;

  return model;
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

/* The figures are there at once for everyone who asks; only what is painted takes its time, and ends. */
static void
test_moves_figures (Fixture *fixture, gconstpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);

  set_animations (TRUE);
  hr_chart_view_set_model (fixture->chart, grown_model ());
  g_assert_true (hr_chart_view_is_moving (fixture->chart));
  ui_wait_for (!hr_chart_view_is_moving (fixture->chart));

  /* Nothing ticks any more: without it no frame follows. */
  view_settle (fixture->window);
  gint64 frames = gdk_frame_clock_get_frame_counter (clock);
  g_usleep (100000);
  ui_settle ();
  g_assert_cmpint (gdk_frame_clock_get_frame_counter (clock), <=, frames + 1);
}

static void
test_reduced_motion (Fixture *fixture, gconstpointer user_data)
{
  set_animations (FALSE);
  hr_chart_view_set_model (fixture->chart, grown_model ());
  g_assert_false (hr_chart_view_is_moving (fixture->chart));
  set_animations (TRUE);
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
    { "/chart-view/accessible-bars", FALSE, test_accessible_bars },
    { "/chart-view/follows-model", FALSE, test_follows_model },
    { "/chart-view/plot-start", FALSE, test_plot_start },
    { "/chart-view/keys-move", FALSE, test_keys_move },
    { "/chart-view/keys-stop-at-ends", FALSE, test_keys_stop_at_ends },
    { "/chart-view/mirrored", TRUE, test_mirrored },
    { "/chart-view/picks", FALSE, test_picks },
    { "/chart-view/one-tab-stop", FALSE, test_one_tab_stop },
    { "/chart-view/moves-figures", FALSE, test_moves_figures },
    { "/chart-view/reduced-motion", FALSE, test_reduced_motion },
  };

  view_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, GINT_TO_POINTER (TESTS[i].mirrored), set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
