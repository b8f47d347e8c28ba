/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-offer.h"

#include "hr-match.h"

#include <string.h>

HR_DEFINE_ENUM (HR_PRICE_DATE_PRECISIONS, "exact", "not-before", "not-after", "unknown");

bool
hr_offer_has_id (const HrOffer *self, const char *id)
{
  const char *type = hr_match_skip_prefix (id, self->provider);
  const char *region;

  if (type == NULL || *type != '/')
    return false;
  region = hr_match_skip_prefix (type + 1, self->instance_type);

  return region != NULL && (*region == '\0' || (*region == '@' && hr_match_equal (region + 1, self->region)));
}

const char *
hr_offer_region (const HrOffer *self)
{
  return self->region + strspn (self->region, ", ");
}

/* Days from the first of March of the year 0 of the Gregorian calendar: years begin in March, so that leap days end
 * them. */
static int32_t
days_of (uint32_t date)
{
  int32_t month = (int32_t) (date / 100 % 100);
  int32_t year = (int32_t) (date / 10000) - (month <= 2 ? 1 : 0);
  int32_t months_from_march = (month + 9) % 12;

  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * months_from_march + 2) / 5 + (int32_t) (date % 100)
         - 1;
}

int32_t
hr_offer_age_days (const HrOffer *self, uint32_t today)
{
  int32_t days;

  if (self->date == 0 || self->precision == HR_PRICE_DATE_UNKNOWN)
    return -1;
  days = days_of (today) - days_of (self->date);

  return days > 0 ? days : 0;
}

static uint32_t old_days = HR_PRICE_OLD_DAYS;

uint32_t
hr_offer_get_old_days (void)
{
  return old_days;
}

void
hr_offer_set_old_days (uint32_t days)
{
  old_days = days;
}

HrPriceAge
hr_offer_price_age (const HrOffer *self, uint32_t today)
{
  int32_t days = hr_offer_age_days (self, today);
  bool is_old = days > (int32_t) old_days;

  if (days < 0)
    return HR_PRICE_MAYBE_OLD;
  if (self->precision == HR_PRICE_DATE_NOT_BEFORE)
    return is_old ? HR_PRICE_MAYBE_OLD : HR_PRICE_RECENT;
  if (self->precision == HR_PRICE_DATE_NOT_AFTER)
    return is_old ? HR_PRICE_OLD : HR_PRICE_MAYBE_OLD;

  return is_old ? HR_PRICE_OLD : HR_PRICE_RECENT;
}
