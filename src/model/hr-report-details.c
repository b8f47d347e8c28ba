/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-report-details.h"

#include "hr-advice-list.h"
#include "hr-explanation.h"
#include "hr-gpu-text.h"
#include "hr-labels.h"
#include "hr-member.h"
#include "hr-run-time.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Levels of the explanation below the peak: components, and what each is made of. */
#define EXPLAINED_LEVELS 2

/* Parts of a component that are told one by one; most have fewer. */
#define MOST_PARTS 8

#define MOST_ADVICE 6

/* Columns of what takes the memory. */
enum
{
  COLUMN_SIZE,
  COLUMN_SHARE,
  COLUMN_FORMULA,
};

typedef struct
{
  HrReportDocument *report;
  HrProject *project;
  HrConfiguration *configuration;
  const HrJob *job;
  const HrEstimate *estimate;
  HrUnits units;
} Teller;

static void
add_lines (const Teller *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      hr_report_document_add (self->report, HR_REPORT_ITEM, lines[i]);
}

static void
add_head (const Teller *self)
{
  g_autofree char *summary = hr_job_summary (self->job);
  g_autofree char *shape = hr_architecture_summary (hr_configuration_get_architecture (self->configuration));
  g_autofree char *model = g_strdup_printf ("%s · %s · %s", self->job->model_id, shape, summary);
  const char *notes = hr_entry_get_notes (hr_configuration_get_entry (self->configuration));

  hr_report_document_add_heading (self->report, 1, hr_job_title (self->job));
  hr_report_document_add (self->report, HR_REPORT_PARAGRAPH, model);
  if (*notes != '\0')
    hr_report_document_add (self->report, HR_REPORT_NOTES, notes);
}

static void
add_card (const Teller *self)
{
  const HrGpu *gpu = hr_project_get_gpu (self->project, self->configuration);
  guint64 count = self->job->gpu.set ? self->job->gpu.count : hr_project_get_data (self->project)->gpu.count;

  if (gpu == NULL)
    return;

  g_autofree char *memory = hr_gpu_memory_text (gpu);
  g_autofree char *detail = hr_gpu_detail_text (gpu);
  /* Translators: a number of GPUs of one kind, the memory of one, what it does */
  g_autofree char *text = g_strdup_printf (_ ("%" PRIu64 " × %s: %s; %s"), count, gpu->name, memory, detail);

  hr_report_document_add (self->report, HR_REPORT_PARAGRAPH, text);
}

/* What it comes to, on what card, how sure that is. */
static void
add_verdict (const Teller *self)
{
  HrEstimateResult *result = hr_configuration_get_estimate (self->configuration);
  g_autofree char *verdict = hr_verdict_text (self->estimate, self->units);
  g_autofree char *range = hr_range_text (self->estimate->band.low_bytes, self->estimate->band.high_bytes, self->units);
  g_autofree char *warnings = NULL, *basis = NULL, *band = NULL;
  char peak[HR_TEXT_SIZE];

  hr_format_bytes (self->estimate->peak.device_bytes, self->units, 1, peak);
  /* Translators: a verdict, the memory that is expected, the range that it may lie in */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s expected, %s possible"), verdict, peak, range);
  hr_report_document_add (self->report, HR_REPORT_VERDICT, text)->verdict = self->estimate->fit.verdict;
  add_card (self);

  g_object_get (result, "warnings-text", &warnings, "basis-text", &basis, "band-text", &band, NULL);
  hr_report_document_add_heading (self->report, 2, _ ("How sure this is"));
  add_lines (self, basis);
  add_lines (self, strchr (band, '\n') != NULL ? strchr (band, '\n') + 1 : "");
  if (warnings != NULL)
    add_lines (self, warnings);
}

static void
add_part (HrTable *table, HrExplainNode *node, gboolean component)
{
  const HrExplainText *text = hr_explain_node_get_text (node);
  HrTableRow *row = hr_table_add (table, component ? HR_ROW_COMPONENT : HR_ROW_VALUES, text->label);

  row->tag = component ? (int) text->component : -1;
  hr_table_row_set (row, COLUMN_SIZE, text->size_text);
  hr_table_row_set (row, COLUMN_SHARE, text->share_text);
  hr_table_row_set (row, COLUMN_FORMULA, text->formula);
}

static void
add_parts (HrTable *table, HrExplainNode *node, guint level)
{
  GListModel *children = hr_explain_node_get_children (node);
  guint n = children != NULL ? g_list_model_get_n_items (children) : 0;

  for (guint i = 0; i < n && (level == 0 || i < MOST_PARTS); i++)
    {
      g_autoptr (HrExplainNode) child = g_list_model_get_item (children, i);

      add_part (table, child, level == 0);
      if (level + 1 < EXPLAINED_LEVELS)
        add_parts (table, child, level + 1);
    }
}

