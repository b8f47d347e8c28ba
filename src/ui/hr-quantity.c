/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-quantity.h"

#include "core/hr-notation.h"

#include <math.h>
#include <string.h>

/* Above this a double no longer holds every whole number. */
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */

#define DIGITS_PER_GROUP 3

/* Nobody types more; it bounds the work. */
#define MAX_LENGTH 64

/* What a field shows of a number that is not whole. */
#define FIELD_FORMAT "%.10g"

static gboolean
is_group_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == '\'' || c == '_' || c == 0x2019 /* right single quotation mark */
         || c == 0x066c /* Arabic thousands separator */;
}

/* Digits become ASCII, the Arabic decimal separator a point, and every kind of group separator but the comma "_". Where
 * the locale has them the other way round, comma and point are exchanged. */
static char *
normalize (const char *text)
{
  gboolean exchanged = g_str_equal (hr_notation ()->point, ",");
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (out, (char) ('0' + g_unichar_digit_value (c)));
      else if (c == 0x066b || (exchanged && c == ','))
        g_string_append_c (out, '.');
      else if (exchanged && c == '.')
        g_string_append_c (out, ',');
      else if (is_group_separator (c))
        g_string_append_c (out, '_');
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Whether the whole part, up to @end, is made of groups: one to three digits not beginning with 0, then three each. */
static gboolean
is_grouped (const char *start, const char *end, char separator)
{
  const char *first = memchr (start, separator, (gsize) (end - start));

  if (first == start || first - start > DIGITS_PER_GROUP || *start == '0')
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

/* Takes group separators out and makes a decimal comma a point; FALSE where they stand in odd places. */
static gboolean
remove_groups (char *number)
{
  char *end = number + strcspn (number, ".eE");
  char *comma = memchr (number, ',', (gsize) (end - number));
  char *blank = memchr (number, '_', (gsize) (end - number));

  if (strpbrk (end, ",_") != NULL || (comma != NULL && blank != NULL))
    return FALSE;
  if (comma == NULL && blank == NULL)
    return TRUE;

  char separator = comma != NULL ? ',' : '_';
  if (!is_grouped (number, end, separator))
    {
      if (comma == NULL || *end == '.' || strchr (comma + 1, ',') != NULL)
        return FALSE;
      *comma = '.';
      return TRUE;
    }

  char *out = number;
  for (const char *in = number; *in != '\0'; in++)
    if (*in != separator)
      *out++ = *in;
  *out = '\0';
  return TRUE;
}

/* Takes a final k, M or G off and returns what it stands for. */
static double
take_suffix (char *number)
{
  gsize length = strlen (number);
  double factor = 1;

  if (length == 0)
    return factor;

  switch (number[length - 1])
    {
    case 'k':
    case 'K':
      factor = 1024.0;
      break;
    case 'm':
    case 'M':
      factor = 1024.0 * 1024.0;
      break;
    case 'g':
    case 'G':
      factor = 1024.0 * 1024.0 * 1024.0;
      break;
    default:
      return factor;
    }

  number[length - 1] = '\0';
  return factor;
}

gboolean
hr_quantity_parse (const char *text, double *value)
{
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autofree char *number = normalize (typed);
  double factor = take_suffix (number);
  gsize length = strlen (number);

  while (factor > 1 && length > 0 && number[length - 1] == '_')
    number[--length] = '\0';

  if (strspn (number, "0123456789.,_eE+-") != length || !remove_groups (number))
    return FALSE;
  if (!g_ascii_isdigit (*number) && *number != '.')
    return FALSE;

  char *end = NULL;
  double parsed = g_ascii_strtod (number, &end) * factor;
  if (end == number || *end != '\0' || !(parsed <= LARGEST_WHOLE))
    return FALSE;

  *value = parsed;
  return TRUE;
}

char *
hr_quantity_format (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value < LARGEST_WHOLE && value <= floor (value))
    return g_strdup_printf ("%.0f", value);

  GString *out = g_string_new (g_ascii_formatd (text, sizeof text, FIELD_FORMAT, value));
  g_string_replace (out, HR_NOTATION_C.point, hr_notation ()->point, 1);
  return g_string_free (out, FALSE);
}

/* A step of 0.1 gives 0.3, not 0.30000000000000004. */
static double
round_to_field (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, FIELD_FORMAT, value), NULL);
}

double
hr_quantity_step (double value, double step, gboolean up)
{
  if (step > HR_QUANTITY_DOUBLING)
    {
      double steps = up ? floor (value / step + 1e-9) + 1 : ceil (value / step - 1e-9) - 1;
      return round_to_field (MAX (steps, 0) * step);
    }

  if (value < 1)
    return up ? 1 : 0;
  if (!up && value <= 1)
    return 0;

  return exp2 (up ? floor (log2 (value)) + 1 : ceil (log2 (value)) - 1);
}
