/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-timeline-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_PHASE_STRIP (hr_phase_strip_get_type ())
G_DECLARE_FINAL_TYPE (HrPhaseStrip, hr_phase_strip, HR, PHASE_STRIP, GtkWidget)

/**
 * HrPhaseStrip:
 *
 * The whole run in little, phase by phase, with one of them chosen and a frame round what a chart beside it shows. Left
 * and Right choose the phase before and the next, Home and End the first and the last; Enter and a double click ask for
 * that phase alone. For screen readers it is a slider over the phases that says each by name and size.
 *
 * Signals: "picked" (span): the user chose a phase; "activated" (span): and wants to see it alone.
 */
GtkWidget *hr_phase_strip_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** @chart: (transfer full): whose whole run is shown */
void hr_phase_strip_set_chart (HrPhaseStrip *self, HrTimelineChart *chart);

/** Marks a phase, -1: none. */
void hr_phase_strip_set_span (HrPhaseStrip *self, int span);

G_END_DECLS