static void
add_memory (const Teller *self)
{
  g_autoptr (HrExplainNode) root = hr_explanation_tree (self->configuration, HR_EXPLAIN_PEAK, self->units);
  const HrExplainText *text = hr_explain_node_get_text (root);
  g_autofree char *hopeless = hr_explanation_verdict (self->configuration, self->units);
  const char *const columns[] = {
    [COLUMN_SIZE] = _ ("Size"),
    /* Translators: of the whole, in percent */
    [COLUMN_SHARE] = _ ("Share"),
    [COLUMN_FORMULA] = _ ("Formula"),
    NULL,
  };
  HrTable *table = hr_table_new (_ ("Part"), columns);

  add_parts (table, root, 0);
  HrTableRow *total = hr_table_add (table, HR_ROW_TOTAL, text->label);
  hr_table_row_set (total, COLUMN_SIZE, text->size_text);
  hr_table_row_set (total, COLUMN_SHARE, text->share_text);

  hr_report_document_add_heading (self->report, 2, _ ("What takes the memory"));
  if (hopeless != NULL)
    hr_report_document_add (self->report, HR_REPORT_PARAGRAPH, hopeless);
  HrReportBlock *block = hr_report_document_add_table (self->report, table, _ ("What takes the memory"));
  block->last_cells = HR_REPORT_WORDS;
  block->nested = TRUE;
}

static void
add_advice (const Teller *self)
{
  g_autoptr (HrAdviceList) list = hr_advice_list_new ();
  guint n;

  hr_advice_list_ask (list, self->project, self->configuration);
  hr_report_document_add_heading (self->report, 2, _ ("Advice"));
  hr_report_document_add (self->report, HR_REPORT_PARAGRAPH, hr_advice_list_get_summary (list));
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < MIN (n, MOST_ADVICE); i++)
    {
      g_autoptr (HrAdviceItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *detail
          = g_strdup_printf ("%s · %s · %s", hr_advice_item_get_values (item), hr_advice_item_get_effect (item),
                             hr_advice_item_get_verdict_text (item));

      hr_report_document_add (self->report, HR_REPORT_ITEM, hr_advice_item_get_title (item))->detail
          = hr_chart_dup_text (detail);
    }
}

static void
add_similar (const Teller *self)
{
  g_autoptr (GListModel) runs = hr_explanation_similar (self->configuration, self->units);
  guint n = g_list_model_get_n_items (runs);

  if (n > 0)
    hr_report_document_add_heading (self->report, 2, _ ("Measured runs of similar configurations"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HrExplainNote) run = g_list_model_get_item (runs, i);

      hr_report_document_add (self->report, HR_REPORT_ITEM, hr_explain_note_get_title (run))->detail
          = hr_chart_dup_text (hr_explain_note_get_value (run));
    }
}

/* What files state, and what is not as it is usually. */
static gboolean
is_telling (HrFieldId field, const HrJob *job, const HrJob *usual)
{
  if (field == HR_JOB_ID || field == HR_JOB_NAME || field == HR_JOB_MODEL_ID || !hr_member_applies (field, job))
    return FALSE;

  return hr_field (field)->standard || !hr_field_equal (hr_field (field), job, usual);
}

static void
add_settings (const Teller *self)
{
  HrJob usual;
  const char *const columns[] = { _ ("Value"), NULL };
  HrTable *table = hr_table_new (_ ("Setting"), columns);

  hr_job_init (&usual);
  for (int field = 0; field < HR_N_JOB_FIELDS; field++)
    {
      g_autofree char *value = hr_field_text (field, self->job);

      if (*value != '\0' && is_telling (field, self->job, &usual))
        hr_table_row_set (hr_table_add (table, HR_ROW_VALUES, hr_field_label (field)), 0, value);
    }
  hr_report_document_add_heading (self->report, 2, _ ("Settings"));
  hr_report_document_add_table (self->report, table, _ ("Settings"))->last_cells = HR_REPORT_WORDS;
}

void
hr_report_add_configuration (HrReportDocument *report, HrProject *project, HrConfiguration *configuration)
{
  const Teller self = {
    .report = report,
    .project = project,
    .configuration = configuration,
    .job = hr_configuration_get_job (configuration),
    .estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration)),
    .units = hr_project_get_units (project),
  };
  g_autofree char *basis = hr_run_time_basis (project, configuration);

  add_head (&self);
  add_verdict (&self);
  add_memory (&self);
  add_advice (&self);
  hr_report_document_add_heading (report, 2, _ ("What time and cost rest on"));
  add_lines (&self, basis);
  add_similar (&self);
  add_settings (&self);
}
