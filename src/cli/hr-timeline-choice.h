/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-command.h"

#include "model/hr-configuration-timeline.h"

G_BEGIN_DECLS

/** The part of a timeline that options ask for. */
typedef struct
{
  char *phase;      /* (nullable): NULL: the whole run */
  gboolean layered; /* of the phase those layers, from 0 */
  int first_layer;
  int last_layer;
} HrTimelineChoice;

/** Reads "10-14" or "10", from 1. @code: (out): what to leave with, if the answer is FALSE: the problem was told */
gboolean hr_timeline_choice_parse (HrTimelineChoice *self, const HrCommand *command, const char *layers, HrExit *code);

/** Whether @configuration runs through that; else the same. */
gboolean hr_timeline_choice_applies (const HrTimelineChoice *self, const HrCommand *command, HrProject *project,
                                     HrConfiguration *configuration, HrExit *code);

/** Returns: (transfer full): the timeline of @configuration. @configuration: (nullable) */
HrTimelineChart *hr_timeline_choice_make (const HrTimelineChoice *self, HrProject *project,
                                          HrConfiguration *configuration) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
