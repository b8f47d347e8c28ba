/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-flow.h"

#include "io/hr-markdown.h"

#include <string.h>

#define BLOCK_SPACE 6.0
#define INDENT 14.0

/* What a layout says of its text. */
typedef struct
{
  HrReportFlow *flow;
  GString *markup; /* of the block that is being read */
  GString *lead;   /* (nullable): the mark of an item that has not been set yet */
  guint depth;     /* of lists and quotes */
  HrReportStyle style;
} Reader;

static void
append_escaped (Reader *self, const char *before, const char *text, const char *after)
{
  g_autofree char *drawable = hr_chart_dup_text (text);
  g_autofree char *escaped = g_markup_escape_text (drawable != NULL ? drawable : "", -1);

  g_string_append_printf (self->markup, "%s%s%s", before, escaped, after);
}

/* Sets what was read, if anything was. */
static void
flush (Reader *self)
{
  double indent = self->depth * INDENT;

  if (self->markup->len == 0)
    return;
  if (self->lead->len > 0)
    g_string_prepend (self->markup, self->lead->str);

  PangoLayout *layout = hr_report_flow_lay_out (self->flow, self->style, "", self->flow->width - indent);
  pango_layout_set_markup (layout, self->markup->str, -1);
  hr_report_flow_align (self->flow, layout, FALSE);
  hr_report_flow_add_lines (self->flow, layout, indent, self->lead->len > 0 ? BLOCK_SPACE / 2 : BLOCK_SPACE,
                            HR_CHART_ROLE_TEXT);
  g_object_unref (layout);
  g_string_truncate (self->markup, 0);
  g_string_truncate (self->lead, 0);
  self->style = HR_REPORT_STYLE_BODY;
}

static void
read_code_block (Reader *self, const HrMarkdownEvent *event)
{
  g_autofree char *code = g_strchomp (g_strdup (event->text != NULL ? event->text : ""));

  flush (self);
  append_escaped (self, "<tt>", code, "</tt>");
  flush (self);
}

/* Returns: whether @event was a piece within a block. */
static gboolean
read_inline (Reader *self, const HrMarkdownEvent *event)
{
  switch ((int) event->kind)
    {
    case HR_MARKDOWN_EMPHASIS:
      g_string_append (self->markup, event->entering ? "<i>" : "</i>");
      return TRUE;
    case HR_MARKDOWN_STRONG:
      g_string_append (self->markup, event->entering ? "<b>" : "</b>");
      return TRUE;
    case HR_MARKDOWN_TEXT:
      append_escaped (self, "", event->text, "");
      return TRUE;
    case HR_MARKDOWN_CODE:
      append_escaped (self, "<tt>", event->text, "</tt>");
      return TRUE;
    case HR_MARKDOWN_SPACE:
      g_string_append_c (self->markup, ' ');
      return TRUE;
    case HR_MARKDOWN_LINE_BREAK:
      g_string_append_c (self->markup, '\n');
      return TRUE;
    case HR_MARKDOWN_LINK:
      if (!event->entering && event->target != NULL && hr_markdown_target_is_web (event->target))
        append_escaped (self, " (", event->target, ")");
      return TRUE;
    case HR_MARKDOWN_IMAGE:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
read_cb (const HrMarkdownEvent *event, gpointer user_data)
{
  Reader *self = user_data;

  if (read_inline (self, event))
    return;
  if (event->kind == HR_MARKDOWN_CODE_BLOCK)
    {
      read_code_block (self, event);
      return;
    }
  flush (self);
  if (event->kind == HR_MARKDOWN_HEADING && event->entering)
    self->style = HR_REPORT_STYLE_SUBHEADING;
  if (event->kind == HR_MARKDOWN_LIST || event->kind == HR_MARKDOWN_QUOTE)
    self->depth += event->entering ? 1 : (guint) -1;
  if (event->kind == HR_MARKDOWN_ITEM && event->entering && event->number > 0)
    g_string_printf (self->lead, "%u. ", event->number);
  else if (event->kind == HR_MARKDOWN_ITEM && event->entering)
    g_string_assign (self->lead, "• ");
}

void
hr_report_flow_add_notes (HrReportFlow *self, const char *text)
{
  Reader reader = { self, g_string_new (NULL), g_string_new (NULL), 0, HR_REPORT_STYLE_BODY };

  hr_markdown_walk (text, read_cb, &reader);
  flush (&reader);
  g_string_free (reader.markup, TRUE);
  g_string_free (reader.lead, TRUE);
}
