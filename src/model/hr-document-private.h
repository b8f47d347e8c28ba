/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-document.h"

G_BEGIN_DECLS

/** Monotonic time in microseconds. */
typedef gint64 (*HrClock) (void);

/** Replaces the clock that decides which edits are one step. */
void hr_document_set_clock (HrDocument *self, HrClock clock);

void hr_document_clear_history (HrDocument *self);

/** From now on @file holds the present value; @etag: (transfer full): its identity. */
void hr_document_set_saved (HrDocument *self, GFile *file, char *etag);

/** Returns: (nullable): identity of the file when it was last read or written. */
const char *hr_document_get_etag (HrDocument *self);

G_END_DECLS
