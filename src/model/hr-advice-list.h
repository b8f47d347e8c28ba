/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-advice-item.h"

G_BEGIN_DECLS

#define HR_TYPE_ADVICE_LIST (hr_advice_list_get_type ())
G_DECLARE_FINAL_TYPE (HrAdviceList, hr_advice_list, HR, ADVICE_LIST, GObject)

/**
 * HrAdviceList:
 *
 * A GListModel of #HrAdviceItem: what would make a configuration fit, or use the room that it leaves. First the
 * smallest set of changes or the use of spare room, then the changes one by one, the best first, without one that is
 * the whole set, then a larger card. It is made when it is asked for: the views decide when that is worth the time.
 */
HrAdviceList *hr_advice_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Makes the advice anew. @configuration: (nullable): NULL: the list is emptied */
void hr_advice_list_ask (HrAdviceList *self, HrProject *project, HrConfiguration *configuration);

/** Returns: what it comes to: "Fits with 4.5 GB to spare.", "No set of these changes makes it fit." */
const char *hr_advice_list_get_summary (HrAdviceList *self);

/**
 * hr_advice_of:
 * @card: (out) (nullable): the larger card that @report names, as it would be judged
 *
 * The advice for @configuration on the card that its estimate is judged on, with the cards of the catalogue to choose
 * from: of equally large ones those that can be rented, the cheapest first.
 *
 * Returns: whether @card was found.
 */
gboolean hr_advice_of (HrProject *project, HrConfiguration *configuration, const HrSolveOptions *options,
                       HrAdviceReport *report, HrGpu *card);

G_END_DECLS
