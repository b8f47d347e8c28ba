/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-markdown.h"

#include <cmark.h>
#include <string.h>

typedef cmark_node HrNode;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrNode, cmark_node_free)

static gboolean
is_html (cmark_node_type type)
{
  return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
}

/* Collects first: a tree must not change under its iterator. */
static void
prune (cmark_node *document)
{
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) cmark_node_free);
  cmark_iter *iter = cmark_iter_new (document);
  guint depth = 0;

  for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      gboolean leaf = cmark_node_first_child (node) == NULL;

      if (event == CMARK_EVENT_ENTER
          && (depth == HR_MAX_MARKDOWN_DEPTH
              || (depth < HR_MAX_MARKDOWN_DEPTH && is_html (cmark_node_get_type (node)))))
        g_ptr_array_add (dropped, node);
      if (!leaf)
        depth += event == CMARK_EVENT_ENTER ? 1 : (guint) -1;
    }
  cmark_iter_free (iter);
}

static cmark_node *
parse (const char *text)
{
  gsize length = strlen (text);

  if (length > HR_MAX_MARKDOWN_BYTES)
    length = (gsize) (g_utf8_find_prev_char (text, text + HR_MAX_MARKDOWN_BYTES + 1) - text);

  cmark_node *document = cmark_parse_document (text, length, CMARK_OPT_VALIDATE_UTF8);
  prune (document);

  return document;
}

gboolean
hr_markdown_target_is_web (const char *target)
{
  g_autofree char *scheme = g_uri_parse_scheme (target);

  return scheme != NULL
         && (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0
             || g_ascii_strcasecmp (scheme, "mailto") == 0);
}

static void
unwrap (gpointer node, gpointer user_data)
{
  for (cmark_node *child; (child = cmark_node_first_child (node)) != NULL;)
    cmark_node_insert_before (node, child);
  cmark_node_free (node);
}

/* Leaves the words of what would load something or lead nowhere. */
static void
unwrap_references (cmark_node *document)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new ();
  cmark_iter *iter = cmark_iter_new (document);

  for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);

      if (event == CMARK_EVENT_EXIT
          && (type == CMARK_NODE_IMAGE
              || (type == CMARK_NODE_LINK && !hr_markdown_target_is_web (cmark_node_get_url (node)))))
        g_ptr_array_add (references, node);
    }
  cmark_iter_free (iter);
  g_ptr_array_foreach (references, unwrap, NULL);
}

char *
hr_markdown_to_html (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (HrNode) document = parse (text);
  unwrap_references (document);
  char *html = cmark_render_html (document, CMARK_OPT_DEFAULT);
  char *copy = g_strdup (html);
  cmark_get_default_mem_allocator ()->free (html);

  return copy;
}

#define LOWEST_HEADING 6

char *
hr_markdown_to_section (const char *text, guint level)
{
  g_autoptr (HrNode) document = parse (text);
  cmark_iter *iter = cmark_iter_new (document);

  for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (event == CMARK_EVENT_ENTER && cmark_node_get_type (node) == CMARK_NODE_HEADING)
        cmark_node_set_heading_level (node, MIN (cmark_node_get_heading_level (node) + (int) level, LOWEST_HEADING));
    }
  cmark_iter_free (iter);

  char *rendered = cmark_render_commonmark (document, CMARK_OPT_DEFAULT, 0);
  char *section = g_strdup (g_str_equal (rendered, "\n") ? "" : rendered);
  cmark_get_default_mem_allocator ()->free (rendered);

  return section;
}

void
hr_markdown_append_text (GString *markdown, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (markdown, "<br>");
    else if (*c == '<')
      g_string_append (markdown, "&lt;");
    else if (*c == '&')
      g_string_append (markdown, "&amp;");
    else if (strchr ("|\\`*_[]", *c) != NULL)
      g_string_append_printf (markdown, "\\%c", *c);
    else if (*c != '\r')
      g_string_append_c (markdown, *c);
}

/* FALSE for what only holds others: the document, and what cmark's extensions add. */
static gboolean
get_kind (cmark_node_type type, HrMarkdownKind *kind)
{
  static const struct
  {
    cmark_node_type type;
    HrMarkdownKind kind;
  } kinds[] = {
    { CMARK_NODE_HEADING, HR_MARKDOWN_HEADING },     { CMARK_NODE_PARAGRAPH, HR_MARKDOWN_PARAGRAPH },
    { CMARK_NODE_BLOCK_QUOTE, HR_MARKDOWN_QUOTE },   { CMARK_NODE_LIST, HR_MARKDOWN_LIST },
    { CMARK_NODE_ITEM, HR_MARKDOWN_ITEM },           { CMARK_NODE_EMPH, HR_MARKDOWN_EMPHASIS },
    { CMARK_NODE_STRONG, HR_MARKDOWN_STRONG },       { CMARK_NODE_LINK, HR_MARKDOWN_LINK },
    { CMARK_NODE_IMAGE, HR_MARKDOWN_IMAGE },         { CMARK_NODE_TEXT, HR_MARKDOWN_TEXT },
    { CMARK_NODE_CODE, HR_MARKDOWN_CODE },           { CMARK_NODE_CODE_BLOCK, HR_MARKDOWN_CODE_BLOCK },
    { CMARK_NODE_SOFTBREAK, HR_MARKDOWN_SPACE },     { CMARK_NODE_LINEBREAK, HR_MARKDOWN_LINE_BREAK },
    { CMARK_NODE_THEMATIC_BREAK, HR_MARKDOWN_RULE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].type == type)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  return FALSE;
}

