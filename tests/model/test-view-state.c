/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../io/hr-scratch.h"
#include "hr-model-fixture.h"
#include "model/hr-view-state.h"

#define PATH "state/headroom/views.ini"

#include <signal.h>
#include <sys/resource.h>

typedef struct
{
  Scratch scratch;
  HrProject *project;
  HrSelection *selection;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  scratch_set_up (&fixture->scratch, data);
  fixture->project = hr_fixture_project ();
  fixture->selection = hr_selection_new ();
  hr_selection_set_project (fixture->selection, fixture->project);
  fixture->file = g_file_new_for_path ("plan.headroom");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->project);
  g_object_unref (fixture->file);
  scratch_tear_down (&fixture->scratch, data);
}

static void
save (Fixture *fixture, GFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hr_view_state_save (PATH, file, fixture->selection, &error));
  g_assert_no_error (error);
}

/* The same project as it is opened later. */
static HrSelection *
reopen (Fixture *fixture, gboolean expected)
{
  HrSelection *selection = hr_selection_new ();

  hr_selection_set_project (selection, fixture->project);
  g_assert_cmpint (hr_view_state_restore (PATH, fixture->file, selection), ==, expected);

  return selection;
}

static HrConfiguration *
at (Fixture *fixture, guint position)
{
  return hr_project_get_configuration (fixture->project, position);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  HrSelection *before = fixture->selection;
  HrFitMapOptions map
      = { .columns = { HR_UNKNOWN_RANK, TRUE }, .rows = { HR_UNKNOWN_MICRO_BATCH, FALSE }, .fine = TRUE };

  hr_selection_set_view (before, "timeline");
  hr_selection_select_only (before, at (fixture, 3));
  hr_selection_toggle (before, at (fixture, 1));
  hr_selection_toggle (before, at (fixture, 2));
  hr_selection_toggle (before, at (fixture, 1));
  hr_selection_toggle (before, at (fixture, 1));
  hr_selection_set_component (before, HR_COMPONENT_OPTIMIZER);
  hr_selection_set_phase (before, HR_PHASE_BACKWARD, 2);
  hr_selection_set_gpu (before, "l4");
  hr_selection_set_hidden_components (before, 1u << HR_COMPONENT_WEIGHTS | 1u << (HR_N_PARTS - 1));
  hr_selection_set_cut_at_limit (before, TRUE);
  hr_selection_set_only_differences (before, TRUE);
  hr_selection_set_baseline (before, at (fixture, 0));
  hr_selection_set_fit_map (before, &map);
  hr_looks_set (hr_selection_get_looks (before), "gpus-filters", "a=1;b=[x]\n\"é\"");
  save (fixture, fixture->file);

  g_autoptr (HrSelection) after = reopen (fixture, TRUE);
  HrFitMapOptions restored = hr_selection_get_fit_map (after);

  g_assert_cmpstr (hr_selection_get_view (after), ==, "timeline");
  g_assert_true (hr_selection_get_configuration (after) == at (fixture, 1));
  g_assert_cmpuint (g_list_model_get_n_items (hr_selection_get_selected (after)), ==, 3);
  g_assert_false (hr_selection_is_selected (after, at (fixture, 0)));
  g_assert_cmpint (hr_selection_get_component (after), ==, HR_COMPONENT_OPTIMIZER);
  g_assert_cmpint (hr_selection_get_phase (after), ==, HR_PHASE_BACKWARD);
  g_assert_cmpuint (hr_selection_get_step (after), ==, 2);
  g_assert_cmpstr (hr_selection_get_gpu (after), ==, "l4");
  g_assert_cmphex (hr_selection_get_hidden_components (after), ==, hr_selection_get_hidden_components (before));
  g_assert_true (hr_selection_get_cut_at_limit (after));
  g_assert_true (hr_selection_get_only_differences (after));
  g_assert_true (hr_selection_get_baseline (after) == at (fixture, 0));
  g_assert_true (hr_fit_map_options_equal (&restored, &map));
  g_assert_cmpstr (hr_looks_get (hr_selection_get_looks (after), "gpus-filters"), ==, "a=1;b=[x]\n\"é\"");
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path ("other.headroom");

  hr_selection_set_view (fixture->selection, "gpus");
  save (fixture, other);

  g_autoptr (HrSelection) after = reopen (fixture, FALSE);
  g_assert_cmpstr (hr_selection_get_view (after), ==, "compare");
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  hr_selection_select_only (fixture->selection, at (fixture, 3));
  hr_selection_toggle (fixture->selection, at (fixture, 2));
  hr_selection_set_baseline (fixture->selection, at (fixture, 2));
  hr_selection_set_component (fixture->selection, HR_COMPONENT_ADAPTERS);
  save (fixture, fixture->file);
  hr_project_remove (fixture->project, at (fixture, 2));

  g_autoptr (HrSelection) after = reopen (fixture, TRUE);
  g_assert_true (hr_selection_get_configuration (after) == at (fixture, 2));
  g_assert_cmpuint (g_list_model_get_n_items (hr_selection_get_selected (after)), ==, 1);
  g_assert_null (hr_selection_get_baseline (after));
  g_assert_cmpint (hr_selection_get_component (after), ==, HR_COMPONENT_ADAPTERS);
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "\0\xff[", "[a]\nno key\n", "view=compare\n", "[]\n[\n" };

  save (fixture, fixture->file);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      scratch_put (PATH, texts[i], MAX (strlen (texts[i]), 3));
      g_autoptr (HrSelection) lost = reopen (fixture, FALSE);
      save (fixture, fixture->file);
      g_autoptr (HrSelection) again = reopen (fixture, TRUE);
    }
}

