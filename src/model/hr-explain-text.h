/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-explain.h"
#include "core/hr-job.h"

#include <glib.h>

G_BEGIN_DECLS

/* Rows of an explanation in words. All (transfer full). */

/** "Linear layers, NF4", "q_proj", "log-probabilities, backward". */
char *hr_explain_label (const HrExplainRow *row, const HrJob *job) G_GNUC_WARN_UNUSED_RESULT;

/** "32 layers × 2,048 tokens × 4,096 × 2 B ÷ 4 GPUs"; "" where nothing is known of it. */
char *hr_explain_formula (const HrExplainRow *row) G_GNUC_WARN_UNUSED_RESULT;

/** What makes a tensor: "norm", "q_proj, adapter, backward". @place: HrPlace with its bits */
char *hr_explain_place_label (uint8_t place) G_GNUC_WARN_UNUSED_RESULT;

/** Why it is there; "". Static. */
const char *hr_explain_remark (HrExplainKind kind);

G_END_DECLS
