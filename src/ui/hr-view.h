/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_VIEW (hr_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (HrView, hr_view, HR, VIEW, GtkWidget)

/**
 * HrView:
 *
 * A page of the window: shows what is selected in a project. It is brought up to date once for each turn of the main
 * loop, after the project has made its estimates and before GTK lays out and draws, so that a frame shows one state.
 * What nobody sees waits until it is seen.
 *
 * Property: selection (HrSelection).
 *
 * Signal "adopted" (text): something was put into the plan; what to tell of it.
 */
struct _HrViewClass
{
  GtkWidgetClass parent_class;

  /* All may be NULL. */

  /** Another selection (nullable) is shown; before project_changed. The view has a reference to it. */
  void (*selection_changed) (HrView *self, HrSelection *selection);

  /** Another project (nullable) is shown. */
  void (*project_changed) (HrView *self, HrProject *project);

  /** Shows what is selected now. */
  void (*refresh) (HrView *self);
};

void hr_view_set_selection (HrView *self, HrSelection *selection);

/** Returns: (nullable) */
HrProject *hr_view_get_project (HrView *self);

/** Returns: (nullable): the selected configuration, unless it is of a project that is just being replaced. */
HrConfiguration *hr_view_get_configuration (HrView *self);

/** Of the selection. A view is connected to what it adds, "notify::project" and "notify::configuration". */
GSignalGroup *hr_view_get_selection_signals (HrView *self);

/** Of the project. A view is connected to what it adds, "changed" and "estimated". */
GSignalGroup *hr_view_get_project_signals (HrView *self);

/** Has @units show and set the units of the project. */
void hr_view_bind_units (HrView *self, GtkDropDown *units);

/** Brings the view up to date before the next frame, or when it is seen. */
void hr_view_queue_refresh (HrView *self);

/** Brings the view up to date now, if something has changed. */
void hr_view_refresh (HrView *self);

gboolean hr_view_is_outdated (HrView *self);

/** Tells by "adopted" what was put into the plan: "Micro-batch 4 · Sequence length 2,048". */
void hr_view_tell_adopted (HrView *self, const char *text);

G_END_DECLS
