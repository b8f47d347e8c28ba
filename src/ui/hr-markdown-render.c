/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-markdown-render.h"

#include "io/hr-markdown.h"

#include <string.h>

/* Pixels at the usual text size. */
#define ITEM_INDENT 24
#define CODE_MARGIN 12
#define BLOCK_SPACING 9
#define LINE_SPACING 3

#define MAX_LIST_DEPTH 6

typedef struct
{
  GtkTextBuffer *buffer;
  const char *image_base;
  GArray *links;
  GArray *headings;
  GPtrArray *tags; /* in force where text is added next */
  guint list_depth;
  gboolean item_begins; /* its mark stands, its text does not yet */
  int start;            /* of the heading or the link that is open */
} Renderer;

static void
clear_place (gpointer place)
{
  g_free (((HrMarkdownPlace *) place)->target);
}

GArray *
hr_markdown_places_new (void)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (HrMarkdownPlace));

  g_array_set_clear_func (places, clear_place);
  return places;
}

static int
end_offset (Renderer *self)
{
  return gtk_text_buffer_get_char_count (self->buffer);
}

static void
create_tags (GtkTextBuffer *buffer)
{
  static const struct
  {
    const char *name;
    double scale;
    int above;
  } headings[] = { { "h1", 1.6, 0 }, { "h2", 1.25, 15 }, { "h3", 1.1, 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    gtk_text_buffer_create_tag (buffer, headings[i].name, "scale", headings[i].scale, "weight", PANGO_WEIGHT_BOLD,
                                "pixels-above-lines", headings[i].above, "pixels-below-lines", BLOCK_SPACING, NULL);
  gtk_text_buffer_create_tag (buffer, "tight", "pixels-below-lines", LINE_SPACING, NULL);
  gtk_text_buffer_create_tag (buffer, "block", "pixels-below-lines", BLOCK_SPACING, NULL);
  gtk_text_buffer_create_tag (buffer, "quote", "left-margin", ITEM_INDENT, "accumulative-margin", TRUE, "style",
                              PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "code-block", "family", "monospace", "left-margin", CODE_MARGIN,
                              "accumulative-margin", TRUE, "right-margin", CODE_MARGIN, "wrap-mode", GTK_WRAP_WORD_CHAR,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", NULL);
  gtk_text_buffer_create_tag (buffer, "emphasis", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "strong", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "caption", "scale", PANGO_SCALE_SMALL, NULL);
  gtk_text_buffer_create_tag (buffer, "rule", "justification", GTK_JUSTIFY_CENTER, "pixels-below-lines", BLOCK_SPACING,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "link", "underline", PANGO_UNDERLINE_SINGLE, NULL);
}

static GtkTextTag *
find_tag (Renderer *self, const char *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (self->buffer), name);
}

/* One for each depth, twice: with the mark hanging in the margin, and for what follows below it. */
static GtkTextTag *
item_tag (Renderer *self, gboolean begins)
{
  guint depth = CLAMP (self->list_depth, 1, MAX_LIST_DEPTH);
  g_autofree char *name = g_strdup_printf ("item-%u-%d", depth, begins);
  GtkTextTag *tag = find_tag (self, name);

  if (tag != NULL)
    return tag;

  g_autoptr (GtkTextTag) created = gtk_text_tag_new (name);
  PangoTabArray *tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, ITEM_INDENT);
  g_object_set (created, "left-margin", (int) depth * ITEM_INDENT, "accumulative-margin", TRUE, "tabs", tabs, NULL);
  if (begins)
    g_object_set (created, "left-margin", (int) (depth - 1) * ITEM_INDENT, "indent", -ITEM_INDENT, NULL);
  pango_tab_array_free (tabs);
  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (self->buffer), created);

  return created; /* which the table holds */
}

static void
apply_since (Renderer *self, int start, GtkTextTag *tag)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, start);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  gtk_text_buffer_apply_tag (self->buffer, tag, &from, &to);
}

static void
append (Renderer *self, const char *text)
{
  int start = end_offset (self);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, text, -1);
  for (guint i = 0; i < self->tags->len; i++)
    apply_since (self, start, self->tags->pdata[i]);
}

static void
push (Renderer *self, GtkTextTag *tag)
{
  g_ptr_array_add (self->tags, tag);
}

static void
pop (Renderer *self)
{
  if (self->tags->len > 0)
    g_ptr_array_remove_index (self->tags, self->tags->len - 1);
}

/* A line of its own, unless the mark of an item has begun it. */
static void
begin_block (Renderer *self, const char *name)
{
  GtkTextTag *tag = find_tag (self, name);

  if (!self->item_begins && end_offset (self) > 0)
    append (self, "\n");
  push (self, self->list_depth > 0 ? item_tag (self, self->item_begins) : tag);
  push (self, tag);
  self->item_begins = FALSE;
}

static void
end_block (Renderer *self)
{
  pop (self);
  pop (self);
}

static void
begin_item (Renderer *self, const HrMarkdownEvent *event)
{
  g_autofree char *mark = event->number > 0 ? g_strdup_printf ("%u.\t", event->number) : g_strdup ("•\t");

  if (end_offset (self) > 0)
    append (self, "\n");
  push (self, item_tag (self, TRUE));
  push (self, find_tag (self, event->tight ? "tight" : "block"));
  append (self, mark);
  pop (self);
  pop (self);
  self->item_begins = TRUE;
}

/* What follows keeps its distance from the last line. */
static void
space_last_line (Renderer *self)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_end_iter (self->buffer, &to);
  from = to;
  gtk_text_iter_set_line_offset (&from, 0);
  gtk_text_buffer_apply_tag_by_name (self->buffer, "block", &from, &to);
}

