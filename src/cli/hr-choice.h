/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-command.h"

#include "io/hr-project-data.h"

G_BEGIN_DECLS

/**
 * hr_choice_find:
 * @name: (nullable): id or name of a configuration; NULL: the only one
 * @position: (out): where it stands in @project
 * @code: (out): what to leave with, if the answer is FALSE: the problem was told
 *
 * Finds the configuration that -c names: by id, else by a name that only one has.
 */
gboolean hr_choice_find (const HrCommand *command, const HrProjectData *project, const char *name, guint *position,
                         HrExit *code);

G_END_DECLS
