/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-model-import-private.h"

#include "hr-error.h"
#include "hr-gguf-architecture.h"
#include "hr-gguf-mix.h"
#include "hr-safe-file.h"
#include "hr-safetensors.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A model in several files: NAME-00001-of-00003.gguf. Source: gguf-split of llama.cpp. */
#define SPLIT_DIGITS 5
#define SPLIT_OF "-of-"
#define SPLIT_SUFFIX_LENGTH (1 + SPLIT_DIGITS + strlen (SPLIT_OF) + SPLIT_DIGITS + strlen (HR_SUFFIX_GGUF))

static void
note_quantization (HrModelImport *self)
{
  const HrCheckpoint *checkpoint = &self->checkpoint;
  HrQuantization scheme = hr_checkpoint_format_quantization (checkpoint->format);
  const char *name = hr_enum_id (&HR_CHECKPOINT_FORMATS, (int) checkpoint->format);

  if (checkpoint->format == HR_CHECKPOINT_PLAIN)
    return;

  hr_import_report_add (self->report, HR_IMPORT_READ, "quantization", _ ("%s, by the tensors"), name);
  if (checkpoint->bits_assumed)
    hr_import_report_add (self->report, HR_IMPORT_ASSUMED, "quantization", _ ("%u bits; nothing says how many"),
                          checkpoint->bits);
  if (self->job.quantization.scheme == HR_QUANTIZATION_NONE && scheme != HR_QUANTIZATION_NONE)
    {
      gboolean packed = scheme == HR_QUANTIZATION_GPTQ || scheme == HR_QUANTIZATION_AWQ;

      self->job.quantization.scheme = scheme;
      self->job.quantization.bits = packed ? checkpoint->bits : 0;
      self->job.quantization.group_size = packed ? checkpoint->group_size : 0;
    }
}

static void
note_uncounted (HrModelImport *self, const char *what, guint64 parameters, const char *why)
{
  if (parameters > 0)
    hr_import_report_add (self->report, HR_IMPORT_IGNORED, what, _ ("%" PRIu64 " parameters: %s"), parameters, why);
}

static void
examine (HrModelImport *self, const HrTensorTable *table, guint n_files)
{
  const HrArchitecture *architecture = self->has_architecture ? &self->architecture : NULL;
  HrCheckpoint *checkpoint = &self->checkpoint;

  self->has_weights = TRUE;
  self->n_files = n_files;
  hr_checkpoint_examine (table, architecture, (guint) self->job.quantization.bits, checkpoint);
  note_quantization (self);
  note_uncounted (self, "other-modality", checkpoint->other_modality_parameters,
                  _ ("parts for images or sound, not part of the text model"));
  note_uncounted (self, "extra-layers", checkpoint->extra_layer_parameters,
                  _ ("layers behind those that the architecture counts"));
  note_uncounted (self, "unknown-tensors", checkpoint->unknown_parameters, _ ("tensors whose names say nothing"));
  if (architecture != NULL && architecture->tie_word_embeddings)
    note_uncounted (self, "head", checkpoint->modules[HR_MODULE_HEAD],
                    _ ("the head is in the file although it is tied to the embedding"));
}

gboolean
hr_model_import_safetensors (HrModelImport *self, HrFileReader *reader, GError **error)
{
  g_autoptr (HrTensorTable) table = hr_tensor_table_new ();

  if (!hr_safetensors_read (reader, table, error))
    return FALSE;

  hr_tensor_table_sort (table);
  examine (self, table, 1);
  return TRUE;
}

gboolean
hr_model_import_index (HrModelImport *self, GFile *index, GError **error)
{
  guint shards = 0;
  g_autoptr (HrTensorTable) table = hr_safetensors_read_index (index, &shards, error);

  if (table == NULL)
    return FALSE;

  examine (self, table, shards);
  return TRUE;
}

