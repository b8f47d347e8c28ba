/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_PREFERENCES_WINDOW (hr_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (HrPreferencesWindow, hr_preferences_window, HR, PREFERENCES_WINDOW, AdwPreferencesWindow)

/**
 * HrPreferencesWindow:
 *
 * A row for everything that the user may prefer; each change counts at once. Without the schema the rows only show what
 * holds, and the window says so.
 */
GtkWidget *hr_preferences_window_new (void);

G_END_DECLS
