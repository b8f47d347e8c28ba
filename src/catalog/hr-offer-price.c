/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-offer-price.h"

#include "hr-catalog.h"

#include <string.h>

const HrOffer *
hr_offer_cheapest (const char *gpu_id, double *price_usd_per_hour)
{
  size_t n_offers;
  const HrOffer *offers = hr_catalog_offers (&n_offers), *cheapest = NULL;
  double least = 0;

  for (size_t i = 0; i < n_offers; i++)
    {
      double price = offers[i].gpu_count > 0 ? offers[i].price_usd_per_hour / offers[i].gpu_count : 0;

      if (price <= 0 || strcmp (offers[i].gpu_id, gpu_id) != 0 || (cheapest != NULL && price >= least))
        continue;
      cheapest = &offers[i];
      least = price;
    }
  if (price_usd_per_hour != NULL)
    *price_usd_per_hour = least;

  return cheapest;
}
