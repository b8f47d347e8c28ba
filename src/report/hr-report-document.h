/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-chart-model.h"
#include "core/hr-estimate.h"
#include "io/hr-table.h"

G_BEGIN_DECLS

/** What a block of a report is. */
typedef enum
{
  HR_REPORT_TITLE,
  HR_REPORT_HEADING,
  HR_REPORT_PARAGRAPH,
  HR_REPORT_NOTES,   /* text in Markdown */
  HR_REPORT_ITEM,    /* of a list: those that follow each other are one */
  HR_REPORT_VERDICT, /* a sentence on what fits */
  HR_REPORT_TABLE,
  HR_REPORT_CHART,
  HR_REPORT_IMPRINT, /* what made the report */
} HrReportBlockKind;

/** How cells lie in their column. */
typedef enum
{
  HR_REPORT_FIGURES, /* at its end */
  HR_REPORT_WORDS,   /* at its start */
} HrReportCells;

/**
 * HrReportBlock:
 * @level: of a heading: 1 for those of the report, 2 for those within a configuration's
 * @text: (nullable): plain; Markdown of notes; of a table what it shows, of a chart what it says
 * @detail: (nullable): smaller, behind a heading or an item
 * @table: (nullable): of a table
 * @last_cells: how the cells of its last column lie; those of the others are figures
 * @nested: rows of values are parts of the component above them
 * @chart: (nullable): of a chart
 */
typedef struct
{
  HrReportBlockKind kind;
  guint level;
  HrVerdict verdict;
  char *text;
  char *detail;
  HrTable *table;
  HrReportCells last_cells;
  gboolean nested;
  HrChartModel *chart;
} HrReportBlock;

/**
 * HrReportDocument:
 * @language: BCP 47, of the texts that are not the project's
 * @blocks: (element-type HrReportBlock): in the order of reading
 *
 * What a report says, without how it looks: hr-report-html.h, hr-report-markdown.h and hr-report-pages.h
 * show it. Texts can be drawn: they
 * hold no control characters.
 */
typedef struct
{
  char *language;
  gboolean right_to_left;
  GPtrArray *blocks;
} HrReportDocument;

/**
 * hr_report_document_new:
 * @sample: a word of @language, which tells where its lines begin
 */
HrReportDocument *hr_report_document_new (const char *language, const char *sample) G_GNUC_WARN_UNUSED_RESULT;
void hr_report_document_free (HrReportDocument *self);

/** Adds a block of @kind with @text (nullable), owned by the document. */
HrReportBlock *hr_report_document_add (HrReportDocument *self, HrReportBlockKind kind, const char *text);

void hr_report_document_add_heading (HrReportDocument *self, guint level, const char *text);

/** Adds @table (transfer full). @caption: what it shows */
HrReportBlock *hr_report_document_add_table (HrReportDocument *self, HrTable *table, const char *caption);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrReportDocument, hr_report_document_free)

G_END_DECLS
