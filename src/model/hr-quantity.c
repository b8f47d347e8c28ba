/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-quantity.h"

#include "core/hr-notation.h"
#include "core/hr-units.h"

#include <math.h>
#include <string.h>

/* Above this a double no longer holds every whole number. */
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */

#define DIGITS_PER_GROUP 3

/* Nobody types more; it bounds the work. */
#define MAX_LENGTH 64

#define PERCENT 100.0
#define BINARY_THOUSAND 1024.0
#define DECIMAL_THOUSAND 1000.0

/* What a text is made of once it is normalized; the rest are digits, '.', ',' and letters. */
#define BLANK '_' /* whatever sets off groups and is never decimal */
#define POINT ':' /* the Arabic separator, which is always decimal */

char
hr_quantity_point (void)
{
  return *hr_notation ()->point == ',' ? ',' : '.';
}

static gboolean
is_group_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == '\'' || c == '_' || c == 0x2019 /* right single quotation mark */
         || c == 0x066c /* Arabic thousands separator */;
}

/* Returns: (transfer full): @text in ASCII as far as numbers go. */
static char *
normalize (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (out, (char) ('0' + g_unichar_digit_value (c)));
      else if (c == 0x066b)
        g_string_append_c (out, POINT);
      else if (c == 0x066a) /* Arabic percent sign */
        g_string_append_c (out, '%');
      else if (is_group_separator (c))
        g_string_append_c (out, BLANK);
      else if (c == ':' || c > 0x7f)
        g_string_append_c (out, '?');
      else
        g_string_append_c (out, (char) c);
    }

  return g_string_free (out, FALSE);
}

/* Whether the text up to @end is made of groups: one to three digits not beginning with 0, then three each. */
static gboolean
is_grouped (const char *start, const char *end, char separator)
{
  const char *first = memchr (start, separator, (gsize) (end - start));

  if (first == NULL || first == start || first - start > DIGITS_PER_GROUP || *start == '0')
    return FALSE;

  for (const char *p = first; p < end; p += DIGITS_PER_GROUP + 1)
    {
      if (*p != separator || end - p < DIGITS_PER_GROUP + 1)
        return FALSE;
      for (int i = 1; i <= DIGITS_PER_GROUP; i++)
        if (!g_ascii_isdigit (p[i]))
          return FALSE;
    }

  return TRUE;
}

static guint
count (const char *start, const char *end, char c)
{
  guint n = 0;

  for (const char *p = start; p < end; p++)
    n += *p == c ? 1 : 0;
  return n;
}

/* Finds which characters of a number are what. @group: 0: none; @decimal: NULL: none. */
static gboolean
find_separators (const char *number, const char *end, char point, char *group, const char **decimal)
{
  const char *dot = memchr (number, '.', (gsize) (end - number));
  const char *comma = memchr (number, ',', (gsize) (end - number));
  const char *sure = memchr (number, POINT, (gsize) (end - number));
  gboolean blanks = count (number, end, BLANK) > 0;
  const char *one = dot != NULL ? dot : comma;

  *group = blanks ? BLANK : 0;
  *decimal = sure;
  if (one == NULL)
    return sure == NULL || count (number, end, POINT) == 1;
  if (sure != NULL)
    return FALSE;
  if (dot != NULL && comma != NULL)
    {
      *group = dot < comma ? '.' : ',';
      *decimal = MAX (dot, comma);
      return !blanks && count (number, end, **decimal) == 1;
    }
  if (count (number, end, *one) > 1 || (!blanks && *one != point && is_grouped (number, end, *one)))
    {
      *group = *one;
      return !blanks;
    }
  *decimal = one;
  return TRUE;
}

/* Takes group separators out and writes the decimal one as a point. @unclear: both were possible */
static gboolean
plain_number (char *number, char point, gboolean *unclear)
{
  char *end = number + strcspn (number, "eE");
  const char *decimal;
  char group;

  if (strspn (end, "eE+-0123456789") != strlen (end) || !find_separators (number, end, point, &group, &decimal))
    return FALSE;

  const char *whole_end = decimal != NULL ? decimal : end;
  if (group != 0 && !is_grouped (number, whole_end, group))
    return FALSE;
  if (group != 0 && count (whole_end, end, group) > 0)
    return FALSE;

  *unclear = group == 0 && decimal != NULL && *decimal != POINT && *end == '\0' && is_grouped (number, end, *decimal);
  char *out = number;
  for (const char *in = number; *in != '\0'; in++)
    if (in == decimal)
      *out++ = '.';
    else if (group == 0 || *in != group)
      *out++ = *in;
  *out = '\0';
  return TRUE;
}

/* Where the number ends and its unit begins: an e belongs to the number before digits alone. */
static char *
find_tail (char *text)
{
  char *p = text;

  while (*p != '\0')
    {
      gboolean exponent = (*p == 'e' || *p == 'E') && p > text
                          && (g_ascii_isdigit (p[1]) || ((p[1] == '+' || p[1] == '-') && g_ascii_isdigit (p[2])));
      if (exponent)
        p += 2;
      else if (strchr ("0123456789.,_:", *p) != NULL)
        p++;
      else
        break;
    }
  return p;
}

/* 1 to 4 for k, M, G, T; 0: none of them. */
static int
power_of (char c)
{
  static const char letters[] = "kmgt";
  const char *found = c != '\0' ? strchr (letters, g_ascii_tolower (c)) : NULL;

  return found != NULL ? (int) (found - letters) + 1 : 0;
}

