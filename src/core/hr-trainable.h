/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-job.h"

/**
 * hr_trainable_parameters:
 *
 * Parameters that receive a gradient, in elements: all of them, those of the last layers, or the adapters', and the
 * embedding and the head where they are trained as a whole. 0 for inference.
 */
uint64_t hr_trainable_parameters (const HrArchitecture *architecture, const HrJob *job);
