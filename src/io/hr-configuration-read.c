/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-read.h"

#include "catalog/hr-catalog.h"
#include "hr-field-json.h"
#include "hr-measured-read.h"
#include "hr-model-config.h"
#include "hr-project-gpus.h"
#include "hr-project-layout.h"
#include "hr-quantization-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  HrJob job;
  HrEntrySource *source;
  const HrProjectData *project;
} Reader;

/* What a newer program wrote and this one does not understand keeps its default. */
static gboolean
settle (const Reader *self, gboolean done, GError **error)
{
  if (!done && self->project->read_only)
    g_clear_error (error);

  return done || self->project->read_only;
}

static gboolean
read_fields (Reader *self, const HrSection *section, const HrPath *path, const HrJsonNode *object, GError **error)
{
  const HrJsonNode *found[HR_JSON_MAX_KNOWN];

  hr_json_find_members (object, section->names, section->n_members, found);
  for (guint i = 0; i < section->n_members; i++)
    {
      if (found[i] == NULL || section->fields[i] == HR_LAYOUT_NO_FIELD)
        continue;

      HrPath member = HR_PATH_MEMBER (path, section->names[i]);
      const HrField *field = hr_field (section->fields[i]);
      if (!settle (self, hr_field_read (field, &member, hr_json_value (found[i]), &self->job, error), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
look_up_model (Reader *self, const HrPath *path, GError **error)
{
  const char *id = self->job.model_id;
  const HrCatalogModel *model = hr_catalog_find_model (id);

  if (model != NULL)
    {
      self->source->architecture = model->architecture;
      return TRUE;
    }
  if (*id == '\0')
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("is incomplete; it needs an id of the catalogue or a config"));

  HrPath member = HR_PATH_MEMBER (path, "id");
  const char *nearest = hr_catalog_nearest_model (id);
  if (nearest == NULL)
    return hr_path_fail (&member, HR_ERROR_UNKNOWN_MODEL, error,
                         _ ("\"%s\" is not in the catalogue; give the model's config beside its id"), id);

  return hr_path_fail (
      &member, HR_ERROR_UNKNOWN_MODEL, error,
      _ ("\"%s\" is not in the catalogue; did you mean \"%s\"? Or give the model's config beside its id"), id, nearest);
}

/* A configuration without a quantization of its own has that of its model's config. */
static gboolean
read_quantization_of_model (Reader *self, const HrPath *path, const HrJsonNode *config, GError **error)
{
  const HrField *scheme = hr_field (HR_JOB_QUANTIZATION_SCHEME);

  if (hr_json_member (self->source->object, scheme->section) != NULL)
    return TRUE;
  if (!hr_quantization_config_read_model (path, config, &self->job, error))
    return FALSE;

  self->source->implied.quantization = self->job.quantization;
  return TRUE;
}

static gboolean
read_model (Reader *self, const HrSection *section, const HrPath *path, const HrJsonNode *object, GError **error)
{
  if (!hr_json_read_object (path, object, error) || !read_fields (self, section, path, object, error))
    return FALSE;

  const HrJsonNode *config = hr_json_member (object, HR_MEMBER_CONFIG);
  HrPath member = HR_PATH_MEMBER (path, HR_MEMBER_CONFIG);

  if (config == NULL)
    return look_up_model (self, path, error);

  return hr_model_config_read (&member, config, &self->source->architecture, error)
         && settle (self, read_quantization_of_model (self, &member, config, error), error);
}

static gboolean
read_gpu (Reader *self, const HrSection *section, const HrPath *path, const HrJsonNode *node, GError **error)
{
  if (node->type == HR_JSON_NULL)
    return TRUE;
  if (!hr_json_read_object (path, node, error) || !read_fields (self, section, path, node, error)
      || !hr_gpu_id_check (path, self->job.gpu.id, self->job.gpu.name, self->project->gpus, error))
    return FALSE;

  self->job.gpu.set = true;
  return TRUE;
}

static gboolean
read_section (Reader *self, const HrSection *section, const HrPath *path, const HrJsonNode *node, GError **error)
{
  if (strcmp (section->name, HR_SECTION_GPU) == 0)
    return settle (self, read_gpu (self, section, path, node, error), error);
  if (!hr_json_read_object (path, node, error))
    return settle (self, FALSE, error);

  return read_fields (self, section, path, node, error);
}

static gboolean
read_notes (Reader *self, const HrPath *path, const HrJsonNode *node, GError **error)
{
  const char *notes = "";

  if (!hr_json_read_text (path, node, 0, HR_MAX_ENTRY_NOTES_BYTES, &notes, error))
    return settle (self, FALSE, error);
  if (*notes != '\0')
    self->source->notes = g_ref_string_new (notes);
  return TRUE;
}

static gboolean
read_list (Reader *self, const char *name, const HrPath *path, const HrJsonNode *node, GError **error)
{
  gboolean whole = strcmp (name, HR_MEMBER_MEASURED) == 0;
  GArray *figures = whole ? self->source->measured : self->source->components;

  return settle (self, hr_measured_read (path, node, !whole, figures, error), error);
}

static gboolean
read_members (Reader *self, const HrPath *path, const HrJsonNode *object, GError **error)
{
  const HrSection *layout = hr_layout_configuration ();
  const HrJsonNode *found[HR_JSON_MAX_KNOWN];

  hr_json_find_members (object, layout->names, layout->n_members, found);
  for (guint i = 0; i < layout->n_members; i++)
    {
      const HrSection *section = hr_layout_section (i);
      const HrJsonNode *node = found[i] != NULL ? hr_json_value (found[i]) : NULL;
      HrPath member = HR_PATH_MEMBER (path, layout->names[i]);
      gboolean done = TRUE;

      if (section != NULL && strcmp (section->name, HR_SECTION_MODEL) == 0)
        done = read_model (self, section, &member, node, error);
      else if (section != NULL && node != NULL)
        done = read_section (self, section, &member, node, error);
      else if (node != NULL && strcmp (layout->names[i], HR_MEMBER_NOTES) == 0)
        done = read_notes (self, &member, node, error);
      else if (node != NULL && layout->fields[i] == HR_LAYOUT_NO_FIELD)
        done = read_list (self, layout->names[i], &member, node, error);
      if (!done)
        return FALSE;
    }

  return read_fields (self, layout, path, object, error);
}

/* QLoRA and QDoRA are what they are by a base in NF4, where neither the file nor the model names
 * another scheme. */
static void
quantize_by_method (HrJob *job, const HrEntrySource *source)
{
  const HrJsonNode *object = source->object;
  const HrJsonNode *section = hr_json_member (object, hr_field (HR_JOB_QUANTIZATION_SCHEME)->section);
  gboolean stated = section != NULL && section->type == HR_JSON_OBJECT
                    && hr_json_member (section, hr_field (HR_JOB_QUANTIZATION_SCHEME)->member) != NULL;
  HrJob usual;

  if (stated || source->implied.quantization.scheme != HR_QUANTIZATION_NONE || job->task != HR_TASK_TRAIN)
    return;

  hr_job_init (&usual);
  hr_job_apply_template (&usual, HR_TASK_TRAIN, job->method.kind);
  job->quantization.scheme = usual.quantization.scheme;
  if (section == NULL)
    job->quantization.double_quantization = usual.quantization.double_quantization;
}

static void
note_nodes (HrEntrySource *source)
{
  const HrJsonNode *list = hr_json_member (source->object, HR_MEMBER_MEASURED);
  const HrJsonNode *node = source->measured->len > 0 ? hr_json_first (list) : NULL;

  for (guint i = 0; i < source->measured->len; i++, node = hr_json_next (list, node))
    g_ptr_array_add (source->nodes, (gpointer) node);
}

HrEntry *
hr_configuration_read (const HrPath *path, HrJson *document, const HrJsonNode *object, const char *generated_id,
                       const HrProjectData *project, GError **error)
{
  g_autoptr (HrEntrySource) source = hr_entry_source_new (document, object);
  Reader reader = { .source = source, .project = project };

  hr_job_init (&reader.job);
  if (!hr_json_read_object (path, object, error) || !read_members (&reader, path, object, error))
    return NULL;
  note_nodes (source);
  quantize_by_method (&reader.job, source);

  if (generated_id != NULL)
    {
      g_strlcpy (source->generated_id, generated_id, sizeof source->generated_id);
      hr_field_set_text (hr_field (HR_JOB_ID), &reader.job, generated_id);
    }

  return hr_entry_new_from_source (&reader.job, source);
}

/* "a100" is meant for one of its kind, not for "p100". */
static const char *
suggest_gpu (const char *id)
{
  const HrCatalogGpu *found = NULL;

  return hr_catalog_search_gpus (id, &found, 1) > 0 ? found->gpu.id : hr_catalog_nearest_gpu (id);
}

gboolean
hr_gpu_id_check (const HrPath *gpu, const char *id, const char *name, GPtrArray *gpus, GError **error)
{
  if (*id == '\0' || *name != '\0' || hr_project_gpus_find (gpus, id) != NULL || hr_catalog_find_gpu (id) != NULL)
    return TRUE;

  HrPath member = HR_PATH_MEMBER (gpu, "id");
  const char *nearest = suggest_gpu (id);
  if (nearest == NULL)
    return hr_path_fail (&member, HR_ERROR_VALUE, error,
                         _ ("\"%s\" is not in the catalogue; a card of your own needs a name beside its id"), id);

  return hr_path_fail (&member, HR_ERROR_VALUE, error,
                       _ ("\"%s\" is not in the catalogue; did you mean \"%s\"? A card of your own needs a name"), id,
                       nearest);
}
