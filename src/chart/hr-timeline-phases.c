/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-timeline-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the plot, so much may go by need of the names, if that is enough for all; else less. The rest goes by moments. */
#define ALL_NAMES_SHARE 0.75
#define NAMES_SHARE 0.5

#define MIN_SPAN_WIDTH 12.0
#define MARK_HEIGHT 5.0

/* Between two names. */
#define NAME_GAP 6.0

/* Between a name and the mark of a step. */
#define MARK_GAP 3.0

/* A name with fewer characters left is none. */
#define MIN_CHARACTERS 4

#define NAME_STYLE HR_CHART_TEXT_DETAIL

static const char *
name_of (const HrTimelineLayout *self, guint span)
{
  return self->chart->phase_labels[hr_timeline_chart_span (self->chart, span)->kind];
}

static double
row_height (const HrChartMeasurer *measurer)
{
  return hr_chart_measure (measurer, NAME_STYLE, "0").height;
}

/* Layers, where a part is shown; phases; steps. */
static guint
count_rows (const HrTimelineChart *chart)
{
  return hr_timeline_chart_is_zoomed (chart) ? 3 : 2;
}

/* Top of a row, counted from the last. */
static double
row_y (const HrTimelineLayout *self, const HrChartMeasurer *measurer, guint from_last)
{
  guint before = count_rows (self->chart) - 1 - from_last;

  return self->plot.y + self->plot.height + MARK_HEIGHT + before * row_height (measurer);
}

double
hr_timeline_phases_height (const HrTimelineChart *chart, const HrChartMeasurer *measurer)
{
  return MARK_HEIGHT + count_rows (chart) * row_height (measurer) + HR_CHART_GAP;
}

/* The part of a span that is in sight. */
static double
visible_start (const HrTimelineLayout *self, guint span)
{
  return CLAMP (self->span_starts[span], self->plot.x, self->plot.x + self->plot.width);
}

static gboolean
is_in_sight (const HrTimelineLayout *self, guint span)
{
  return visible_start (self, span) < visible_start (self, span + 1);
}

/* Spreads out the part that is shown over the whole plot. */
static void
apply_window (HrTimelineLayout *self)
{
  HrTimelineWindow window = hr_timeline_chart_window (self->chart);
  double start = hr_timeline_layout_position_x (self, window.start);
  double stretch = self->plot.width / MAX (hr_timeline_layout_position_x (self, window.end) - start, 1e-6);

  if (!hr_timeline_chart_is_zoomed (self->chart))
    return;
  for (guint i = 0; i <= self->chart->spans->len; i++)
    self->span_starts[i] = self->plot.x + (self->span_starts[i] - start) * stretch;
}

void
hr_timeline_layout_place_spans (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  guint n_spans = self->chart->spans->len;
  double minimum = MIN (MIN_SPAN_WIDTH, self->plot.width * NAMES_SHARE / n_spans);
  g_autofree double *extra = g_new (double, n_spans);
  double all = 0, duration = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      duration += hr_timeline_chart_span (self->chart, i)->duration + 1;
      extra[i] = MAX (hr_chart_measure (measurer, NAME_STYLE, name_of (self, i)).width + NAME_GAP - minimum, 0);
      all += extra[i];
    }
  double need = n_spans * minimum + all;
  double scale = need <= self->plot.width * ALL_NAMES_SHARE
                     ? 1
                     : MIN ((self->plot.width * NAMES_SHARE - n_spans * minimum) / all, 1);
  double rest = self->plot.width - n_spans * minimum - all * scale;

  self->span_starts = g_new (double, n_spans + 1);
  self->span_starts[0] = self->plot.x;
  for (guint i = 0; i < n_spans; i++)
    self->span_starts[i + 1] = self->span_starts[i] + minimum + extra[i] * scale
                               + rest * (hr_timeline_chart_span (self->chart, i)->duration + 1) / duration;
  apply_window (self);
}

static gboolean
is_clear (const HrTimelineLayout *self, const HrChartBox *names, guint span, const HrChartBox *box)
{
  if (box->x < self->plot.x || box->x + box->width > self->width)
    return FALSE;
  for (guint i = 0; i < self->chart->spans->len; i++)
    if (i != span && names[i].width > 0 && box->x < names[i].x + names[i].width + NAME_GAP
        && names[i].x < box->x + box->width + NAME_GAP)
      return FALSE;

  return TRUE;
}

