/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-explanation.h"

#include "hr-explain-text.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DECIMALS 2
#define BYTES_PER_MB 1e6

/* Below so many bytes, and so many megabytes, a size has a smaller unit, so that it is told at all. */
#define FEW_BYTES 10000
#define FEW_MEGABYTES 10

static void
format_size (guint64 bytes, HrUnits units, char text[HR_TEXT_SIZE])
{
  double megabytes = (double) bytes / (units == HR_UNITS_GIB ? HR_BYTES_PER_MIB : BYTES_PER_MB);
  char number[HR_TEXT_SIZE];

  if (megabytes >= FEW_MEGABYTES)
    hr_format_bytes (bytes, units, DECIMALS, text);
  else if (bytes < FEW_BYTES)
    {
      hr_format_count (bytes, number);
      g_snprintf (text, HR_TEXT_SIZE, "%.40s B", number);
    }
  else
    {
      hr_format_number (megabytes, 2, number);
      g_snprintf (text, HR_TEXT_SIZE, "%.40s %s", number, units == HR_UNITS_GIB ? "MiB" : "MB");
    }
}

static char *
root_note (const HrEstimate *estimate, HrUnits units)
{
  char allocated[HR_TEXT_SIZE], context[HR_TEXT_SIZE], unused[HR_TEXT_SIZE];

  hr_format_bytes (estimate->peak.allocated_bytes, units, DECIMALS, allocated);
  hr_format_bytes (estimate->components_bytes[HR_COMPONENT_CONTEXT], units, DECIMALS, context);
  hr_format_bytes (hr_estimate_part_bytes (estimate, HR_PART_UNUSED), units, DECIMALS, unused);
  /* Translators: three sizes that add up to what the device shows */
  return g_strdup_printf (_ ("What the device shows: allocated %s + context %s + unused reserve %s"), allocated,
                          context, unused);
}

static char *
root_label (const HrExplain *explain)
{
  g_autofree char *phase = hr_phase_text (&explain->phase);

  if (!explain->at_peak)
    return g_steal_pointer (&phase);
  /* Translators: the phase at which most memory is used: Peak · step 2, loss */
  return g_strdup_printf (_ ("Peak · %s"), phase);
}

static char *
share_text (double share)
{
  char number[HR_TEXT_SIZE];

  hr_format_number (share * 100, share < 0.01 ? 1 : 0, number);
  return g_strdup_printf (_ ("%s %%"), number);
}

static HrExplainNode *
make_node (const HrExplain *explain, const HrExplainRow *row, HrConfiguration *configuration, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  gboolean is_root = row->kind == HR_EXPLAIN_ROOT;
  g_autofree char *label
      = is_root ? root_label (explain) : hr_explain_label (row, hr_configuration_get_job (configuration));
  g_autofree char *formula = hr_explain_formula (row);
  g_autofree char *share = share_text (row->share);
  g_autofree char *note
      = is_root && explain->at_peak ? root_note (estimate, units) : g_strdup (hr_explain_remark (row->kind));
  char size[HR_TEXT_SIZE];

  format_size (row->bytes, units, size);
  return hr_explain_node_new (&(HrExplainText){ .label = label,
                                                .formula = formula,
                                                .size_text = size,
                                                .share_text = share,
                                                .source = row->source,
                                                .note = note,
                                                .bytes = row->bytes,
                                                .share = row->share,
                                                .component = row->component });
}

HrExplainNode *
hr_explanation_tree (HrConfiguration *self, int phase, HrUnits units)
{
  g_autofree HrExplain *explain = g_new (HrExplain, 1);
  g_autofree HrExplainNode **nodes = g_new (HrExplainNode *, HR_EXPLAIN_MAX_ROWS);

  hr_explain (hr_configuration_get_architecture (self), hr_configuration_get_job (self),
              hr_estimate_result_get_gpu (hr_configuration_get_estimate (self)), phase, explain);
  for (guint i = 0; i < explain->n_rows; i++)
    {
      const HrExplainRow *row = &explain->rows[i];

      nodes[i] = make_node (explain, row, self, units);
      if (row->parent >= 0)
        hr_explain_node_add (nodes[row->parent], nodes[i]);
    }
  return nodes[0];
}
