/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-layer.h"

/**
 * hr_loss_profile:
 * @input_has_grad: whether anything before the final norm trains
 * @head_trains: whether the output matrix gets a gradient
 *
 * Simulates what follows the last layer: final norm, head, loss, and their backward.
 */
void hr_loss_profile (HrTape *tape, const HrRecipe *recipe, bool input_has_grad, bool head_trains, bool gradients_exist,
                      HrLayerProfile *forward, HrLayerProfile *backward);
