/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/hr-chart-view.h"
#include "ui/hr-compare-view.h"
#include "ui/hr-fit-map-plot.h"
#include "ui/hr-focus.h"
#include "ui/hr-fold.h"
#include "ui/hr-inspector.h"
#include "ui/hr-legend.h"
#include "ui/hr-phase-strip.h"
#include "ui/hr-timeline-plot.h"
#include "ui/hr-timeline-view.h"

#define NARROWEST_WIDTH 360

static const HrJob *
selected_job (WindowFixture *self)
{
  return hr_configuration_get_job (hr_selection_get_configuration (self->selection));
}

static void
select_position (WindowFixture *self, guint position)
{
  hr_selection_set_configuration (self->selection, hr_project_get_configuration (self->project, position));
}

static const char *
name_at (WindowFixture *self, guint position)
{
  return hr_configuration_get_job (hr_project_get_configuration (self->project, position))->name;
}

static void
test_adds (WindowFixture *self, gconstpointer user_data)
{
  static const struct
  {
    const char *action;
    HrTask task;
    HrMethod method;
  } cases[] = {
    { "win.add-full", HR_TASK_TRAIN, HR_METHOD_FULL },
    { "win.add-lora", HR_TASK_TRAIN, HR_METHOD_LORA },
    { "win.add-qlora", HR_TASK_TRAIN, HR_METHOD_QLORA },
    { "win.add-inference", HR_TASK_INFER, HR_METHOD_FULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint before = window_fixture_size (self);

      window_fixture_activate (self, cases[i].action, NULL);
      g_assert_cmpuint (window_fixture_size (self), ==, before + 1);
      g_assert_cmpint (selected_job (self)->task, ==, cases[i].task);
      if (cases[i].task == HR_TASK_TRAIN)
        g_assert_cmpint (selected_job (self)->method.kind, ==, cases[i].method);
    }
}

static void
test_duplicates_renames_and_undoes (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *name = g_strdup (name_at (self, 1));
  guint before = window_fixture_size (self);

  select_position (self, 1);
  window_fixture_activate (self, "win.duplicate", NULL);
  g_assert_cmpuint (window_fixture_size (self), ==, before + 1);
  g_assert_cmpuint (hr_project_find (self->project, hr_selection_get_configuration (self->selection)), ==, 2);

  window_fixture_activate (self, "win.rename", NULL);
  ui_wait_for (window_fixture_dialog (self) != NULL);
  GtkWidget *entry = ui_find (window_fixture_dialog (self), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  Copy <of> & more ");
  g_free (window_fixture_answer (self, "accept"));
  g_assert_cmpstr (name_at (self, 2), ==, "Copy <of> & more");

  window_fixture_activate (self, "win.undo", NULL);
  window_fixture_activate (self, "win.undo", NULL);
  g_assert_cmpuint (window_fixture_size (self), ==, before);
  g_assert_cmpstr (name_at (self, 1), ==, name);
  g_assert_false (hr_document_is_modified (self->document));

  window_fixture_activate (self, "win.redo", NULL);
  window_fixture_activate (self, "win.redo", NULL);
  g_assert_cmpstr (name_at (self, 2), ==, "Copy <of> & more");
}

static void
test_rename_needs_a_name (WindowFixture *self, gconstpointer user_data)
{
  window_fixture_activate (self, "win.rename", NULL);
  ui_wait_for (window_fixture_dialog (self) != NULL);

  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (window_fixture_dialog (self));

  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY)), "   ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  g_free (window_fixture_answer (self, "cancel"));
  g_assert_false (hr_document_is_modified (self->document));
}

