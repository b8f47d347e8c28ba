/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "io/hr-project-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What the user prefers, put to use. Where the schema is not installed everything is as the program has it.
 */

/** Lets colours and the age of prices follow the preferences from now on. */
void hr_preferences_follow (void);

/** Gives a new project the units and the GPU that the user prefers. */
void hr_preferences_apply_to_project (HrProjectData *data);

/** Opens the preferences over @parent. */
void hr_preferences_show (GtkWindow *parent);

G_END_DECLS
