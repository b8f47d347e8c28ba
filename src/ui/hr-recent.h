/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Remembers that the project @file was opened or saved. */
void hr_recent_add (GFile *file);

/** Fills @menu with the latest projects; choosing one activates "win.open-uri" with its URI. */
void hr_recent_fill (GMenu *menu);

/** Returns: (transfer full) (array zero-terminated=1): addresses of projects that were open lately, the latest first.
 */
char **hr_recent_list (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