/* The first of the spans of its step, and the one after the last. */
static void
find_step (const HrTimelineChart *chart, guint span, guint *first, guint *end)
{
  uint32_t step = hr_timeline_chart_span (chart, span)->step;

  *first = span;
  *end = span + 1;
  while (*first > 0 && hr_timeline_chart_span (chart, *first - 1)->step == step)
    (*first)--;
  while (*end < chart->spans->len && hr_timeline_chart_span (chart, *end)->step == step)
    (*end)++;
}

/* In the middle of its span, as far as the marks of the step let it. */
static double
find_start (const HrTimelineLayout *self, guint span, double width)
{
  double center = (visible_start (self, span) + visible_start (self, span + 1)) / 2;
  guint first, end;

  find_step (self->chart, span, &first, &end);
  double least = visible_start (self, first) + MARK_GAP, most = visible_start (self, end) - MARK_GAP - width;

  return least <= most ? CLAMP (center - width / 2, least, most) : center - width / 2;
}

/* A box for each span of @kind in @names; without width for all of them if one has no room. */
static gboolean
place_names (const HrTimelineLayout *self, const HrChartMeasurer *measurer, HrPhaseKind kind, const char *name,
             HrChartBox *names)
{
  double width = hr_chart_measure (measurer, NAME_STYLE, name).width;
  gboolean fits = TRUE;

  for (guint i = 0; i < self->chart->spans->len; i++)
    if (hr_timeline_chart_span (self->chart, i)->kind == kind && is_in_sight (self, i))
      {
        names[i] = (HrChartBox){ find_start (self, i, width), 0, width, row_height (measurer) };
        fits = fits && is_clear (self, names, i, &names[i]);
      }
  for (guint i = 0; i < self->chart->spans->len && !fits; i++)
    if (hr_timeline_chart_span (self->chart, i)->kind == kind)
      names[i].width = 0;

  return fits;
}

/* The narrowest of the spans of @kind; 0 if there are none. */
static double
narrowest (const HrTimelineLayout *self, HrPhaseKind kind)
{
  double width = 0;

  for (guint i = 0; i < self->chart->spans->len; i++)
    if (hr_timeline_chart_span (self->chart, i)->kind == kind && is_in_sight (self, i))
      {
        double own = visible_start (self, i + 1) - visible_start (self, i);

        width = width > 0 ? MIN (width, own) : own;
      }

  return width;
}

static void
add_names_of (HrTimelineLayout *self, const HrChartMeasurer *measurer, HrPhaseKind kind, HrChartBox *names)
{
  double room = narrowest (self, kind);
  g_autofree char *name = g_strdup (self->chart->phase_labels[kind]);

  if (room <= 0 || name == NULL)
    return;
  if (!place_names (self, measurer, kind, name, names))
    {
      g_free (name);
      name = hr_chart_ellipsize (measurer, NAME_STYLE, self->chart->phase_labels[kind], room);
      if (name == NULL || g_utf8_strlen (name, -1) <= MIN_CHARACTERS
          || !place_names (self, measurer, kind, name, names))
        return;
    }

  for (guint i = 0; i < self->chart->spans->len; i++)
    if (hr_timeline_chart_span (self->chart, i)->kind == kind && is_in_sight (self, i))
      {
        names[i].y = row_y (self, measurer, 1);
        hr_chart_items_add_text (self->back, NAME_STYLE, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE, name, names[i]);
      }
}

/* A mark where a phase begins, down to the row of the steps where a step does. */
static void
add_marks (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  const HrTimelineChart *chart = self->chart;
  double bottom = self->plot.y + self->plot.height;

  for (guint i = 0; i <= chart->spans->len; i++)
    {
      uint32_t before = i > 0 ? hr_timeline_chart_span (chart, i - 1)->step : 0;
      uint32_t after = i < chart->spans->len ? hr_timeline_chart_span (chart, i)->step : 0;
      guint n_rows = count_rows (chart);
      double height = MARK_HEIGHT + (before != after ? n_rows : n_rows - 2) * row_height (measurer);
      double x = self->span_starts[i];

      if (x < self->plot.x || x > self->plot.x + self->plot.width + 1)
        continue;
      hr_chart_items_add_box (self->back, HR_CHART_LINE, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE,
                              (HrChartBox){ x, bottom, 0, height });
    }
}