/* libadwaita 1.2 crashes where a toast that still appears is dismissed, which makes it insensitive at once. */
static void
test_toasts_in_a_row (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *overlay = ui_find (GTK_WIDGET (self->window), ADW_TYPE_TOAST_OVERLAY);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (int i = 0; i < 2; i++)
    window_fixture_activate (self, "win.remove", NULL);

  GtkWidget *toast = ui_find_text (overlay, "Removed Full");
  g_assert_nonnull (toast);
  while (gtk_widget_get_parent (toast) != overlay)
    toast = gtk_widget_get_parent (toast);
  g_assert_true (gtk_widget_get_can_target (toast));
  g_assert_null (ui_find_text (toast, "Undo")); /* it would take back a later change */

  ui_wait_for (ui_find_text (overlay, "Removed LoRA r16") != NULL && ui_find_text (overlay, "Removed Full") == NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static void
test_moves (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *first = g_strdup (name_at (self, 0));
  g_autofree char *second = g_strdup (name_at (self, 1));

  select_position (self, 0);
  g_assert_false (window_fixture_is_enabled (self, "win.move-left"));
  window_fixture_activate (self, "win.move-right", NULL);
  g_assert_cmpstr (name_at (self, 0), ==, second);
  g_assert_cmpstr (name_at (self, 1), ==, first);
  g_assert_cmpstr (selected_job (self)->name, ==, first);
  window_fixture_activate (self, "win.move-left", NULL);
  g_assert_cmpstr (name_at (self, 0), ==, first);

  select_position (self, window_fixture_size (self) - 1);
  g_assert_false (window_fixture_is_enabled (self, "win.move-right"));
  g_assert_true (window_fixture_is_enabled (self, "win.move-left"));
}

/* What is left on the screen is left in the list where lines run from right to left. */
static void
test_moves_mirrored (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *first = g_strdup (name_at (self, 0));

  gtk_widget_set_direction (GTK_WIDGET (self->window), GTK_TEXT_DIR_RTL);
  select_position (self, 0);
  g_assert_false (window_fixture_is_enabled (self, "win.move-right"));
  window_fixture_activate (self, "win.move-left", NULL);
  g_assert_cmpstr (name_at (self, 1), ==, first);
}

static void
test_remove_offers_undo (WindowFixture *self, gconstpointer user_data)
{
  guint before = window_fixture_size (self);

  select_position (self, 1);
  g_object_set (hr_project_get_configuration (self->project, 1), "name", "a <b> & c", NULL);
  window_fixture_activate (self, "win.remove", NULL);
  g_assert_cmpuint (window_fixture_size (self), ==, before - 1);

  GtkWidget *message = ui_find_text (GTK_WIDGET (self->window), "Removed a <b> & c");
  g_assert_nonnull (message);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Undo"));

  window_fixture_activate (self, "win.undo", NULL);
  g_assert_cmpstr (name_at (self, 1), ==, "a <b> & c");
  g_assert_cmpstr (selected_job (self)->name, ==, "a <b> & c");
}

/* Its button would undo the later change. */
static void
test_undo_toast_goes_with_the_next_change (WindowFixture *self, gconstpointer user_data)
{
  window_fixture_activate (self, "win.remove", NULL);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Removed "));
  window_fixture_activate (self, "win.add-lora", NULL);
  ui_wait_for (ui_find_text (GTK_WIDGET (self->window), "Removed ") == NULL);
}

static void
test_removing_all_shows_the_empty_state (WindowFixture *self, gconstpointer user_data)
{
  while (window_fixture_size (self) > 0)
    window_fixture_activate (self, "win.remove", NULL);

  GtkWidget *status = ui_find (GTK_WIDGET (self->window), ADW_TYPE_STATUS_PAGE);

  ui_wait_for (gtk_widget_get_mapped (status));
  g_assert_false (window_fixture_is_enabled (self, "win.remove"));
  g_assert_false (window_fixture_is_enabled (self, "win.rename"));
  g_assert_false (window_fixture_is_enabled (self, "win.duplicate"));
  g_assert_false (window_fixture_is_enabled (self, "win.export-chart::png"));
  g_assert_false (window_fixture_is_enabled (self, "win.move-left"));

  window_fixture_activate (self, "win.add-qlora", NULL);
  ui_wait_for (!gtk_widget_get_mapped (status));
  g_assert_cmpuint (window_fixture_size (self), ==, 1);

  /* Who goes on by keys starts at what was added. */
  GtkWidget *chart = ui_find (GTK_WIDGET (self->window), HR_TYPE_CHART_VIEW);

  ui_wait_for (gtk_widget_get_focus_child (chart) != NULL);
}

static void
test_units (WindowFixture *self, gconstpointer user_data)
{
  window_fixture_activate (self, "win.units", "GiB");
  g_assert_cmpint (hr_project_get_units (self->project), ==, HR_UNITS_GIB);

  g_autofree char *units = NULL;
  g_object_get (self->window, "units", &units, NULL);
  g_assert_cmpstr (units, ==, "GiB");

  window_fixture_activate (self, "win.undo", NULL);
  g_assert_cmpint (hr_project_get_units (self->project), ==, HR_UNITS_GB);
}

static void
read_clipboard_cb (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_copies_summary (WindowFixture *self, gconstpointer user_data)
{
  g_autofree char *text = NULL;

  window_fixture_activate (self, "win.copy-summary", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), NULL, read_clipboard_cb, &text);
  ui_wait_for (text != NULL);
  g_assert_true (g_str_has_prefix (text, name_at (self, 0)));
  g_assert_nonnull (strstr (text, " gigabytes, "));
}

static gboolean
is_named (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if ((ui_text_of (child) != NULL && *ui_text_of (child) != '\0') || is_named (child))
      return TRUE;

  return FALSE;
}

/* A part that takes the keys for a named whole: the text of an entry, the button of a drop-down. */
static gboolean
is_part_of_named (GtkWidget *widget)
{
  GtkWidget *whole = gtk_widget_get_parent (widget);

  return (GTK_IS_TEXT (widget) || GTK_IS_DROP_DOWN (whole) || GTK_IS_MENU_BUTTON (whole)) && is_named (whole);
}

static void
check_name (GtkWidget *widget, gpointer user_data)
{
  static GType containers[8];

  if (containers[0] == 0)
    {
      containers[0] = GTK_TYPE_SCROLLED_WINDOW;
      containers[1] = GTK_TYPE_LIST_BOX;
      containers[2] = GTK_TYPE_POPOVER;
      containers[3] = GTK_TYPE_WINDOW;
      containers[4] = GTK_TYPE_FLOW_BOX;
      containers[5] = GTK_TYPE_VIEWPORT;
      containers[6] = GTK_TYPE_STACK;
      containers[7] = GTK_TYPE_LIST_VIEW;
    }
  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_mapped (widget))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    if (g_type_is_a (G_OBJECT_TYPE (widget), containers[i]))
      return;

  if (!is_named (widget) && !is_part_of_named (widget))
    {
      GtkWidget *parent = gtk_widget_get_parent (widget);

      g_test_message ("%s in %s in %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (parent),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent)));
      ++*(int *) user_data;
    }
}

/* A mnemonic's underscore and the name of a type are nothing to say. */
static void
check_own_name (GtkWidget *widget, gpointer user_data)
{
  gboolean is_button = GTK_IS_BUTTON (widget) && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget));
  const char *shown = is_button ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  if (shown != NULL && strchr (shown, '_') != NULL) /* named by the label within */
    g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
test_everything_that_takes_keys_has_a_name (WindowFixture *self, gconstpointer user_data)
{
  ui_walk (GTK_WIDGET (self->window), check_own_name, NULL);
  int n_nameless = 0;

  ui_walk (GTK_WIDGET (self->window), check_name, &n_nameless);
  g_assert_cmpint (n_nameless, ==, 0);
}

static void
test_fits_narrow_screens (WindowFixture *self, gconstpointer user_data)
{
  int minimum;

  gtk_widget_measure (gtk_widget_get_first_child (GTK_WIDGET (self->window)), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, NARROWEST_WIDTH);
}

static void
resize (WindowFixture *self, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 700);
  ui_wait_for (gtk_widget_get_width (GTK_WIDGET (self->window)) <= width);
  ui_settle ();
}

