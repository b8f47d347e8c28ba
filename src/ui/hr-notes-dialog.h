/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_NOTES_DIALOG (hr_notes_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrNotesDialog, hr_notes_dialog, HR, NOTES_DIALOG, AdwWindow)

/**
 * HrNotesDialog:
 *
 * Edits notes in Markdown, and shows how they read. What is typed is kept at once; what is typed in one go is one step
 * to undo. Escape closes.
 */

/**
 * hr_notes_dialog_new:
 * @subject: what has a "notes" property: an HrConfiguration or an HrProject
 * @title: what the notes are of
 * @max_bytes: the most that @subject takes; no more can be typed
 */
GtkWidget *hr_notes_dialog_new (GObject *subject, const char *title, gsize max_bytes);

G_END_DECLS
