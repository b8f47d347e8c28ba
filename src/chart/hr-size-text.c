/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-size-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Languages know plurals of whole numbers: what is shown as one is one, anything else is at least two. */
static gulong
plural_of (double size, int decimals)
{
  double one = pow (10, decimals), shown = round (size * one);

  return fabs (shown - one) < 0.5 ? 1 : MAX (2, (gulong) (shown / one));
}

static char *
speak (uint64_t bytes, HrUnits units, int decimals)
{
  double size = hr_bytes_in_units (bytes, units);
  gulong n = plural_of (size, decimals);
  char figure[HR_TEXT_SIZE];

  hr_format_number (size, decimals, figure);
  if (units == HR_UNITS_GIB)
    /* Translators: a size read aloud: "12.7 gibibytes" */
    return g_strdup_printf (ngettext ("%s gibibyte", "%s gibibytes", n), figure);

  /* Translators: a size read aloud: "13.6 gigabytes" */
  return g_strdup_printf (ngettext ("%s gigabyte", "%s gigabytes", n), figure);
}

char *
hr_size_text (uint64_t bytes, HrUnits units, int decimals, HrWording wording)
{
  char text[HR_TEXT_SIZE];

  if (wording == HR_SPOKEN)
    return speak (bytes, units, decimals);

  hr_format_bytes (bytes, units, decimals, text);
  return g_strdup (text);
}
