/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-units.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

HR_DEFINE_ENUM (HR_UNITS, "GB", "GiB");

#define MAX_DECIMALS 9
#define DIGITS_PER_GROUP 3

/* Numbers that are larger are written as this. */
#define LARGEST 1e18

double
hr_bytes_in_units (uint64_t bytes, HrUnits units)
{
  return (double) bytes / (units == HR_UNITS_GIB ? HR_BYTES_PER_GIB : HR_BYTES_PER_GB);
}

static uint64_t
power_of_ten (int exponent)
{
  uint64_t power = 1;

  while (exponent-- > 0)
    power *= 10;

  return power;
}

/* In exact arithmetic, which a double does not have for large counts. */
static int
print_scaled (char text[HR_TEXT_SIZE], uint64_t scaled, int decimals)
{
  uint64_t power = power_of_ten (decimals);
  char whole[HR_TEXT_SIZE];

  hr_format_count (scaled / power, whole);
  if (decimals == 0)
    return snprintf (text, HR_TEXT_SIZE, "%s", whole);

  return snprintf (text, HR_TEXT_SIZE, "%.30s%s%0*" PRIu64, whole, hr_notation ()->point, decimals, scaled % power);
}

void
hr_format_bytes (uint64_t bytes, HrUnits units, int decimals, char text[HR_TEXT_SIZE])
{
  const char *unit = hr_enum_id (&HR_UNITS, units);
  uint64_t scaled;
  char number[HR_TEXT_SIZE];

  if (decimals < 0)
    decimals = 0;
  if (decimals > MAX_DECIMALS)
    decimals = MAX_DECIMALS;

  scaled = (uint64_t) llround (hr_bytes_in_units (bytes, units) * (double) power_of_ten (decimals));
  if (bytes == 0)
    strcpy (number, "0");
  else
    print_scaled (number, scaled > 0 ? scaled : 1, decimals);
  snprintf (text, HR_TEXT_SIZE, "%s%.40s %s", bytes > 0 && scaled == 0 ? "< " : "", number, unit);
}

void
hr_format_count (uint64_t count, char text[HR_TEXT_SIZE])
{
  const char *group = hr_notation ()->group;
  char digits[HR_TEXT_SIZE];
  int length = snprintf (digits, sizeof digits, "%" PRIu64, count);
  char *place = text;

  for (int i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % DIGITS_PER_GROUP == 0)
        {
          strcpy (place, group);
          place += strlen (group);
        }
      *place++ = digits[i];
    }
  *place = '\0';
}

void
hr_format_count_short (uint64_t count, char text[HR_TEXT_SIZE])
{
  static const char suffixes[] = { 'K', 'M', 'B', 'T', 'P', 'E' };
  size_t suffix = 0;
  double value = (double) count / 1000;
  int decimals, length;

  if (count < 1000)
    {
      snprintf (text, HR_TEXT_SIZE, "%" PRIu64, count);
      return;
    }

  /* 999.5 of one unit would print as four figures. */
  while (value >= 999.5 && suffix + 1 < sizeof suffixes)
    {
      value /= 1000;
      suffix++;
    }
  decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  length = print_scaled (text, (uint64_t) llround (value * (double) power_of_ten (decimals)), decimals);
  snprintf (text + length, (size_t) (HR_TEXT_SIZE - length), " %c", suffixes[suffix]);
}

void
hr_format_number (double value, int decimals, char text[HR_TEXT_SIZE])
{
  double size = fmin (fabs (value), LARGEST);
  char printed[HR_TEXT_SIZE], whole[HR_TEXT_SIZE];
  int length;

  decimals = decimals < 0 ? 0 : decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
  length = snprintf (printed, sizeof printed, "%.*f", decimals, size);
  hr_format_count (strtoull (printed, NULL, 10), whole);
  if (decimals == 0)
    snprintf (text, HR_TEXT_SIZE, "%s%.40s", value < 0 ? "-" : "", whole);
  else
    snprintf (text, HR_TEXT_SIZE, "%s%.28s%s%.9s", value < 0 ? "-" : "", whole, hr_notation ()->point,
              printed + length - decimals);
}

void
hr_format_figures (double value, int figures, char text[HR_TEXT_SIZE])
{
  int magnitude = fabs (value) > 0 ? (int) floor (log10 (fmin (fabs (value), LARGEST))) : 0;
  int decimals = figures - 1 - magnitude;
  char printed[2 * HR_TEXT_SIZE];
  int length;

  decimals = decimals < 0 ? 0 : decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
  length = snprintf (printed, sizeof printed, "%.*f", decimals, fmin (fabs (value), LARGEST));
  while (decimals > 0 && printed[--length] == '0')
    decimals--;
  hr_format_number (value, decimals, text);
}
