/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-timeline.h"

#include "chart/hr-chart-model.h"
#include "hr-explain-text.h"
#include "hr-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIGURE_DECIMALS 1

/* More moments than this are more than a screen has pixels for them: room for 256 layers one by one. */
#define MAX_MOMENTS (HR_TIMELINE_MIN_MOMENTS + 8 * 256)

/* With more layers in sight, an operator is narrower than a pixel. */
#define MAX_LAYERS_IN_DETAIL 24
#define MAX_OPERATORS 4096

#define POSITION_TOLERANCE 1e-9

/* @ranges: (nullable) (array fixed-size=HR_MAX_PHASES): layers whose operators are told */
static HrTimelineChart *
record (HrProject *project, HrConfiguration *configuration, const HrTimelineRange *ranges)
{
  const HrArchitecture *architecture = hr_configuration_get_architecture (configuration);
  uint32_t room = ranges != NULL ? MAX_OPERATORS : 0;
  uint32_t capacity = MIN (hr_timeline_capacity (architecture), MAX_MOMENTS) + room;
  g_autofree HrMoment *moments = g_new (HrMoment, capacity);
  g_autofree HrOperators *operators = ranges != NULL ? g_new (HrOperators, 1) : NULL;
  HrTimeline timeline = { .moments = moments, .capacity = capacity, .operators = operators, .operator_room = room };

  if (ranges != NULL)
    memcpy (timeline.ranges, ranges, sizeof timeline.ranges);
  hr_timeline (architecture, hr_configuration_get_job (configuration), hr_project_get_gpu (project, configuration),
               &timeline);

  return hr_timeline_chart_new (moments, timeline.n_moments);
}

/* Adds the layers of @span that run between @start and @end, positions in the run. Returns: how many */
static guint
add_range (const HrTimelineChart *chart, guint span, double start, double end, HrTimelineRange *range)
{
  const HrTimelineSpan *data = hr_timeline_chart_span (chart, span);
  int first = G_MAXINT, last = -1;

  for (guint i = data->first; i < data->first + data->n_moments; i++)
    {
      double position = hr_timeline_chart_position (chart, i);
      int layer = hr_timeline_chart_moment (chart, i)->layer;
      double unit = data->duration > 0 ? 1 / data->duration : 1;

      if (layer < 0 || position + 2 * unit < start || position - 2 * unit > end)
        continue;
      first = MIN (first, layer);
      last = MAX (last, layer);
    }
  /* The loss has no layers, and its operators are told whatever the range is. */
  *range = last >= 0 ? (HrTimelineRange){ first, last + 1 } : (HrTimelineRange){ 0, 1 };

  return (guint) (range->end_layer - range->first_layer);
}

/* The chart of the window, with operators where their layers are few. @coarse: (transfer full): of the whole run */
static HrTimelineChart *
zoom (HrTimelineChart *coarse, HrProject *project, HrConfiguration *configuration, const HrTimelineWindow *window)
{
  HrTimelineRange ranges[HR_MAX_PHASES] = { 0 };
  guint n_layers = 0;

  for (guint i = 0; i < MIN (coarse->spans->len, HR_MAX_PHASES); i++)
    if (i + 1 > window->start && i < window->end)
      n_layers += add_range (coarse, i, window->start, window->end, &ranges[i]);
  if (n_layers > MAX_LAYERS_IN_DETAIL)
    return coarse;

  hr_timeline_chart_unref (coarse);

  return record (project, configuration, ranges);
}

static HrTimelineChart *
make_chart (HrProject *project, HrConfiguration *configuration, const HrTimelineWindow *window)
{
  if (configuration == NULL)
    return hr_timeline_chart_new (NULL, 0);

  HrTimelineChart *chart = record (project, configuration, NULL);

  chart->window = window != NULL && window->end <= chart->spans->len ? *window : (HrTimelineWindow){ 0 };
  if (!hr_timeline_chart_is_zoomed (chart))
    return chart;
  HrTimelineWindow shown = chart->window;
  chart = zoom (chart, project, configuration, &shown);
  chart->window = shown;

  return chart;
}

