/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-units.h"

#include <glib.h>

G_BEGIN_DECLS

/** How a text reaches people. */
typedef enum
{
  HR_WRITTEN, /* "13.6 GB" */
  HR_SPOKEN,  /* read aloud: whole words for units, the plural that the figure asks for: "13.6 gigabytes" */
} HrWording;

/** Returns: (transfer full): a size in the user's language and notation. */
char *hr_size_text (uint64_t bytes, HrUnits units, int decimals, HrWording wording) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