static void
test_inspector_collapses (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *inspector = ui_find (GTK_WIDGET (self->window), HR_TYPE_INSPECTOR);

  resize (self, 1200);
  ui_wait_for (gtk_widget_get_mapped (inspector));
  resize (self, NARROWEST_WIDTH);
  ui_wait_for (!gtk_widget_get_mapped (inspector));
  window_fixture_activate (self, "win.toggle-inspector", NULL);
  ui_wait_for (gtk_widget_get_mapped (inspector));
  resize (self, 1200);
  ui_wait_for (gtk_widget_get_mapped (inspector));
}

static char *
get_view (WindowFixture *self)
{
  char *view;

  g_object_get (self->window, "view", &view, NULL);
  return view;
}

/* A cell of the fit map becomes what the configuration has; the toast takes it back. */
static void
test_adopts_cell (WindowFixture *self, gconstpointer user_data)
{
  window_fixture_activate (self, "win.view", "fit-map");
  GtkWidget *plot = ui_find (GTK_WIDGET (self->window), HR_TYPE_FIT_MAP_PLOT);
  ui_wait_for (gtk_widget_get_mapped (plot));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == plot);
  resize (self, 1200);
  test_everything_that_takes_keys_has_a_name (self, user_data);
  test_fits_narrow_screens (self, user_data);

  uint64_t batch = selected_job (self)->batch.micro_batch_size, length = selected_job (self)->batch.sequence_length;
  g_signal_emit_by_name (plot, "move-cursor", HR_FIT_MAP_MOVE_RIGHT);
  g_signal_emit_by_name (plot, "move-cursor", HR_FIT_MAP_MOVE_UP);
  g_signal_emit_by_name (plot, "adopt-cursor");
  g_assert_cmpuint (selected_job (self)->batch.micro_batch_size, ==, 2 * batch);
  g_assert_cmpuint (selected_job (self)->batch.sequence_length, ==, length / 2);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (self->window), "Changed to Micro-batch 2"));
  window_fixture_activate (self, "win.undo", NULL);
  g_assert_cmpuint (selected_job (self)->batch.micro_batch_size, ==, batch);
  g_assert_cmpuint (selected_job (self)->batch.sequence_length, ==, length);
}

