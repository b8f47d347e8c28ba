/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "focus-walk.h"
#include "surfaces.h"

#include "ui/hr-chart-view.h"
#include "ui/hr-inspector.h"

static GtkWidget *
get_focus (GtkWidget *window)
{
  return gtk_window_get_focus (GTK_WINDOW (window));
}

/* What the key does. */
static void
press_tab (GtkWidget *window, GtkDirectionType direction)
{
  g_signal_emit_by_name (window, "move-focus", direction);
  ui_settle ();
}

/* Returns: (transfer container): where Tab goes from @from until it is back, or wherever it has been before. */
static GPtrArray *
go_round (GtkWidget *window, GtkWidget *from, GtkDirectionType direction)
{
  GPtrArray *stops = g_ptr_array_new ();

  g_assert_true (gtk_widget_grab_focus (from));
  while (!g_ptr_array_find (stops, get_focus (window), NULL))
    {
      g_ptr_array_add (stops, get_focus (window));
      press_tab (window, direction);
    }
  return stops;
}

/* The first control, which is in the header bar where there is one. */
static GtkWidget *
find_start (GtkWidget *widget)
{
  if (focus_is_control (widget) && !GTK_IS_WINDOW (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *start = find_start (child);

      if (start != NULL)
        return start;
    }

  return NULL;
}

static char *
describe (GtkWidget *widget)
{
  GString *place = g_string_new (NULL);

  for (GtkWidget *w = widget; w != NULL; w = gtk_widget_get_parent (w))
    g_string_append_printf (place, "%s ", G_OBJECT_TYPE_NAME (w));

  return g_string_free (place, FALSE);
}

static int
find_area (GtkWidget *widget)
{
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL)
    return 0;

  return gtk_widget_get_ancestor (widget, HR_TYPE_INSPECTOR) != NULL ? 2 : 1;
}

/* Header bar, view, inspector. */
static void
check_order (GPtrArray *stops, const char *view)
{
  for (guint i = 1; i < stops->len; i++)
    if (find_area (stops->pdata[i]) < find_area (stops->pdata[i - 1]))
      {
        g_autofree char *place = describe (stops->pdata[i]);

        g_test_message ("%s: back at %s", view, place);
        g_test_fail ();
      }
}

/* Charts and tables of many rows are one stop, with arrow keys inside. */
static gboolean
has_arrow_keys (GtkWidget *widget)
{
  return HR_IS_CHART_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget);
}

static gboolean
is_reached (GtkWidget *widget, GPtrArray *stops)
{
  for (guint i = 0; i < stops->len; i++)
    if (stops->pdata[i] == (gpointer) widget || gtk_widget_is_ancestor (stops->pdata[i], widget))
      return TRUE;

  for (GtkWidget *list = gtk_widget_get_parent (widget); list != NULL; list = gtk_widget_get_parent (list))
    if (has_arrow_keys (list))
      for (guint i = 0; i < stops->len; i++)
        if (gtk_widget_is_ancestor (stops->pdata[i], list))
          return TRUE;

  return FALSE;
}

typedef struct
{
  const char *view;
  const char *key;
  GPtrArray *stops;
} Reach;

static void
check_reached_cb (GtkWidget *widget, gpointer user_data)
{
  Reach *reach = user_data;

  if (!focus_is_control (widget) || is_reached (widget, reach->stops))
    return;

  g_autofree char *place = describe (widget);

  g_test_message ("%s: %s does not reach %s", reach->view, reach->key, place);
  g_test_fail ();
}

static void
check_surface (GtkWidget *window, const char *name, gpointer user_data)
{
  GtkWidget *start = find_start (window);

  /* A window takes the focus back to where it was in each part; after the first time round it does not. */
  g_ptr_array_unref (go_round (window, start, GTK_DIR_TAB_FORWARD));

  g_autoptr (GPtrArray) forward = go_round (window, start, GTK_DIR_TAB_FORWARD);
  g_autoptr (GPtrArray) backward = go_round (window, start, GTK_DIR_TAB_BACKWARD);

  check_order (forward, name);
  ui_walk (window, check_reached_cb, &(Reach){ name, "Tab", forward });
  ui_walk (window, check_reached_cb, &(Reach){ name, "Shift+Tab", backward });
}

static void
test_views (WindowFixture *self, gconstpointer user_data)
{
  surfaces_visit_views (self, check_surface, NULL);
}

static void
test_dialogs (WindowFixture *self, gconstpointer user_data)
{
  surfaces_visit_dialogs (self, check_surface, NULL);
}

/* F6 goes through the parts of the window, and Shift+F6 back. */
static void
test_areas (WindowFixture *self, gconstpointer user_data)
{
  static const int expected[] = { 1, 2, 0, 1, 0, 2, 1 };
  static const char *const actions[] = { NULL,
                                         "win.next-area",
                                         "win.next-area",
                                         "win.next-area",
                                         "win.previous-area",
                                         "win.previous-area",
                                         "win.previous-area" };
  GtkWidget *window = GTK_WIDGET (self->window);

  ui_wait_for (ui_find (window, HR_TYPE_INSPECTOR) != NULL);
  g_assert_true (gtk_widget_grab_focus (ui_find (window, HR_TYPE_CHART_VIEW)));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (actions[i] != NULL)
        window_fixture_activate (self, actions[i], NULL);
      g_assert_cmpint (find_area (get_focus (window)), ==, expected[i]);
    }
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* GTK 4.8 warns of its own window of shortcuts */
  g_test_add ("/tab-order/views", WindowFixture, NULL, window_fixture_set_up, test_views, window_fixture_tear_down);
  g_test_add ("/tab-order/dialogs", WindowFixture, NULL, window_fixture_set_up, test_dialogs, window_fixture_tear_down);

  g_test_add ("/tab-order/areas", WindowFixture, NULL, window_fixture_set_up, test_areas, window_fixture_tear_down);

  return g_test_run ();
}