/* One more than the item before, which came by earlier and kept its own. */
static guint
item_number (cmark_node *item)
{
  cmark_node *list = cmark_node_parent (item);
  cmark_node *before = cmark_node_previous (item);

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return 0;

  guint number = before != NULL ? GPOINTER_TO_UINT (cmark_node_get_user_data (before)) + 1
                                : (guint) cmark_node_get_list_start (list);
  cmark_node_set_user_data (item, GUINT_TO_POINTER (number));

  return number;
}

static gboolean
is_tight (cmark_node *node)
{
  cmark_node *item = cmark_node_parent (node);
  cmark_node *list = item != NULL ? cmark_node_parent (item) : NULL;

  if (cmark_node_get_type (node) == CMARK_NODE_LIST)
    list = node;
  else if (cmark_node_get_type (node) == CMARK_NODE_ITEM)
    list = item;

  return list != NULL && cmark_node_get_type (list) == CMARK_NODE_LIST && cmark_node_get_list_tight (list);
}

static guint
get_number (cmark_node *node)
{
  if (cmark_node_get_type (node) == CMARK_NODE_HEADING)
    return (guint) cmark_node_get_heading_level (node);

  return cmark_node_get_type (node) == CMARK_NODE_ITEM ? item_number (node) : 0;
}

void
hr_markdown_walk (const char *text, HrMarkdownFunc func, gpointer user_data)
{
  g_return_if_fail (text != NULL);

  g_autoptr (HrNode) document = parse (text);
  cmark_iter *iter = cmark_iter_new (document);

  for (cmark_event_type step; (step = cmark_iter_next (iter)) != CMARK_EVENT_DONE;)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      HrMarkdownEvent event = { .entering = step == CMARK_EVENT_ENTER };

      if (!get_kind (cmark_node_get_type (node), &event.kind))
        continue;
      event.text = cmark_node_get_literal (node);
      event.target = cmark_node_get_url (node);
      event.number = get_number (node);
      event.tight = is_tight (node);
      func (&event, user_data);
    }
  cmark_iter_free (iter);
}

typedef struct
{
  GString *text;
  guint depth;      /* of lists */
  gboolean blank;   /* an empty line is due */
  gboolean newline; /* a line break is due */
} Plain;

static void
begin_line (Plain *plain)
{
  if (plain->text->len > 0 && (plain->blank || plain->newline))
    g_string_append (plain->text, plain->blank ? "\n\n" : "\n");
  plain->blank = plain->newline = FALSE;
}

static void
append_words (Plain *plain, const char *words, gsize length)
{
  if (length == 0)
    return;

  begin_line (plain);
  g_string_append_len (plain->text, words, (gssize) length);
}

static void
end_block (Plain *plain, gboolean tight)
{
  plain->newline = TRUE;
  plain->blank = plain->blank || !tight;
}

static void
begin_item (Plain *plain, const HrMarkdownEvent *event)
{
  begin_line (plain);
  for (guint i = 1; i < plain->depth; i++)
    g_string_append (plain->text, "  ");
  if (event->number > 0)
    g_string_append_printf (plain->text, "%u. ", event->number);
  else
    g_string_append (plain->text, "• ");
}

static void
plain_leaf (const HrMarkdownEvent *event, Plain *plain)
{
  gsize length = event->text != NULL ? strlen (event->text) : 0;

  if (event->kind == HR_MARKDOWN_TEXT || event->kind == HR_MARKDOWN_CODE)
    append_words (plain, event->text, length);
  else if (event->kind == HR_MARKDOWN_SPACE)
    append_words (plain, " ", 1);
  else if (event->kind == HR_MARKDOWN_LINE_BREAK)
    append_words (plain, "\n", 1);
  else if (event->kind == HR_MARKDOWN_CODE_BLOCK)
    {
      append_words (plain, event->text, g_str_has_suffix (event->text, "\n") ? length - 1 : length);
      end_block (plain, FALSE);
    }
}

static void
plain_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  Plain *plain = user_data;

  if (event->kind >= HR_MARKDOWN_TEXT)
    plain_leaf (event, plain);
  else if (event->kind == HR_MARKDOWN_LIST)
    {
      plain->depth += event->entering ? 1 : (guint) -1;
      if (!event->entering && plain->depth == 0)
        end_block (plain, FALSE);
    }
  else if (event->kind == HR_MARKDOWN_ITEM && event->entering)
    begin_item (plain, event);
  else if (event->kind == HR_MARKDOWN_HEADING || event->kind == HR_MARKDOWN_PARAGRAPH
           || event->kind == HR_MARKDOWN_ITEM)
    {
      if (!event->entering)
        end_block (plain, event->tight);
    }
}

char *
hr_markdown_to_plain (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  Plain plain = { .text = g_string_new (NULL) };
  hr_markdown_walk (text, plain_cb, &plain);

  /* Those of a block of code that ends in empty lines. */
  while (g_str_has_suffix (plain.text->str, "\n"))
    g_string_truncate (plain.text, plain.text->len - 1);

  return g_string_free (plain.text, FALSE);
}