/* A view is made when it is first looked at, takes the keys, and is as complete and as narrow as the other. */
static void
test_views (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *bar = ui_find (GTK_WIDGET (self->window), ADW_TYPE_VIEW_SWITCHER_BAR);
  g_autofree char *before = get_view (self);

  g_assert_cmpstr (before, ==, "compare");
  g_assert_null (ui_find (GTK_WIDGET (self->window), HR_TYPE_TIMELINE_VIEW));
  window_fixture_activate (self, "win.view", "timeline");
  g_autofree char *after = get_view (self);
  g_assert_cmpstr (after, ==, "timeline");
  GtkWidget *view = ui_find (GTK_WIDGET (self->window), HR_TYPE_TIMELINE_VIEW);
  ui_wait_for (gtk_widget_get_mapped (view));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == ui_find (view, HR_TYPE_TIMELINE_PLOT));
  test_everything_that_takes_keys_has_a_name (self, user_data);
  test_fits_narrow_screens (self, user_data);

  g_assert_false (adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (bar)));
  resize (self, NARROWEST_WIDTH);
  ui_wait_for (adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (bar)));

  /* Nothing to switch in an empty project. */
  while (window_fixture_size (self) > 0)
    window_fixture_activate (self, "win.remove", NULL);
  ui_wait_for (!adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (bar)));
}

static void
test_is_freed (WindowFixture *self, gconstpointer user_data)
{
  HrWindow *window = self->window;
  HrDocument *document = self->document;

  g_clear_object (&self->selection);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *) &document);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_for (window == NULL);
  ui_wait_for (document == NULL);
}

/* A view is left and comes back as it was: its focus, its cursor, and how far it was scrolled. */
static void
test_views_keep_their_place (WindowFixture *self, gconstpointer user_data)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 420);
  window_fixture_activate (self, "win.view", "timeline");
  ui_settle ();

  GtkWidget *strip = ui_find (GTK_WIDGET (self->window), HR_TYPE_PHASE_STRIP);
  GtkWidget *plot = ui_find (GTK_WIDGET (self->window), HR_TYPE_TIMELINE_PLOT);
  GtkWidget *scrolled = gtk_widget_get_ancestor (plot, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_widget_grab_focus (strip);
  g_signal_emit_by_name (strip, "picked", 1);
  gtk_adjustment_set_value (adjustment, 20);
  double scrolled_to = gtk_adjustment_get_value (adjustment);
  int cursor = hr_timeline_plot_get_cursor (HR_TIMELINE_PLOT (plot));

  window_fixture_activate (self, "win.view", "explain");
  ui_settle ();
  g_assert_false (gtk_widget_is_focus (strip));
  window_fixture_activate (self, "win.view", "timeline");
  ui_settle ();
  g_assert_true (gtk_widget_is_focus (strip));
  g_assert_cmpint (hr_timeline_plot_get_cursor (HR_TIMELINE_PLOT (plot)), ==, cursor);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, scrolled_to);
}

