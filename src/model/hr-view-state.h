/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-selection.h"

G_BEGIN_DECLS

/*
 * What was selected and shown in the window of a project, kept in one file of the user: looking at a plan does not
 * edit it. Projects are known by the addresses of their files, or of the drafts of those that have none.
 */

/** So many projects are remembered; beyond that the ones that were not looked at for longest are forgotten. */
#define HR_VIEW_STATE_PROJECTS 200

/** Returns: (transfer full): $XDG_STATE_HOME/headroom/views.ini. */
char *hr_view_state_default_path (void) G_GNUC_WARN_UNUSED_RESULT;

/** Remembers @selection as that of @file. Replaces what is at @path in one go; what is broken there is lost. */
gboolean hr_view_state_save (const char *path, GFile *file, HrSelection *selection, GError **error);

/**
 * hr_view_state_restore:
 *
 * Gives @selection, which has the project of @file, what was remembered of it. Configurations that are not there any
 * more, and all that cannot be understood, are left out.
 *
 * Returns: FALSE if nothing is remembered.
 */
gboolean hr_view_state_restore (const char *path, GFile *file, HrSelection *selection);

G_END_DECLS
