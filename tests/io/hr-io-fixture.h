/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "io/hr-error.h"
#include "io/hr-project-io.h"

/** Returns: (transfer full): the contents of a file below tests. */
GBytes *fixture_bytes (const char *path);

/** Returns: (transfer full): @text without its final NUL. */
GBytes *fixture_text (const char *text);

/** Returns: (transfer full) (element-type utf8): names of the files in a folder below tests, sorted. */
GPtrArray *fixture_names (const char *folder, const char *suffix);

/** Returns: (transfer full): the project that @text is, called "p.headroom". */
HrProjectData *fixture_project (const char *text);

/** Returns: (transfer full): a project of one configuration: a catalogue model and @members. */
char *fixture_configuration (const char *members);

/** Returns: (transfer full): the text that @project is written as. */
char *fixture_written (const HrProjectData *project);

/** The error is one of this program with this code and sentence; cleared. */
void fixture_assert_error (GError **error, HrError code, const char *message);
