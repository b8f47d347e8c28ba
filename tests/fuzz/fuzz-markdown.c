/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "io/hr-markdown.h"

#include <string.h>

/* All that a page may hold: nothing loads or runs. */
static const char *const allowed[] = { "p",  "h1", "h2",     "h3",   "h4",  "h5", "h6", "blockquote", "ul", "ol",
                                       "li", "em", "strong", "code", "pre", "br", "hr", "a",          NULL };

#define LINK "a href=\""

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

/* What a text says stands between tags; a quote in it is written in another way. */
static void
check_tags (const char *html)
{
  for (const char *tag = strchr (html, '<'); tag != NULL; tag = strchr (tag + 1, '<'))
    {
      const char *inside = tag[1] == '/' ? tag + 2 : tag + 1;
      g_autofree char *name = g_strndup (inside, strcspn (inside, " />\n"));

      g_assert_nonnull (strchr (tag, '>'));
      g_assert_true (g_strv_contains (allowed, name));
      if (g_str_has_prefix (inside, LINK))
        g_assert_true (hr_markdown_target_is_web (inside + strlen (LINK)));
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
