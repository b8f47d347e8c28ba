/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window-fixture.h"

/** What is done with each: @root shows @name, such as "fit-map" or "win.assumptions". */
typedef void (*SurfaceVisit) (GtkWidget *root, const char *name, gpointer user_data);

/** Shows the five views one after the other, with everything in the inspector open, and calls @visit for each. */
void surfaces_visit_views (WindowFixture *self, SurfaceVisit visit, gpointer user_data);

/** Opens every dialog and calls @visit for each. */
void surfaces_visit_dialogs (WindowFixture *self, SurfaceVisit visit, gpointer user_data);

/** As surfaces_visit_dialogs(), for help, preferences and what else stands beside the project. */
void surfaces_visit_windows (WindowFixture *self, SurfaceVisit visit, gpointer user_data);

/** Opens the popover of every button that the window shows in its views, and calls @visit for each. */
void surfaces_visit_popovers (WindowFixture *self, SurfaceVisit visit, gpointer user_data);
