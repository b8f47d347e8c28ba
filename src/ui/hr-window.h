/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_WINDOW (hr_window_get_type ())
G_DECLARE_FINAL_TYPE (HrWindow, hr_window, HR, WINDOW, AdwApplicationWindow)

/**
 * HrWindow:
 *
 * One project in a window: header bar, views, inspector. What can be done with the project are its actions,
 * "win.add-lora"; menus, buttons and shortcuts name them.
 *
 * Properties: document (HrDocument, read-write), units (the project's, as its id: "GB"), show-inspector (gboolean).
 */
GtkWidget *hr_window_new (GtkApplication *application, HrDocument *document);

/** A window with a project of no configurations, in the units that the user prefers. */
GtkWidget *hr_window_new_empty (GtkApplication *application);

HrDocument *hr_window_get_document (HrWindow *self);
void hr_window_set_document (HrWindow *self, HrDocument *document);

/** Whether the project has no configurations, so that there is no view to look at. */
gboolean hr_window_is_empty (HrWindow *self);

/**
 * hr_window_open_file:
 *
 * Shows the project in @file: in the window that has it already, in @self if its document is untouched, else in a new
 * window. Tells over @self if the file cannot be opened.
 */
void hr_window_open_file (HrWindow *self, GFile *file);

/**
 * hr_window_close_async:
 *
 * Asks what becomes of unsaved changes and closes the window. hr_window_close_finish() gives FALSE if it stays.
 */
void hr_window_close_async (HrWindow *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean hr_window_close_finish (GAsyncResult *result);

G_END_DECLS
