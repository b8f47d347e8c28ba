/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "io/hr-locale.h"
#include "model/hr-labels.h"
#include "ui/hr-chart-view.h"
#include "ui/hr-compare-view.h"
#include "ui/hr-inspector.h"
#include "ui/hr-text-direction.h"

#include <libintl.h>

/* The window in a language that is read from right to left, with figures and names in it that are not. */

static double
left_of (WindowFixture *self, GtkWidget *widget)
{
  graphene_rect_t box;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window), &box));
  return (double) box.origin.x;
}

static void
test_direction (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (self->window);

  g_assert_cmpint (gtk_widget_get_direction (window), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpstr (hr_component_label (HR_COMPONENT_WEIGHTS), ==, "الأوزان");
  g_assert_nonnull (ui_find_text (window, "الأوزان"));
  g_assert_null (ui_find_text (window, "Weights"));
  g_assert_cmpfloat (left_of (self, ui_find (window, HR_TYPE_INSPECTOR)), <,
                     left_of (self, ui_find (window, HR_TYPE_COMPARE_VIEW)));
}

/* Bars stand in the order of configurations from the right, each over its column of the table. */
static void
test_chart (WindowFixture *self, gconstpointer user_data)
{
  HrChartView *chart = HR_CHART_VIEW (ui_find (GTK_WIDGET (self->window), HR_TYPE_CHART_VIEW));
  double last = gtk_widget_get_width (GTK_WIDGET (chart));

  for (int i = 0; i < (int) window_fixture_size (self); i++)
    {
      double x, y, width, height;

      g_assert_true (
          hr_chart_layout_bounds (hr_chart_view_get_layout (chart), (HrChartId){ i, -1, -1 }, &x, &y, &width, &height));
      g_assert_cmpfloat (x, <, last);
      last = x;
    }

  g_signal_emit_by_name (chart, "move-cursor", (int) HR_CHART_MOVE_FIRST);
  g_signal_emit_by_name (chart, "move-cursor", (int) HR_CHART_MOVE_LEFT);
  g_assert_cmpint (hr_chart_view_get_cursor (chart).bar, ==, 1);
  g_signal_emit_by_name (chart, "move-cursor", (int) HR_CHART_MOVE_RIGHT);
  g_assert_cmpint (hr_chart_view_get_cursor (chart).bar, ==, 0);
}

/* A Latin name begins where the words above it do; so does an Arabic one. */
static void
test_name (WindowFixture *self, gconstpointer user_data)
{
  static const char *const names[] = { "QLoRA r16", "خطّة" };
  GtkWidget *row = ui_find (ui_find (GTK_WIDGET (self->window), HR_TYPE_INSPECTOR), ADW_TYPE_ENTRY_ROW);
  GtkWidget *text = ui_find (row, GTK_TYPE_TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      graphene_rect_t cursor;

      gtk_editable_set_text (GTK_EDITABLE (row), names[i]);
      ui_settle ();
      gtk_text_compute_cursor_extents (GTK_TEXT (text), 0, &cursor, NULL);
      if (i == 0) /* before its first letter, which is at the left of the word */
        gtk_text_compute_cursor_extents (GTK_TEXT (text), strlen (names[i]), &cursor, NULL);
      g_assert_cmpfloat (cursor.origin.x, >, gtk_widget_get_width (text) - 10);
    }
}

static gboolean
has_arabic (const char *text, gsize length)
{
  for (const char *c = text; c < text + length; c = g_utf8_next_char (c))
    if (g_unichar_get_script (g_utf8_get_char (c)) == G_UNICODE_SCRIPT_ARABIC
        && g_unichar_isalpha (g_utf8_get_char (c)))
      return TRUE;

  return FALSE;
}

static void
complain (const char *problem, const char *text)
{
  g_test_message ("%s: %s", problem, text);
  g_test_fail ();
}

static void
assert_lines_from_the_right (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  for (const char *line = text; line != NULL;)
    {
      const char *end = strchr (line, '\n');
      gsize length = end != NULL ? (gsize) (end - line) : strlen (line);

      if (has_arabic (line, length) && pango_layout_get_direction (layout, (int) (line - text)) != PANGO_DIRECTION_RTL)
        complain ("starts at the left", line);
      line = end != NULL ? end + 1 : NULL;
    }
}

/* "13.6 GB" and "9.8–13.0" stay that, whatever stands around them. */
static void
assert_figures (PangoLayout *layout)
{
  static GRegex *figure;
  const char *text = pango_layout_get_text (layout);
  g_autoptr (GMatchInfo) match = NULL;

  if (figure == NULL)
    figure = g_regex_new ("[0-9](–[0-9]|[ \u00a0](GB|GiB|MB|MiB|KB|kB|h|s|min)\\b)", 0, 0, NULL);
  for (g_regex_match (figure, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      PangoRectangle first, last;
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      pango_layout_index_to_pos (layout, start, &first);
      pango_layout_index_to_pos (layout, end - 1, &last);
      if (first.y == last.y && MIN (first.x, first.x + first.width) > MIN (last.x, last.x + last.width))
        complain ("a figure reads backwards", text);
    }
}

static void
check_label (GtkWidget *widget, gpointer n_checked)
{
  const char *text = ui_text_of (widget);

  if (text == NULL || !gtk_widget_get_mapped (widget))
    return;

  PangoLayout *layout = ui_layout_of (widget);

  assert_lines_from_the_right (layout);
  assert_figures (layout);
  *(guint *) n_checked += has_arabic (text, strlen (text));
}

static void
test_texts (WindowFixture *self, gconstpointer user_data)
{
  static const char *const views[] = { "compare", "timeline", "fit-map", "gpus", "explain" };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      guint n_checked = 0;

      window_fixture_activate (self, "win.view", views[i]);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
      ui_settle ();
      ui_walk (GTK_WIDGET (self->window), check_label, &n_checked);
      g_assert_cmpuint (n_checked, >, 20);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "ar", TRUE);
  hr_locale_init ();
  ui_init (&argc, &argv);
  if (g_str_equal (hr_component_label (HR_COMPONENT_WEIGHTS), "Weights"))
    {
      g_print ("1..0 # SKIP the C library has no languages beside this locale\n");
      return 0;
    }
  bindtextdomain ("gtk40", "/nowhere"); /* where GTK itself does not speak Arabic */
  gtk_widget_set_default_direction (gtk_get_locale_direction ());
  hr_text_direction_init ();

#define ADD(path, function)                                                                                            \
  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)

  ADD ("/arabic/direction", test_direction);
  ADD ("/arabic/chart", test_chart);
  ADD ("/arabic/name", test_name);
  ADD ("/arabic/texts", test_texts);

  return g_test_run ();
}
