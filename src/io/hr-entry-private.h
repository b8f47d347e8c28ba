/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-json.h"
#include "hr-project-data.h"

G_BEGIN_DECLS

/**
 * HrEntrySource:
 * @document: @object: (nullable): the configuration as it was read; NULL: it was not
 * @architecture: what its model was read as
 * @implied: what the configuration has where @object leaves out a whole section, because the model's config says it
 * @generated_id: the id it got because the file has none; "" else
 * @measured: @components: (element-type HrMeasured)
 * @nodes: (element-type HrJsonNode): what @object has of each of @measured; NULL: it was added later
 * @edited: whether @measured is not the list that @object has
 * @texts: (element-type utf8): sources of what was added
 * @notes: (nullable): what @object has
 *
 * What a file said of one configuration, and what was measured since: immutable, reference-counted, shared by all
 * entries that come from it.
 */
typedef struct
{
  gatomicrefcount ref_count;
  HrJson *document;
  const HrJsonNode *object;
  HrArchitecture architecture;
  HrJob implied;
  char generated_id[HR_ID_SIZE];
  GArray *measured;
  GArray *components;
  GPtrArray *nodes;
  gboolean edited;
  GPtrArray *texts;
  GRefString *notes;
} HrEntrySource;

/** Returns: (transfer full): without measurements and architecture, which the reader adds. */
HrEntrySource *hr_entry_source_new (HrJson *document, const HrJsonNode *object) G_GNUC_WARN_UNUSED_RESULT;
HrEntrySource *hr_entry_source_ref (HrEntrySource *self);
void hr_entry_source_unref (HrEntrySource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEntrySource, hr_entry_source_unref)

/** Returns: (transfer full): the entry that @source was read as. */
HrEntry *hr_entry_new_from_source (const HrJob *job, HrEntrySource *source) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (nullable) (transfer none) */
const HrEntrySource *hr_entry_get_source (HrEntry *self);

/**
 * HrProjectSource:
 * @original: (nullable): the bytes, of a file that is never written
 *
 * What a file said of the project: immutable, reference-counted.
 */
typedef struct
{
  gatomicrefcount ref_count;
  HrJson *document;
  GBytes *original;
} HrProjectSource;

HrProjectSource *hr_project_source_new (HrJson *document, GBytes *original) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
