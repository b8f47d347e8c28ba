/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-draft-text.h"

G_BEGIN_DECLS

/** The most drafts that are looked at; who has more has them still. */
#define HR_MAX_DRAFTS 256

/**
 * HrDraft:
 *
 * The unsaved changes of one open document, in a file of their own that outlives the program. Beside it lies a lock
 * that the kernel opens when the process ends, however it ends: who holds it owns the draft.
 */
typedef struct _HrDraft HrDraft;

/** A draft that one process left and another took over. */
typedef struct
{
  HrDraft *draft;
  HrDraftText text;
} HrLostDraft;

/** Returns: (transfer full): $XDG_STATE_HOME/headroom/drafts. */
GFile *hr_draft_default_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/** A draft in @folder; nothing is there before hr_draft_write(), which makes the folder too. */
HrDraft *hr_draft_new (GFile *folder) G_GNUC_WARN_UNUSED_RESULT;

/** Lets go of the draft. What was written stays, for whoever looks for it. */
void hr_draft_free (HrDraft *self);

/**
 * hr_draft_write:
 * @file: (nullable): the file that @data belongs to
 * @etag: (nullable): identity of @file when it was last read or written
 *
 * Replaces the draft as hr_safe_file_write() does: it holds the old or the new text at every moment.
 */
gboolean hr_draft_write (HrDraft *self, const HrProjectData *data, GFile *file, const char *etag, GError **error);

/** Returns: (transfer none): where it is, once it was written; who takes it over has it in the same place. */
GFile *hr_draft_get_file (HrDraft *self);

/** Whether something was written that has not been removed. */
gboolean hr_draft_is_written (HrDraft *self);

/** Removes what was written: it is saved, or nobody wants it. */
void hr_draft_remove (HrDraft *self);

/**
 * hr_draft_take_lost:
 * @problems: (element-type utf8): gets a sentence for each draft that cannot be read
 *
 * Takes over the drafts in @folder that no living process owns. None is ever deleted: one that cannot be read is set
 * aside under another ending, one of a newer program stays as it is.
 *
 * Returns: (transfer full) (element-type HrLostDraft): the oldest name first; the draft of an element may be stolen.
 */
GPtrArray *hr_draft_take_lost (GFile *folder, GPtrArray *problems) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrDraft, hr_draft_free)

G_END_DECLS
