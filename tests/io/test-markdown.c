/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hr-markdown.h"

#include <string.h>

static void
assert_html (const char *text, const char *expected)
{
  g_autofree char *html = hr_markdown_to_html (text);
  g_assert_cmpstr (html, ==, expected);
}

static void
assert_plain (const char *text, const char *expected)
{
  g_autofree char *plain = hr_markdown_to_plain (text);
  g_assert_cmpstr (plain, ==, expected);
}

static void
test_html (void)
{
  assert_html ("", "");
  assert_html ("# Title\n\nSome *more* **words** `a<b` & <3.",
               "<h1>Title</h1>\n<p>Some <em>more</em> <strong>words</strong> <code>a&lt;b</code> &amp; &lt;3.</p>\n");
  assert_html ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
  assert_html ("3. three\n4. four", "<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n");
}

static void
test_html_is_safe (void)
{
  assert_html ("a <b onclick='x()'>bold</b> c", "<p>a bold c</p>\n");
  assert_html ("<script>\nalert(1)\n</script>\n\nafter", "<p>after</p>\n");
  assert_html ("[x](javascript:alert(1))", "<p>x</p>\n");
  assert_html ("[x](file:///etc/passwd)", "<p>x</p>\n");
  assert_html ("[x](other.md)", "<p>x</p>\n");
  assert_html ("![a *picture*](https://example.org/track.png)", "<p>a <em>picture</em></p>\n");
  assert_html ("[![logo](https://example.org/a.png) text](data:x)", "<p>logo text</p>\n");
  assert_html ("[x](https://example.org/?a=1&b=\"2\")",
               "<p><a href=\"https://example.org/?a=1&amp;b=%222%22\">x</a></p>\n");
  assert_html ("[x](HTTPS://example.org)", "<p><a href=\"HTTPS://example.org\">x</a></p>\n");
  assert_html ("<https://example.org>", "<p><a href=\"https://example.org\">https://example.org</a></p>\n");
}

static void
test_plain (void)
{
  assert_plain ("", "");
  assert_plain ("# Title\nSome *more*\nwords  \nnext [line](a.md) <i>x</i>", "Title\n\nSome more words\nnext line x");
  assert_plain ("- a\n  - b\n- c\n\nend", "• a\n  • b\n• c\n\nend");
  assert_plain ("7. a\n8. b", "7. a\n8. b");
  assert_plain ("- a\n\n- b", "• a\n\n• b");
  assert_plain ("```\nx = 1\n  y\n```\nthen", "x = 1\n  y\n\nthen");
  assert_plain ("> quoted\n\n![alt](x.png)", "quoted\n\nalt");
  assert_plain ("Grüße — 😀", "Grüße — 😀");
}

typedef struct
{
  HrMarkdownKind kind;
  GString *found;
} Search;

static void
find_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  Search *search = user_data;

  if (event->kind == search->kind && event->entering)
    g_string_append_printf (search->found, "%u %s;", event->number, event->target != NULL ? event->target : "-");
}

static void
assert_walk (const char *text, HrMarkdownKind kind, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  Search search = { kind, found };

  hr_markdown_walk (text, find_cb, &search);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_walk (void)
{
  assert_walk ("# a\n\n### b", HR_MARKDOWN_HEADING, "1 -;3 -;");
  assert_walk ("9. a\n9. b\n9. c", HR_MARKDOWN_ITEM, "9 -;10 -;11 -;");
  assert_walk ("* a\n* b", HR_MARKDOWN_ITEM, "0 -;0 -;");
  assert_walk ("[a](b.md#c) ![d](e.svg)", HR_MARKDOWN_LINK, "0 b.md#c;");
  assert_walk ("[a](b.md#c) ![d](e.svg)", HR_MARKDOWN_IMAGE, "0 e.svg;");
}

static void
depth_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  int *depth = user_data;

  if (event->kind < HR_MARKDOWN_TEXT)
    depth[0] += event->entering ? 1 : -1;
  depth[1] = MAX (depth[0], depth[1]);
}

static char *
repeat (const char *piece, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const char *const pieces[] = { ">", "- ", "1. ", "*a **b ", "[", "![a [b " };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      int depth[] = { 0, 0 };
      g_autofree char *start = repeat (pieces[i], 500);
      g_autofree char *end = repeat ("** *](x)](y)", 500);
      g_autofree char *text = g_strconcat (start, "x", end, NULL);

      hr_markdown_walk (text, depth_cb, depth);
      g_assert_cmpint (depth[0], ==, 0);
      g_assert_cmpint (depth[1], <=, HR_MAX_MARKDOWN_DEPTH);
      g_free (hr_markdown_to_html (text));
      g_free (hr_markdown_to_plain (text));
    }
}

static void
test_length (void)
{
  g_autofree char *filler = repeat ("ä", HR_MAX_MARKDOWN_BYTES / 2 - 1);
  g_autofree char *cut = g_strconcat (filler, "aä more", NULL);
  g_autofree char *whole = g_strconcat (filler, "ab", NULL);
  g_autofree char *expected = g_strconcat (filler, "a", NULL);

  assert_plain (whole, whole);
  assert_plain (cut, expected);
}

static void
assert_section (const char *text, guint level, const char *expected)
{
  g_autofree char *section = hr_markdown_to_section (text, level);

  g_assert_cmpstr (section, ==, expected);
}

/* A text within another keeps its marks, lies below its heading, and brings no HTML. */
static void
test_section (void)
{
  assert_section ("", 1, "");
  assert_section ("<script>x</script>", 1, "");
  assert_section ("# Why\n\nIt is *cheap*: [see](https://example.org).", 1,
                  "## Why\n\nIt is *cheap*: [see](https://example.org).\n");
  assert_section ("##### Low", 4, "###### Low\n");
}

static void
test_append_text (void)
{
  static const char text[] = "a|b *c* `d` [e](f) <g> &h; \\";
  g_autoptr (GString) markdown = g_string_new (NULL);

  hr_markdown_append_text (markdown, text);
  assert_plain (markdown->str, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/io/markdown/html", test_html);
  g_test_add_func ("/io/markdown/html-is-safe", test_html_is_safe);
  g_test_add_func ("/io/markdown/plain", test_plain);
  g_test_add_func ("/io/markdown/walk", test_walk);
  g_test_add_func ("/io/markdown/depth", test_depth);
  g_test_add_func ("/io/markdown/length", test_length);
  g_test_add_func ("/io/markdown/section", test_section);
  g_test_add_func ("/io/markdown/append-text", test_append_text);

  return g_test_run ();
}
