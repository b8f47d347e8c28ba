/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-view.h"

G_BEGIN_DECLS

#define HR_TYPE_EXPLAIN_VIEW (hr_explain_view_get_type ())
G_DECLARE_FINAL_TYPE (HrExplainView, hr_explain_view, HR, EXPLAIN_VIEW, HrView)

/** The look that is a line to be shown, as its path in the tree; it is unset when that is done. */
#define HR_LOOK_EXPLAIN_LINE "explain-line"

/**
 * HrExplainView:
 *
 * The Explain view: what the memory of the selected configuration is made of, at its peak or in a phase, with formulas;
 * what would make it fit; what rules of thumb and measured runs say; what to check when memory runs out. The selected
 * component is selected here too. Computed anew while it is shown, once for each turn of the main loop.
 */
GtkWidget *hr_explain_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
