/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-model-fixture.h"
#include "hr-property-test.h"
#include "model/hr-selection.h"

static const char *const object_properties[] = { "project", "configuration", "baseline", NULL };

static GObject *
make_selection (GObject **owner)
{
  return G_OBJECT (hr_selection_new ());
}

static void
test_properties (void)
{
  hr_test_properties (make_selection, NULL, object_properties);
}

typedef struct
{
  HrDocument *document;
  HrProject *project;
  HrSelection *selection;
  guint n_notified; /* of the configuration */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = hr_fixture_document ();
  fixture->project = hr_document_get_project (fixture->document);
  fixture->selection = hr_selection_new ();
  hr_selection_set_project (fixture->selection, fixture->project);
  g_signal_connect_swapped (fixture->selection, "notify::configuration", G_CALLBACK (hr_fixture_count_cb),
                            &fixture->n_notified);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->document);
}

static void
assert_selected (Fixture *fixture, guint position)
{
  HrConfiguration *selected = hr_selection_get_configuration (fixture->selection);

  g_assert_nonnull (selected);
  g_assert_cmpuint (hr_project_find (fixture->project, selected), ==, position);
}

static void
select_at (Fixture *fixture, guint position)
{
  hr_selection_set_configuration (fixture->selection, hr_project_get_configuration (fixture->project, position));
}

static void
remove_at (Fixture *fixture, guint position)
{
  hr_project_remove (fixture->project, hr_project_get_configuration (fixture->project, position));
}

static void
test_first (Fixture *fixture, gconstpointer data)
{
  assert_selected (fixture, 0);
  select_at (fixture, 2);
  select_at (fixture, 2);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
test_removal (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *next = hr_project_get_configuration (fixture->project, 3);

  select_at (fixture, 2);
  remove_at (fixture, 2);
  g_assert_true (hr_selection_get_configuration (fixture->selection) == next);
  g_assert_cmpuint (fixture->n_notified, ==, 2);

  /* The last one has no next: the one before it. */
  remove_at (fixture, 2);
  assert_selected (fixture, 1);

  remove_at (fixture, 0);
  assert_selected (fixture, 0);
  g_assert_cmpuint (fixture->n_notified, ==, 3);

  remove_at (fixture, 0);
  g_assert_null (hr_selection_get_configuration (fixture->selection));
  hr_document_undo (fixture->document);
  assert_selected (fixture, 0);
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  HrConfiguration *selected = hr_project_get_configuration (fixture->project, 1);

  select_at (fixture, 1);
  hr_project_move (fixture->project, selected, 3);
  g_assert_true (hr_selection_get_configuration (fixture->selection) == selected);
  hr_project_duplicate (fixture->project, hr_project_get_configuration (fixture->project, 0));
  assert_selected (fixture, 4);
  g_assert_cmpuint (fixture->n_notified, ==, 1);

  /* Where it stands now is where its neighbour is. */
  remove_at (fixture, 4);
  assert_selected (fixture, 3);
}

static void
test_project (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HrProject) other = hr_fixture_project ();
  HrProject *before = fixture->project;

  select_at (fixture, 2);
  hr_selection_set_project (fixture->selection, other);
  g_assert_true (hr_selection_get_configuration (fixture->selection) == hr_project_get_configuration (other, 0));

  /* The first project is not listened to any more. */
  hr_project_remove (before, hr_project_get_configuration (before, 0));
  g_assert_true (hr_selection_get_configuration (fixture->selection) == hr_project_get_configuration (other, 0));

  hr_selection_set_project (fixture->selection, NULL);
  g_assert_null (hr_selection_get_configuration (fixture->selection));
  g_assert_finalize_object (g_steal_pointer (&other));
}

static void
test_components (void)
{
  g_autoptr (HrSelection) selection = hr_selection_new ();

  hr_selection_toggle_component (selection, HR_COMPONENT_OPTIMIZER);
  hr_selection_toggle_component (selection, HR_COMPONENT_WEIGHTS);
  hr_selection_toggle_component (selection, HR_COMPONENT_WEIGHTS);
  g_assert_cmpuint (hr_selection_get_hidden_components (selection), ==, 1u << HR_COMPONENT_OPTIMIZER);
  g_assert_cmpint (hr_selection_get_component (selection), ==, -1);
}

