/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "app/hr-application.h"

#define SAMPLE "../data/examples/task-api.headroom"

typedef WindowFixture Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  static GApplication *application;

  if (application == NULL)
    {
      application = hr_application_new ();
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
      g_assert_true (g_application_register (application, NULL, NULL));
    }
  self->application = GTK_APPLICATION (application);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_list_free_full (g_list_copy (gtk_application_get_windows (self->application)), (GDestroyNotify) gtk_window_destroy);
  ui_settle ();
}

static HrWindow *
find_window (Fixture *self, const char *title)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (HR_IS_WINDOW (l->data) && g_str_equal (gtk_window_get_title (l->data), title))
      return l->data;

  return NULL;
}

static void
test_first_start_shows_the_sample (Fixture *self, gconstpointer user_data)
{
  g_application_activate (G_APPLICATION (self->application));
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_assert_nonnull (find_window (self, "Task API fine-tune"));

  g_application_activate (G_APPLICATION (self->application));
  g_assert_cmpuint (window_fixture_count (self), ==, 1);

  gtk_window_close (GTK_WINDOW (find_window (self, "Task API fine-tune")));
  ui_wait_for (window_fixture_count (self) == 0);
  g_application_activate (G_APPLICATION (self->application));
  g_assert_nonnull (find_window (self, "Untitled"));
}

static void
test_opens_files (Fixture *self, gconstpointer user_data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autofree char *missing = g_test_build_filename (G_TEST_DIST, "missing.headroom", NULL);
  g_autoptr (GFile) sample = g_file_new_for_path (path);
  g_autoptr (GFile) none = g_file_new_for_path (missing);
  GFile *files[] = { sample, none };

  g_application_open (G_APPLICATION (self->application), files, G_N_ELEMENTS (files), "");
  g_assert_cmpuint (window_fixture_count (self), ==, 1);

  self->window = find_window (self, "Task API fine-tune");
  g_assert_nonnull (self->window);

  g_autofree char *message = window_fixture_answer (self, "close");
  g_assert_nonnull (strstr (message, "missing.headroom"));
}

static void
edit (HrWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.add-lora", NULL);
}

static void
test_quit_asks_each_window_until_one_stays (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HrDocument) sample = hr_document_new_sample (NULL);
  HrWindow *named = HR_WINDOW (hr_window_new (self->application, sample));
  HrWindow *empty = HR_WINDOW (hr_window_new_empty (self->application));

  gtk_window_present (GTK_WINDOW (named));
  gtk_window_present (GTK_WINDOW (empty));
  edit (named);
  edit (empty);
  ui_settle ();

  for (int round = 0; round < 2; round++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
      self->window = named;
      if (window_fixture_dialog (self) == NULL)
        self->window = empty;
      g_free (window_fixture_answer (self, round == 0 ? "cancel" : "discard"));
      g_assert_cmpuint (window_fixture_count (self), ==, round == 0 ? 2 : 1);
    }

  self->window = self->window == named ? empty : named;
  g_free (window_fixture_answer (self, "cancel"));
  g_assert_cmpuint (window_fixture_count (self), ==, 1);
  g_assert_true (hr_document_is_modified (hr_window_get_document (self->window)));
}

/* Those of the table must reach the actions: a misspelt name would be silent. */
static void
test_shortcuts_have_actions (Fixture *self, gconstpointer user_data)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (self->application);

  g_application_activate (G_APPLICATION (self->application));
  self->window = HR_WINDOW (gtk_application_get_active_window (self->application));
  edit (self->window);
  for (guint i = 0; actions[i] != NULL; i++)
    if (!window_fixture_is_enabled (self, actions[i]))
      g_error ("%s does nothing", actions[i]);
}

/* The program's style and icons are put to use by its own means. */
static void
test_has_style_and_icons (Fixture *self, gconstpointer user_data)
{
  static const char *const icons[]
      = { "headroom-compare-symbolic", "headroom-timeline-symbolic", "headroom-fit-map-symbolic",
          "headroom-gpus-symbolic",    "headroom-explain-symbolic",  HR_APP_ID,
          HR_APP_ID "-symbolic" };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *plain = gtk_label_new ("Llama"), *styled = gtk_label_new ("Llama");
  int plain_width, styled_width;

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, icons[i]));

  gtk_widget_add_css_class (styled, "family");
  gtk_box_append (GTK_BOX (box), plain);
  gtk_box_append (GTK_BOX (box), styled);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_widget_measure (plain, GTK_ORIENTATION_HORIZONTAL, -1, &plain_width, NULL, NULL, NULL);
  gtk_widget_measure (styled, GTK_ORIENTATION_HORIZONTAL, -1, &styled_width, NULL, NULL, NULL);
  g_assert_cmpint (styled_width, >, plain_width);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/application/first-start-shows-the-sample", test_first_start_shows_the_sample);
  ADD ("/application/opens-files", test_opens_files);
  ADD ("/application/quit-asks-each-window-until-one-stays", test_quit_asks_each_window_until_one_stays);
  ADD ("/application/shortcuts-have-actions", test_shortcuts_have_actions);
  ADD ("/application/has-style-and-icons", test_has_style_and_icons);

  return g_test_run ();
}
