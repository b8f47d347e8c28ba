/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-document.h"

G_BEGIN_DECLS

/** Returns: (transfer full): the sample: four configurations of Llama-3-8B (full, LoRA, QLoRA twice) on one T4. */
HrDocument *hr_fixture_document (void) G_GNUC_WARN_UNUSED_RESULT;
HrProject *hr_fixture_project (void) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a text that is the same for equal projects only: the file that would be written. */
char *hr_fixture_text (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

/** One edit of the kind that users make: of the list, of a member of a configuration or of the project. */
void hr_fixture_edit_at_random (HrProject *project, GRand *rand);

/** Runs the main loop until nothing is left to do. */
void hr_fixture_spin (void);

/** A signal handler that counts: connect it swapped with a guint. */
void hr_fixture_count_cb (guint *count);

G_END_DECLS
