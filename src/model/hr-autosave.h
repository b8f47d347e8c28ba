/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-document.h"
#include "io/hr-draft.h"

G_BEGIN_DECLS

/** A draft is written so long after the last change … */
#define HR_AUTOSAVE_QUIET_US (3 * G_USEC_PER_SEC)

/** … and at the latest so long after the first change that it lacks. */
#define HR_AUTOSAVE_LONGEST_US (30 * G_USEC_PER_SEC)

#define HR_TYPE_AUTOSAVE (hr_autosave_get_type ())
G_DECLARE_FINAL_TYPE (HrAutosave, hr_autosave, HR, AUTOSAVE, GObject)

/**
 * HrAutosave:
 *
 * Keeps the unsaved changes of a document in a draft: writes it a moment after changes, removes it once the document is
 * saved or back at what its file holds. A draft that could not be written is tried again with the next change, and
 * after HR_AUTOSAVE_LONGEST_US.
 *
 * Properties (read-only): problem (nullable): why the last draft could not be written.
 */

/** @draft: (transfer full): where to; one that has been restored holds what @document is now. */
HrAutosave *hr_autosave_new (HrDocument *document, HrDraft *draft) G_GNUC_WARN_UNUSED_RESULT;

/** Writes what the draft lacks, now. */
void hr_autosave_flush (HrAutosave *self);

/** Removes the draft and writes no more: nobody wants the changes. */
void hr_autosave_discard (HrAutosave *self);

/** Returns: (transfer none): where the draft is, once it was written. */
GFile *hr_autosave_get_draft_file (HrAutosave *self);

const char *hr_autosave_get_problem (HrAutosave *self);

G_END_DECLS
