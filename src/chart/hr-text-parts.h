/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Lines of several parts, joined as the language does it: one that is read from right to left keeps its parts in order
 * though figures and names in them are read from left to right.
 */

/** Adds @part to @text, behind what is there already: "12.8 GB · fits". */
void hr_text_add_part (GString *text, const char *part);

/** Adds @item to the list in @text: "weights, gradients". */
void hr_text_add_item (GString *text, const char *item);

/**
 * hr_text_join_parts:
 * @first: followed by further parts and NULL
 *
 * Returns: (transfer full): the parts on one line.
 */
char *hr_text_join_parts (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
