/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_MARKDOWN_VIEW (hr_markdown_view_get_type ())
G_DECLARE_FINAL_TYPE (HrMarkdownView, hr_markdown_view, HR, MARKDOWN_VIEW, GtkTextView)

/**
 * HrMarkdownView:
 *
 * A text in Markdown to be read, selected and copied. Tab goes from link to link, Enter follows one.
 *
 * HrMarkdownView::link-activated (target) → gboolean asks whether somebody takes a link that the user chose; one to the
 * web that nobody takes is opened by the desktop, others are left.
 */
GtkWidget *hr_markdown_view_new (void);

/** @text: Markdown. */
void hr_markdown_view_set_text (HrMarkdownView *self, const char *text);
const char *hr_markdown_view_get_text (HrMarkdownView *self);

/** @image_base: (nullable): folder of resources, with a slash at its end, that images are taken from. */
void hr_markdown_view_set_image_base (HrMarkdownView *self, const char *image_base);

/**
 * hr_markdown_view_scroll_to:
 * @anchor: words of a heading in lower case with hyphens between them; "" is the beginning
 *
 * Returns: whether there is such a heading.
 */
gboolean hr_markdown_view_scroll_to (HrMarkdownView *self, const char *anchor);

/**
 * hr_markdown_view_find:
 * @forward: look behind the selection, otherwise before it; both begin again at the other end
 *
 * Selects the next @words, whatever their case.
 *
 * Returns: whether they are there.
 */
gboolean hr_markdown_view_find (HrMarkdownView *self, const char *words, gboolean forward);

G_END_DECLS
