/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-architecture.h"

/** Where a parameter lives. */
typedef enum
{
  HR_MODULE_EMBEDDINGS,
  HR_MODULE_ATTENTION, /* projections, biases, query and key norms, sinks, relative positions */
  HR_MODULE_MLP,       /* dense layers' MLP */
  HR_MODULE_EXPERTS,   /* routed experts */
  HR_MODULE_SHARED_EXPERTS,
  HR_MODULE_ROUTER,
  HR_MODULE_NORMS,
  HR_MODULE_POOLER,
  HR_MODULE_HEAD, /* 0 where the output matrix is tied to the embedding */
  HR_N_MODULES,
} HrModule;

extern const HrEnum HR_MODULES;

typedef struct
{
  uint64_t modules[HR_N_MODULES];
  uint64_t total;
  uint64_t active; /* used for one token: total less the experts that do not run */
} HrParameters;

/**
 * hr_parameters_count:
 * @architecture: an architecture that hr_architecture_check() accepts
 * @out: (out caller-allocates): parameters by module, in elements
 *
 * Exact number of parameters, to the unit. Source: the models' own code; table in docs/formulas.md.
 */
void hr_parameters_count (const HrArchitecture *architecture, HrParameters *out);

/**
 * hr_parameters_of_last_layers:
 *
 * Parameters of the last @layers decoder layers (all of them if there are fewer), without embeddings, final norm and
 * head.
 */
uint64_t hr_parameters_of_last_layers (const HrArchitecture *architecture, uint32_t layers);
