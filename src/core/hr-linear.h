/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-architecture.h"

/** The longest list of linear modules that any supported architecture has. */
#define HR_MAX_LINEARS 40
#define HR_MAX_TARGETS 16
#define HR_TARGET_NAME_SIZE 40

/**
 * HrLinear:
 * @name: role in the common words: q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj, lm_head, router,
 *   shared_gate_proj, q_a_proj …
 * @alias: the module's name in the family's own code where that differs or fuses several roles (c_attn,
 *   query_key_value, qkv_proj, gate_up_proj, fc1 …), else NULL
 * @count: how many such matrices the model holds (layers, times experts where it is inside one)
 *
 * One kind of linear module, with its real sizes.
 */
typedef struct
{
  const char *name;
  const char *alias;
  uint64_t in_features;
  uint64_t out_features;
  uint64_t count;
  bool is_head;   /* lm_head: not part of "all-linear" */
  bool is_expert; /* one matrix per expert */
  bool is_router;
} HrLinear;

/**
 * HrTargets:
 *
 * The modules that get an adapter: every linear module but the head, or those named.
 */
typedef struct
{
  bool all_linear;
  uint32_t count;
  char names[HR_MAX_TARGETS][HR_TARGET_NAME_SIZE];
} HrTargets;

/**
 * hr_architecture_linears:
 * @out: (out caller-allocates) (array fixed-size=HR_MAX_LINEARS): the kinds of linear modules
 *
 * Returns: how many were written.
 */
size_t hr_architecture_linears (const HrArchitecture *architecture, HrLinear out[HR_MAX_LINEARS]);

/** Whether @targets puts an adapter on @linear: by role, or by the family's own name for it. */
bool hr_targets_match (const HrTargets *targets, const HrLinear *linear);

/**
 * hr_targets_first_unknown:
 *
 * Returns: (nullable): the first named target that the architecture lacks.
 */
const char *hr_targets_first_unknown (const HrTargets *targets, const HrArchitecture *architecture);

bool hr_targets_equal (const HrTargets *a, const HrTargets *b);

/**
 * hr_adapter_parameters:
 * @rank: rank of the two factors
 * @dora: adds one magnitude per output
 *
 * Parameters of low-rank adapters, in elements: rank · (in + out) for each matrix, with its real sizes. Source: LoRA
 * (Hu et al. 2021), section 4.1; DoRA (Liu et al. 2024), section 4.
 */
uint64_t hr_adapter_parameters (const HrArchitecture *architecture, const HrTargets *targets, uint32_t rank, bool dora);

/** Parameters of adapters on one kind of module, in elements. */
uint64_t hr_linear_adapter_parameters (const HrLinear *linear, uint32_t rank, bool dora);
