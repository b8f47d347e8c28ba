/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "catalog/hr-catalog.h"
#include "io/hr-project-gpus.h"
#include "ui/hr-gpu-chooser.h"
#include "ui/hr-gpu-dialog.h"
#include "ui/hr-gpu-row.h"

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

static GtkButton *
button (Fixture *fixture)
{
  return GTK_BUTTON (ui_find (fixture->chooser, GTK_TYPE_BUTTON));
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (HR_IS_GPU_DIALOG (item->data))
      return item->data;
  return NULL;
}

static gboolean
is_closed (gpointer data)
{
  return find_dialog () == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *dialog = find_dialog ();

  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  ui_await (is_closed, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->selection);
}

static GtkWidget *
child (const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (find_dialog (), HR_TYPE_GPU_DIALOG, name));
}

static GtkListBox *
open_list (Fixture *fixture, const char *query)
{
  g_signal_emit_by_name (button (fixture), "clicked");
  gtk_editable_set_text (GTK_EDITABLE (child ("search_entry")), query);
  return GTK_LIST_BOX (child ("list"));
}

static guint
n_rows (GtkListBox *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n) != NULL)
    n++;
  return n;
}

static const HrGpuChoice *
choice (Fixture *fixture)
{
  return &hr_project_get_data (fixture->project)->gpu;
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
  gtk_editable_set_text (GTK_EDITABLE (child ("search_entry")), "no such card");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (child ("stack"))), ==, "nothing");
  g_assert_false (gtk_widget_get_sensitive (child ("choose_button")));
}

/* By keyboard alone: type, Enter. */
static void
test_takes_first (Fixture *fixture, gconstpointer user_data)
{
  open_list (fixture, "rtx 4090");
  g_signal_emit_by_name (child ("search_entry"), "activate");
  g_assert_cmpstr (choice (fixture)->id, ==, "rtx-4090");
}

static void
test_moves_by_keys (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "h100");

  g_assert_true (ui_press (child ("search_entry"), GDK_KEY_Down));
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, 1);
  g_autofree char *id = g_strdup (hr_gpu_row_get_gpu (HR_GPU_ROW (gtk_list_box_get_selected_row (list)))->gpu.id);
  g_signal_emit_by_name (child ("search_entry"), "activate");
  g_assert_cmpstr (choice (fixture)->id, ==, id);
}

static void
test_takes_none (Fixture *fixture, gconstpointer user_data)
{
  GtkListBox *list = open_list (fixture, "");

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  g_assert_cmpstr (choice (fixture)->id, ==, "");
}

/* Number and limits are chosen along with the card, as one edit. */
static void
test_limits (Fixture *fixture, gconstpointer user_data)
{
  open_list (fixture, "");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child ("count")), 4);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child ("in_use")), 1500);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child ("margin")), 10);
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (child ("details"))),
                                   "16 GB, 12,324 MiB usable, 1,500 MiB in use, 10 % kept free\n"));
  g_assert_cmpuint (choice (fixture)->count, ==, 1);
  g_signal_emit_by_name (child ("choose_button"), "clicked");

  g_assert_cmpuint (choice (fixture)->count, ==, 4);
  g_assert_cmpuint (choice (fixture)->limits.in_use_mib, ==, 1500);
  g_assert_cmpfloat (choice (fixture)->limits.margin_percent, ==, 10);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button (fixture)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GPU: 4 × NVIDIA T4");
}

static void
test_own_card (Fixture *fixture, gconstpointer user_data)
{
  HrConfiguration *configuration = hr_project_get_configuration (fixture->project, 0);
  GtkWidget *dialog = hr_gpu_dialog_new (fixture->project, configuration);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (GTK_EDITABLE (child ("search_entry")), "l40s");
  g_signal_emit_by_name (child ("search_entry"), "activate");
  g_assert_cmpstr (hr_configuration_get_job (configuration)->gpu.id, ==, "l40s");
  g_assert_cmpstr (choice (fixture)->id, ==, "t4");
}

/* A card that only the project knows is listed and found, and stays what it is when its number changes. */
static void
test_carried (Fixture *fixture, gconstpointer user_data)
{
  HrCatalogGpu card = *hr_catalog_find_gpu ("l40s");
  g_autoptr (HrProjectData) data = hr_project_data_copy (hr_project_get_data (fixture->project));

  g_strlcpy (card.gpu.id, "prototype", sizeof card.gpu.id);
  g_strlcpy (card.gpu.name, "Prototype 40", sizeof card.gpu.name);
  g_ptr_array_add (data->gpus, hr_own_entry_new_gpu (&card, NULL, NULL));
  g_strlcpy (data->gpu.id, card.gpu.id, sizeof data->gpu.id);
  hr_project_set_data (fixture->project, data);

  open_list (fixture, "");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (child ("details"))), "48 GB"));
  gtk_editable_set_text (GTK_EDITABLE (child ("search_entry")), "prototype");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child ("count")), 2);
  g_signal_emit_by_name (child ("search_entry"), "activate");
  g_assert_cmpstr (choice (fixture)->id, ==, "prototype");
  g_assert_cmpuint (choice (fixture)->count, ==, 2);
  g_assert_nonnull (hr_project_gpus_find (hr_project_get_data (fixture->project)->gpus, "prototype"));
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
    { "/gpu-chooser/takes-first", test_takes_first },
    { "/gpu-chooser/takes-none", test_takes_none },
    { "/gpu-chooser/limits", test_limits },
    { "/gpu-chooser/own-card", test_own_card },
    { "/gpu-chooser/carried", test_carried },
    { "/gpu-chooser/moves-by-keys", test_moves_by_keys },
  };

  view_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
