/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_HELP_WINDOW (hr_help_window_get_type ())
G_DECLARE_FINAL_TYPE (HrHelpWindow, hr_help_window, HR, HELP_WINDOW, AdwWindow)

/**
 * HrHelpWindow:
 *
 * The manual: its pages in a sidebar that can be searched, a way back and forward.
 */
GtkWidget *hr_help_window_new (void);

/**
 * hr_help_window_open:
 * @target: name of a page of the manual, or the link to one: "knobs", "knobs.md#software"
 *
 * Returns: whether there is such a page.
 */
gboolean hr_help_window_open (HrHelpWindow *self, const char *target);

/** Returns: the name of the page that is shown; "" before any was. */
const char *hr_help_window_get_page (HrHelpWindow *self);

/** Shows the page in the one help window that there is. */
void hr_help_window_show (const char *target);

G_END_DECLS
