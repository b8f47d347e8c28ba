/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-offer-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_OFFER_VIEW (hr_offer_view_get_type ())
G_DECLARE_FINAL_TYPE (HrOfferView, hr_offer_view, HR, OFFER_VIEW, GtkWidget)

/**
 * HrOfferView:
 *
 * A table of offers with columns to sort by, at first by the price of the whole job; what is not known comes last.
 * Where it is narrow, columns that say less give way. The selected row stays selected when its line comes back in other
 * rows.
 *
 * Signals: "selected": another row is selected; "activated": the user means the selected row; "sorted": by another
 * column, or the other way round.
 */
GtkWidget *hr_offer_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Shows @rows, of #HrOfferRow; NULL: none. */
void hr_offer_view_set_rows (HrOfferView *self, GListModel *rows);

/** Returns: (nullable) (transfer none) */
HrOfferRow *hr_offer_view_get_selected (HrOfferView *self);

/** Selects @row and brings it into view. */
void hr_offer_view_select (HrOfferView *self, HrOfferRow *row);

/** Sorts anew: rows have other figures. */
void hr_offer_view_sort (HrOfferView *self);

/** Of what waits for new figures. Set without CSS, which would look at every cell again. */
#define HR_OFFER_STALE_OPACITY 0.5

/** Shows that rows wait for new figures. */
void hr_offer_view_set_stale (HrOfferView *self, gboolean stale);

/** Returns: (transfer full): the titles of all columns. */
char **hr_offer_view_dup_titles (void) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: the column that is sorted by. */
guint hr_offer_view_get_sort_column (HrOfferView *self);

/** Sorts by a column, as a click on its title does; the last one is the price of the whole job. */
void hr_offer_view_sort_by (HrOfferView *self, guint column);

G_END_DECLS
