/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "ui/hr-view.h"

/* A view that counts what it is asked to do. */

#define TEST_TYPE_VIEW (test_view_get_type ())
G_DECLARE_FINAL_TYPE (TestView, test_view, TEST, VIEW, HrView)

struct _TestView
{
  HrView parent_instance;

  HrSelection *selection;
  HrProject *project;
  guint n_refreshes;
};

G_DEFINE_FINAL_TYPE (TestView, test_view, HR_TYPE_VIEW)

static void
test_view_selection_changed (HrView *view, HrSelection *selection)
{
  TEST_VIEW (view)->selection = selection;
}

static void
test_view_project_changed (HrView *view, HrProject *project)
{
  TEST_VIEW (view)->project = project;
}

static void
test_view_refresh (HrView *view)
{
  TEST_VIEW (view)->n_refreshes++;
}

static void
test_view_class_init (TestViewClass *klass)
{
  HrViewClass *view_class = HR_VIEW_CLASS (klass);

  view_class->selection_changed = test_view_selection_changed;
  view_class->project_changed = test_view_project_changed;
  view_class->refresh = test_view_refresh;
}

static void
test_view_init (TestView *self)
{
}

typedef struct
{
  HrSelection *selection;
  TestView *view;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->selection = view_selection ();
  self->view = g_object_new (TEST_TYPE_VIEW, NULL);
  self->window = view_show (GTK_WIDGET (self->view), 100, 100);
  hr_view_set_selection (HR_VIEW (self->view), self->selection);
  view_settle (self->window);
  self->view->n_refreshes = 0;
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->selection);
}

static void
edit (Fixture *self, guint64 samples)
{
  HrProject *project = hr_selection_get_project (self->selection);

  g_object_set (hr_project_get_configuration (project, 0), "batch-micro-batch-size", samples, NULL);
}

static void
test_once_a_frame (Fixture *self, gconstpointer user_data)
{
  edit (self, 3);
  edit (self, 5);
  hr_view_queue_refresh (HR_VIEW (self->view));
  g_assert_cmpuint (self->view->n_refreshes, ==, 0);
  g_assert_true (hr_view_is_outdated (HR_VIEW (self->view)));

  view_settle (self->window);
  g_assert_cmpuint (self->view->n_refreshes, ==, 1);
  g_assert_false (hr_view_is_outdated (HR_VIEW (self->view)));

  hr_view_refresh (HR_VIEW (self->view));
  g_assert_cmpuint (self->view->n_refreshes, ==, 1);
}

static void
test_waits_until_seen (Fixture *self, gconstpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (self->view), FALSE);
  edit (self, 3);
  view_settle (self->window);
  g_assert_cmpuint (self->view->n_refreshes, ==, 0);

  gtk_widget_set_visible (GTK_WIDGET (self->view), TRUE);
  g_assert_cmpuint (self->view->n_refreshes, ==, 1);
}

static void
test_selection (Fixture *self, gconstpointer user_data)
{
  HrProject *project = hr_selection_get_project (self->selection);

  g_assert_true (self->view->selection == self->selection);
  g_assert_true (self->view->project == project);
  g_assert_true (hr_view_get_project (HR_VIEW (self->view)) == project);
  hr_selection_set_configuration (self->selection, hr_project_get_configuration (project, 1));
  g_assert_true (hr_view_get_configuration (HR_VIEW (self->view)) == hr_project_get_configuration (project, 1));

  hr_view_set_selection (HR_VIEW (self->view), NULL);
  g_assert_null (self->view->selection);
  g_assert_null (self->view->project);
  g_assert_null (hr_view_get_configuration (HR_VIEW (self->view)));
}

static void
note_text (char **noted, const char *text)
{
  g_free (*noted);
  *noted = g_strdup (text);
}

static void
test_adopted (Fixture *self, gconstpointer user_data)
{
  g_autofree char *noted = NULL;

  g_signal_connect_swapped (self->view, "adopted", G_CALLBACK (note_text), &noted);
  hr_view_tell_adopted (HR_VIEW (self->view), "Micro-batch 4");

  g_assert_cmpstr (noted, ==, "Micro-batch 4");
}

int
main (int argc, char **argv)
{
  view_init (&argc, &argv);

  g_test_add ("/view/once-a-frame", Fixture, NULL, set_up, test_once_a_frame, tear_down);
  g_test_add ("/view/waits-until-seen", Fixture, NULL, set_up, test_waits_until_seen, tear_down);
  g_test_add ("/view/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/view/adopted", Fixture, NULL, set_up, test_adopted, tear_down);

  return g_test_run ();
}
