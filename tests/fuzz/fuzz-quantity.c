/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "model/hr-quantity.h"

#include <float.h>
#include <math.h>

/* Fields write ten digits. */
#define RELATIVE_ROUNDING 1e-9

/* What stands in a field afterwards is read as the same number. */
static void
check_value (const char *text, double value, const HrQuantityRange *range)
{
  g_autofree char *written = hr_quantity_format (value);
  g_autofree char *preview = hr_quantity_preview (text, value, range->unit);
  const HrQuantityRange any = { .unit = range->unit, .minimum = -DBL_MAX, .maximum = DBL_MAX };
  double again = NAN;

  g_assert_true (value >= range->minimum && value <= range->maximum);
  g_assert_true (!range->whole || value == floor (value));
  g_assert_true (preview == NULL || g_utf8_validate (preview, -1, NULL));
  g_assert_cmpint (hr_quantity_read (written, &any, '.', &again), ==, HR_QUANTITY_GOOD);
  g_assert_cmpfloat (fabs (again - value), <=, fabs (value) * RELATIVE_ROUNDING);
}

static void
check_read (const char *text, const HrQuantityRange *range, char point)
{
  double value = -1;
  HrQuantityFlaw flaw = hr_quantity_read (text, range, point, &value);

  if (flaw == HR_QUANTITY_GOOD)
    {
      check_value (text, value, range);
      return;
    }

  g_autofree char *message = hr_quantity_message (flaw, text, range);
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_cmpfloat (value, ==, -1);
}

/* The first byte chooses what the field takes, the rest is typed. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  if (length == 0)
    return 0;

  g_autofree char *text = g_utf8_make_valid ((const char *) data + 1, (gssize) length - 1);
  const HrQuantityRange range = {
    .unit = (HrFieldUnit) (data[0] / 2 % HR_N_FIELD_UNITS),
    .maximum = data[0] % 2 != 0 ? 1e15 : 65536,
    .whole = data[0] % 2 != 0,
  };

  check_read (text, &range, '.');
  check_read (text, &range, ',');

  return 0;
}