/* "2 >3< 4" of positions, the leading one marked. */
static void
assert_set (Fixture *fixture, const char *expected)
{
  GListModel *selected = hr_selection_get_selected (fixture->selection);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (selected, i);
      guint position = hr_project_find (fixture->project, configuration);
      gboolean leads = configuration == hr_selection_get_configuration (fixture->selection);

      g_assert_true (hr_selection_is_selected (fixture->selection, configuration));
      g_string_append_printf (text, leads ? "%s>%u<" : "%s%u", text->len > 0 ? " " : "", position);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static HrConfiguration *
at (Fixture *fixture, guint position)
{
  return hr_project_get_configuration (fixture->project, position);
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  HrSelection *selection = fixture->selection;

  assert_set (fixture, ">0<");

  /* From the one that is selected first, which nobody selected. */
  hr_selection_extend_to (selection, at (fixture, 1));
  hr_selection_extend_to (selection, at (fixture, 2));
  assert_set (fixture, "0 1 >2<");
  hr_selection_select_only (selection, at (fixture, 0));

  hr_selection_toggle (selection, at (fixture, 2));
  assert_set (fixture, "0 >2<");
  hr_selection_toggle (selection, at (fixture, 2));
  assert_set (fixture, ">0<");
  hr_selection_toggle (selection, at (fixture, 0));
  assert_set (fixture, ">0<");

  /* From where the last one was selected, to both sides. */
  hr_selection_select_only (selection, at (fixture, 1));
  hr_selection_extend_to (selection, at (fixture, 3));
  assert_set (fixture, "1 2 >3<");
  hr_selection_extend_to (selection, at (fixture, 0));
  assert_set (fixture, ">0< 1");
  hr_selection_select_all (selection);
  assert_set (fixture, ">0< 1 2 3");

  hr_selection_set_configuration (selection, at (fixture, 0));
  assert_set (fixture, ">0<");
}

static void
test_set_edited (Fixture *fixture, gconstpointer data)
{
  HrSelection *selection = fixture->selection;

  hr_selection_select_all (selection);
  hr_selection_toggle (selection, at (fixture, 1));
  hr_selection_toggle (selection, at (fixture, 1));
  assert_set (fixture, "0 >1< 2 3");

  hr_project_move (fixture->project, at (fixture, 1), 3);
  assert_set (fixture, "0 1 2 >3<");
  hr_project_duplicate (fixture->project, at (fixture, 0));
  assert_set (fixture, "0 2 3 >4<");
  remove_at (fixture, 4);
  assert_set (fixture, "0 2 >3<");

  /* The leading one that goes leaves the next of those that are selected, not its neighbour. */
  hr_selection_toggle (selection, at (fixture, 0));
  hr_selection_toggle (selection, at (fixture, 0));
  remove_at (fixture, 0);
  assert_set (fixture, ">1< 2");
}

static void
count_cb (guint *n_changes)
{
  ++*n_changes;
}

static void
test_set_signals (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;

  g_signal_connect_swapped (fixture->selection, "selected-changed", G_CALLBACK (count_cb), &n_changes);
  hr_selection_toggle (fixture->selection, at (fixture, 2));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  hr_selection_extend_to (fixture->selection, at (fixture, 2));
  g_assert_cmpuint (n_changes, ==, 2);
  hr_selection_extend_to (fixture->selection, at (fixture, 2));
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  hr_selection_set_baseline (fixture->selection, at (fixture, 1));
  remove_at (fixture, 0);
  g_assert_true (hr_selection_get_baseline (fixture->selection) == at (fixture, 0));
  remove_at (fixture, 0);
  g_assert_null (hr_selection_get_baseline (fixture->selection));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/selection/properties", test_properties);
  g_test_add ("/selection/first", Fixture, NULL, set_up, test_first, tear_down);
  g_test_add ("/selection/removal", Fixture, NULL, set_up, test_removal, tear_down);
  g_test_add ("/selection/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/selection/project", Fixture, NULL, set_up, test_project, tear_down);
  g_test_add ("/selection/set", Fixture, NULL, set_up, test_set, tear_down);
  g_test_add ("/selection/set-edited", Fixture, NULL, set_up, test_set_edited, tear_down);
  g_test_add ("/selection/set-signals", Fixture, NULL, set_up, test_set_signals, tear_down);
  g_test_add ("/selection/baseline", Fixture, NULL, set_up, test_baseline, tear_down);
  g_test_add_func ("/selection/components", test_components);

  return g_test_run ();
}
