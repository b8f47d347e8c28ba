/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-field.h"
#include "io/hr-project-data.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * One member of the field table as a GObject property, and what an edit of it changes along.
 */

/** Name of the property: "method-rank". */
const char *hr_member_name (HrFieldId field);

/** Returns: (transfer full): its specification; with the widest range of its type, so that edits can be refused. */
GParamSpec *hr_member_param_spec (HrFieldId field) G_GNUC_WARN_UNUSED_RESULT;

/** Puts the member's value into @value: lists of target modules as "all-linear" or "q_proj, v_proj". */
void hr_member_get (HrFieldId field, const HrJob *job, GValue *value);

/**
 * hr_member_set:
 * @planned: the GPU that the project plans for
 *
 * Edits one member of @job, and with it what a user expects to follow:
 * - method: QLoRA and QDoRA quantize the base to NF4 with double quantization unless it is quantized already; every
 *   other method removes quantization. Last layers trains the usual number of them, others all.
 * - quantization: LoRA on a quantized base is QLoRA, QLoRA without quantization is LoRA; the same for DoRA. Bits and
 *   group size go back to the scheme's own.
 * - GPU: "" takes the project's; editing another member of it starts from the project's.
 *
 * Returns: FALSE, with @job unchanged, if @value is not allowed.
 */
gboolean hr_member_set (HrFieldId field, HrJob *job, const GValue *value, const HrGpuChoice *planned);

/** Whether the member means anything for @job: a rank without adapters does not. */
gboolean hr_member_applies (HrFieldId field, const HrJob *job);

/** Whether the member applies to both and has another value. */
gboolean hr_member_differs (HrFieldId field, const HrJob *a, const HrJob *b);

G_END_DECLS
