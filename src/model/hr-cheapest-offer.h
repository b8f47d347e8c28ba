/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"
#include "io/hr-table.h"

G_BEGIN_DECLS

/**
 * hr_cheapest_offer_add:
 * @find: find what is not known; otherwise the table has what was known last, or "…"
 *
 * Adds the cheapest offer on demand that fits, for each configuration: what machine, whose, of when the price is, and
 * what the job takes there. Ranking takes milliseconds and is kept until something changes; projects of many
 * configurations go without.
 */
void hr_cheapest_offer_add (HrTable *table, HrProject *project, gboolean find);

/** Whether a table has nothing to find. */
gboolean hr_cheapest_offer_is_known (HrProject *project);

/** Finds the offer for one configuration whose offer is not known. Returns: FALSE: there is none */
gboolean hr_cheapest_offer_find_next (HrProject *project);

G_END_DECLS
