/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-offer-label.h"

#include "core/hr-units.h"
#include "io/hr-offer-text.h"

#include <glib/gi18n-lib.h>

#define DATE_SIZE 64

guint32
hr_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return (guint32) (g_date_time_get_year (now) * 10000 + g_date_time_get_month (now) * 100
                    + g_date_time_get_day_of_month (now));
}

char *
hr_date_text (guint32 date)
{
  const char *format = hr_notation ()->date;
  GDate day;
  char text[DATE_SIZE];

  if (*format == '\0' || date == 0)
    {
      GString *plain = g_string_new (NULL);

      hr_offer_date_append (plain, date);
      return g_string_free (plain, FALSE);
    }
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) (date % 100), (GDateMonth) (date / 100 % 100), (GDateYear) (date / 10000));
  g_date_strftime (text, sizeof text, format, &day);

  return g_strdup (text);
}

char *
hr_offer_date_text (const HrOffer *offer)
{
  g_autofree char *date = hr_date_text (offer->date);

  if (*date == '\0')
    /* Translators: of a price */
    return g_strdup (_ ("date unknown"));

  switch (offer->precision)
    {
    case HR_PRICE_DATE_NOT_BEFORE:
      /* Translators: %s is a date, at the earliest that of a price */
      return g_strdup_printf (_ ("not before %s"), date);
    case HR_PRICE_DATE_NOT_AFTER:
      /* Translators: %s is a date, at the latest that of a price */
      return g_strdup_printf (_ ("not after %s"), date);
    case HR_PRICE_DATE_EXACT:
      return g_steal_pointer (&date);
    case HR_PRICE_DATE_UNKNOWN:
    default:
      return g_strdup (_ ("date unknown"));
    }
}

char *
hr_offer_age_label (const HrOffer *offer, guint32 today)
{
  guint days = hr_offer_get_old_days ();

  switch (hr_offer_price_age (offer, today))
    {
    case HR_PRICE_OLD:
      /* Translators: of a price */
      return g_strdup_printf (ngettext ("older than %u day", "older than %u days", days), days);
    case HR_PRICE_MAYBE_OLD:
      /* Translators: of a price whose date is not known well */
      return g_strdup_printf (ngettext ("may be older than %u day", "may be older than %u days", days), days);
    case HR_PRICE_RECENT:
    default:
      return NULL;
    }
}

char *
hr_price_text (double usd_per_hour)
{
  char number[HR_TEXT_SIZE];

  if (!(usd_per_hour > 0))
    return g_strdup ("–");

  hr_format_number (usd_per_hour, 2, number);
  /* Translators: %s is an amount of US dollars */
  return g_strdup_printf (_ ("$%s"), number);
}
