/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-chart-layout.h"
#include "hr-timeline-chart.h"

#include <glib/gi18n-lib.h>

#define FIGURE_DECIMALS 1
#define COMPONENT_DECIMALS 2

char *
hr_timeline_chart_phase_text (const HrTimelineChart *self, guint moment)
{
  const HrMoment *data = hr_timeline_chart_moment (self, moment);
  const char *label = self->phase_labels[data->kind];

  if (data->step == 0)
    return g_strdup (label);

  /* Translators: a phase and the number of its optimizer step: backward, step 2 */
  return g_strdup_printf (_ ("%s, step %u"), label, data->step);
}

char *
hr_timeline_chart_layer_text (const HrTimelineChart *self, guint moment)
{
  int layer = hr_timeline_chart_moment (self, moment)->layer;

  /* Translators: the layer of the model that runs, counted from 1 */
  return layer >= 0 ? g_strdup_printf (_ ("layer %d of %u"), layer + 1, self->n_layers) : NULL;
}

const char *
hr_timeline_chart_operator_text (const HrTimelineChart *self, guint moment)
{
  int place = hr_timeline_chart_moment (self, moment)->place;

  return place >= 0 && place < HR_TIMELINE_PLACES ? self->place_labels[place] : NULL;
}

/* Returns: (transfer full): @text and what is said more precisely, if anything */
static char *
add_detail (char *text, const char *detail)
{
  g_autofree char *before = text;

  /* Translators: a phase, and the layer that runs, perhaps its operator: "backward, step 2, layer 12 of 32, q_proj" */
  return detail != NULL ? g_strdup_printf (_ ("%s, %s"), before, detail) : g_steal_pointer (&before);
}

static char *
moment_text (const HrTimelineChart *self, guint moment)
{
  g_autofree char *layer = hr_timeline_chart_layer_text (self, moment);

  return add_detail (add_detail (hr_timeline_chart_phase_text (self, moment), layer),
                     hr_timeline_chart_operator_text (self, moment));
}

char *
hr_timeline_chart_peak_text (const HrTimelineChart *self)
{
  guint peak = hr_timeline_chart_peak (self);
  g_autofree char *phase = hr_timeline_chart_phase_text (self, peak);
  char size[HR_TEXT_SIZE];

  hr_format_bytes (hr_timeline_chart_total (self, peak), self->units, FIGURE_DECIMALS, size);

  /* Translators: the highest point of a chart over time: its size and its phase: "peak 13.1 GB · loss, step 2" */
  return g_strdup_printf (_ ("peak %s · %s"), size, phase);
}

static char *
room_text (const HrTimelineChart *self, guint moment, HrWording wording)
{
  uint64_t total = hr_timeline_chart_total (self, moment), limit = self->limit_bytes;

  if (limit == 0)
    return NULL;

  g_autofree char *size
      = hr_size_text (total > limit ? total - limit : limit - total, self->units, FIGURE_DECIMALS, wording);
  if (total > limit)
    /* Translators: so much is missing below the limit of the GPU */
    return g_strdup_printf (_ ("%s over the limit"), size);

  /* Translators: so much is left below the limit of the GPU */
  return g_strdup_printf (_ ("%s free"), size);
}

static char *
describe_component (const HrTimelineChart *self, guint moment, guint component, const char *when, const char *total,
                    HrWording wording)
{
  uint64_t bytes = hr_timeline_chart_bytes (self, moment, component);
  g_autofree char *share = hr_chart_share_text (bytes, hr_timeline_chart_total (self, moment));
  g_autofree char *size = hr_size_text (bytes, self->units, COMPONENT_DECIMALS, wording);

  /* Translators: a component at a point of time: when, component, size, share, total: "loss, step 2, Weights: 5.76 GB,
   * 42 % of 13.1 GB" */
  return g_strdup_printf (_ ("%s, %s: %s, %s of %s"), when, self->component_labels[component], size, share, total);
}

char *
hr_timeline_chart_describe (const HrTimelineChart *self, guint moment, int component, HrWording wording)
{
  g_autofree char *when = moment_text (self, moment);
  g_autofree char *room = room_text (self, moment, wording);
  g_autofree char *total = hr_size_text (hr_timeline_chart_total (self, moment), self->units, FIGURE_DECIMALS, wording);

  if (component >= 0)
    return describe_component (self, moment, (guint) component, when, total, wording);
  if (room == NULL)
    /* Translators: a point of time and the memory in use: "loss, step 2: 13.1 GB" */
    return g_strdup_printf (_ ("%s: %s"), when, total);

  /* Translators: a point of time, the memory in use, and what is free: "loss, step 2: 13.1 GB, 3.0 GB free" */
  return g_strdup_printf (_ ("%s: %s, %s"), when, total, room);
}
