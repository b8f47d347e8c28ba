/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-timeline-chart.h"

static void
add_moment (HrTimelineChart *self, guint index)
{
  const HrMoment *moment = hr_timeline_chart_moment (self, index);
  HrTimelineSpan *last
      = self->spans->len > 0 ? &g_array_index (self->spans, HrTimelineSpan, self->spans->len - 1) : NULL;

  self->n_layers = MAX (self->n_layers, (guint) (moment->layer + 1));
  if (last != NULL && last->kind == moment->kind && last->step == moment->step)
    {
      last->n_moments++;
      return;
    }

  HrTimelineSpan span = { moment->kind, moment->step, index, 1, 0 };
  g_array_append_val (self->spans, span);
}

static gboolean
is_operator_of (const HrTimelineChart *self, guint moment, const HrMoment *other)
{
  const HrMoment *data = hr_timeline_chart_moment (self, moment);

  return data->place >= 0 && data->layer == other->layer;
}

/* A moment that is told alone takes one unit. Operators share the units of their layer: the one that they are told for,
 * and that of what stays after it. */
static void
place_span (HrTimelineChart *self, HrTimelineSpan *span)
{
  guint end = span->first + span->n_moments;
  double time = -1;

  for (guint i = span->first, next; i < end; i = next)
    {
      const HrMoment *first = hr_timeline_chart_moment (self, i);
      guint n_operators = 0;

      while (i + n_operators < end && is_operator_of (self, i + n_operators, first))
        n_operators++;
      gboolean stays = n_operators > 0 && i + n_operators < end
                       && hr_timeline_chart_moment (self, i + n_operators)->layer == first->layer;

      next = i + MAX (n_operators, 1);
      for (guint k = 0; k < n_operators && stays; k++)
        g_array_index (self->times, double, i + k) = time + 2.0 * (k + 1) / (n_operators + 1);
      for (guint k = 0; k < n_operators && !stays; k++)
        g_array_index (self->times, double, i + k) = time + 1.0 * (k + 1) / n_operators;
      time++;
      if (n_operators == 0)
        g_array_index (self->times, double, i) = time;
    }
  span->duration = MAX (time, 0);
}

HrTimelineChart *
hr_timeline_chart_new (const HrMoment *moments, guint n_moments)
{
  HrTimelineChart *self = g_rc_box_new0 (HrTimelineChart);

  self->moments = g_array_sized_new (FALSE, FALSE, sizeof (HrMoment), n_moments);
  self->spans = g_array_new (FALSE, FALSE, sizeof (HrTimelineSpan));
  if (n_moments > 0)
    g_array_append_vals (self->moments, moments, n_moments);
  for (guint i = 0; i < n_moments; i++)
    add_moment (self, i);
  self->times = g_array_sized_new (FALSE, TRUE, sizeof (double), n_moments);
  g_array_set_size (self->times, n_moments);
  for (guint i = 0; i < self->spans->len; i++)
    place_span (self, &g_array_index (self->spans, HrTimelineSpan, i));

  return self;
}

HrTimelineChart *
hr_timeline_chart_ref (HrTimelineChart *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HrTimelineChart *self = data;

  g_free (self->title);
  g_free (self->detail);
  g_free (self->description);
  g_free (self->empty_text);
  g_free (self->limit_label);
  for (guint i = 0; i < HR_N_PARTS; i++)
    g_free (self->component_labels[i]);
  for (guint i = 0; i < HR_N_PHASES; i++)
    g_free (self->phase_labels[i]);
  for (guint i = 0; i < HR_TIMELINE_PLACES; i++)
    g_free (self->place_labels[i]);
  g_array_unref (self->times);
  g_array_unref (self->moments);
  g_array_unref (self->spans);
}

void
hr_timeline_chart_unref (HrTimelineChart *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, clear);
}

gboolean
hr_timeline_chart_is_zoomed (const HrTimelineChart *self)
{
  return self->window.end > 0 && (self->window.start > 0 || self->window.end < self->spans->len);
}

HrTimelineWindow
hr_timeline_chart_window (const HrTimelineChart *self)
{
  return hr_timeline_chart_is_zoomed (self) ? self->window : (HrTimelineWindow){ 0, self->spans->len };
}

double
hr_timeline_chart_position (const HrTimelineChart *self, guint moment)
{
  guint span = hr_timeline_chart_find_span (self, moment);
  double duration = hr_timeline_chart_span (self, span)->duration;

  return span + (duration > 0 ? g_array_index (self->times, double, moment) / duration : 0.5);
}

HrTimelineWindow
hr_timeline_chart_find_window (const HrTimelineChart *self, HrPhaseKind kind, uint32_t step, int first_layer,
                               int last_layer)
{
  HrTimelineWindow window = { 0 };

  for (guint s = 0; s < self->spans->len; s++)
    {
      const HrTimelineSpan *span = hr_timeline_chart_span (self, s);

      if (span->kind != kind || span->step != step)
        continue;
      if (first_layer < 0)
        return (HrTimelineWindow){ s, s + 1 };
      for (guint i = span->first; i < span->first + span->n_moments; i++)
        {
          int layer = hr_timeline_chart_moment (self, i)->layer;

          if (layer < first_layer || layer > last_layer)
            continue;
          /* A layer begins where the one before it ends. */
          if (window.end <= 0)
            window.start = i > span->first ? hr_timeline_chart_position (self, i - 1) : s;
          window.end = hr_timeline_chart_position (self, i);
        }
    }

  return window;
}

