/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-offer.h"

/**
 * hr_offer_cheapest:
 * @gpu_id: of the GPU catalogue
 * @price_usd_per_hour: (out) (optional): what one GPU of it costs
 *
 * Returns: (nullable): the offer on demand in which one such GPU costs the least; NULL: none has a price.
 */
const HrOffer *hr_offer_cheapest (const char *gpu_id, double *price_usd_per_hour);
