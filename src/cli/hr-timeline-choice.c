/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-timeline-choice.h"

#include "hr-phase-choice.h"
#include "model/hr-labels.h"

#include <glib/gi18n.h>

/* As many layers as anyone writes down. */
#define MAX_LAYER 1000000

gboolean
hr_timeline_choice_parse (HrTimelineChoice *self, const HrCommand *command, const char *layers, HrExit *code)
{
  g_auto (GStrv) ends = g_strsplit (layers, "-", 2);
  guint64 first = 0, last = 0;
  gboolean valid = ends[0] != NULL && g_ascii_string_to_unsigned (ends[0], 10, 1, MAX_LAYER, &first, NULL);

  if (valid)
    last = first;
  if (valid && ends[1] != NULL)
    valid = g_ascii_string_to_unsigned (ends[1], 10, first, MAX_LAYER, &last, NULL);
  if (!valid || self->phase == NULL)
    {
      *code = self->phase == NULL
                  ? hr_command_misused (command, _ ("--layers is for --phase forward and backward"))
                  : hr_command_misused (command, _ ("--layers takes a number or two, such as 10-14, not “%s”"), layers);
      return FALSE;
    }

  self->layered = TRUE;
  self->first_layer = (int) first - 1;
  self->last_layer = (int) last - 1;

  return TRUE;
}

/* The whole run where the phase is not found. */
static HrTimelineWindow
find_window (const HrTimelineChoice *self, const HrTimelineChart *chart, HrConfiguration *configuration)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  int index;

  if (self->phase == NULL || !hr_phase_choice_find (estimate, self->phase, &index))
    return (HrTimelineWindow){ 0 };

  const HrPhase *phase = &estimate->phases[index];

  return hr_timeline_chart_find_window (chart, phase->kind, phase->step, self->layered ? self->first_layer : -1,
                                        self->last_layer);
}

gboolean
hr_timeline_choice_applies (const HrTimelineChoice *self, const HrCommand *command, HrProject *project,
                            HrConfiguration *configuration, HrExit *code)
{
  const HrEstimate *estimate = hr_estimate_result_get (hr_configuration_get_estimate (configuration));
  const char *title = hr_job_title (hr_configuration_get_job (configuration));
  int phase;

  if (self->phase == NULL)
    return TRUE;
  if (!hr_phase_choice_find (estimate, self->phase, &phase))
    {
      g_autofree char *phases = hr_phase_choice_list (estimate);

      *code = hr_command_misused (command, _ ("“%s” has no phase “%s”, allowed are %s"), title, self->phase, phases);
      return FALSE;
    }

  g_autoptr (HrTimelineChart) chart = hr_configuration_timeline (project, configuration, 0, NULL);

  if (find_window (self, chart, configuration).end <= 0)
    {
      *code = hr_command_misused (command, _ ("“%s” has none of those layers in “%s”"), title, self->phase);
      return FALSE;
    }

  return TRUE;
}

HrTimelineChart *
hr_timeline_choice_make (const HrTimelineChoice *self, HrProject *project, HrConfiguration *configuration)
{
  HrTimelineChart *chart = hr_configuration_timeline (project, configuration, 0, NULL);

  if (configuration == NULL || self->phase == NULL)
    return chart;

  HrTimelineWindow window = find_window (self, chart, configuration);

  hr_timeline_chart_unref (chart);

  return hr_configuration_timeline (project, configuration, 0, &window);
}
