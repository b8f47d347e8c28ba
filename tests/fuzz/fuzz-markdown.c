/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "io/hr-markdown.h"

#include <string.h>

/* Of a page, everything that could load, run or lead anywhere. */
static const char *const forbidden[]
    = { "<script", "<img", "<iframe", "<style", "<link", "javascript:", "data:", " on" };

typedef struct
{
  int depth;
  guint n_events;
} Walk;

/* Blocks are entered and left in pairs, never deeper than promised. */
static void
event_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  Walk *walk = user_data;

  walk->n_events++;
  if (event->text != NULL)
    g_assert_true (g_utf8_validate (event->text, -1, NULL));
  if (event->kind >= HR_MARKDOWN_TEXT)
    return;

  walk->depth += event->entering ? 1 : -1;
  g_assert_cmpint (walk->depth, >=, 0);
  g_assert_cmpint (walk->depth, <=, HR_MAX_MARKDOWN_DEPTH);
}

/* Inside of tags only: what a text says stands between them. */
static void
check_tags (const char *html)
{
  for (const char *tag = strchr (html, '<'); tag != NULL; tag = strchr (tag + 1, '<'))
    {
      const char *end = strchr (tag, '>');

      g_assert_nonnull (end);
      g_autofree char *inside = g_ascii_strdown (tag, end - tag);
      for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
        {
          const char *href = strstr (inside, "href=");

          g_assert_true (!g_str_has_prefix (inside, forbidden[i]));
          g_assert_true (href == NULL || hr_markdown_target_is_web (href + strlen ("href=\"")));
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  Walk walk = { 0 };
  g_autofree char *html = hr_markdown_to_html (text);
  g_autofree char *plain = hr_markdown_to_plain (text);

  hr_markdown_walk (text, event_cb, &walk);
  g_assert_cmpint (walk.depth, ==, 0);
  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_false (g_str_has_suffix (plain, "\n"));
  check_tags (html);

  return 0;
}
