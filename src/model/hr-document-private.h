/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-document.h"

G_BEGIN_DECLS

/** Monotonic time in microseconds. */
typedef gint64 (*HrClock) (void);

/** Replaces the clock that decides which edits are one step. */
void hr_document_set_clock (HrDocument *self, HrClock clock);

G_END_DECLS
