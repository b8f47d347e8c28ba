/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-project.h"

G_BEGIN_DECLS

#define HR_TYPE_DOCUMENT (hr_document_get_type ())
G_DECLARE_FINAL_TYPE (HrDocument, hr_document, HR, DOCUMENT, GObject)

/**
 * HrDocument:
 *
 * A project with a file, a history and a dirty state. Undo keeps value snapshots; edits of one member within a moment
 * are one step.
 *
 * Properties (read-only): project, file (GFile, nullable), title, subtitle (file name and "edited"), modified,
 * read-only, can-undo, can-redo, undo-label (nullable), redo-label (nullable). Signal "undone" (label).
 */
HrDocument *hr_document_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** A document with @data and no file; not modified. */
HrDocument *hr_document_new_from_data (HrProjectData *data) G_GNUC_WARN_UNUSED_RESULT;

/** The sample project that a first start shows. */
HrDocument *hr_document_new_sample (GError **error) G_GNUC_WARN_UNUSED_RESULT;

HrProject *hr_document_get_project (HrDocument *self);
GFile *hr_document_get_file (HrDocument *self);
gboolean hr_document_is_modified (HrDocument *self);
gboolean hr_document_is_read_only (HrDocument *self);

/** TRUE for an untouched document without a file: opening another may take its place. */
gboolean hr_document_is_pristine (HrDocument *self);

/** Reads @file into the document, replacing everything and its history. On failure nothing changes. */
gboolean hr_document_load (HrDocument *self, GFile *file, GError **error);

/**
 * hr_document_save:
 * @file: (nullable): where to; NULL: where it came from
 * @overwrite: also if another program has changed the file (else HR_ERROR_CHANGED)
 *
 * Saves safely, and only what reads back as the same project. The document is clean only after success. A project that
 * a newer program made is refused under every name (HR_ERROR_VERSION): what it says is not known whole.
 */
gboolean hr_document_save (HrDocument *self, GFile *file, gboolean overwrite, GError **error);

void hr_document_undo (HrDocument *self);
void hr_document_redo (HrDocument *self);

/** Ends the current run of merged edits: the next edit is a step of its own. */
void hr_document_seal (HrDocument *self);

G_END_DECLS