/* What was shown of a project is shown when it is opened again. */
static void
test_remembers_what_was_shown (WindowFixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) file = window_fixture_save (self, "plan.headroom");
  g_autoptr (HrDocument) other = hr_document_new_sample (NULL);
  g_autoptr (HrDocument) again = hr_document_new ();

  window_fixture_activate (self, "win.view", "timeline");
  select_position (self, 2);
  hr_selection_set_component (self->selection, HR_COMPONENT_OPTIMIZER);
  hr_window_set_document (self->window, other);
  hr_selection_set_component (self->selection, -1);
  window_fixture_activate (self, "win.view", "compare");

  g_assert_true (hr_document_load (again, file, NULL));
  hr_window_set_document (self->window, again);
  g_assert_cmpstr (hr_selection_get_view (self->selection), ==, "timeline");
  g_assert_cmpint (hr_selection_get_component (self->selection), ==, HR_COMPONENT_OPTIMIZER);
  g_assert_cmpuint (hr_project_find (hr_document_get_project (again), hr_selection_get_configuration (self->selection)),
                    ==, 2);
}

/* The keys of a view work from the first one on; where they go is shown once they are used. */
static void
test_begins_in_the_view (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *view = ui_find (GTK_WIDGET (self->window), HR_TYPE_COMPARE_VIEW);
  GtkWidget *focus;

  ui_wait_for (hr_focus_is_within (view));
  g_assert_false (gtk_window_get_focus_visible (GTK_WINDOW (self->window)));
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_true (gtk_widget_activate_action (focus, "compare.select-all", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (hr_selection_get_selected (self->selection)), ==,
                    window_fixture_size (self));
}

/* A narrow window keeps its height for the chart: the legend and the rest wait behind buttons. */
static void
test_folds_where_narrow (WindowFixture *self, gconstpointer user_data)
{
  GtkWidget *view = ui_find (GTK_WIDGET (self->window), HR_TYPE_COMPARE_VIEW);
  GtkWidget *legend = ui_find (view, HR_TYPE_LEGEND);
  GtkWidget *fold = gtk_widget_get_ancestor (legend, HR_TYPE_FOLD);
  GtkWidget *chart = ui_find (view, HR_TYPE_CHART_VIEW);
  double x, y;

  g_assert_false (hr_fold_is_folded (HR_FOLD (fold)));
  g_assert_true (gtk_widget_get_mapped (legend));
  resize (self, 360);
  ui_wait_for (hr_fold_is_folded (HR_FOLD (fold)));
  g_assert_nonnull (gtk_widget_get_ancestor (legend, GTK_TYPE_POPOVER));
  g_assert_true (gtk_widget_translate_coordinates (chart, view, 0, 0, &x, &y));
  g_assert_cmpfloat (y, <, 100);
  resize (self, 1200);
  ui_wait_for (!hr_fold_is_folded (HR_FOLD (fold)));
  ui_wait_for (gtk_widget_get_mapped (legend));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define ADD(path, function)                                                                                            \
  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("/window/adds", test_adds);
  ADD ("/window/duplicates-renames-and-undoes", test_duplicates_renames_and_undoes);
  ADD ("/window/rename-needs-a-name", test_rename_needs_a_name);
  ADD ("/window/toasts-in-a-row", test_toasts_in_a_row);
  ADD ("/window/moves", test_moves);
  ADD ("/window/moves-mirrored", test_moves_mirrored);
  ADD ("/window/remove-offers-undo", test_remove_offers_undo);
  ADD ("/window/undo-toast-goes-with-the-next-change", test_undo_toast_goes_with_the_next_change);
  ADD ("/window/removing-all-shows-the-empty-state", test_removing_all_shows_the_empty_state);
  ADD ("/window/units", test_units);
  ADD ("/window/copies-summary", test_copies_summary);
  ADD ("/window/everything-that-takes-keys-has-a-name", test_everything_that_takes_keys_has_a_name);
  ADD ("/window/fits-narrow-screens", test_fits_narrow_screens);
  ADD ("/window/begins-in-the-view", test_begins_in_the_view);
  ADD ("/window/folds-where-narrow", test_folds_where_narrow);
  ADD ("/window/inspector-collapses", test_inspector_collapses);
  ADD ("/window/views", test_views);
  ADD ("/window/views-keep-their-place", test_views_keep_their_place);
  ADD ("/window/remembers-what-was-shown", test_remembers_what_was_shown);
  ADD ("/window/adopts-cell", test_adopts_cell);
  ADD ("/window/is-freed", test_is_freed);

  return g_test_run ();
}
