/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "core/hr-estimate.h"
#include "ui/hr-legend.h"

#define BIT(component) (1u << (component))

static GtkToggleButton *
button_at (GtkWidget *legend, int component)
{
  GtkWidget *button = ui_find (legend, GTK_TYPE_TOGGLE_BUTTON);

  while (component-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
test_toggles (void)
{
  g_autoptr (HrSelection) selection = hr_selection_new ();
  GtkWidget *legend = g_object_ref_sink (hr_legend_new ());
  GtkToggleButton *optimizer = button_at (legend, HR_COMPONENT_OPTIMIZER);

  hr_legend_set_selection (HR_LEGEND (legend), selection);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (optimizer), GTK_ACCESSIBLE_PROPERTY_LABEL, "Optimizer, shown");

  g_signal_emit_by_name (optimizer, "clicked");
  g_assert_cmpuint (hr_selection_get_hidden_components (selection), ==, BIT (HR_COMPONENT_OPTIMIZER));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (optimizer), GTK_ACCESSIBLE_PROPERTY_LABEL, "Optimizer, hidden");

  g_signal_emit_by_name (button_at (legend, HR_COMPONENT_WEIGHTS), "clicked");
  g_signal_emit_by_name (optimizer, "clicked");
  g_assert_cmpuint (hr_selection_get_hidden_components (selection), ==, BIT (HR_COMPONENT_WEIGHTS));

  g_assert_finalize_object (legend);
}

static void
test_follows_selection (void)
{
  g_autoptr (HrSelection) selection = hr_selection_new ();
  GtkWidget *legend = g_object_ref_sink (hr_legend_new ());

  hr_selection_set_hidden_components (selection, BIT (HR_COMPONENT_GRADIENTS));
  hr_legend_set_selection (HR_LEGEND (legend), selection);
  g_assert_false (gtk_toggle_button_get_active (button_at (legend, HR_COMPONENT_GRADIENTS)));
  g_assert_true (gtk_toggle_button_get_active (button_at (legend, HR_COMPONENT_WEIGHTS)));

  hr_selection_set_hidden_components (selection, BIT (HR_COMPONENT_WEIGHTS));
  g_assert_true (gtk_toggle_button_get_active (button_at (legend, HR_COMPONENT_GRADIENTS)));
  g_assert_false (gtk_toggle_button_get_active (button_at (legend, HR_COMPONENT_WEIGHTS)));
  g_assert_cmpuint (hr_selection_get_hidden_components (selection), ==, BIT (HR_COMPONENT_WEIGHTS));

  g_assert_finalize_object (legend);
}

static void
test_shows_what_occurs (void)
{
  GtkWidget *legend = g_object_ref_sink (hr_legend_new ());

  hr_legend_set_components (HR_LEGEND (legend), BIT (HR_COMPONENT_WEIGHTS) | BIT (HR_COMPONENT_CONTEXT));
  for (int i = 0; i < HR_N_COMPONENTS; i++)
    g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (button_at (legend, i))), ==,
                     i == HR_COMPONENT_WEIGHTS || i == HR_COMPONENT_CONTEXT);

  g_assert_finalize_object (legend);
}

static gboolean
has_tooltip_at (GtkWidget *legend, int x, int y, gboolean keyboard)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (legend, "query-tooltip", x, y, keyboard, tooltip, &shown);
  return shown;
}

/* Buttons say what they do, whether the pointer or the keyboard is on them; marks do nothing. */
static void
test_tooltips (void)
{
  GtkWidget *legend = hr_legend_new ();
  GtkWidget *weights = GTK_WIDGET (button_at (legend, HR_COMPONENT_WEIGHTS));

  hr_legend_set_components (HR_LEGEND (legend), BIT (HR_COMPONENT_WEIGHTS));
  hr_legend_set_marks (HR_LEGEND (legend), TRUE, FALSE);
  GtkWidget *window = view_show (legend, 600, 200);
  GdkRectangle button = view_bounds (weights, legend);

  g_assert_true (has_tooltip_at (legend, button.x + button.width / 2, button.y + button.height / 2, FALSE));
  g_assert_false (has_tooltip_at (legend, button.x + button.width + 40, button.y + button.height / 2, FALSE));
  gtk_widget_grab_focus (weights);
  g_assert_true (has_tooltip_at (legend, 0, 0, TRUE));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_false (has_tooltip_at (legend, 0, 0, TRUE));

  gtk_window_destroy (GTK_WINDOW (window));
}

static int
height_at (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
test_wraps (void)
{
  GtkWidget *legend = hr_legend_new ();
  GtkWidget *window;
  int minimum, natural;

  hr_legend_set_components (HR_LEGEND (legend), BIT (HR_N_COMPONENTS) - 1);
  window = view_show (legend, 1000, 100);
  gtk_widget_measure (legend, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
  g_assert_cmpint (natural, >, 400);
  g_assert_cmpint (height_at (legend, natural - 1), >, height_at (legend, natural));
  g_assert_cmpint (height_at (legend, minimum), >, 3 * height_at (legend, natural));

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  view_init (&argc, &argv);
  g_test_add_func ("/legend/toggles", test_toggles);
  g_test_add_func ("/legend/follows-selection", test_follows_selection);
  g_test_add_func ("/legend/shows-what-occurs", test_shows_what_occurs);
  g_test_add_func ("/legend/tooltips", test_tooltips);
  g_test_add_func ("/legend/wraps", test_wraps);
  return g_test_run ();
}