const HrMoment *
hr_timeline_chart_moment (const HrTimelineChart *self, guint moment)
{
  return &g_array_index (self->moments, HrMoment, moment);
}

const HrTimelineSpan *
hr_timeline_chart_span (const HrTimelineChart *self, guint span)
{
  return &g_array_index (self->spans, HrTimelineSpan, span);
}

guint
hr_timeline_chart_find_span (const HrTimelineChart *self, guint moment)
{
  guint span = 0;

  while (span + 1 < self->spans->len && hr_timeline_chart_span (self, span + 1)->first <= moment)
    span++;

  return span;
}

uint64_t
hr_timeline_chart_bytes (const HrTimelineChart *self, guint moment, guint component)
{
  return self->hidden & 1u << component ? 0 : hr_timeline_chart_moment (self, moment)->components_bytes[component];
}

uint64_t
hr_timeline_chart_total (const HrTimelineChart *self, guint moment)
{
  uint64_t sum = 0;

  for (guint i = 0; i < HR_N_COMPONENTS; i++)
    sum += hr_timeline_chart_bytes (self, moment, i);

  return sum;
}

guint
hr_timeline_chart_peak (const HrTimelineChart *self)
{
  uint64_t largest = 0;
  guint peak = 0;

  for (guint i = 0; i < self->moments->len; i++)
    {
      uint64_t total = hr_timeline_chart_total (self, i);

      if (total > largest)
        {
          largest = total;
          peak = i;
        }
    }

  return peak;
}

guint32
hr_timeline_chart_components (const HrTimelineChart *self)
{
  guint32 components = 0;

  for (guint i = 0; i < self->moments->len; i++)
    for (guint c = 0; c < HR_N_COMPONENTS; c++)
      if (hr_timeline_chart_moment (self, i)->components_bytes[c] > 0)
        components |= 1u << c;

  return components;
}

guint
hr_timeline_chart_move (const HrTimelineChart *self, guint from, HrTimelineMove move)
{
  guint last = self->moments->len - 1;

  if (self->moments->len == 0)
    return from;

  guint span = hr_timeline_chart_find_span (self, from);
  guint beginning = hr_timeline_chart_span (self, span)->first;

  switch (move)
    {
    case HR_TIMELINE_MOVE_BACK:
      return from > 0 ? from - 1 : from;
    case HR_TIMELINE_MOVE_ON:
      return MIN (from + 1, last);
    case HR_TIMELINE_MOVE_PHASE_BACK:
      return from > beginning || span == 0 ? beginning : hr_timeline_chart_span (self, span - 1)->first;
    case HR_TIMELINE_MOVE_PHASE_ON:
      return span + 1 < self->spans->len ? hr_timeline_chart_span (self, span + 1)->first : from;
    case HR_TIMELINE_MOVE_FIRST:
      return 0;
    case HR_TIMELINE_MOVE_LAST:
      return last;
    case HR_TIMELINE_MOVE_PEAK:
    default:
      return hr_timeline_chart_peak (self);
    }
}

static gboolean
is_same_layer (const HrMoment *a, const HrMoment *b)
{
  return a->kind == b->kind && a->step == b->step && a->layer == b->layer;
}

static gboolean
is_same (const HrMoment *a, const HrMoment *b)
{
  return is_same_layer (a, b) && a->place == b->place;
}

/* Of the layer of @old, or of no layer in its phase: the moment of as many bytes, as a layer is its largest operator;
 * else what is called the same, else the first. */
static int
find_layer_again (const HrTimelineChart *self, const HrMoment *old)
{
  int first = -1, same = -1;

  for (guint i = 0; i < self->moments->len; i++)
    {
      const HrMoment *moment = hr_timeline_chart_moment (self, i);

      if (!is_same_layer (moment, old))
        continue;
      if (hr_moment_total_bytes (moment) == hr_moment_total_bytes (old))
        return (int) i;
      first = first < 0 ? (int) i : first;
      same = same < 0 && is_same (moment, old) ? (int) i : same;
    }

  return same >= 0 ? same : first;
}

int
hr_timeline_chart_find_again (const HrTimelineChart *self, const HrTimelineChart *before, int moment)
{
  guint n_moments = self->moments->len;

  if (n_moments == 0)
    return -1;
  if (moment < 0 || (guint) moment == hr_timeline_chart_peak (before))
    return (int) hr_timeline_chart_peak (self);

  const HrMoment *old = hr_timeline_chart_moment (before, (guint) moment);

  if (n_moments == before->moments->len && is_same (hr_timeline_chart_moment (self, (guint) moment), old))
    return moment;

  int found = find_layer_again (self, old);

  return found >= 0 ? found : (int) hr_timeline_chart_peak (self);
}
