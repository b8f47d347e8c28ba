/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-report-document.h"
#include "hr-report-strip.h"

G_BEGIN_DECLS

/** How texts of a report look. */
typedef enum
{
  HR_REPORT_STYLE_TITLE,
  HR_REPORT_STYLE_HEADING,
  HR_REPORT_STYLE_SUBHEADING,
  HR_REPORT_STYLE_BODY,
  HR_REPORT_STYLE_STRONG,
  HR_REPORT_STYLE_SMALL,
} HrReportStyle;

/**
 * HrReportFlow:
 * @width: of a page's contents in CSS pixels
 * @strips: (element-type HrReportStrip): the report from its beginning to its end
 *
 * A report laid out in one column, before it is cut into pages.
 */
typedef struct
{
  double width;
  gboolean right_to_left;
  PangoContext *context;
  GPtrArray *strips;
} HrReportFlow;

/** Returns: (transfer full): @report laid out in @width. */
HrReportFlow *hr_report_flow_new (const HrReportDocument *report, double width) G_GNUC_WARN_UNUSED_RESULT;
void hr_report_flow_free (HrReportFlow *self);

/** Returns: (transfer full): @text in @style, broken into lines of @width; 0: not broken. */
PangoLayout *hr_report_flow_lay_out (HrReportFlow *self, HrReportStyle style, const char *text,
                                     double width) G_GNUC_WARN_UNUSED_RESULT;

/** Lets the text of @layout begin where lines begin, or end where they end (@at_end). */
void hr_report_flow_align (HrReportFlow *self, PangoLayout *layout, gboolean at_end);

/** Adds a strip for each line of @layout. @indent: of all lines. Returns: the first. */
HrReportStrip *hr_report_flow_add_lines (HrReportFlow *self, PangoLayout *layout, double indent, double space_before,
                                         HrChartRole role);

/* hr-report-flow-table.c */

/** Adds the table of @block: a strip for each row, each with the head. */
void hr_report_flow_add_table (HrReportFlow *self, const HrReportBlock *block);

/* hr-report-flow-notes.c */

/** Adds Markdown. */
void hr_report_flow_add_notes (HrReportFlow *self, const char *text);

G_END_DECLS
