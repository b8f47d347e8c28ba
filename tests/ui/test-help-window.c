/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "io/hr-markdown.h"
#include "model/hr-labels.h"
#include "ui/hr-help-window.h"
#include "ui/hr-manual.h"
#include "ui/hr-markdown-view.h"

#include <string.h>

typedef struct
{
  HrHelpWindow *window;
  GtkWidget *view;
  GtkWidget *entry;
  GtkListBox *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = HR_HELP_WINDOW (hr_help_window_new ());
  fixture->view = ui_find (GTK_WIDGET (fixture->window), HR_TYPE_MARKDOWN_VIEW);
  fixture->entry = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY);
  fixture->list = GTK_LIST_BOX (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_BOX));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hr_help_window_open (fixture->window, "no-such-page"));
  g_assert_true (hr_help_window_open (fixture->window, "compare"));
  g_assert_true (hr_help_window_open (fixture->window, "knobs.md#software"));
  g_assert_true (hr_help_window_open (fixture->window, "costs.md"));
  activate (fixture, "help.back");
  g_assert_cmpstr (hr_help_window_get_page (fixture->window), ==, "knobs");
  activate (fixture, "help.back");
  g_assert_cmpstr (hr_help_window_get_page (fixture->window), ==, "compare");
  activate (fixture, "help.forward");
  g_assert_cmpstr (hr_help_window_get_page (fixture->window), ==, "knobs");
  g_assert_true (hr_help_window_open (fixture->window, "files"));
  activate (fixture, "help.back");
  g_assert_cmpstr (hr_help_window_get_page (fixture->window), ==, "knobs");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Knobs: What Each Setting Does");
}

static gboolean
is_listed (Fixture *fixture, const char *name)
{
  guint index = 0;

  while (!g_str_equal (hr_manual_pages ()[index], name))
    index++;

  return gtk_widget_get_child_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (fixture->list, (int) index)));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  GtkTextIter from, to;

  hr_help_window_open (fixture->window, "keyboard");
  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), "NVIDIA-smi memory");
  ui_wait_for (!is_listed (fixture, "keyboard"));
  g_assert_true (is_listed (fixture, "out-of-memory"));
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_true (is_listed (fixture, hr_help_window_get_page (fixture->window)));
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &from, &to));
  g_autofree char *found = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  g_assert_cmpstr (found, ==, "nvidia-smi");

  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), "");
  ui_wait_for (is_listed (fixture, "keyboard"));
}

typedef struct
{
  HrHelpWindow *window;
  const char *page;
} LinkCheck;

static void
check_link_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  LinkCheck *check = user_data;

  if (event->kind == HR_MARKDOWN_IMAGE && event->entering)
    {
      g_autofree char *path = g_strconcat (HR_MANUAL_BASE, event->target, NULL);
      g_assert_true (g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL));
    }
  if (event->kind != HR_MARKDOWN_LINK || !event->entering || hr_markdown_target_is_web (event->target))
    return;

  const char *anchor = strchr (event->target, '#');
  GtkWidget *view = ui_find (GTK_WIDGET (check->window), HR_TYPE_MARKDOWN_VIEW);

  g_test_message ("%s: %s", check->page, event->target);
  g_assert_true (hr_help_window_open (check->window, event->target));
  if (anchor != NULL)
    g_assert_true (hr_markdown_view_scroll_to (HR_MARKDOWN_VIEW (view), anchor + 1));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  for (const char *const *name = hr_manual_pages (); *name != NULL; name++)
    {
      g_autofree char *page = hr_manual_read (*name);
      LinkCheck check = { fixture->window, *name };

      g_assert_nonnull (page);
      g_assert_true (g_str_has_prefix (page, "# "));
      hr_markdown_walk (page, check_link_cb, &check);
    }
}

/* The page on knobs names every member as the inspector and the file call it. */
static void
test_knobs (void)
{
  g_autofree char *page = hr_manual_read ("knobs");

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    {
      const HrField *field = hr_field (i);
      g_autofree char *line = g_strdup_printf ("- **%s** (`%s%s%s`): ", hr_field_label (i), field->section,
                                               *field->section != '\0' ? "." : "", field->member);

      if (strstr (page, line) == NULL)
        g_test_message ("%s", line);
      g_assert_nonnull (strstr (page, line));
    }
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);

#define ADD(path, test) g_test_add ("/ui/help-window/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("history", test_history);
  ADD ("search", test_search);
  ADD ("pages", test_pages);
  g_test_add_func ("/ui/help-window/knobs", test_knobs);

  return g_test_run ();
}
