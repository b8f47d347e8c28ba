/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrMarkdownPlace:
 * @start: offset in the buffer where it begins
 * @end: offset behind it
 * @target: where a link leads, or the anchor of a heading: its words in lower case with hyphens between them
 */
typedef struct
{
  int start;
  int end;
  char *target;
} HrMarkdownPlace;

/** Returns: (transfer full): an empty array of HrMarkdownPlace that owns their targets. */
GArray *hr_markdown_places_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_markdown_render:
 * @image_base: (nullable): folder of resources that images are taken from; without it they are left to their
 * descriptions
 * @links: places of HrMarkdownPlace to be filled
 * @headings: the same
 *
 * Fills @buffer with @text as people read it.
 */
void hr_markdown_render (GtkTextBuffer *buffer, const char *text, const char *image_base, GArray *links,
                         GArray *headings);

/** Gives @buffer the colours of links and of the ground behind code. */
void hr_markdown_render_colors (GtkTextBuffer *buffer, const GdkRGBA *link, const GdkRGBA *shade);

G_END_DECLS
