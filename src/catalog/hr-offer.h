/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-enum.h"

#include <stdbool.h>
#include <stdint.h>

/** How well the day of a price is known. */
typedef enum
{
  HR_PRICE_DATE_EXACT,
  HR_PRICE_DATE_NOT_BEFORE, /* the day is a lower bound */
  HR_PRICE_DATE_NOT_AFTER,  /* the day is an upper bound: the file with the price was there by then */
  HR_PRICE_DATE_UNKNOWN,
} HrPriceDatePrecision;

/** Ids of #HrPriceDatePrecision in tables of offers. */
extern const HrEnum HR_PRICE_DATE_PRECISIONS;

/**
 * HrOffer:
 *
 * A rentable machine with GPUs, place and price. Prices are of the whole machine in US dollars; 0 where none is known.
 * Strings belong to the table that holds the offer.
 */
typedef struct
{
  const char *provider;
  const char *instance_type;
  const char *gpu_id; /* of the GPU catalogue */
  uint32_t gpu_count;
  double vcpus;              /* of the whole machine; 0: unknown */
  double ram_gib;            /* of the whole machine; 0: unknown */
  const char *region;        /* "" where the source names none */
  double price_usd_per_hour; /* on demand */
  double spot_usd_per_hour;  /* spot or interruptible, in the same region */
  uint32_t date;             /* of the price: year · 10000 + month · 100 + day; 0: not known */
  HrPriceDatePrecision precision;
  const char *source;
} HrOffer;

/** The region as people read it: without what is left of a place that the source does not name. */
const char *hr_offer_region (const HrOffer *self);

/** Whether @id is "provider/instance type" of the offer, or "provider/instance type@region"; case does not matter. */
bool hr_offer_has_id (const HrOffer *self, const char *id);

/** Days after which a price is called old, unless the user says otherwise. */
#define HR_PRICE_OLD_DAYS 90

/** Days after which a price is called old in this process: %HR_PRICE_OLD_DAYS until they are set. */
uint32_t hr_offer_get_old_days (void);
void hr_offer_set_old_days (uint32_t days);

/** Whether a price is older than hr_offer_get_old_days(). */
typedef enum
{
  HR_PRICE_RECENT,
  HR_PRICE_MAYBE_OLD, /* its date does not tell */
  HR_PRICE_OLD,
} HrPriceAge;

/**
 * hr_offer_age_days:
 * @today: as #HrOffer.date
 *
 * Returns: days from the offer's date to @today, 0 if the date lies ahead, -1 if it is not known. Where the date is a
 *   bound, so is the age.
 */
int32_t hr_offer_age_days (const HrOffer *self, uint32_t today);

/** Whether the price of the offer is old on the day @today. */
HrPriceAge hr_offer_price_age (const HrOffer *self, uint32_t today);
