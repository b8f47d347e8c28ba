/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-estimate.h"
#include "hr-operators.h"
#include "hr-selective.h"
#include "hr-trace.h"

/*
 * A shape-only autograd: operators allocate, save and free storages in the order in which an eager training step does,
 * and the tape keeps what is live, by component. Nothing is computed but sizes.
 *
 * The forward pass runs while operators are emitted; hr_tape_backward() then runs the recorded nodes in decreasing
 * order of creation, as the engine does: a node's gradient and saved tensors die after it ran, a second gradient for
 * one node is added in place where the first is not shared, and a parameter's first gradient is kept.
 */

#define HR_TAPE_MAX_STORAGES 2048
#define HR_TAPE_MAX_NODES 768
#define HR_TAPE_MAX_INPUTS 4
#define HR_TAPE_MAX_SAVED 6
#define HR_TAPE_MAX_STEPS 12
#define HR_TAPE_MAX_CACHED 256

/** A view of a storage with the node that made it. Plain value; the storage's references are counted apart. */
typedef struct
{
  uint64_t elements;
  int16_t storage; /* -1: no tensor */
  int16_t node;    /* producer; -1: none (a leaf) */
  uint8_t element_bytes;
  uint8_t is_parameter;
  uint8_t adds; /* a parameter whose gradient another use of it holds */
  uint8_t requires_grad;
} HrTensor;

#define HR_TENSOR_NONE ((HrTensor){ .storage = -1, .node = -1 })

/** One action of an operator's backward. */
typedef enum
{
  HR_STEP_TEMPORARY, /* allocate temporary slot */
  HR_STEP_FREE,      /* free temporary slot */
  HR_STEP_SHARE,     /* the input's gradient is the incoming one */
  HR_STEP_NEW,       /* the input's gradient is a new tensor */
  HR_STEP_REUSE,     /* the input's gradient takes the place of saved tensor slot */
} HrStepKind;

typedef struct
{
  uint8_t kind;
  uint8_t slot;      /* input, temporary or saved tensor */
  uint8_t component; /* of what is allocated */
  uint8_t saved;     /* HR_STEP_REUSE: which saved tensor */
  uint64_t bytes;
} HrStep;

/**
 * HrOp:
 *
 * An operator: what it gives, what it keeps, and its backward. It is put together where the tape will keep it.
 */
typedef struct
{
  int16_t edges[HR_TAPE_MAX_INPUTS]; /* node that made the input, or -1 */
  uint8_t keeps[HR_TAPE_MAX_INPUTS]; /* a parameter: its gradient stays */
  int16_t saved[HR_TAPE_MAX_SAVED];  /* storages */
  HrStep steps[HR_TAPE_MAX_STEPS];
  int16_t gradient; /* storage, or -1 */
  uint8_t n_inputs;
  uint8_t n_saved;
  uint8_t n_steps;
  bool needs_grad; /* an input does */
  bool saves_output;
  uint8_t element_bytes;
  uint8_t component; /* of the output */
  uint8_t op_class;  /* HrOpClass */
  int16_t view_of;   /* storage that the output shares; -1: a new one */
  uint8_t place;     /* HrPlace */
  uint64_t elements;
} HrOp;

typedef struct
{
  uint64_t bytes;
  uint16_t references;
  uint8_t component;
  uint8_t place;       /* HrPlace */
  uint16_t event;      /* of the trace, by which it came to be */
  uint16_t rest_bytes; /* of its bytes, beyond what was asked for */
} HrStorage;

/** What becomes of a parameter's gradient. */
typedef enum
{
  HR_GRADIENT_STAYS,
  HR_GRADIENT_IS_ADDED,   /* to the one of earlier micro-batches */
  HR_GRADIENT_IS_APPLIED, /* the parameter is updated by it at once */
} HrGradientFate;

typedef struct
{
  HrGradientFate fate;
  uint64_t copies; /* applied: what an update makes, in gradients */
} HrGradientUpdate;

typedef struct HrCensus HrCensus;

