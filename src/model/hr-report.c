/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-report.h"

#include "catalog/hr-catalog.h"
#include "hr-comparison.h"
#include "hr-labels.h"
#include "hr-offer-label.h"
#include "hr-report-details.h"

#include <glib/gi18n-lib.h>

static void
add_notes (HrReportDocument *report, const char *notes)
{
  if (notes != NULL && *notes != '\0')
    hr_report_document_add (report, HR_REPORT_NOTES, notes);
}

static void
add_chart (HrReportDocument *report, HrProject *project)
{
  HrChartModel *chart = hr_comparison_chart (project, 0, FALSE);

  hr_report_document_add (report, HR_REPORT_CHART, chart->description)->chart = chart;
}

static HrTable *
begin_table (const HrTable *whole)
{
  return hr_table_new ("", (const char *const *) whole->columns);
}

static void
copy_row (HrTable *table, const HrTableRow *row)
{
  HrTableRow *copy = hr_table_add (table, row->kind, row->label);

  copy->detail = g_strdup (row->detail);
  copy->tag = row->tag;
  for (guint i = 0; row->cells[i] != NULL; i++)
    hr_table_row_set (copy, i, row->cells[i]);
}

/* The comparison, a table for each of its sections. */
static void
add_comparison (HrReportDocument *report, HrProject *project)
{
  g_autoptr (HrTable) whole = hr_comparison_table (project);
  HrTable *table = NULL;

  for (guint i = 0; i < whole->rows->len; i++)
    {
      const HrTableRow *row = g_ptr_array_index (whole->rows, i);

      if (table == NULL || row->kind == HR_ROW_SECTION)
        {
          const char *heading = row->kind == HR_ROW_SECTION ? row->label : _ ("Verdict");

          table = begin_table (whole);
          hr_report_document_add_heading (report, 2, heading);
          hr_report_document_add_table (report, table, heading);
        }
      if (row->kind != HR_ROW_SECTION)
        copy_row (table, row);
    }
}

/* Returns: (transfer full): of what days the catalogue's prices are. */
static char *
prices_text (void)
{
  size_t n_offers;
  const HrOffer *offers = hr_catalog_offers (&n_offers), *oldest = NULL, *newest = NULL;
  guint n_undated = 0;

  for (size_t i = 0; i < n_offers; i++)
    {
      n_undated += offers[i].date == 0 ? 1 : 0;
      if (offers[i].date > 0 && (oldest == NULL || offers[i].date < oldest->date))
        oldest = &offers[i];
      if (offers[i].date > 0 && (newest == NULL || offers[i].date > newest->date))
        newest = &offers[i];
    }
  if (oldest == NULL)
    return g_strdup (_ ("No price has a date."));

  g_autofree char *first = hr_offer_date_text (oldest);
  g_autofree char *last = hr_offer_date_text (newest);
  /* Translators: the dates of the oldest and the newest price, and a number of prices */
  return g_strdup_printf (ngettext ("Prices of the catalogue: from %s to %s; %u has no date.",
                                    "Prices of the catalogue: from %s to %s; %u have no date.", n_undated),
                          first, last, n_undated);
}

static void
add_imprint (HrReportDocument *report)
{
  g_autofree char *prices = prices_text ();
  /* Translators: name and version of the program, then a sentence on prices */
  g_autofree char *text = g_strdup_printf (
      _ ("Made by %s. Memory is estimated, not measured; times and costs rest on the assumptions that are named. %s"),
      "Headroom " HR_VERSION, prices);

  hr_report_document_add (report, HR_REPORT_IMPRINT, text);
}

static void
add_details (HrReportDocument *report, HrProject *project)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));

  for (guint i = 0; i < MIN (n, HR_REPORT_MOST_DETAILS); i++)
    hr_report_add_configuration (report, project, hr_project_get_configuration (project, i));
  if (n > HR_REPORT_MOST_DETAILS)
    {
      /* Translators: a number of configurations, and the number of all */
      g_autofree char *text
          = g_strdup_printf (_ ("The first %u of %u configurations are taken apart here; all are in the comparison."),
                             HR_REPORT_MOST_DETAILS, n);

      hr_report_document_add (report, HR_REPORT_PARAGRAPH, text);
    }
}

HrReportDocument *
hr_report_of_project (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  /* Translators: the language of these texts as BCP 47 calls it: de, ar, pt-BR */
  HrReportDocument *report = hr_report_document_new (_ ("en"), hr_component_label (HR_COMPONENT_WEIGHTS));
  const HrProjectData *data = hr_project_get_data (project);

  hr_project_flush (project);
  hr_report_document_add (report, HR_REPORT_TITLE, *data->name != '\0' ? data->name : _ ("Memory plan"));
  add_notes (report, data->notes);
  if (data->entries->len == 0)
    {
      hr_report_document_add (report, HR_REPORT_PARAGRAPH, _ ("The project has no configuration yet."));
    }
  else
    {
      hr_report_document_add_heading (report, 1, _ ("Comparison"));
      add_chart (report, project);
      add_comparison (report, project);
      add_details (report, project);
    }
  add_imprint (report);

  return report;
}
