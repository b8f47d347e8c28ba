/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The folder of resources that holds the manual, with a slash at its end. */
#define HR_MANUAL_BASE "/io/github/headroom/Headroom/manual/"

/** Returns: (array zero-terminated=1): names of the manual's pages in the order of reading, such as "compare". */
const char *const *hr_manual_pages (void);

/** Returns: (transfer full) (nullable): the page called @name in Markdown. */
char *hr_manual_read (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): the first heading of a page. */
char *hr_manual_title (const char *page) G_GNUC_WARN_UNUSED_RESULT;

/** Whether a page holds every word of @words, whatever their case. */
gboolean hr_manual_matches (const char *page, const char *words);

G_END_DECLS