static void
add_step (HrTimelineLayout *self, const HrChartMeasurer *measurer, guint first, guint end)
{
  double start = visible_start (self, first), room = visible_start (self, end) - start - NAME_GAP;
  /* Translators: the number of an optimizer step, below its phases */
  g_autofree char *full = g_strdup_printf (_ ("step %u"), hr_timeline_chart_span (self->chart, first)->step);
  g_autofree char *text = hr_chart_ellipsize (measurer, NAME_STYLE, full, room);

  if (text == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, NAME_STYLE, text);

  box.x = start + (visible_start (self, end) - start - box.width) / 2;
  box.y = row_y (self, measurer, 0);
  hr_chart_items_add_text (self->back, NAME_STYLE, HR_CHART_ROLE_DIM_TEXT, HR_CHART_ID_NONE, text, box);
}

void
hr_timeline_layout_add_phases (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  static const HrPhaseKind order[] = { HR_PHASE_FORWARD, HR_PHASE_BACKWARD,       HR_PHASE_PREFILL, HR_PHASE_DECODE,
                                       HR_PHASE_LOSS,    HR_PHASE_OPTIMIZER_STEP, HR_PHASE_LOAD,    HR_PHASE_IDLE };
  const HrTimelineChart *chart = self->chart;
  g_autofree HrChartBox *names = g_new0 (HrChartBox, chart->spans->len);

  add_marks (self, measurer);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    add_names_of (self, measurer, order[i], names);

  for (guint span = 0, first, end; span < chart->spans->len; span = end)
    {
      find_step (chart, span, &first, &end);
      if (hr_timeline_chart_span (chart, span)->step > 0)
        add_step (self, measurer, first, end);
    }
}

/* Where what stays after a layer is told: the layer has run the two units of time before that. */
static gboolean
ends_layer (const HrTimelineChart *chart, guint moment)
{
  const HrMoment *data = hr_timeline_chart_moment (chart, moment);
  const HrMoment *before = moment > 0 ? hr_timeline_chart_moment (chart, moment - 1) : NULL;

  return data->layer >= 0 && data->place < 0 && before != NULL && before->layer == data->layer
         && before->kind == data->kind && before->step == data->step;
}

/* "layer 12" where there is room, else "12", else that of some layers at equal distances. Returns: (nullable) */
static char *
layer_label (const HrTimelineLayout *self, const HrChartMeasurer *measurer, int layer, double room)
{
  /* Translators: a layer of the model, counted from 1, below the part of a chart in which it runs */
  g_autofree char *full = g_strdup_printf (_ ("layer %d"), layer + 1);
  g_autofree char *longest = g_strdup_printf ("%u", self->chart->n_layers);
  double width = hr_chart_measure (measurer, NAME_STYLE, longest).width + NAME_GAP;
  int every = (int) ceil (width / MAX (room, 1));

  if (hr_chart_measure (measurer, NAME_STYLE, full).width + NAME_GAP <= room)
    return g_steal_pointer (&full);

  return (layer + 1) % every == 0 ? g_strdup_printf ("%d", layer + 1) : NULL;
}

static void
add_layer (HrTimelineLayout *self, const HrChartMeasurer *measurer, guint moment)
{
  const HrTimelineSpan *span = hr_timeline_chart_span (self->chart, hr_timeline_chart_find_span (self->chart, moment));
  guint index = hr_timeline_chart_find_span (self->chart, moment);
  double unit = (self->span_starts[index + 1] - self->span_starts[index]) / MAX (span->duration, 1);
  double start = MAX (self->xs[moment] - 2 * unit, self->plot.x);
  double end = MIN (self->xs[moment], self->plot.x + self->plot.width);
  g_autofree char *label
      = end > start ? layer_label (self, measurer, hr_timeline_chart_moment (self->chart, moment)->layer, 2 * unit)
                    : NULL;

  if (label == NULL)
    return;

  HrChartBox box = hr_chart_measure (measurer, NAME_STYLE, label);

  box.x = (start + end - box.width) / 2;
  box.y = row_y (self, measurer, 2);
  if (box.x < self->plot.x || box.x + box.width > self->plot.x + self->plot.width)
    return;
  hr_chart_items_add_text (self->back, NAME_STYLE, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE, label, box);
  hr_chart_items_add_box (self->back, HR_CHART_LINE, HR_CHART_ROLE_AXIS_TEXT, HR_CHART_ID_NONE,
                          (HrChartBox){ end, self->plot.y + self->plot.height, 0, MARK_HEIGHT });
}

void
hr_timeline_layout_add_layers (HrTimelineLayout *self, const HrChartMeasurer *measurer)
{
  for (guint i = 0; hr_timeline_chart_is_zoomed (self->chart) && i < self->chart->moments->len; i++)
    if (ends_layer (self->chart, i))
      add_layer (self, measurer, i);
}
