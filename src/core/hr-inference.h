/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-storage.h"

/** Memory of serving a model, in bytes on one GPU. */
typedef struct
{
  uint64_t cache_prompt_bytes; /* key and value cache after the prompt */
  uint64_t cache_full_bytes;   /* and after the last new token */
  uint64_t prompt_bytes;       /* activations and logits at the worst point of the prompt */
  uint64_t decode_bytes;       /* and of one new token */
  uint64_t dequantized_bytes;  /* copies of one weight while it is used */
} HrInferenceMemory;

/** Bytes of the key and value cache of one sequence of @tokens, of the layers on one GPU. */
uint64_t hr_kv_cache_bytes (const HrRecipe *recipe, uint64_t tokens);

/** @capacity_bytes: of the card; 0 where none is chosen. */
void hr_inference_memory (const HrRecipe *recipe, uint64_t weights_bytes, uint64_t capacity_bytes,
                          HrInferenceMemory *out);
