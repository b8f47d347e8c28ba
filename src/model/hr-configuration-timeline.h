/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-timeline-chart.h"
#include "hr-project.h"

G_BEGIN_DECLS

/**
 * hr_configuration_timeline:
 * @configuration: (nullable): NULL gives a chart that says that there is none
 * @hidden: bit n: HrComponent n is hidden by the legend
 * @window: (nullable): the part of the run that is shown; NULL: the whole. Where that is few layers, their operators
 * are told one by one
 *
 * Returns: (transfer full): what is in memory while the run goes on, from loading to the end of the second step; the
 * same for the window and the command line.
 */
HrTimelineChart *hr_configuration_timeline (HrProject *project, HrConfiguration *configuration, guint32 hidden,
                                            const HrTimelineWindow *window) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
