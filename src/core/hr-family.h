/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/**
 * HrFamily:
 *
 * How one family's code in transformers names its linear modules, where that differs from the common words. NULL: the
 * common word. Modules that share a name and are fused hold several roles side by side.
 */
typedef struct
{
  const char *model_type;
  const char *embedding;
  const char *q, *k, *v, *o;
  const char *gate, *up, *down;
  const char *plain_up; /* of an MLP without a gate */
  const char *expert_gate, *expert_up, *expert_down;
  const char *router;
  const char *pooler;
  const char *head;
  bool fused_qkv;
  bool fused_gate_up;
  bool fused_experts;
  bool experts_are_parameters;
  bool router_is_parameter;
} HrFamily;

/** Returns: the names of @model_type, the common words for an unknown one. */
const HrFamily *hr_family_of (const char *model_type);