static char *
create_anchor (const char *heading)
{
  g_autofree char *lower = g_utf8_strdown (heading, -1);
  GString *anchor = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || c == '-' || c == '_')
        g_string_append_unichar (anchor, c);
      else if (c == ' ')
        g_string_append_c (anchor, '-');
    }

  return g_string_free (anchor, FALSE);
}

static void
remember (Renderer *self, GArray *places, const char *target)
{
  HrMarkdownPlace place = { self->start, end_offset (self), NULL };
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, place.start);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  g_autofree char *words = gtk_text_buffer_get_text (self->buffer, &from, &to, FALSE);
  place.target = target != NULL ? g_strdup (target) : create_anchor (words);
  g_array_append_val (places, place);
}

static void
render_heading (Renderer *self, const HrMarkdownEvent *event)
{
  static const char *const names[] = { "h1", "h2", "h3" };

  if (event->entering)
    {
      begin_block (self, names[MIN (event->number, G_N_ELEMENTS (names)) - 1]);
      self->start = end_offset (self);
    }
  else
    {
      remember (self, self->headings, NULL);
      end_block (self);
    }
}

static void
render_link (Renderer *self, const HrMarkdownEvent *event)
{
  if (event->entering)
    {
      self->start = end_offset (self);
      push (self, find_tag (self, "link"));
    }
  else
    {
      remember (self, self->links, event->target);
      pop (self);
    }
}

/* The picture on a line of its own; its description follows as a caption. */
static void
render_image (Renderer *self, const HrMarkdownEvent *event)
{
  if (!event->entering)
    {
      pop (self);
      return;
    }

  g_autofree char *path = self->image_base != NULL ? g_strconcat (self->image_base, event->target, NULL) : NULL;
  if (path != NULL && g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
    {
      g_autoptr (GdkTexture) picture = gdk_texture_new_from_resource (path);
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (self->buffer, &end);
      gtk_text_buffer_insert_paintable (self->buffer, &end, GDK_PAINTABLE (picture));
      append (self, "\n");
    }
  push (self, find_tag (self, "caption"));
}

static void
render_leaf (Renderer *self, const HrMarkdownEvent *event)
{
  if (event->kind == HR_MARKDOWN_TEXT)
    append (self, event->text);
  else if (event->kind == HR_MARKDOWN_SPACE)
    append (self, " ");
  else if (event->kind == HR_MARKDOWN_LINE_BREAK)
    append (self, "\n");
  else if (event->kind == HR_MARKDOWN_CODE)
    {
      push (self, find_tag (self, "code"));
      append (self, event->text);
      pop (self);
    }
  else if (event->kind == HR_MARKDOWN_CODE_BLOCK || event->kind == HR_MARKDOWN_RULE)
    {
      gboolean code = event->kind == HR_MARKDOWN_CODE_BLOCK;
      g_autofree char *text = g_strdup (code ? event->text : "⁂");

      if (g_str_has_suffix (text, "\n"))
        text[strlen (text) - 1] = '\0';
      begin_block (self, code ? "code-block" : "rule");
      append (self, text);
      end_block (self);
      space_last_line (self);
    }
}

static void
render_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  Renderer *self = user_data;

  if (event->kind >= HR_MARKDOWN_TEXT)
    render_leaf (self, event);
  else if (event->kind == HR_MARKDOWN_HEADING)
    render_heading (self, event);
  else if (event->kind == HR_MARKDOWN_LINK)
    render_link (self, event);
  else if (event->kind == HR_MARKDOWN_IMAGE)
    render_image (self, event);
  else if (event->kind == HR_MARKDOWN_LIST && event->entering)
    self->list_depth++;
  else if (event->kind == HR_MARKDOWN_LIST)
    {
      if (--self->list_depth == 0)
        space_last_line (self);
    }
  else if (event->kind == HR_MARKDOWN_ITEM)
    {
      if (event->entering)
        begin_item (self, event);
      self->item_begins = self->item_begins && event->entering;
    }
  else if (!event->entering)
    (event->kind == HR_MARKDOWN_PARAGRAPH ? end_block : pop) (self);
  else if (event->kind == HR_MARKDOWN_PARAGRAPH)
    begin_block (self, event->tight ? "tight" : "block");
  else
    push (self, find_tag (self, event->kind == HR_MARKDOWN_QUOTE    ? "quote"
                                : event->kind == HR_MARKDOWN_STRONG ? "strong"
                                                                    : "emphasis"));
}

void
hr_markdown_render (GtkTextBuffer *buffer, const char *text, const char *image_base, GArray *links, GArray *headings)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  Renderer renderer
      = { .buffer = buffer, .image_base = image_base, .links = links, .headings = headings, .tags = tags };

  if (gtk_text_tag_table_get_size (gtk_text_buffer_get_tag_table (buffer)) == 0)
    create_tags (buffer);
  gtk_text_buffer_set_text (buffer, "", 0);
  g_array_set_size (links, 0);
  g_array_set_size (headings, 0);
  hr_markdown_walk (text, render_cb, &renderer);
}

void
hr_markdown_render_colors (GtkTextBuffer *buffer, const GdkRGBA *link, const GdkRGBA *shade)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);

  if (gtk_text_tag_table_get_size (table) == 0)
    create_tags (buffer);
  g_object_set (gtk_text_tag_table_lookup (table, "link"), "foreground-rgba", link, NULL);
  g_object_set (gtk_text_tag_table_lookup (table, "code"), "background-rgba", shade, NULL);
  g_object_set (gtk_text_tag_table_lookup (table, "code-block"), "paragraph-background-rgba", shade, NULL);
}
