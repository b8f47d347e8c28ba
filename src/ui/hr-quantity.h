/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Step of a quantity that goes from one power of two to the next. */
#define HR_QUANTITY_DOUBLING 0.0

/**
 * hr_quantity_parse:
 * @text: what a person typed
 * @value: (out): the number
 *
 * Reads a number that is not negative, as people write it: digits of any script; groups of three set off by a comma, a
 * blank, an apostrophe or an underscore ("8,192", "8 192"); a decimal point, or a comma that cannot set off a group
 * ("0,05"), and the other way round where the locale writes a decimal comma; an exponent ("1.5e9"); a final k, M or G
 * for 2^10, 2^20 or 2^30, as token counts are spoken of ("8k" is 8,192).
 *
 * Returns: FALSE, with @value unchanged, if @text is anything else, or too large for a double to tell whole numbers
 * apart (above 2^53).
 */
gboolean hr_quantity_parse (const char *text, double *value);

/** Returns: (transfer full): @value as it stands in a field, without groups and in the notation in force: "2048",
 * "0.05". */
char *hr_quantity_format (double value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_quantity_step:
 * @step: how far one step goes, or %HR_QUANTITY_DOUBLING
 * @up: whether to the larger
 *
 * Returns: the next value in that direction, a multiple of @step or a power of two. Never negative.
 */
double hr_quantity_step (double value, double step, gboolean up);

G_END_DECLS
