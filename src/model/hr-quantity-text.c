/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-quantity.h"

#include "core/hr-notation.h"
#include "core/hr-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Whole numbers up to here are written as such. */
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */

/* clang-format off */
static const char *const unit_labels[HR_N_FIELD_UNITS] = {
  /* Translators: units behind numbers, in small letters: 2,048 tokens */
  [HR_FIELD_UNIT_TOKENS] = N_("tokens"),
  [HR_FIELD_UNIT_SAMPLES] = N_("samples"),
  [HR_FIELD_UNIT_STEPS] = N_("steps"),
  [HR_FIELD_UNIT_REQUESTS] = N_("requests"),
  [HR_FIELD_UNIT_LAYERS] = N_("layers"),
  [HR_FIELD_UNIT_HEADS] = N_("heads"),
  [HR_FIELD_UNIT_LABELS] = N_("labels"),
  [HR_FIELD_UNIT_CHUNKS] = N_("chunks"),
  [HR_FIELD_UNIT_GPUS] = N_("GPUs"),
  [HR_FIELD_UNIT_STAGES] = N_("stages"),
  [HR_FIELD_UNIT_GROUPS] = N_("groups"),
  [HR_FIELD_UNIT_WEIGHTS] = N_("weights"),
  [HR_FIELD_UNIT_BITS] = N_("bits"),
  [HR_FIELD_UNIT_BYTES] = N_("bytes"),
  [HR_FIELD_UNIT_MIB] = N_("MiB"),
  [HR_FIELD_UNIT_PERCENT] = "%",
};
/* clang-format on */

const char *
hr_quantity_unit_label (HrFieldUnit unit)
{
  g_return_val_if_fail ((guint) unit < HR_N_FIELD_UNITS, NULL);

  return unit_labels[unit] != NULL ? _ (unit_labels[unit]) : NULL;
}

static gboolean
is_whole (double value)
{
  return value < LARGEST_WHOLE && value <= floor (value);
}

char *
hr_quantity_format (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (is_whole (value))
    return g_strdup_printf ("%.0f", value);

  g_ascii_formatd (text, sizeof text, "%.10g", value);
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);
  return g_strjoinv (hr_notation ()->point, parts);
}

static char *
readable (double value)
{
  char text[HR_TEXT_SIZE];

  if (!is_whole (value))
    return hr_quantity_format (value);

  hr_format_count ((uint64_t) value, text);
  return g_strdup (text);
}

static char *
with_unit (char *number, HrFieldUnit unit) /* (transfer full): number */
{
  const char *label = hr_quantity_unit_label (unit);
  g_autofree char *owned = number;

  return label != NULL ? g_strdup_printf ("%s %s", number, label) : g_steal_pointer (&owned);
}

char *
hr_quantity_allowed (const HrQuantityRange *range)
{
  g_autofree char *minimum = readable (range->minimum);
  g_autofree char *maximum = with_unit (readable (range->maximum), range->unit);

  if (range->unit == HR_FIELD_UNIT_SHARE)
    /* Translators: the smallest and the largest number that a field takes. %% is a percent sign. */
    return g_strdup_printf (_ ("A number from %s to %s, or a percentage such as 50 %%"), minimum, maximum);
  if (range->unit == HR_FIELD_UNIT_BYTES || range->unit == HR_FIELD_UNIT_MIB)
    /* Translators: the smallest and the largest number that a field takes, the latter with its unit. */
    return g_strdup_printf (_ ("A whole number from %s to %s, or a size such as 24 GB or 16 GiB"), minimum, maximum);
  if (range->whole)
    /* Translators: the smallest and the largest number that a field takes, the latter with its unit. */
    return g_strdup_printf (_ ("A whole number from %s to %s"), minimum, maximum);

  /* Translators: the smallest and the largest number that a field takes, the latter with its unit. */
  return g_strdup_printf (_ ("A number from %s to %s"), minimum, maximum);
}

/* Returns: (transfer full): what is wrong, as a sentence. */
static char *
describe_flaw (HrQuantityFlaw flaw, const char *text)
{
  g_autofree char *plain = g_utf8_make_valid (text, -1);

  switch (flaw)
    {
    case HR_QUANTITY_GROUPS_UNCLEAR:
      return g_strdup_printf (_ ("“%s” could be a whole number with thousands set off, or a fraction."), plain);
    case HR_QUANTITY_SIZE_UNCLEAR:
      return g_strdup_printf (_ ("“%s” could be decimal or binary: write GB or GiB."), plain);
    case HR_QUANTITY_OTHER_UNIT:
      return g_strdup_printf (_ ("“%s” has a unit that does not belong here."), plain);
    case HR_QUANTITY_NOT_WHOLE:
      return g_strdup_printf (_ ("“%s” is not a whole number."), plain);
    case HR_QUANTITY_TOO_SMALL:
      return g_strdup_printf (_ ("“%s” is too small."), plain);
    case HR_QUANTITY_TOO_LARGE:
      return g_strdup_printf (_ ("“%s” is too large."), plain);
    case HR_QUANTITY_NO_NUMBER:
    case HR_QUANTITY_GOOD:
    default:
      return g_strdup_printf (_ ("“%s” is not a number."), plain);
    }
}

char *
hr_quantity_message (HrQuantityFlaw flaw, const char *text, const HrQuantityRange *range)
{
  g_autofree char *allowed = hr_quantity_allowed (range);

  if (strspn (text, " ") == strlen (text))
    return g_steal_pointer (&allowed);

  g_autofree char *wrong = describe_flaw (flaw, text);
  return g_strdup_printf ("%s\n%s", wrong, allowed);
}

char *
hr_quantity_preview (const char *text, double value, HrFieldUnit unit)
{
  g_autofree char *plain = hr_quantity_format (value);
  g_autofree char *typed = g_strstrip (g_strdup (text));

  if (strcmp (typed, plain) == 0)
    return NULL;

  g_autofree char *number = with_unit (readable (value), unit);
  /* Translators: what a text such as 8k is understood as, with its unit: Read as 8,192 tokens */
  return g_strdup_printf (_ ("Read as %s"), number);
}
