/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-units.h"
#include "io/hr-table.h"

G_BEGIN_DECLS

/*
 * What of a comparison sets its columns apart: how far figures are from those of a baseline, and which rows differ.
 */

/** Tells beside each figure of @table how far it is from the one of column @baseline, in its unit and in percent. */
void hr_comparison_add_changes (HrTable *table, guint baseline, HrUnits units);

/** Leaves out rows that are the same in all columns, and headings over nothing; says so where nothing is left. */
void hr_comparison_keep_differences (HrTable *table);

G_END_DECLS