static void
set_limit (HrTimelineChart *chart, const HrGpu *gpu)
{
  char capacity[HR_TEXT_SIZE];

  if (gpu == NULL)
    return;

  hr_format_bytes (hr_gpu_usable_bytes (gpu), chart->units, FIGURE_DECIMALS, capacity);
  g_autofree char *label = g_strdup_printf ("%s · %s", hr_gpu_short_name (gpu), capacity);
  chart->limit_label = hr_chart_dup_text (label);
  chart->limit_bytes = hr_gpu_usable_bytes (gpu);
}

/* Returns: (transfer full) (nullable): where the part begins and ends that is shown, in words */
static char *
describe_window (const HrTimelineChart *chart)
{
  HrTimelineWindow window = hr_timeline_chart_window (chart);
  guint first = chart->moments->len - 1, last = 0;

  if (!hr_timeline_chart_is_zoomed (chart))
    return NULL;
  for (guint i = 0; i < chart->moments->len; i++)
    {
      double position = hr_timeline_chart_position (chart, i);

      /* What stays after the layer before is where the first one begins. */
      if (position > window.start + POSITION_TOLERANCE)
        first = MIN (first, i);
      if (position <= window.end + POSITION_TOLERANCE)
        last = i;
    }
  g_autofree char *from = hr_timeline_chart_describe (chart, first, -1, HR_SPOKEN);
  g_autofree char *to = hr_timeline_chart_describe (chart, last, -1, HR_SPOKEN);

  /* Translators: the beginning and the end of the part of a run that a chart shows */
  return g_strdup_printf (_ ("Shown: from %s to %s."), from, to);
}

static char *
describe (const HrTimelineChart *chart)
{
  g_autofree char *window = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *peak = NULL;
  g_autofree char *held = NULL;

  if (chart->moments->len == 0)
    return g_strdup (chart->empty_text);

  peak = hr_timeline_chart_describe (chart, hr_timeline_chart_peak (chart), -1, HR_SPOKEN);
  held = hr_timeline_chart_describe (chart, chart->moments->len - 1, -1, HR_SPOKEN);

  /* Translators: a timeline as a screen reader says it: the configuration's name, its highest point, its end */
  whole = g_strdup_printf (_ ("%s. Peak: %s. At the end: %s."), chart->title, peak, held);
  window = describe_window (chart);

  return window != NULL ? g_strjoin (" ", whole, window, NULL) : g_steal_pointer (&whole);
}

static void
set_labels (HrTimelineChart *chart)
{
  for (guint i = 0; i < HR_N_PARTS; i++)
    chart->component_labels[i] = g_strdup (hr_component_label (i));
  for (guint i = 0; i < HR_N_PHASES; i++)
    chart->phase_labels[i] = g_strdup (hr_phase_label (i));
  for (guint i = 0; i < chart->moments->len; i++)
    {
      int place = hr_timeline_chart_moment (chart, i)->place;

      if (place >= 0 && chart->place_labels[place] == NULL)
        chart->place_labels[place] = hr_explain_place_label ((uint8_t) place);
    }
}

HrTimelineChart *
hr_configuration_timeline (HrProject *project, HrConfiguration *configuration, guint32 hidden,
                           const HrTimelineWindow *window)
{
  g_return_val_if_fail (HR_IS_PROJECT (project), NULL);
  g_return_val_if_fail (configuration == NULL || HR_IS_CONFIGURATION (configuration), NULL);

  HrTimelineChart *chart = make_chart (project, configuration, window);

  chart->empty_text = g_strdup (_ ("No configuration yet"));
  chart->units = hr_project_get_units (project);
  chart->hidden = hidden;
  set_labels (chart);
  if (configuration != NULL)
    {
      const HrJob *job = hr_configuration_get_job (configuration);
      g_autofree char *summary = hr_job_summary (job);

      chart->title = hr_chart_dup_text (hr_job_title (job));
      chart->detail = hr_chart_dup_text (summary);
      set_limit (chart, hr_project_get_gpu (project, configuration));
    }
  chart->description = describe (chart);

  return chart;
}