/* Every line of a remembered project made nonsense: what is left stays, nothing is taken that makes no sense. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  hr_selection_set_view (fixture->selection, "explain");
  hr_selection_set_component (fixture->selection, HR_COMPONENT_OPTIMIZER);
  hr_selection_set_phase (fixture->selection, HR_PHASE_LOSS, 1);
  save (fixture, fixture->file);
  g_assert_true (g_file_get_contents (PATH, &text, NULL, NULL));
  g_autoptr (GRegex) regex
      = g_regex_new ("^(component|phase|step|configuration|map-\\w+|cut-at-limit)=.*$", G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *made = g_regex_replace (regex, text, -1, 0, "\\1=-99 nonsense", 0, NULL);

  scratch_put_text (PATH, made);
  g_autoptr (HrSelection) after = reopen (fixture, TRUE);
  g_assert_cmpstr (hr_selection_get_view (after), ==, "explain");
  g_assert_cmpint (hr_selection_get_component (after), ==, -1);
  g_assert_cmpint (hr_selection_get_phase (after), ==, -1);
  g_assert_true (hr_selection_get_configuration (after) == at (fixture, 0));
}

static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GFile) other = g_file_new_for_path ("other.headroom");
  gsize n_groups;

  save (fixture, fixture->file);
  for (gint64 i = 1; i <= HR_VIEW_STATE_PROJECTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, i);

      g_key_file_set_int64 (keys, name, "seen", i);
    }
  g_assert_true (g_key_file_save_to_file (keys, PATH, NULL));
  save (fixture, fixture->file);
  save (fixture, other);

  g_assert_true (g_key_file_load_from_file (keys, PATH, G_KEY_FILE_NONE, NULL));
  g_auto (GStrv) groups = g_key_file_get_groups (keys, &n_groups);
  g_assert_cmpuint (n_groups, ==, HR_VIEW_STATE_PROJECTS);
  g_assert_false (g_key_file_has_group (keys, "1"));
  g_assert_false (g_key_file_has_group (keys, "2"));
  g_assert_true (g_key_file_has_group (keys, "3"));
  g_autoptr (HrSelection) after = reopen (fixture, TRUE);
  g_assert_true (hr_view_state_restore (PATH, other, after));
}

/* What was remembered before stays where there is no room for more. */
static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  struct rlimit limit, none;
  g_autoptr (GError) error = NULL;

  hr_selection_set_view (fixture->selection, "gpus");
  save (fixture, fixture->file);
  hr_selection_set_view (fixture->selection, "explain");

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  none = (struct rlimit){ .rlim_cur = 16, .rlim_max = limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  g_assert_false (hr_view_state_save (PATH, fixture->file, fixture->selection, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_nonnull (error);

  g_autoptr (HrSelection) selection = reopen (fixture, TRUE);
  g_assert_cmpstr (hr_selection_get_view (selection), ==, "gpus");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/view-state/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/view-state/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/view-state/removed", Fixture, NULL, set_up, test_removed, tear_down);
  g_test_add ("/view-state/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/view-state/nonsense", Fixture, NULL, set_up, test_nonsense, tear_down);
  g_test_add ("/view-state/bound", Fixture, NULL, set_up, test_bound, tear_down);
  g_test_add ("/view-state/no-room", Fixture, NULL, set_up, test_no_room, tear_down);

  return g_test_run ();
}