typedef struct
{
  HrStorage storages[HR_TAPE_MAX_STORAGES];
  int16_t free_storages[HR_TAPE_MAX_STORAGES];
  int n_free;
  int n_used;                        /* storages ever handed out */
  HrOp nodes[HR_TAPE_MAX_NODES + 1]; /* the last: room to put one together */
  int n_nodes;
  bool grad_enabled;
  int16_t cached[HR_TAPE_MAX_CACHED]; /* storages that autocast or the outputs hold until the forward returns */
  int n_cached;
  bool overflow;          /* an operator did not fit: the result is of no use */
  HrSelective *selective; /* (nullable): the checkpoint that the layer which runs now is under */
  HrTrace *trace;         /* (nullable): notes storages that come and go; hr_tape_reset() leaves it */
  HrGradientUpdate update;
  uint8_t place;          /* HrPlace of what is made now */
  HrCensus *census;       /* (nullable): notes what lives by name; hr_tape_reset() leaves it */
  HrOperators *operators; /* (nullable): notes what lives while each operator runs; hr_tape_reset() leaves it */

  uint64_t live_bytes[HR_N_COMPONENTS];
  uint64_t total_bytes;
  uint64_t peak_bytes;
  uint64_t peak_live_bytes[HR_N_COMPONENTS];
} HrTape;

/** Empties the tape: nothing live, nothing recorded. */
void hr_tape_reset (HrTape *self);

/** Starts a new maximum at what is live now. */
void hr_tape_reset_peak (HrTape *self);

/** A tensor of its own storage, held once. */
HrTensor hr_tape_new (HrTape *self, uint64_t elements, uint8_t element_bytes, HrComponent component);

/** The same as part of what an operator of @op_class gives: a selective checkpoint may keep it. */
HrTensor hr_tape_new_result (HrTape *self, uint64_t elements, uint8_t element_bytes, HrOpClass op_class);

/** A parameter whose storage is counted elsewhere. If it @trains its gradients stay live under @gradients. */
HrTensor hr_tape_parameter (uint64_t elements, uint8_t element_bytes, bool trains);

/** Holds @tensor once more, or lets one hold go; the storage dies with its last one. */
void hr_tape_hold (HrTape *self, HrTensor tensor);
void hr_tape_release (HrTape *self, HrTensor tensor);

/** Lets @old go once @made exists, and gives @made: one name for a value that passes through operators. */
HrTensor hr_tape_replace (HrTape *self, HrTensor old, HrTensor made);

/** Hands the hold on @tensor to what lives until the forward returns, as @component; and lets go all of that. */
void hr_tape_cache (HrTape *self, HrTensor tensor, HrComponent component);
void hr_tape_empty_cache (HrTape *self);

/** What a stretch of operators has left when it is done. */
typedef struct
{
  uint64_t kept_bytes;      /* activations for its backward */
  uint64_t workspace_bytes; /* copies of weights */
  uint64_t gradient_bytes;  /* of parameters, once it has run backward */

  uint64_t live_bytes[HR_N_COMPONENTS]; /* when it began */
  int n_nodes;
  int n_cached;
} HrTapeStretch;

/** Begins a stretch that hr_tape_take_back() measures and undoes: its operators are as if they had never run. What they
 * gave has to be let go before. */
void hr_tape_try (const HrTape *self, HrTapeStretch *stretch);
void hr_tape_take_back (HrTape *self, HrTapeStretch *stretch);

/**
 * hr_tape_op:
 *
 * Begins the next operator: it gives as many elements as @like, of its type, and neither takes nor keeps anything yet.
 *
 * Returns: what to complete and to emit before another is begun.
 */
HrOp *hr_tape_op (HrTape *self, HrTensor like);

/** Runs an operator forward and records it if a gradient will be needed. */
HrTensor hr_tape_emit (HrTape *self, HrOp *op);

/**
 * hr_tape_input:
 *
 * The tensor with which a recorded stretch begins, of its own storage, held once. If it @requires_grad its gradient is
 * what hr_tape_backward() gives back.
 */
HrTensor hr_tape_input (HrTape *self, uint64_t elements, uint8_t element_bytes, bool requires_grad);

/** The same with a tensor that lives already; gives it back as the beginning of a stretch. */
HrTensor hr_tape_begin (HrTape *self, HrTensor input, bool requires_grad);

/**
 * hr_tape_backward:
 * @root: last tensor of the stretch; its storage need not live any more
 * @gradient: its gradient; the hold on it is taken over
 *
 * Runs the recorded nodes backward and forgets them.
 *
 * Returns: the gradient of the input, held once, or a tensor without storage.
 */
HrTensor hr_tape_backward (HrTape *self, HrTensor root, HrTensor gradient);
