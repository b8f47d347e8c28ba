/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-export.h"

#include "chart/hr-chart-export.h"
#include "chart/hr-fit-map-export.h"
#include "chart/hr-scatter-export.h"
#include "chart/hr-timeline-export.h"
#include "core/hr-notation.h"
#include "model/hr-comparison.h"
#include "model/hr-configuration-timeline.h"
#include "model/hr-offer-chart.h"
#include "model/hr-offer-list.h"
#include "model/hr-report.h"
#include "report/hr-report-html.h"
#include "report/hr-report-markdown.h"
#include "report/hr-report-pages.h"

#include <gtk/gtk.h>

/* Sharp on screens of twice the usual density and in print at 5 cm a bar. */
#define PNG_SCALE 2.0

static GBytes *
make_comparison (HrSelection *selection, HrChartFormat format, GError **error)
{
  g_autoptr (HrChartModel) chart
      = hr_comparison_chart (hr_selection_get_project (selection), hr_selection_get_hidden_components (selection),
                             hr_selection_get_cut_at_limit (selection));

  hr_comparison_chart_add_gpu (chart, hr_selection_get_gpu (selection));

  return hr_chart_export (chart, format, 0, 0, PNG_SCALE, error);
}

static GBytes *
make_timeline (HrSelection *selection, HrChartFormat format, GError **error)
{
  HrProject *project = hr_selection_get_project (selection);
  HrTimelineWindow window = hr_looks_get_timeline_window (hr_selection_get_looks (selection));
  g_autoptr (HrTimelineChart) chart = hr_configuration_timeline (
      project, hr_selection_get_configuration (selection), hr_selection_get_hidden_components (selection), &window);

  return hr_timeline_export (hr_project_get_data (project)->name, &chart, 1, format, 0, 0, PNG_SCALE, error);
}

static GBytes *
make_fit_map (HrSelection *selection, HrChartFormat format, GError **error)
{
  HrProject *project = hr_selection_get_project (selection);
  HrFitMapOptions options = hr_selection_get_fit_map (selection);
  g_autoptr (HrFitMap) map = hr_configuration_fit_map (project, hr_selection_get_configuration (selection), &options);

  return hr_fit_map_export (hr_project_get_data (project)->name, &map, 1, format, 0, 0, PNG_SCALE, error);
}

/* What was edited last counts, also if it was a moment ago. */
static GListModel *
get_renewed_offers (HrSelection *selection)
{
  GListModel *found = hr_selection_get_offers (selection);
  GListModel *all
      = GTK_IS_FILTER_LIST_MODEL (found) ? gtk_filter_list_model_get_model (GTK_FILTER_LIST_MODEL (found)) : found;

  if (HR_IS_OFFER_LIST (all))
    hr_offer_list_flush (HR_OFFER_LIST (all));

  return found;
}

static GBytes *
make_gpus (HrSelection *selection, HrChartFormat format, GError **error)
{
  HrProject *project = hr_selection_get_project (selection);
  g_autoptr (HrScatterChart) chart
      = hr_offer_chart (hr_selection_get_configuration (selection), get_renewed_offers (selection), NULL);

  return hr_scatter_export (hr_project_get_data (project)->name, &chart, 1, format, 0, 0, PNG_SCALE, error);
}

static GBytes *
make_chart (HrSelection *selection, HrExportView view, HrChartFormat format, GError **error)
{
  switch (view)
    {
    case HR_EXPORT_TIMELINE:
      return make_timeline (selection, format, error);
    case HR_EXPORT_FIT_MAP:
      return make_fit_map (selection, format, error);
    case HR_EXPORT_GPUS:
      return make_gpus (selection, format, error);
    case HR_EXPORT_COMPARE:
    default:
      return make_comparison (selection, format, error);
    }
}

static GBytes *
make_png (HrSelection *selection, HrExportView view, GError **error)
{
  return make_chart (selection, view, HR_CHART_PNG, error);
}

static GBytes *
make_svg (HrSelection *selection, HrExportView view, GError **error)
{
  return make_chart (selection, view, HR_CHART_SVG, error);
}

static GBytes *
make_pdf (HrSelection *selection, HrExportView view, GError **error)
{
  return make_chart (selection, view, HR_CHART_PDF, error);
}

static GBytes *
make_table (HrSelection *selection, char *(*format) (const HrTable *) )
{
  const HrComparisonOptions options = {
    .baseline = hr_selection_get_baseline (selection),
    .only_differences = hr_selection_get_only_differences (selection),
  };
  g_autoptr (HrTable) table = hr_comparison_table_with (hr_selection_get_project (selection), &options);
  char *text = format (table);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
make_csv (HrSelection *selection, HrExportView view, GError **error)
{
  return make_table (selection, hr_table_to_csv);
}

static GBytes *
make_markdown (HrSelection *selection, HrExportView view, GError **error)
{
  return make_table (selection, hr_table_to_markdown);
}

static GBytes *
make_report_html (HrSelection *selection, HrExportView view, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (hr_selection_get_project (selection));

  return hr_report_to_html (report, error);
}

static GBytes *
make_report_markdown (HrSelection *selection, HrExportView view, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (hr_selection_get_project (selection));

  return hr_report_to_markdown (report);
}

static GBytes *
make_report_pdf (HrSelection *selection, HrExportView view, GError **error)
{
  g_autoptr (HrReportDocument) report = hr_report_of_project (hr_selection_get_project (selection));

  return hr_report_to_pdf (report, error);
}

static const HrExportFormat formats[] = {
  { "png", "png", make_png },
  { "svg", "svg", make_svg },
  { "pdf", "pdf", make_pdf },
  { "csv", "csv", make_csv },
  { "md", "md", make_markdown },
  { "report-html", "html", make_report_html },
  { "report-md", "md", make_report_markdown },
  { "report-pdf", "pdf", make_report_pdf },
};

const HrExportFormat *
hr_export_format (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].id, id))
      return &formats[i];

  return NULL;
}

GBytes *
hr_export_make (const HrExportFormat *format, HrSelection *selection, HrExportView view, GError **error)
{
  const HrNotation *before = hr_notation_swap (&HR_NOTATION_C);
  GBytes *bytes = format->make (selection, view, error);

  hr_notation_swap (before);
  return bytes;
}
