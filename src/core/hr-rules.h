/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-enum.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The three rules of thumb by which people plan GPU memory today, exactly as published. All sizes are decimal
 * gigabytes (1e9 bytes), unrounded.
 */

typedef enum
{
  HR_RULE_LESSON,
  HR_RULE_FOUR_BUCKET,
  HR_RULE_MULTIPLIER,
} HrRule;

/** Precision names that the rules know. */
typedef enum
{
  HR_RULE_PRECISION_FP32,
  HR_RULE_PRECISION_FP16,
  HR_RULE_PRECISION_BF16,
  HR_RULE_PRECISION_INT8,
  HR_RULE_PRECISION_INT4,
  HR_RULE_PRECISION_NF4,
} HrRulePrecision;

/** Optimizers that the multiplier rule knows. */
typedef enum
{
  HR_RULE_OPTIMIZER_SGD,
  HR_RULE_OPTIMIZER_ADAM,
  HR_RULE_OPTIMIZER_ADAMW,
  HR_RULE_OPTIMIZER_ADAGRAD,
  HR_RULE_OPTIMIZER_RMSPROP,
  HR_RULE_OPTIMIZER_8BIT,
} HrRuleOptimizer;

extern const HrEnum HR_RULES;
extern const HrEnum HR_RULE_PRECISIONS;
extern const HrEnum HR_RULE_OPTIMIZERS;

/** Bytes of one weight. */
double hr_rule_precision_bytes (HrRulePrecision precision);

typedef struct
{
  double params_billions;
  HrRulePrecision weight_precision;
  bool training;
  bool lora;
  uint32_t lora_rank;
  bool gradient_checkpointing;
  uint32_t batch_size; /* micro-batch, samples */
  uint32_t seq_length; /* tokens */
  uint32_t num_layers;
  uint32_t hidden_dim;
  uint32_t lora_target_modules; /* the published rule counts 2 */
  double trainable_params;      /* > 0: replaces the rule's own count, for a model whose exact count is known */
} HrLessonInput;

typedef struct
{
  double weights;
  double gradients;
  double optimizer;
  double activations;
  double overhead;
  double total;
} HrLessonResult;

/** Parameters that the lesson rule takes to be trained: all, or 2 · rank · hidden · target modules · layers. */
double hr_lesson_trainable_parameters (const HrLessonInput *input);

/** Lesson rule (VRAM budget planning); components that do not apply (inference) are 0. */
HrLessonResult hr_rule_lesson (const HrLessonInput *input);

typedef struct
{
  double params_billions;
  HrRulePrecision weight_precision;
  double activations_gb; /* about 1 for small batches */
} HrFourBucketInput;

typedef struct
{
  double weights;
  double gradients;
  double optimizer;
  double activations;
  double total;
} HrFourBucketResult;

/** Four-bucket rule: weights, gradients of the same precision, two fp32 states, activations. */
HrFourBucketResult hr_rule_four_bucket (const HrFourBucketInput *input);

typedef struct
{
  double params_billions;
  HrRulePrecision weight_precision;
  bool training;
  HrRuleOptimizer optimizer;
} HrMultiplierInput;

typedef struct
{
  double model;
  double gradients;
  double optimizer;
  double activations_low;
  double activations_high;
  double overhead_low;
  double overhead_high;
  double total_low;
  double total_high;
} HrMultiplierResult;

/** Multiplier rule: a range, low to high; inference is 1.2 · model, low and high alike. */
HrMultiplierResult hr_rule_multiplier (const HrMultiplierInput *input);
