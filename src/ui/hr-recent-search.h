/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HrRecentMatch:
 * @uri: address of a project
 * @title: what it is called
 * @description: its file's name, and its configurations
 */
typedef struct
{
  char *uri;
  char *title;
  char *description;
} HrRecentMatch;

void hr_recent_match_free (HrRecentMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrRecentMatch, hr_recent_match_free)

/**
 * hr_recent_match_new:
 *
 * Returns: (transfer full) (nullable): what is told of the project at @uri, on a disk of this computer and small enough
 *          to be read at once; %NULL if it cannot be read.
 */
HrRecentMatch *hr_recent_match_new (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_recent_match_has_words:
 * @words: (array zero-terminated=1): words, or beginnings of some
 *
 * Whether every word is in the name of the file, the project, a configuration, a model or a GPU; case does not matter.
 */
gboolean hr_recent_match_has_words (const char *uri, const char *const *words);

G_END_DECLS
