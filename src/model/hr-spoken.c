/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-spoken.h"

#include "chart/hr-size-text.h"
#include "core/hr-notation.h"
#include "core/hr-units.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>

/* Of the whole: parts that are smaller are not worth a listener's time. */
#define LEAST_SHARE 0.01

#define DECIMALS 1

#define DATA_KEY "hr-spoken"

static char *
figure_text (guint64 bytes, HrUnits units)
{
  char text[HR_TEXT_SIZE];

  hr_format_number (hr_bytes_in_units (bytes, units), DECIMALS, text);
  return g_strdup (text);
}

char *
hr_spoken_bytes (guint64 bytes, HrUnits units)
{
  return hr_size_text (bytes, units, DECIMALS, HR_SPOKEN);
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

/* What is said of an estimate. */
typedef struct
{
  const HrNotation *notation;
  HrUnits units;
  char *whole;
  char *parts;
} Said;

static void
said_free (gpointer data)
{
  Said *self = data;

  g_free (self->whole);
  g_free (self->parts);
  g_free (self);
}

/* Estimates never change: what was said of one is kept with it. */
static const Said *
say (HrEstimateResult *result, HrUnits units)
{
  const HrEstimate *estimate = hr_estimate_result_get (result);
  Said *said = g_object_get_data (G_OBJECT (result), DATA_KEY);

  if (said != NULL && said->notation == hr_notation () && said->units == units)
    return said;

  said = g_new0 (Said, 1);
  said->notation = hr_notation ();
  said->units = units;
  said->whole = whole_text (estimate, units);
  said->parts = parts_text (estimate, units);
  g_object_set_data_full (G_OBJECT (result), DATA_KEY, said, said_free);
  return said;
}

char *
hr_spoken_configuration (HrConfiguration *configuration, HrUnits units)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), NULL);

  HrEstimateResult *result = hr_configuration_get_estimate (configuration);
  const HrEstimate *estimate = hr_estimate_result_get (result);
  const char *name = hr_job_title (hr_configuration_get_job (configuration));
  const Said *said = say (result, units);

  /* Translators: a configuration read aloud: its name, its size, its verdict, its parts: "QLoRA r16: 13.6 of 15.0
   * gigabytes, tight; Weights 5.8 gigabytes, Activations 3.1 gigabytes" */
  return g_strdup_printf (_ ("%s: %s, %s; %s"), name, said->whole, hr_fit_map_verdict_label (estimate->fit.verdict),
                          said->parts);
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
