/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-assumptions.h"
#include "core/hr-estimate.h"
#include "core/hr-field.h"
#include "core/hr-units.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HR_METRIC_MAX_ALLOCATED,
  HR_METRIC_MAX_RESERVED,
  HR_METRIC_DEVICE,
  HR_N_METRICS,
} HrMetric;

typedef enum
{
  HR_CONFIDENCE_LOW,
  HR_CONFIDENCE_MEDIUM,
  HR_CONFIDENCE_HIGH,
} HrConfidence;

/** What the maximum of a measurement covers. */
typedef enum
{
  HR_MEASURED_PROCESS,  /* from start, loading included */
  HR_MEASURED_TRAIN,    /* the training stage only */
  HR_MEASURED_GENERATE, /* after loading */
} HrMeasuredWindow;

extern const HrEnum HR_METRICS;
extern const HrEnum HR_CONFIDENCES;
extern const HrEnum HR_MEASURED_WINDOWS;

/** What a measured part is called in the file; values are those of #HrComponent. */
extern const HrEnum HR_MEASURED_COMPONENTS;

/** One measured figure of a configuration. */
typedef struct
{
  uint64_t bytes;
  HrMetric metric;       /* of measured */
  HrComponent component; /* of measured_components */
  HrConfidence confidence;
  HrMeasuredWindow window;
  uint64_t resolution_bytes; /* last printed digit: an error below half of it means nothing */
  char gpu[HR_ID_SIZE];      /* "": not stated */
  const char *source;        /* where the figure comes from; "": not stated; lives as long as the entry */
} HrMeasured;

/**
 * HrEntry:
 *
 * One configuration as the project holds it: an immutable, reference-counted value, so that undo can keep thousands.
 * What the program does not know of a file stays with the entry and is written back.
 */
typedef struct _HrEntry HrEntry;

/**
 * hr_entry_new:
 * @job: the configuration's value
 * @architecture: (nullable): shape of its model; NULL: that of @like where the model id is the same, else looked up in
 *   the catalogue; all 0 if it is not there
 * @like: (nullable): entry whose notes, unknown members and measurements the new one keeps (an edited or duplicated
 * one)
 *
 * Returns: (transfer full): a new entry.
 */
HrEntry *hr_entry_new (const HrJob *job, const HrArchitecture *architecture, HrEntry *like) G_GNUC_WARN_UNUSED_RESULT;
HrEntry *hr_entry_ref (HrEntry *self);
void hr_entry_unref (HrEntry *self);

const HrJob *hr_entry_get_job (HrEntry *self);
const HrArchitecture *hr_entry_get_architecture (HrEntry *self);

/** Returns: (transfer none): what a person wrote about the configuration, Markdown; "" where there is nothing. */
const char *hr_entry_get_notes (HrEntry *self);

/**
 * hr_entry_with_notes:
 * @notes: UTF-8, up to %HR_MAX_ENTRY_NOTES_BYTES
 *
 * Returns: (transfer full): an entry like @self with @notes in the place of those it has.
 */
HrEntry *hr_entry_with_notes (HrEntry *self, const char *notes) G_GNUC_WARN_UNUSED_RESULT;

/** Measured peaks, and figures for one part; (array length=n_measured). */
const HrMeasured *hr_entry_get_measured (HrEntry *self, size_t *n_measured);
const HrMeasured *hr_entry_get_measured_components (HrEntry *self, size_t *n_measured);

/**
 * hr_entry_with_measured:
 * @figures: (array length=n_figures): measured peaks; their sources are copied
 *
 * Returns: (transfer full): an entry like @self with @figures behind the measured peaks it has.
 */
HrEntry *hr_entry_with_measured (HrEntry *self, const HrMeasured *figures, size_t n_figures) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): an entry like @self without the measured peak at @index. */
HrEntry *hr_entry_without_measured (HrEntry *self, size_t index) G_GNUC_WARN_UNUSED_RESULT;

/** Whether both would be written alike. */
gboolean hr_entry_equal (HrEntry *a, HrEntry *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrEntry, hr_entry_unref)

/** The GPU that a project plans for, or that a configuration has of its own. */
typedef struct
{
  char id[HR_ID_SIZE]; /* "": none chosen */
  uint64_t count;
  HrGpuLimits limits;
} HrGpuChoice;

typedef struct
{
  uint64_t samples; /* 0: unknown */
  double mean_tokens;
  double epochs;
} HrDataset;

/**
 * HrProjectData:
 * @entries: (element-type HrEntry): the configurations, in order
 * @gpus: (element-type HrOwnEntry): cards of the user's own that the project carries: hr-project-gpus.h
 * @source: (nullable): opaque: what was read, for what is written back unchanged
 *
 * The value of a project file.
 */
typedef struct
{
  char *name;
  char *notes;
  char *generator;
  HrGpuChoice gpu;
  GPtrArray *gpus;
  HrUnits units;
  HrDataset dataset;
  gboolean has_dataset;
  HrAssumptions assumptions; /* of time and cost */
  gboolean read_only;        /* a newer version's file */
  GPtrArray *entries;
  gpointer source;
} HrProjectData;

/** Returns: (transfer full): an empty project with the default GPU, named @name. */
HrProjectData *hr_project_data_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer full): a copy that shares the entries. */
HrProjectData *hr_project_data_copy (const HrProjectData *self) G_GNUC_WARN_UNUSED_RESULT;
void hr_project_data_free (HrProjectData *self);
gboolean hr_project_data_equal (const HrProjectData *a, const HrProjectData *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrProjectData, hr_project_data_free)

/** Limits of the format. */
#define HR_MAX_CONFIGURATIONS 10000
#define HR_MAX_PROJECT_NAME_BYTES 4096
#define HR_MAX_NOTES_BYTES (1024 * 1024)
#define HR_MAX_ENTRY_NOTES_BYTES (64 * 1024)
#define HR_MAX_SAMPLES 1e15
#define HR_MAX_EPOCHS 1e9

G_END_DECLS
