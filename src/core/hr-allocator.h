/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The caching allocator of PyTorch on one stream, default settings: what it reserves for a sequence of requests.
 * Source: c10/cuda/CUDACachingAllocator.cpp of pytorch/pytorch.
 */

#define HR_ALLOCATOR_MAX_BLOCKS 4096

typedef struct
{
  uint64_t bytes;
  uint64_t address;
  int16_t previous; /* neighbours in the segment; -1: none */
  int16_t next;
  bool is_free;
  bool is_small;
} HrBlock;

/**
 * HrAllocator:
 *
 * Segments, blocks and two pools (requests up to 1 MiB, and larger), each with its free blocks in order of size and
 * address. A value of fixed size that the caller owns.
 */
typedef struct
{
  HrBlock blocks[HR_ALLOCATOR_MAX_BLOCKS];
  int16_t unused[HR_ALLOCATOR_MAX_BLOCKS];
  int n_unused;
  int n_blocks;
  int16_t free_blocks[2][HR_ALLOCATOR_MAX_BLOCKS];
  int n_free[2];
  uint64_t next_address;
  bool overflow; /* more blocks than there is room for: the result is of no use */

  uint64_t allocated_bytes; /* unsplit rests included */
  uint64_t reserved_bytes;
  uint64_t peak_allocated_bytes;
  uint64_t peak_reserved_bytes;
} HrAllocator;

void hr_allocator_reset (HrAllocator *self);

/** Returns: a handle for hr_allocator_free(), or -1 after an overflow. */
int16_t hr_allocator_allocate (HrAllocator *self, uint64_t bytes);

void hr_allocator_free (HrAllocator *self, int16_t handle);
