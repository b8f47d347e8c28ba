/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-ops.h"
#include "hr-recipe.h"

/** What distinguishes the layers of one model. */
typedef struct
{
  bool experts;        /* routes to experts */
  bool windowed;       /* attends within the sliding window */
  bool cross;          /* decoder of an encoder-decoder: reads the encoder's output too */
  bool input_has_grad; /* false where nothing before it trains */
  bool trains;         /* its base weights do */
  bool checkpointed;   /* keeps its input only and runs again in the backward */
  bool embedded;       /* its input is the embedding's output, in that one's type */
} HrLayerKind;

/** Bytes that change while a layer runs, by component, relative to what was live when it began. */
typedef struct
{
  int64_t peak_bytes[HR_N_COMPONENTS];   /* at the layer's maximum */
  int64_t change_bytes[HR_N_COMPONENTS]; /* when it is done */
  HrTracePart trace;                     /* what came and went, where the tape has a trace */
  HrOperatorRun operators;               /* that ran, where the tape notes them */
} HrLayerProfile;

/** Starts a stretch with @given, or none: notes what is live in @before and a new maximum. */
void hr_profile_begin (HrTape *tape, HrTensor given, uint64_t before[HR_N_COMPONENTS]);

/** Ends a stretch that began at @before and has made @made, or none. */
void hr_profile_end (HrTape *tape, HrTensor made, const uint64_t before[HR_N_COMPONENTS], HrLayerProfile *profile);

/**
 * hr_layer_forward:
 * @x: input of the layer, left alone
 *
 * Emits one layer. Returns: its output, held once.
 */
HrTensor hr_layer_forward (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, HrTensor x);

/** Makes @selective ready for the first run of a checkpointed layer; NULL where its checkpoint keeps the input alone.
 */
HrSelective *hr_layer_selective (const HrRecipe *recipe, HrSelective *selective);

/**
 * hr_layer_profile:
 * @reentrant: how a checkpointed layer runs again
 * @update: what becomes of the gradients of parameters
 *
 * Simulates one layer alone, forward and backward.
 */
void hr_layer_profile (HrTape *tape, const HrRecipe *recipe, const HrLayerKind *kind, bool reentrant,
                       HrGradientUpdate update, HrLayerProfile *forward, HrLayerProfile *backward);
