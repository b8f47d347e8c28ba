/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project-data.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * hr_project_parse:
 * @bytes: a project file's contents
 * @file_name: how messages call the file
 *
 * Reads a project strictly: docs/file-format.md says what is allowed. Nothing of @bytes is trusted.
 *
 * Returns: (transfer full): the project, or NULL with @error in #HR_ERROR.
 */
HrProjectData *hr_project_parse (GBytes *bytes, const char *file_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_project_serialize:
 *
 * Returns: (transfer full): the canonical text: UTF-8, two spaces, fixed order, final newline. A project that was
 * parsed from canonical text and not changed gives the same bytes again.
 */
GBytes *hr_project_serialize (const HrProjectData *self) G_GNUC_WARN_UNUSED_RESULT;

/** Reads and parses a project file; @etag, if not NULL, gets the file's identity for hr_safe_file_write(). */
HrProjectData *hr_project_load (GFile *file, char **etag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_entries_serialize:
 * @entries: (element-type HrEntry): configurations
 * @gpus: (nullable) (element-type HrOwnEntry): cards of the user's own: those that configurations name come along
 *
 * Returns: (transfer full): a project that holds these configurations, each with the shape of its model, and says
 * nothing else, for the clipboard and templates; hr_project_parse() reads it back.
 */
char *hr_entries_serialize (GPtrArray *entries, GPtrArray *gpus) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): as hr_entries_serialize(), one configuration as a project file states it. */
char *hr_entry_serialize (HrEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
