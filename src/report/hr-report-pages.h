/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-paint.h"
#include "hr-report-document.h"

G_BEGIN_DECLS

/**
 * HrReportPages:
 *
 * A report on pages, for PDF and paper alike: numbered, tables with their heads on each page, no heading left alone.
 */
typedef struct _HrReportPages HrReportPages;

/**
 * hr_report_pages_new:
 * @width: @height: of what may be drawn on, in CSS pixels (1/96 inch)
 */
HrReportPages *hr_report_pages_new (const HrReportDocument *report, double width,
                                    double height) G_GNUC_WARN_UNUSED_RESULT;
void hr_report_pages_free (HrReportPages *self);

guint hr_report_pages_get_n_pages (const HrReportPages *self);

/** Draws the page at @index, in CSS pixels from 0, 0. */
void hr_report_pages_draw (const HrReportPages *self, guint index, cairo_t *cr);

/** Returns: (transfer full): the report on pages of A4, or NULL with @error set. The bytes depend only on the report.
 */
GBytes *hr_report_to_pdf (const HrReportDocument *report, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrReportPages, hr_report_pages_free)

G_END_DECLS
