/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-document.h"

#include "chart/hr-chart-file.h"

static void
block_free (gpointer data)
{
  HrReportBlock *block = data;

  g_free (block->text);
  g_free (block->detail);
  g_clear_pointer (&block->table, hr_table_free);
  g_clear_pointer (&block->chart, hr_chart_model_free);
  g_free (block);
}

HrReportDocument *
hr_report_document_new (const char *language, const char *sample)
{
  HrReportDocument *self = g_new0 (HrReportDocument, 1);
  PangoContext *context = hr_chart_file_font ();

  self->language = g_strdup (language);
  self->right_to_left = hr_chart_reads_right_to_left (sample, context);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  g_object_unref (context);

  return self;
}

void
hr_report_document_free (HrReportDocument *self)
{
  g_free (self->language);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

HrReportBlock *
hr_report_document_add (HrReportDocument *self, HrReportBlockKind kind, const char *text)
{
  HrReportBlock *block = g_new0 (HrReportBlock, 1);

  block->kind = kind;
  block->text = hr_chart_dup_text (text);
  g_ptr_array_add (self->blocks, block);

  return block;
}

void
hr_report_document_add_heading (HrReportDocument *self, guint level, const char *text)
{
  hr_report_document_add (self, HR_REPORT_HEADING, text)->level = level;
}

HrReportBlock *
hr_report_document_add_table (HrReportDocument *self, HrTable *table, const char *caption)
{
  HrReportBlock *block = hr_report_document_add (self, HR_REPORT_TABLE, caption);

  block->table = table;

  return block;
}
