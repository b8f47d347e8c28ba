/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-estimate.h"
#include "core/hr-field.h"
#include "core/hr-parameters.h"
#include "core/hr-units.h"
#include "io/hr-project-data.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * What people read, in their language, for what files and the core call by an id. All return static strings unless
 * said otherwise.
 */

const char *hr_component_label (HrComponent component);
const char *hr_phase_label (HrPhaseKind phase);
const char *hr_module_label (HrModule module);
const char *hr_basis_label (HrBasis basis);
const char *hr_band_reason_label (HrBandReason reason);
const char *hr_warning_label (HrWarning warning);

/** Returns: (transfer full): "step 2, backward", "load". */
char *hr_phase_text (const HrPhase *phase) G_GNUC_WARN_UNUSED_RESULT;

/** "Micro-batch size", "Rank". */
const char *hr_field_label (HrFieldId field);

/** What a value of an enumeration member is called: "QLoRA", "NF4". */
const char *hr_value_label (HrFieldId field, int value);

/** Whether 0 says that the member follows from something else. */
gboolean hr_field_zero_is_automatic (HrFieldId field);

/** Returns: (transfer full): a member's value as people read it: "NF4", "16", "all linear", "on". */
char *hr_field_text (HrFieldId field, const HrJob *job) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "12.1–14.5 GB"; one figure where both ends are the same. */
char *hr_range_text (guint64 low_bytes, guint64 high_bytes, HrUnits units) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "Fits, 4.5 GB free", "Tight, 1.4 GB free", "Does not fit, 88 GB short", "No GPU
 * chosen". */
char *hr_verdict_text (const HrEstimate *estimate, HrUnits units) G_GNUC_WARN_UNUSED_RESULT;

/** Icon that stands for a verdict beside its words. */
const char *hr_verdict_icon_name (HrVerdict verdict);

/** What a configuration is called: its name; its id where the name is blank. Lives as long as @job. */
const char *hr_job_title (const HrJob *job);

/** Returns: (transfer full): the line under a configuration's name: "bf16 · AdamW", "NF4 · all linear". */
char *hr_job_summary (const HrJob *job) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): "8,030,261,248 parameters · 32 layers · GQA 32/8". */
char *hr_architecture_summary (const HrArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: the name of a model without its owner, within @model_id: "Meta-Llama-3-8B". */
const char *hr_model_display_name (const char *model_id);

/** Returns: what people call a card, in short: "T4", "RTX 4090"; @gpu_id itself if the catalogue lacks it. */
const char *hr_gpu_display_name (const char *gpu_id);

/** As hr_gpu_display_name(), of a card that is at hand, or that the project may carry with it. */
const char *hr_gpu_short_name (const HrGpu *gpu);
const char *hr_project_gpu_name (const HrProjectData *data, const char *gpu_id);

G_END_DECLS
