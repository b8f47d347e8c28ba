/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-model.h"
#include "hr-project.h"
#include "io/hr-table.h"

G_BEGIN_DECLS

/*
 * The comparison of a project's configurations as a table and as a chart: the same for the window, the command line
 * and exported files.
 */

/**
 * HrComparisonOptions:
 * @baseline: (nullable): beside the figures of the others stands how far they are from its
 * @only_differences: leave out what is the same for all
 * @earlier: (nullable): the table that was shown before, from which the new one takes what has not changed; only
 *   its labels stay
 * @known_offers: keep the cheapest offers that were known last, which hr_cheapest_offer_find_next() brings up to date
 */
typedef struct
{
  HrConfiguration *baseline;
  gboolean only_differences;
  HrTable *earlier;
  gboolean known_offers;
} HrComparisonOptions;

/** Returns: (transfer full): verdicts, components at the peak, totals, what differs. */
HrTable *hr_comparison_table (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

/** As hr_comparison_table(), as @options ask for it. */
HrTable *hr_comparison_table_with (HrProject *project, const HrComparisonOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_comparison_chart:
 * @hidden: bit n: HrComponent n is hidden by the legend
 * @cut_at_limit: cut bars far above the limit
 */
HrChartModel *hr_comparison_chart (HrProject *project, guint32 hidden, gboolean cut_at_limit) G_GNUC_WARN_UNUSED_RESULT;

/** Draws the line of a card that is only looked at too. @id: (nullable): NULL, or not in the catalogue: none */
void hr_comparison_chart_add_gpu (HrChartModel *chart, const char *id);

/** Bit n: component n has bytes in at least one configuration, so the legend shows it. */
guint32 hr_comparison_components (HrProject *project);

/** Whether @field has not the same value in all configurations for which it means something. */
gboolean hr_comparison_differs (HrProject *project, HrFieldId field);

G_END_DECLS