/* Parts of the model that @file is one of; 0 if it is whole. @stem: (out): what their names begin with. */
static guint
parts_of (GFile *file, char **stem)
{
  g_autofree char *name = g_file_get_basename (file);
  gsize length = strlen (name);
  guint part = 0;
  guint count = 0;

  *stem = NULL;
  if (length <= SPLIT_SUFFIX_LENGTH
      || sscanf (name + length - SPLIT_SUFFIX_LENGTH, "-%5u-of-%5u.gguf", &part, &count) != 2)
    return 0;

  *stem = g_strndup (name, length - SPLIT_SUFFIX_LENGTH);
  return count;
}

static HrGgufFile *
read_part (GFile *folder, const char *stem, guint part, guint count, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%05u-of-%05u" HR_SUFFIX_GGUF, stem, part, count);
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (HrFileReader) reader = hr_file_reader_open (file, error);

  return reader != NULL ? hr_gguf_file_read (reader, error) : NULL;
}

static gboolean
add_part (HrTensorTable *table, const HrGgufFile *part, const char *name, GError **error)
{
  const HrTensorTable *own = hr_gguf_file_tensors (part);

  if (hr_tensor_table_length (table) + hr_tensor_table_length (own) > HR_TENSOR_MAX_COUNT)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("%s: has more than %u tensors"), name, HR_TENSOR_MAX_COUNT);
      return FALSE;
    }
  for (guint i = 0; i < hr_tensor_table_length (own); i++)
    hr_tensor_table_add (table, hr_tensor_table_get (own, i));

  return TRUE;
}

/* The first part has the metadata. */
static HrGgufFile *
read_parts (GFile *file, const char *stem, guint count, GError **error)
{
  g_autofree char *name = hr_file_display_name (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (HrGgufFile) first = read_part (folder, stem, 1, count, error);

  for (guint i = 2; first != NULL && i <= count; i++)
    {
      g_autoptr (HrGgufFile) part = read_part (folder, stem, i, count, error);
      if (part == NULL || !add_part (hr_gguf_file_tensors (first), part, name, error))
        return NULL;
    }
  if (first == NULL)
    return NULL;

  const char *repeated = hr_tensor_table_sort (hr_gguf_file_tensors (first));
  if (repeated != NULL)
    {
      g_set_error (error, HR_ERROR, HR_ERROR_VALUE, _ ("%s: the tensor %s is in two parts; fetch them again"), name,
                   repeated);
      return NULL;
    }

  return g_steal_pointer (&first);
}

gboolean
hr_model_import_gguf (HrModelImport *self, GFile *file, HrFileReader *reader, GError **error)
{
  g_autofree char *stem = NULL;
  guint count = parts_of (file, &stem);
  g_autoptr (HrGgufFile) gguf = count > 1 ? read_parts (file, stem, count, error) : hr_gguf_file_read (reader, error);

  g_autoptr (GError) failure = NULL;

  if (gguf == NULL)
    return FALSE;

  self->has_architecture
      = hr_gguf_architecture (gguf, hr_file_reader_name (reader), &self->architecture, self->report, &failure);
  if (!self->has_architecture && hr_tensor_table_length (hr_gguf_file_tensors (gguf)) == 0)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!self->has_architecture)
    hr_import_report_add (self->report, HR_IMPORT_ASSUMED, "architecture",
                          _ ("not known, so that parameters are not compared: %s"), failure->message);

  self->layers = hr_gguf_layers_new (hr_gguf_file_tensors (gguf), self->has_architecture ? &self->architecture : NULL);

  HrGgufMix mix;
  examine (self, hr_gguf_file_tensors (gguf), MAX (count, 1));
  if (hr_gguf_mix (gguf, &self->checkpoint, &mix, self->report))
    {
      self->job.quantization.scheme = HR_QUANTIZATION_GGUF;
      self->job.quantization.gguf_type = mix;
    }
  else if (self->checkpoint.format == HR_CHECKPOINT_GGUF)
    hr_import_report_add (self->report, HR_IMPORT_ASSUMED, "gguf_type",
                          _ ("%s; the types of the tensors are no known mix"),
                          hr_enum_id (&HR_GGUF_MIXES, (int) self->job.quantization.gguf_type));
  return TRUE;
}
