/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The most bytes of a text that are read; what follows is left out. */
#define HR_MAX_MARKDOWN_BYTES (64 * 1024)

/** How deep blocks and emphasis may be nested; what lies deeper is left out. */
#define HR_MAX_MARKDOWN_DEPTH 24

/**
 * HrMarkdownKind:
 *
 * What a piece of a text is. Those from HR_MARKDOWN_TEXT on hold nothing else and are entered only.
 */
typedef enum
{
  HR_MARKDOWN_HEADING,
  HR_MARKDOWN_PARAGRAPH,
  HR_MARKDOWN_QUOTE,
  HR_MARKDOWN_LIST,
  HR_MARKDOWN_ITEM,
  HR_MARKDOWN_EMPHASIS,
  HR_MARKDOWN_STRONG,
  HR_MARKDOWN_LINK,
  HR_MARKDOWN_IMAGE,
  HR_MARKDOWN_TEXT,
  HR_MARKDOWN_CODE,
  HR_MARKDOWN_CODE_BLOCK,
  HR_MARKDOWN_SPACE,
  HR_MARKDOWN_LINE_BREAK,
  HR_MARKDOWN_RULE,
} HrMarkdownKind;

/**
 * HrMarkdownEvent:
 * @entering: whether the piece begins here, or ends
 * @text: what it reads: text, code; %NULL for others
 * @target: where a link leads or an image lies; %NULL for others
 * @number: the level of a heading from 1 to 6, the number of an item in an ordered list, otherwise 0
 * @tight: in a list whose items are not set apart
 */
typedef struct
{
  HrMarkdownKind kind;
  gboolean entering;
  const char *text;
  const char *target;
  guint number;
  gboolean tight;
} HrMarkdownEvent;

typedef void (*HrMarkdownFunc) (const HrMarkdownEvent *event, gpointer user_data);

/**
 * hr_markdown_walk:
 *
 * Calls @func for each piece of @text in the order of reading. HTML in @text is left out.
 */
void hr_markdown_walk (const char *text, HrMarkdownFunc func, gpointer user_data);

/**
 * hr_markdown_target_is_web:
 *
 * Returns: whether @target leads out of the program: http, https or mailto.
 */
gboolean hr_markdown_target_is_web (const char *target);

/**
 * hr_markdown_to_html:
 *
 * Returns: (transfer full): @text as HTML to be put into a page that may hold anything else: no HTML of @text's own,
 * links to the web only, images by their descriptions, so that nothing is loaded.
 */
char *hr_markdown_to_html (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_markdown_to_section:
 * @level: of the heading that @text stands below
 *
 * Returns: (transfer full): @text as a part of a longer text in Markdown, with all headings below @level and without
 * HTML of its own; it ends with a line break unless it is empty.
 */
char *hr_markdown_to_section (const char *text, guint level) G_GNUC_WARN_UNUSED_RESULT;

/** Appends @text, which is not Markdown, so that Markdown shows it as it is: on one line, with breaks as `<br>`. */
void hr_markdown_append_text (GString *markdown, const char *text);

/**
 * hr_markdown_to_plain:
 *
 * Returns: (transfer full): what @text reads without its marks; blocks lie apart by an empty line, no line ends the
 * text.
 */
char *hr_markdown_to_plain (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
