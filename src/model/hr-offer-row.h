/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-units.h"
#include "hr-offer-ranking.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define HR_TYPE_OFFER_ROW (hr_offer_row_get_type ())
G_DECLARE_FINAL_TYPE (HrOfferRow, hr_offer_row, HR, OFFER_ROW, GObject)

/**
 * HrOfferRow:
 *
 * One line of a ranking, for views to bind to; a later ranking may have another line for the same offer.
 *
 * Properties, all read-only. To sort by: "needed-bytes", "capacity-bytes" (guint64, of each GPU), "headroom-bytes"
 * (gint64), "gpus" (guint64, that run), "verdict" (guint, #HrVerdict), "price-rank", "time-rank", "cost-rank" (gdouble;
 * what is not known comes last), "date" (guint), "memory-gb" (gdouble). To draw: "price-per-hour", "hours", "cost"
 * (gdouble, expected; 0 is not known). To tell: "id" (the same for the same line of a later ranking), "gpu-name" ("RTX
 * 4090"), "title" ("2 × T4 · FSDP"), "place" ("vast · US"; that it is spot; of a card that its cheapest machine has
 * more GPUs than are needed, whose price, time and cost the row has), "instance" ("g5.xlarge"), "needed-text",
 * "capacity-text" ("2 × 15.0 GB"), "headroom-text", "verdict-text", "verdict-icon-name", "support-text" ("bf16,
 * flash"), "price-text", "time-text", "cost-text" (a dash where nothing is known; without a data set tokens a second
 * and the price of a million), "time-range", "cost-range" (with the lowest and the highest), "date-text", "age-text"
 * (nullable: "older than 90 days"), "source". To mark: "fits", "may-fit", "spot", "on-front" (gboolean). Signal:
 * "changed", some time after it got another line, instead of notifications of properties.
 */
HrOfferRow *hr_offer_row_new (HrOfferRanking *ranking, const HrRankedOffer *line, guint32 today,
                              HrUnits units) G_GNUC_WARN_UNUSED_RESULT;

/** Puts the line of a later ranking in the place of that which the row has. */
void hr_offer_row_set_line (HrOfferRow *self, HrOfferRanking *ranking, const HrRankedOffer *line, guint32 today,
                            HrUnits units);

/** Emits "changed". */
void hr_offer_row_tell_changed (HrOfferRow *self);

/** Returns: (transfer full): what the "id" of a row with @line is. */
char *hr_ranked_offer_id (const HrRankedOffer *line);

/** Whether a job runs there, and how: the plan's job can be put into a configuration. */
const HrGpuPlan *hr_offer_row_get_plan (HrOfferRow *self);

/** The card, with the limits that it was judged with. */
const HrGpu *hr_offer_row_get_gpu (HrOfferRow *self);

const HrRunCost *hr_offer_row_get_cost (HrOfferRow *self);

G_END_DECLS
