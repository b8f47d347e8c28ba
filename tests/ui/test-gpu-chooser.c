/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "catalog/hr-catalog.h"
#include "ui/hr-gpu-chooser.h"

typedef struct
{
  HrSelection *selection;
  HrProject *project;
  GtkWidget *chooser;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->selection = view_selection ();
  fixture->project = hr_selection_get_project (fixture->selection);
  g_object_set (fixture->project, "gpu-id", "t4", "gpu-count", (guint64) 1, NULL);
  fixture->chooser = hr_gpu_chooser_new ();
  hr_gpu_chooser_set_project (HR_GPU_CHOOSER (fixture->chooser), fixture->project);
  fixture->window = view_show (fixture->chooser, 400, 400);
}

static GtkMenuButton *
button (Fixture *fixture)
{
  return GTK_MENU_BUTTON (ui_find (fixture->chooser, GTK_TYPE_MENU_BUTTON));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_menu_button_popdown (button (fixture));
  view_settle (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->selection);
}

static GtkListBox *
open_list (Fixture *fixture, const char *query)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button (fixture)));

  gtk_menu_button_popup (button (fixture));
  view_settle (fixture->window);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (popover, GTK_TYPE_SEARCH_ENTRY)), query);
  return GTK_LIST_BOX (ui_find (popover, GTK_TYPE_LIST_BOX));
}

static guint
n_rows (GtkListBox *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n) != NULL)
    n++;
  return n;
}

static const char *
gpu_id (Fixture *fixture)
{
  return hr_project_get_data (fixture->project)->gpu.id;
}

static void
test_tells (Fixture *fixture, gconstpointer user_data)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button (fixture)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GPU: 1 × NVIDIA T4");

  g_object_set (fixture->project, "gpu-id", "", NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button (fixture)), GTK_ACCESSIBLE_PROPERTY_LABEL, "GPU: none");
}

static void
test_lists_all (Fixture *fixture, gconstpointer user_data)
{
  size_t n_gpus;

  hr_catalog_gpus (&n_gpus);
  g_assert_cmpuint (n_rows (open_list (fixture, "")), ==, n_gpus + 1);
  g_assert_cmpuint (n_rows (open_list (fixture, "no such card")), ==, 0);
}

static void
test_searches (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "rtx 4090");

  g_assert_cmpuint (n_rows (list), >=, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_list_box_get_row_at_index (list, 0)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "NVIDIA GeForce RTX 4090, 25.8 GB");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  g_assert_cmpstr (gpu_id (fixture), ==, "rtx-4090");
}

static void
test_takes_first (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "h100");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  g_signal_emit_by_name (ui_find (popover, GTK_TYPE_SEARCH_ENTRY), "activate");
  g_assert_true (g_str_has_prefix (gpu_id (fixture), "h100"));
}

static void
test_moves_by_keys (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);
  GtkWidget *search = ui_find (popover, GTK_TYPE_SEARCH_ENTRY);
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (list);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_list_box_get_selected_row (list)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "NVIDIA Tesla T4, 16.1 GB");
  ui_wait_for (gtk_adjustment_get_value (adjustment) > 0);

  gtk_editable_set_text (GTK_EDITABLE (search), "h100");
  g_assert_true (ui_press (search, GDK_KEY_Down));
  g_assert_true (gtk_list_box_get_selected_row (list) == gtk_list_box_get_row_at_index (list, 1));
  g_assert_true (ui_press (search, GDK_KEY_Page_Down));
  g_assert_true (ui_press (search, GDK_KEY_Up));
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, (int) n_rows (list) - 2);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (gpu_id (fixture), ==, "h100-94gb-nvl");
}

static void
test_takes_none (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "");

  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, (int) n_rows (list) - 1));
  g_assert_cmpstr (gpu_id (fixture), ==, "");
}

static void
test_counts (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button (fixture)));
  GtkSpinButton *count = GTK_SPIN_BUTTON (ui_find (popover, GTK_TYPE_SPIN_BUTTON));

  gtk_spin_button_set_value (count, 4);
  g_assert_cmpuint (hr_project_get_data (fixture->project)->gpu.count, ==, 4);

  g_object_set (fixture->project, "gpu-count", (guint64) 8, NULL);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (count), ==, 8);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button (fixture)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GPU: 8 × NVIDIA T4");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/gpu-chooser/tells", test_tells },
    { "/gpu-chooser/lists-all", test_lists_all },
    { "/gpu-chooser/searches", test_searches },
    { "/gpu-chooser/takes-first", test_takes_first },
    { "/gpu-chooser/takes-none", test_takes_none },
    { "/gpu-chooser/counts", test_counts },
    { "/gpu-chooser/moves-by-keys", test_moves_by_keys },
  };

  view_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
