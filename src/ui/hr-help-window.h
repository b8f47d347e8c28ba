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

/** Shows the page in the one help window that there is, which can be read while a dialog waits. */
void hr_help_window_show (const char *target);

/** Lets @key, such as "F1", a text that stays, open the manual in dialogs, which shortcuts of the application do not
 * reach. */
void hr_help_window_serve_dialogs (const char *key);

G_END_DECLS
