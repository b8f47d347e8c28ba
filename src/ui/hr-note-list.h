/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-column.h"
#include "model/hr-explain-note.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HR_TYPE_NOTE_LIST (hr_note_list_get_type ())
G_DECLARE_FINAL_TYPE (HrNoteList, hr_note_list, HR, NOTE_LIST, HrColumn)

/**
 * HrNoteList:
 *
 * Things to say of a configuration under a heading; hidden where there are none. Those that ask for something are
 * marked by an icon.
 *
 * Property: heading (construct only).
 */

/** @notes: (nullable): a list of #HrExplainNote */
void hr_note_list_show (HrNoteList *self, GListModel *notes);

G_END_DECLS
