/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * Numbers as people write them in fields.
 */

/**
 * HrQuantityRange:
 * @minimum: @maximum: inclusive
 * @whole: whether only whole numbers are taken
 *
 * What a field takes.
 */
typedef struct
{
  HrFieldUnit unit;
  double minimum;
  double maximum;
  gboolean whole;
} HrQuantityRange;

/** What is wrong with a text. */
typedef enum
{
  HR_QUANTITY_GOOD,
  HR_QUANTITY_NO_NUMBER,
  HR_QUANTITY_GROUPS_UNCLEAR, /* "2.048" where the point is decimal and the number must be whole */
  HR_QUANTITY_SIZE_UNCLEAR,   /* "24 G" of bytes: GB or GiB */
  HR_QUANTITY_OTHER_UNIT,     /* "24 GB" of tokens */
  HR_QUANTITY_NOT_WHOLE,
  HR_QUANTITY_TOO_SMALL,
  HR_QUANTITY_TOO_LARGE,
} HrQuantityFlaw;

/** Returns: the decimal separator of the locale, '.' or ','. */
char hr_quantity_point (void);

/**
 * hr_quantity_read:
 * @text: what a person typed or pasted
 * @point: hr_quantity_point(), which decides where a text could mean two things
 * @value: (out): the number, in @range's unit
 *
 * Reads a number as people write it: digits of any script; groups of three set off by a comma, a point, a blank, an
 * apostrophe or an underscore ("8,192", "8 192"); a decimal point or comma; an exponent ("1.5e9"). Behind it k, M or G:
 * 2^10, 2^20 or 2^30, as tokens are spoken of ("8k" is 8,192), or 10^3, 10^6, 10^9 of a plain amount; "%" of shares and
 * percentages; kB to TB and KiB to TiB of sizes, which are rounded to what the field counts.
 *
 * Both separators in one text, or one of them several times, say themselves what they are. A single one before exactly
 * three digits is @point's: the other sets off thousands.
 *
 * Returns: %HR_QUANTITY_GOOD, or what is wrong, with @value unchanged.
 */
HrQuantityFlaw hr_quantity_read (const char *text, const HrQuantityRange *range, char point, double *value);

/** Returns: (transfer full): "“9x” is not a number. Allowed: a whole number from 1 to 65,536". */
char *hr_quantity_message (HrQuantityFlaw flaw, const char *text,
                           const HrQuantityRange *range) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "A whole number from 1 to 65,536", with the unit and how it may be written. */
char *hr_quantity_allowed (const HrQuantityRange *range) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_quantity_preview:
 * @value: what @text was read as
 *
 * Returns: (transfer full) (nullable): "Read as 8,192 tokens"; NULL where @text says it plainly.
 */
char *hr_quantity_preview (const char *text, double value, HrFieldUnit unit) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): @value as it stands in a field, in the locale: "2048", "0.05" or "0,05". */
char *hr_quantity_format (double value) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (nullable): "tokens"; NULL where a number counts nothing that has a name. */
const char *hr_quantity_unit_label (HrFieldUnit unit);

/**
 * hr_quantity_step:
 * @step: how far one step goes, or %HR_STEP_DOUBLES
 * @up: whether to the larger
 *
 * Returns: the next value in that direction, a multiple of @step or a power of two. Never negative.
 */
double hr_quantity_step (double value, double step, gboolean up);

/** Returns: @value twice or half, which is rounded down where only whole numbers are taken; from 0 up to @step. */
double hr_quantity_double (double value, double step, gboolean whole, gboolean up);

G_END_DECLS
