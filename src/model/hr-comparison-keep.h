/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"
#include "io/hr-table.h"

G_BEGIN_DECLS

/* While one configuration of many is edited, what the table tells of the others is taken from the table before. */
typedef struct _HrComparisonKeep HrComparisonKeep;

/** @earlier: (nullable): a table of hr_comparison_table_with(); its cells go, its labels stay */
HrComparisonKeep *hr_comparison_keep_new (HrProject *project, HrTable *earlier) G_GNUC_WARN_UNUSED_RESULT;
void hr_comparison_keep_free (HrComparisonKeep *self);

/** Takes a cell of @row, which rests on the estimate of its configuration alone. Returns: FALSE: it is to be made. */
gboolean hr_comparison_keep_cell (HrComparisonKeep *self, HrTableRow *row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrComparisonKeep, hr_comparison_keep_free)

G_END_DECLS
