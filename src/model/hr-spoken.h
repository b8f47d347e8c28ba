/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/hr-fit-map.h"
#include "hr-project.h"

G_BEGIN_DECLS

/*
 * Estimates as they are read aloud, in the user's language and locale: whole words for units, the plural that the
 * figure asks for, no signs between the parts.
 */

/** Returns: (transfer full): "13.6 gigabytes". */
char *hr_spoken_bytes (guint64 bytes, HrUnits units) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "QLoRA r16: 13.6 of 15.0 gigabytes, tight; weights 5.8 gigabytes, activations …". The
 * parts are in the order of their size; what is less than a hundredth of the whole is left out. */
char *hr_spoken_configuration (HrConfiguration *configuration, HrUnits units) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a line for each configuration. */
char *hr_spoken_project (HrProject *project) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
