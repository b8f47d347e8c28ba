/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/hr-offer.h"

#include <glib.h>

G_BEGIN_DECLS

/* What people read of a rental offer, in their language. */

/** Returns: the day of now as #HrOffer.date has it, in the time zone of the system. */
guint32 hr_today (void);

/** Returns: (transfer full): a day as people write it in the notation in force: "2026-07-20"; "" for 0. */
char *hr_date_text (guint32 date) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): of what day the price is: "2026-07-20", "not before 2026-01-15", "date unknown". */
char *hr_offer_date_text (const HrOffer *offer) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full) (nullable): that the price is old on the day @today, or may be; NULL for a recent one. */
char *hr_offer_age_label (const HrOffer *offer, guint32 today) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a price an hour in US dollars: "$21.96"; "–" for 0, which is not known. */
char *hr_price_text (double usd_per_hour) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