/* What a number is multiplied with and divided by: exact where one factor would not be. */
typedef struct
{
  double times;
  double divisor;
  gboolean size; /* of bytes: what comes out is rounded */
} Factor;

/* What the letters behind a number of bytes stand for. */
static HrQuantityFlaw
size_factor (const char *tail, Factor *factor)
{
  int power = power_of (*tail);
  const char *rest = tail + (power > 0 ? 1 : 0);
  gboolean binary = power > 0 && g_ascii_tolower (*rest) == 'i';

  if (binary)
    rest++;
  if (g_ascii_strcasecmp (rest, "b") != 0 && !(binary && *rest == '\0'))
    return power > 0 && *rest == '\0' ? HR_QUANTITY_SIZE_UNCLEAR : HR_QUANTITY_NO_NUMBER;

  factor->times = pow (binary ? BINARY_THOUSAND : DECIMAL_THOUSAND, power);
  factor->size = TRUE;
  return HR_QUANTITY_GOOD;
}

/* What one of @tail is in @unit. */
static HrQuantityFlaw
unit_factor (const char *tail, HrFieldUnit unit, Factor *factor)
{
  gboolean of_bytes = unit == HR_FIELD_UNIT_BYTES || unit == HR_FIELD_UNIT_MIB;
  int power = power_of (*tail);

  *factor = (Factor){ .times = 1, .divisor = 1 };
  if (*tail == '\0')
    return HR_QUANTITY_GOOD;
  if (strcmp (tail, "%") == 0)
    {
      factor->divisor = unit == HR_FIELD_UNIT_SHARE ? PERCENT : 1;
      return unit == HR_FIELD_UNIT_SHARE || unit == HR_FIELD_UNIT_PERCENT ? HR_QUANTITY_GOOD : HR_QUANTITY_OTHER_UNIT;
    }
  if (!of_bytes && power > 0 && tail[1] == '\0')
    {
      factor->times = pow (unit == HR_FIELD_UNIT_AMOUNT ? DECIMAL_THOUSAND : BINARY_THOUSAND, power);
      return HR_QUANTITY_GOOD;
    }

  HrQuantityFlaw flaw = size_factor (tail, factor);
  if (!of_bytes && flaw == HR_QUANTITY_GOOD)
    return HR_QUANTITY_OTHER_UNIT;
  if (unit == HR_FIELD_UNIT_MIB)
    factor->divisor = HR_BYTES_PER_MIB;
  return flaw;
}

static HrQuantityFlaw
check_range (double value, const HrQuantityRange *range)
{
  if (value > range->maximum || !(value <= LARGEST_WHOLE))
    return HR_QUANTITY_TOO_LARGE;
  if (value < range->minimum)
    return HR_QUANTITY_TOO_SMALL;

  return range->whole && value > floor (value) ? HR_QUANTITY_NOT_WHOLE : HR_QUANTITY_GOOD;
}

static HrQuantityFlaw
read_normalized (char *number, const HrQuantityRange *range, char point, double *value)
{
  char *tail = find_tail (number);
  g_autofree char *unit = g_strdup (tail);
  gboolean unclear = FALSE;
  Factor factor;

  while (tail > number && tail[-1] == BLANK)
    tail--;
  *tail = '\0';
  if (!plain_number (number, point, &unclear) || (!g_ascii_isdigit (*number) && *number != '.'))
    return HR_QUANTITY_NO_NUMBER;

  HrQuantityFlaw flaw = unit_factor (unit, range->unit, &factor);
  if (flaw != HR_QUANTITY_GOOD)
    return flaw;
  if (unclear && range->whole && *unit == '\0')
    return HR_QUANTITY_GROUPS_UNCLEAR;

  char *end = NULL;
  double parsed = g_ascii_strtod (number, &end);
  if (end == number || *end != '\0')
    return HR_QUANTITY_NO_NUMBER;

  parsed = parsed * factor.times / factor.divisor;
  if (factor.size && range->whole)
    parsed = round (parsed);
  flaw = check_range (parsed, range);
  if (flaw == HR_QUANTITY_GOOD)
    *value = parsed;
  return flaw;
}

HrQuantityFlaw
hr_quantity_read (const char *text, const HrQuantityRange *range, char point, double *value)
{
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return HR_QUANTITY_NO_NUMBER;

  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autofree char *number = normalize (typed);

  return read_normalized (number, range, point, value);
}

double
hr_quantity_step (double value, double step, gboolean up)
{
  if (step > HR_STEP_DOUBLES)
    {
      double steps = up ? floor (value / step + 1e-9) + 1 : ceil (value / step - 1e-9) - 1;
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      /* Through its text: a step of 0.1 gives 0.3, not 0.30000000000000004. */
      return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.10g", MAX (steps, 0) * step), NULL);
    }

  if (value < 1)
    return up ? 1 : 0;
  if (!up && value <= 1)
    return 0;

  return exp2 (up ? floor (log2 (value)) + 1 : ceil (log2 (value)) - 1);
}

double
hr_quantity_double (double value, double step, gboolean whole, gboolean up)
{
  if (up && !(value > 0))
    return step > HR_STEP_DOUBLES ? step : 1;

  double result = up ? value * 2 : value / 2;
  return whole ? floor (result) : result;
}
