/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-import-private.h"

#include "catalog/hr-catalog.h"
#include "hr-adapter-config.h"
#include "hr-model-config.h"
#include "hr-quantization-config.h"
#include "hr-safe-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MODEL_TYPE "model_type"
#define WEIGHT_MAP "weight_map"

/* What names of an adapter's files begin with. */
#define PREFIX_ADAPTER "adapter_"

/* Entries of a folder that are looked at. */
#define MAX_ENTRIES 65536

static const struct
{
  const char *name;
  HrDtype dtype;
} dtypes[] = {
  { "bfloat16", HR_DTYPE_BF16 },
  { "float16", HR_DTYPE_FP16 },
  { "float32", HR_DTYPE_FP32 },
};

/* transformers 5 says dtype. */
static void
read_dtype (HrModelImport *self, const HrJsonNode *object)
{
  static const char *const names[] = { "dtype", "torch_dtype" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const HrJsonNode *value = hr_json_member (object, names[i]);

      for (gsize n = 0; value != NULL && value->type == HR_JSON_STRING && n < G_N_ELEMENTS (dtypes); n++)
        if (strcmp (value->text, dtypes[n].name) == 0)
          {
            self->job.precision.weights = dtypes[n].dtype;
            hr_import_report_add (self->report, HR_IMPORT_READ, names[i], "%s", value->text);
          }
    }
}

gboolean
hr_model_import_config (HrModelImport *self, const char *name, const HrJsonNode *root, GError **error)
{
  HrPath path = HR_PATH_FILE (name);

  if (!hr_json_read_object (&path, root, error))
    return FALSE;

  const char *part_name = hr_model_config_text_part (root);
  const HrJsonNode *text = part_name != NULL ? hr_json_member (root, part_name) : NULL;
  if (text != NULL && text->type == HR_JSON_OBJECT)
    read_dtype (self, text);
  read_dtype (self, root);
  if (!hr_quantization_config_import_model (&path, root, &self->job, self->report, error)
      || !hr_model_config_import (&path, root, &self->architecture, self->report, error))
    return FALSE;

  self->has_architecture = TRUE;
  return TRUE;
}

static gboolean
read_adapter (HrModelImport *self, GBytes *bytes, const char *name, GError **error)
{
  if (!hr_adapter_config_parse (bytes, name, &self->job, &self->base_model, self->report, error))
    return FALSE;

  self->has_adapter = TRUE;
  return TRUE;
}

/* Beside weights; where there is none, or one that cannot be used, the weights are told alone. */
static void
read_config_beside (HrModelImport *self, GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) config = g_file_get_child (folder, HR_FILE_CONFIG);
  g_autofree char *name = hr_file_display_name (config);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = hr_safe_file_read (config, HR_TENSOR_MAX_HEADER_BYTES, NULL, &failure);
  g_autoptr (HrJson) document = bytes != NULL ? hr_json_parse (bytes, name, &failure) : NULL;

  if (document == NULL || !hr_model_import_config (self, name, hr_json_root (document), &failure))
    hr_import_report_add (self->report, HR_IMPORT_ASSUMED, HR_FILE_CONFIG,
                          _ ("not read, so that parameters are not compared: %s"), failure->message);
}

static HrModelImport *
new_import (const char *name)
{
  HrModelImport *self = g_new0 (HrModelImport, 1);

  self->name = g_strdup (name);
  self->report = hr_import_report_new ();
  hr_job_init (&self->job);

  return self;
}

HrModelImport *
hr_model_import_text (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (HrModelImport) self = new_import (name);
  g_autoptr (HrJson) document = hr_json_parse (bytes, name, error);

  if (document == NULL)
    return NULL;

  const HrJsonNode *root = hr_json_root (document);
  if (hr_adapter_config_is (root) ? !read_adapter (self, bytes, name, error)
                                  : !hr_model_import_config (self, name, root, error))
    return NULL;
  hr_model_import_find_base (self);

  return g_steal_pointer (&self);
}

static gboolean
read_json (HrModelImport *self, GFile *file, GError **error)
{
  g_autofree char *name = hr_file_display_name (file);
  g_autoptr (GBytes) bytes = hr_safe_file_read (file, HR_TENSOR_MAX_HEADER_BYTES, NULL, error);
  g_autoptr (HrJson) document = bytes != NULL ? hr_json_parse (bytes, name, error) : NULL;

  if (document == NULL)
    return FALSE;

  const HrJsonNode *root = hr_json_root (document);
  if (hr_adapter_config_is (root))
    return read_adapter (self, bytes, name, error);
  if (root->type != HR_JSON_OBJECT || hr_json_member (root, WEIGHT_MAP) == NULL)
    return hr_model_import_config (self, name, root, error);

  g_clear_pointer (&document, hr_json_unref);
  g_clear_pointer (&bytes, g_bytes_unref);
  read_config_beside (self, file);
  return hr_model_import_index (self, file, error);
}

/* Returns: (transfer full) (nullable): the file called @name in @folder. */
static GFile *
find_child (GFile *folder, const char *name)
{
  g_autoptr (GFile) child = g_file_get_child (folder, name);

  return g_file_query_exists (child, NULL) ? g_steal_pointer (&child) : NULL;
}

/* Weights of an adapter say less than the adapter_config.json that peft saves with them. */
static GFile *
find_adapter_beside (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return g_str_has_prefix (name, PREFIX_ADAPTER) ? find_child (folder, HR_FILE_ADAPTER) : NULL;
}

/* What is wrong with a file that changes meanwhile is that it changes. */
static gboolean
read_settled_json (HrModelImport *self, GFile *file, HrFileReader *reader, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean done = read_json (self, file, &failure);

  if (!hr_file_reader_finish (reader, error))
    return FALSE;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&failure));

  return done;
}

