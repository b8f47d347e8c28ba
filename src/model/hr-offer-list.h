/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-offer-row.h"
#include "hr-project.h"

G_BEGIN_DECLS

#define HR_TYPE_OFFER_LIST (hr_offer_list_get_type ())
G_DECLARE_FINAL_TYPE (HrOfferList, hr_offer_list, HR, OFFER_LIST, GObject)

/**
 * HrOfferList:
 *
 * Offers or cards ranked for one configuration: a GListModel of #HrOfferRow, best first. It follows the user's
 * catalogue and its own properties at once, edits of the project when they pause. All rows get their new figures at
 * once, also those that stay where they are, and the list notifies of "n-fitting"; their "changed" follows bit by bit.
 *
 * Properties, read and written: "project" (HrProject), "configuration" (HrConfiguration, nullable: the list is empty),
 * "cards" (gboolean: a row for each card of the catalogue, not for each offer), "order" (guint, #HrRankBy), "provider",
 * "region", "gpu-id" (nullable: any), "prices" (guint, #HrPrices), "only-fitting" (gboolean), "max-age-days" (gint, 0:
 * any), "machine-gpus" (guint, 0: any), "min-memory-gb" (gdouble), "max-machines" (guint). Read-only: "workload-text"
 * ("500 samples × 300 tokens × 3 epochs"; that there is no data set), "prices-text" (of what days the prices are),
 * "n-fitting" (guint), "stale" (gboolean: there was an edit that rows, or who listens to them, do not know of).
 */
HrOfferList *hr_offer_list_new (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

/** Whether there was an edit that waits for a pause: rows are still of before. */
gboolean hr_offer_list_is_waiting (HrOfferList *self);

/** Ranks now, if an edit waits for a pause. */
void hr_offer_list_flush (HrOfferList *self);

/** Returns: (transfer none) (nullable): the cheapest row that fits. */
HrOfferRow *hr_offer_list_get_cheapest (HrOfferList *self);

/** Returns: (transfer full) (array zero-terminated=1): names of providers of the catalogue, in order. */
char **hr_offer_list_providers (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
