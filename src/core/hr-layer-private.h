/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-layer.h"

/* The parts of a layer; each leaves its input alone and gives a tensor held once. */

HrTensor hr_layer_linear (HrTape *tape, const HrRecipe *recipe, HrRole role, HrTensor x, uint64_t rows,
                          uint64_t in_features, uint64_t out_features);
HrTensor hr_layer_norm (HrTape *tape, const HrRecipe *recipe, HrTensor x, uint64_t rows);
HrTensor hr_layer_attention (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x);
HrTensor hr_layer_mlp (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x);
HrTensor hr_layer_experts (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x);

/** Gated or plain MLP of @width on @rows rows. */
HrTensor hr_layer_mlp_of (HrTape *tape, const HrRecipe *recipe, HrTensor x, uint64_t rows, uint64_t width);
