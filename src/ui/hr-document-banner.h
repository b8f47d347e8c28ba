/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-autosave.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_DOCUMENT_BANNER (hr_document_banner_get_type ())
G_DECLARE_FINAL_TYPE (HrDocumentBanner, hr_document_banner, HR, DOCUMENT_BANNER, AdwBin)

/**
 * HrDocumentBanner:
 *
 * Keeps the document of a window safe: holds its draft, watches its file. Says over the views what there is to decide:
 * unsaved changes were restored, another program changed or removed the file, drafts cannot be written.
 *
 * Properties: document (HrDocument, read-write, nullable).
 */
void hr_document_banner_set_document (HrDocumentBanner *self, HrDocument *document);

/** The document was made from @draft (transfer full), which goes on holding its changes. */
void hr_document_banner_adopt (HrDocumentBanner *self, HrDraft *draft);

/** Returns: (transfer none) (nullable): where unsaved changes are kept; the same after the program was killed. */
GFile *hr_document_banner_get_draft_file (HrDocumentBanner *self);

/** Looks at the file again. */
void hr_document_banner_check (HrDocumentBanner *self);

/** Writes what the draft lacks, now: the program is about to end without asking. */
void hr_document_banner_flush (HrDocumentBanner *self);

/** Nobody wants the unsaved changes: their draft goes. */
void hr_document_banner_discard (HrDocumentBanner *self);

G_END_DECLS
