/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-timeline.h"
#include "hr-size-text.h"

#include <glib.h>

G_BEGIN_DECLS

/** Consecutive moments of one phase. */
typedef struct
{
  HrPhaseKind kind;
  uint32_t step;
  guint first; /* index of a moment */
  guint n_moments;
  double duration; /* from its first moment to its last, in units of time */
} HrTimelineSpan;

/** A part of a timeline: positions, each the index of a span and the part of its duration that has passed. */
typedef struct
{
  double start;
  double end; /* after @start; 0: the whole */
} HrTimelineWindow;

#define HR_TIMELINE_PLACES 256

/**
 * HrTimelineChart:
 * @hidden: bit n: HrComponent n is not drawn and not counted
 *
 * What a chart of one configuration's timeline shows, before any geometry. Its maker fills in the texts; from then on
 * it does not change.
 */
typedef struct
{
  char *title;       /* name of the configuration */
  char *detail;      /* (nullable): behind the title: "NF4 · all linear" */
  char *description; /* spoken summary; SVG desc */
  char *empty_text;  /* shown where there is no moment */
  HrUnits units;
  char *component_labels[HR_N_PARTS];
  char *phase_labels[HR_N_PHASES];
  char *limit_label;    /* (nullable): "T4 · 16.1 GB" */
  uint64_t limit_bytes; /* 0: none */
  guint32 hidden;
  HrTimelineWindow window;                /* that is shown */
  char *place_labels[HR_TIMELINE_PLACES]; /* (nullable): of operators that occur: "q_proj, adapter" */

  GArray *moments; /* (element-type HrMoment) */
  GArray *times;   /* (element-type double): of each moment, in units of time from the beginning of its span */
  GArray *spans;   /* (element-type HrTimelineSpan) */
  guint n_layers;
} HrTimelineChart;

/** Returns: (transfer full): a chart of a copy of @moments, without texts. */
HrTimelineChart *hr_timeline_chart_new (const HrMoment *moments, guint n_moments) G_GNUC_WARN_UNUSED_RESULT;
HrTimelineChart *hr_timeline_chart_ref (HrTimelineChart *self) G_GNUC_WARN_UNUSED_RESULT;
void hr_timeline_chart_unref (HrTimelineChart *self);

/** Whether @self shows a part of the run. */
gboolean hr_timeline_chart_is_zoomed (const HrTimelineChart *self);

/** The window that is shown: the whole run, if no other. */
HrTimelineWindow hr_timeline_chart_window (const HrTimelineChart *self);

/** Where a moment is; a phase of one moment lasts, and it is in its middle. */
double hr_timeline_chart_position (const HrTimelineChart *self, guint moment);

/**
 * hr_timeline_chart_find_window:
 * @first_layer: and @last_layer, from 0; -1: the whole phase
 *
 * Returns: the part of the run that is one phase, or some layers of it; the whole run where there is none such
 */
HrTimelineWindow hr_timeline_chart_find_window (const HrTimelineChart *self, HrPhaseKind kind, uint32_t step,
                                                int first_layer, int last_layer);

const HrMoment *hr_timeline_chart_moment (const HrTimelineChart *self, guint moment);
const HrTimelineSpan *hr_timeline_chart_span (const HrTimelineChart *self, guint span);

/** Index of the span of a moment. */
guint hr_timeline_chart_find_span (const HrTimelineChart *self, guint moment);

/** Bytes of a component at a moment; 0 if it is hidden. */
uint64_t hr_timeline_chart_bytes (const HrTimelineChart *self, guint moment, guint component);

/** Sum of the components that are not hidden. */
uint64_t hr_timeline_chart_total (const HrTimelineChart *self, guint moment);

/** The first moment with the largest total. */
guint hr_timeline_chart_peak (const HrTimelineChart *self);

/** Bit n: component n occurs, hidden or not. */
guint32 hr_timeline_chart_components (const HrTimelineChart *self);

typedef enum
{
  HR_TIMELINE_MOVE_BACK, /* by moments, of operators where they are told */
  HR_TIMELINE_MOVE_ON,
  HR_TIMELINE_MOVE_PHASE_BACK, /* to the beginning of this phase, from there of the one before */
  HR_TIMELINE_MOVE_PHASE_ON,   /* to the beginning of the next phase */
  HR_TIMELINE_MOVE_FIRST,
  HR_TIMELINE_MOVE_LAST,
  HR_TIMELINE_MOVE_PEAK,
} HrTimelineMove;

/** Where the cursor goes from moment @from; @from itself where it cannot move. */
guint hr_timeline_chart_move (const HrTimelineChart *self, guint from, HrTimelineMove move);

/**
 * hr_timeline_chart_find_again:
 * @before: what @self replaces
 * @moment: of @before, or -1
 *
 * Returns: the moment that is what @moment was; the peak where @moment was the peak, or nothing, or there is no such
 * moment. A layer has two moments: the one at the same place is looked at first. -1: there is no moment
 */
int hr_timeline_chart_find_again (const HrTimelineChart *self, const HrTimelineChart *before, int moment);

/** Returns: (transfer full): "backward, step 2", "load". */
char *hr_timeline_chart_phase_text (const HrTimelineChart *self, guint moment) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full) (nullable): "layer 12 of 32"; NULL where none runs. */
char *hr_timeline_chart_layer_text (const HrTimelineChart *self, guint moment) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (nullable): what the operator that runs is called; NULL where none is told. */
const char *hr_timeline_chart_operator_text (const HrTimelineChart *self, guint moment);

/** Returns: (transfer full): "peak 13.1 GB · loss, step 2". */
char *hr_timeline_chart_peak_text (const HrTimelineChart *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_timeline_chart_describe:
 * @component: HrComponent, or -1: the whole
 *
 * Returns: (transfer full): the sentence for tooltips and screen readers: "loss, step 2: 13.1 GB, 3.0 GB free",
 * "loss, step 2, Weights: 5.76 GB, 42 % of 13.1 GB".
 */
char *hr_timeline_chart_describe (const HrTimelineChart *self, guint moment, int component,
                                  HrWording wording) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrTimelineChart, hr_timeline_chart_unref)

G_END_DECLS
