/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hr-checkpoint.h"
#include "hr-gguf-layers.h"
#include "hr-import-report.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HrModelImport:
 * @name: what the user calls the file or folder
 * @architecture: if @has_architecture: of the model, or of the model of the catalogue that an adapter is for
 * @checkpoint: if @has_weights: what the tensors of @n_files files say
 * @layers: (nullable): of a GGUF file, where its tensors go
 * @job: a default configuration with what the files say of quantization, precision and, if @has_adapter, the method
 * @base_model: (nullable): the model that an adapter is for
 *
 * A model, its weights or an adapter from files.
 */
typedef struct
{
  char *name;
  gboolean has_architecture;
  gboolean has_weights;
  gboolean has_adapter;
  HrArchitecture architecture;
  HrCheckpoint checkpoint;
  HrGgufLayers *layers;
  guint n_files;
  HrJob job;
  char *base_model;
  HrImportReport *report;
} HrModelImport;

/**
 * The most memory that an import takes, whatever the files hold: a text of %HR_TENSOR_MAX_HEADER_BYTES and its copy,
 * the nodes of %HR_JSON_MAX_NODES values, and tables of %HR_TENSOR_MAX_COUNT tensors.
 */
#define HR_MODEL_IMPORT_MAX_BYTES (256 * 1024 * 1024)

/**
 * hr_model_import:
 * @file: config.json, adapter_config.json, .safetensors, its index, .gguf, or a folder that holds them
 *
 * Reads what describes a model, never its weights. What lies beside the file is used too: the config.json of weights,
 * the other parts of a model that is split. Pickles of PyTorch are refused: reading them means running them.
 *
 * Returns: (transfer full): the model, or NULL with @error set.
 */
HrModelImport *hr_model_import (GFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As hr_model_import() without looking into the catalogue, which belongs to one thread: for any thread. */
HrModelImport *hr_model_import_read (GFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * hr_model_import_text:
 * @bytes: a config.json or adapter_config.json
 * @name: how messages call it
 *
 * As hr_model_import(), of a text from elsewhere.
 */
HrModelImport *hr_model_import_text (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Takes the architecture and the name of an adapter's model from the catalogue where the files have none. */
void hr_model_import_find_base (HrModelImport *self);

/** Returns: (nullable): what was assumed of a type of model that is not known; such a model is not used unasked. */
const char *hr_model_import_guess (const HrModelImport *self);

/** Returns: (transfer full): what to call the model in @file: as the hub calls it, or after its folder or GGUF file. */
char *hr_model_import_name (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

void hr_model_import_free (HrModelImport *self);

/** Returns: (transfer full): the import as JSON for other programs; docs/command-line.md describes it. */
char *hr_model_import_to_json (const HrModelImport *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrModelImport, hr_model_import_free)

G_END_DECLS
