/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-spoken.h"

#include "core/hr-units.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the whole: parts that are smaller are not worth a listener's time. */
#define LEAST_SHARE 0.01

/* Figures have one decimal. */
#define TENTHS 10.0

static char *
figure_text (guint64 bytes, HrUnits units)
{
  char text[HR_TEXT_SIZE];

  hr_format_number (hr_bytes_in_units (bytes, units), 1, text);
  return g_strdup (text);
}

/* Languages know plurals of whole numbers: 1.0 is one, anything else is at least two. */
static gulong
plural_of (guint64 bytes, HrUnits units)
{
  double tenths = round (hr_bytes_in_units (bytes, units) * TENTHS);

  return tenths == TENTHS ? 1 : MAX (2, (gulong) (tenths / TENTHS));
}

char *
hr_spoken_bytes (guint64 bytes, HrUnits units)
{
  g_autofree char *figure = figure_text (bytes, units);
  gulong n = plural_of (bytes, units);

  if (units == HR_UNITS_GIB)
    /* Translators: a size read aloud: "12.7 gibibytes" */
    return g_strdup_printf (ngettext ("%s gibibyte", "%s gibibytes", n), figure);

  /* Translators: a size read aloud: "13.6 gigabytes" */
  return g_strdup_printf (ngettext ("%s gigabyte", "%s gigabytes", n), figure);
}

/* Returns: (transfer full): "13.6 of 15.0 gigabytes", or "13.6 gigabytes" where no card is chosen. */
static char *
whole_text (const HrEstimate *estimate, HrUnits units)
{
  guint64 capacity = estimate->fit.capacity_bytes;

  if (capacity == 0)
    return hr_spoken_bytes (estimate->peak.device_bytes, units);

  g_autofree char *figure = figure_text (estimate->peak.device_bytes, units);
  g_autofree char *whole = hr_spoken_bytes (capacity, units);

  /* Translators: a size and what the GPU has, read aloud: "13.6 of 15.0 gigabytes" */
  return g_strdup_printf (_ ("%s of %s"), figure, whole);
}

typedef struct
{
  guint part;
  guint64 bytes;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  guint64 first = ((const Part *) a)->bytes, second = ((const Part *) b)->bytes;

  return (first < second) - (first > second);
}

/* Returns: (transfer full): "weights 5.8 gigabytes, activations 3.1 gigabytes". */
static char *
parts_text (const HrEstimate *estimate, HrUnits units)
{
  Part parts[HR_N_PARTS];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < HR_N_PARTS; i++)
    parts[i] = (Part){ i, hr_estimate_part_bytes (estimate, i) };
  qsort (parts, HR_N_PARTS, sizeof *parts, compare_parts);

  for (guint i = 0; i < HR_N_PARTS; i++)
    if ((double) parts[i].bytes > LEAST_SHARE * (double) estimate->peak.device_bytes)
      {
        g_autofree char *size = hr_spoken_bytes (parts[i].bytes, units);

        /* Translators: between the parts of an enumeration that is read aloud */
        g_string_append (text, text->len > 0 ? _ (", ") : "");
        /* Translators: a part of what takes memory and its size, read aloud: "Weights 5.8 gigabytes" */
        g_string_append_printf (text, _ ("%s %s"), hr_component_label (parts[i].part), size);
      }

  return g_string_free (text, FALSE);
}

char *
hr_spoken_configuration (HrConfiguration *configuration, HrUnits units)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), NULL);

  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  const char *name = hr_job_title (hr_configuration_get_job (configuration));
  g_autofree char *whole = whole_text (estimate, units);
  g_autofree char *parts = parts_text (estimate, units);

  /* Translators: a configuration read aloud: its name, its size, its verdict, its parts: "QLoRA r16: 13.6 of 15.0
   * gigabytes, tight; Weights 5.8 gigabytes, Activations 3.1 gigabytes" */
  return g_strdup_printf (_ ("%s: %s, %s; %s"), name, whole, hr_fit_map_verdict_label (estimate->fit.verdict), parts);
}

char *
hr_spoken_project (HrProject *project)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);

  GString *text = g_string_new (NULL);
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));

  hr_project_flush (project);
  for (guint i = 0; i < n_configurations; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);
      g_autofree char *line = hr_spoken_configuration (configuration, hr_project_get_units (project));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }

  return g_string_free (text, FALSE);
}
