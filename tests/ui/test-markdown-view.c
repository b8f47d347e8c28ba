/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/hr-markdown-view.h"

static const char text[] = "# Title\n\nSee [one](one.md#a) and [the web](https://example.org).\n\n"
                           "## A part, and more\n\n- first\n- second `code`\n\n```\nx = 1\n```\n\nThe end: second.\n";

typedef struct
{
  GtkWidget *window;
  HrMarkdownView *view;
  char *followed;
} Fixture;

static gboolean
followed_cb (HrMarkdownView *view, const char *target, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->followed);
  fixture->followed = g_strdup (target);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->view = HR_MARKDOWN_VIEW (hr_markdown_view_new ());
  g_signal_connect (fixture->view, "link-activated", G_CALLBACK (followed_cb), fixture);
  hr_markdown_view_set_text (fixture->view, text);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->followed);
}

static char *
get_words (Fixture *fixture, gboolean selected)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  GtkTextIter from, to;

  if (selected)
    gtk_text_buffer_get_selection_bounds (buffer, &from, &to);
  else
    gtk_text_buffer_get_bounds (buffer, &from, &to);

  return gtk_text_buffer_get_text (buffer, &from, &to, TRUE);
}

static void
assert_selected (Fixture *fixture, const char *expected)
{
  g_autofree char *selected = get_words (fixture, TRUE);
  g_assert_cmpstr (selected, ==, expected);
}

static void
test_reads (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = get_words (fixture, FALSE);

  g_assert_cmpstr (words, ==,
                   "Title\nSee one and the web.\nA part, and more\n•\tfirst\n•\tsecond code\nx = 1\nThe end: second.");
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (fixture->view)));
}

static void
test_links_by_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);

  g_assert_false (ui_press (view, GDK_KEY_Return));
  g_assert_true (ui_press (view, GDK_KEY_Tab));
  assert_selected (fixture, "one");
  g_assert_true (ui_press (view, GDK_KEY_Return));
  g_assert_cmpstr (fixture->followed, ==, "one.md#a");
  g_assert_true (ui_press (view, GDK_KEY_Tab));
  assert_selected (fixture, "the web");
  g_assert_true (ui_press (view, GDK_KEY_KP_Enter));
  g_assert_cmpstr (fixture->followed, ==, "https://example.org");
  ui_press (view, GDK_KEY_Tab);
  assert_selected (fixture, "the web");
  g_assert_true (ui_press (view, GDK_KEY_ISO_Left_Tab));
  assert_selected (fixture, "one");
  ui_press (view, GDK_KEY_ISO_Left_Tab);
  assert_selected (fixture, "one");
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  int at[3];
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      g_assert_true (hr_markdown_view_find (fixture->view, "SECOND", TRUE));
      assert_selected (fixture, "second");
      g_object_get (buffer, "cursor-position", &at[i], NULL);
    }
  g_assert_cmpint (at[0], <, at[1]);
  g_assert_cmpint (at[2], ==, at[0]);
  g_assert_true (hr_markdown_view_find (fixture->view, "second", FALSE));
  g_object_get (buffer, "cursor-position", &at[2], NULL);
  g_assert_cmpint (at[2], ==, at[1]);
  g_assert_false (hr_markdown_view_find (fixture->view, "third", TRUE));
}

static void
test_anchors (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  GtkTextIter iter;

  g_assert_true (hr_markdown_view_scroll_to (fixture->view, "a-part-and-more"));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 2);
  g_assert_false (hr_markdown_view_scroll_to (fixture->view, "other"));
  g_assert_true (hr_markdown_view_scroll_to (fixture->view, ""));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 0);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);

#define ADD(path, test) g_test_add ("/ui/markdown-view/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("reads", test_reads);
  ADD ("links-by-keyboard", test_links_by_keyboard);
  ADD ("find", test_find);
  ADD ("anchors", test_anchors);

  return g_test_run ();
}
