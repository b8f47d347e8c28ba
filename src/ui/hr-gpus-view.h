/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-view.h"

G_BEGIN_DECLS

#define HR_TYPE_GPUS_VIEW (hr_gpus_view_get_type ())
G_DECLARE_FINAL_TYPE (HrGpusView, hr_gpus_view, HR, GPUS_VIEW, HrView)

/**
 * HrGpusView:
 *
 * The GPUs view: on which machines the selected configuration runs, how long, and what that costs; as a table to filter
 * and sort, and as a chart of price over time. A row and its point are selected together. Ranked anew while it is
 * shown.
 *
 * Actions: gpus.use plans the selected configuration for the selected offer, as it is spread there;
 * gpus.use-for-project plans the project for its cards; gpus.show-all takes back all filters.
 */
GtkWidget *hr_gpus_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