static gboolean
read_file (HrModelImport *self, GFile *file, GError **error)
{
  g_autoptr (HrFileReader) reader = hr_file_reader_open (file, error);
  g_autoptr (GFile) adapter = NULL;
  HrModelFileKind kind;

  if (reader == NULL || !hr_model_file_kind (reader, &kind, error))
    return FALSE;

  switch (kind)
    {
    case HR_MODEL_FILE_JSON:
      return read_settled_json (self, file, reader, error);
    case HR_MODEL_FILE_SAFETENSORS:
      adapter = find_adapter_beside (file);
      if (adapter != NULL)
        return read_json (self, adapter, error);
      read_config_beside (self, file);
      return hr_model_import_safetensors (self, reader, error);
    case HR_MODEL_FILE_GGUF:
      return hr_model_import_gguf (self, file, reader, error);
    case HR_MODEL_FILE_PICKLE:
      return hr_file_fail (file,
                           _ ("is a pickle of PyTorch: reading it means running what it holds; convert it to "
                              "safetensors, or give the model's config.json"),
                           error);
    case HR_MODEL_FILE_POINTER:
      return hr_file_fail (file, _ ("is a Git LFS pointer in place of the file; run “git lfs pull” to fetch it"),
                           error);
    case HR_MODEL_FILE_OTHER:
    default:
      return hr_file_fail (
          file,
          _ ("is no model; choose a config.json, adapter_config.json, .safetensors or .gguf file, or a "
             "folder that holds them"),
          error);
    }
}

static gboolean
is_weights (const char *name)
{
  gboolean projector = g_str_has_prefix (name, "mmproj");

  return (g_str_has_suffix (name, HR_SUFFIX_GGUF) && !projector)
         || (g_str_has_suffix (name, HR_SUFFIX_SAFETENSORS) && !g_str_has_prefix (name, PREFIX_ADAPTER));
}

/* Returns: (transfer full) (nullable): the first file of weights by name. */
static GFile *
find_any_weights (GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  g_autoptr (GDir) dir = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  g_autofree char *first = NULL;
  const char *name;
  guint n_entries = 0;

  while (dir != NULL && n_entries++ < MAX_ENTRIES && (name = g_dir_read_name (dir)) != NULL)
    if (is_weights (name) && (first == NULL || strcmp (name, first) < 0))
      {
        g_free (first);
        first = g_strdup (name);
      }

  return first != NULL ? g_file_get_child (folder, first) : NULL;
}

static GFile *
find_weights (GFile *folder)
{
  GFile *file = find_child (folder, HR_FILE_INDEX);

  if (file == NULL)
    file = find_child (folder, HR_FILE_WEIGHTS);

  return file != NULL ? file : find_any_weights (folder);
}

/* Weights read the config.json beside them themselves. */
static gboolean
read_folder (HrModelImport *self, GFile *folder, GError **error)
{
  g_autoptr (GFile) weights = find_weights (folder);
  g_autoptr (GFile) config = find_child (folder, HR_FILE_CONFIG);
  g_autoptr (GFile) adapter = find_child (folder, HR_FILE_ADAPTER);
  g_autoptr (GFile) pickle = find_child (folder, "pytorch_model.bin");

  if (weights == NULL && config == NULL && adapter == NULL)
    return pickle != NULL ? read_file (self, pickle, error)
                          : hr_file_fail (folder,
                                          _ ("holds no model: no config.json, adapter_config.json, .safetensors or "
                                             ".gguf file"),
                                          error);
  if (weights == NULL && pickle != NULL)
    hr_import_report_add (self->report, HR_IMPORT_IGNORED, "pytorch_model.bin", "%s",
                          _ ("a pickle of PyTorch, which is not read"));
  if (weights != NULL ? !read_file (self, weights, error) : config != NULL && !read_file (self, config, error))
    return FALSE;

  return adapter == NULL || read_file (self, adapter, error);
}

HrModelImport *
hr_model_import_read (GFile *file, GError **error)
{
  g_autofree char *name = hr_file_display_name (file);
  g_autoptr (HrModelImport) self = new_import (name);
  gboolean is_folder = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;

  return (is_folder ? read_folder (self, file, error) : read_file (self, file, error)) ? g_steal_pointer (&self) : NULL;
}

void
hr_model_import_find_base (HrModelImport *self)
{
  const HrCatalogModel *model
      = self->base_model != NULL && !self->has_architecture ? hr_catalog_find_model (self->base_model) : NULL;

  if (model == NULL)
    return;

  g_free (self->base_model);
  self->base_model = g_strdup (model->id);
  self->architecture = model->architecture;
  self->has_architecture = TRUE;
  hr_import_report_add (self->report, HR_IMPORT_ASSUMED, "architecture", _ ("that of %s in the catalogue"), model->id);
}

HrModelImport *
hr_model_import (GFile *file, GError **error)
{
  HrModelImport *self = hr_model_import_read (file, error);

  if (self != NULL)
    hr_model_import_find_base (self);

  return self;
}

const char *
hr_model_import_guess (const HrModelImport *self)
{
  const HrImportNote *note = hr_import_report_find (self->report, HR_IMPORT_ASSUMED, MODEL_TYPE);

  return note != NULL ? note->detail : NULL;
}

void
hr_model_import_free (HrModelImport *self)
{
  g_free (self->name);
  g_free (self->base_model);
  g_clear_pointer (&self->layers, hr_gguf_layers_free);
  hr_import_report_free (self->report);
  g_free (self);
}
