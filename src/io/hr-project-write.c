/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-entry-private.h"
#include "hr-field-json.h"
#include "hr-measured-read.h"
#include "hr-model-config.h"
#include "hr-project-assumptions.h"
#include "hr-project-gpus.h"
#include "hr-project-io.h"
#include "hr-project-layout.h"

#include <string.h>

/* One configuration being written. */
typedef struct
{
  const HrJob *job;
  const HrArchitecture *architecture;
  const char *notes;
  const HrEntrySource *source; /* (nullable) */
  const HrSection *section;
  gboolean full;         /* standard members also where they have their default */
  gboolean states_model; /* its shape, also where the file had its id alone */
  HrJob defaults;
  const HrJob *implied; /* by sections that are left out */
} EntryWriter;

static gboolean
is_generated_id (const EntryWriter *self, const HrField *field)
{
  return field == hr_field (HR_JOB_ID) && self->source != NULL
         && strcmp (self->source->generated_id, self->job->id) == 0;
}

static void
emit_field (HrJsonWriter *writer, const EntryWriter *self, HrFieldId id, const HrJsonNode *source)
{
  const HrField *field = hr_field (id);
  gboolean is_default = hr_field_equal (field, self->job, &self->defaults);
  gboolean is_auto = field->kind == HR_FIELD_CHOICE && is_default;

  if (is_auto || (source == NULL && is_default && !(self->full && field->standard))
      || (source == NULL && is_generated_id (self, field)))
    return;

  hr_json_writer_name (writer, field->member);
  hr_field_write (field, writer, self->job, source);
}

static void
emit_section_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  const EntryWriter *self = user_data;

  emit_field (writer, self, self->section->fields[index], source);
}

static gboolean
has_section_of (const EntryWriter *self, const HrJob *job)
{
  for (guint i = 0; i < self->section->n_members; i++)
    if (!hr_field_equal (hr_field (self->section->fields[i]), self->job, job))
      return FALSE;

  return TRUE;
}

static void
emit_section (HrJsonWriter *writer, EntryWriter *self, const HrJsonNode *source)
{
  if (source == NULL && !self->full && has_section_of (self, self->implied))
    return;

  /* A section that takes the place of what is implied says all, also that it is as usual. */
  EntryWriter own = *self;
  own.full = self->full || (source == NULL && has_section_of (self, &self->defaults));
  hr_json_writer_name (writer, self->section->name);
  hr_json_merge (writer, source, self->section->names, self->section->n_members, emit_section_member, &own);
}

/* A card of its own, or null: the project's. */
static void
emit_gpu (HrJsonWriter *writer, EntryWriter *self, const HrJsonNode *source)
{
  gboolean had_own = source != NULL && source->type == HR_JSON_OBJECT;

  if (source == NULL && !self->full && !self->job->gpu.set)
    return;

  hr_json_writer_name (writer, self->section->name);
  if (!self->job->gpu.set)
    {
      hr_json_writer_null (writer);
      return;
    }

  EntryWriter own = *self;
  own.full = !had_own;
  hr_json_merge (writer, had_own ? source : NULL, self->section->names, self->section->n_members, emit_section_member,
                 &own);
}

static void
emit_model_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  const EntryWriter *self = user_data;

  if (self->section->fields[index] != HR_LAYOUT_NO_FIELD)
    {
      emit_field (writer, self, self->section->fields[index], NULL);
    }
  else if (self->architecture->num_hidden_layers > 0)
    {
      hr_json_writer_name (writer, self->section->names[index]);
      hr_model_config_write (writer, self->architecture);
    }
}

static gboolean
has_read_model (const EntryWriter *self, const HrJsonNode *source)
{
  if (self->source == NULL || source == NULL)
    return FALSE;

  const HrJsonNode *id = hr_json_member (source, hr_field (HR_JOB_MODEL_ID)->member);
  return strcmp (id != NULL ? id->text : "", self->job->model_id) == 0
         && memcmp (&self->source->architecture, self->architecture, sizeof *self->architecture) == 0;
}

/* As it was read, or with the shape that the program used. */
static void
emit_model (HrJsonWriter *writer, EntryWriter *self, const HrJsonNode *source)
{
  gboolean complete = source != NULL && hr_json_member (source, HR_MEMBER_CONFIG) != NULL;

  hr_json_writer_name (writer, self->section->name);
  if (has_read_model (self, source) && (complete || !self->states_model))
    hr_json_writer_node (writer, source);
  else
    hr_json_merge (writer, source, self->section->names, self->section->n_members, emit_model_member, self);
}

/* Those that the file had as it had them. */
static void
emit_measured (HrJsonWriter *writer, const HrEntrySource *entry, const char *name)
{
  hr_json_writer_name (writer, name);
  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < entry->measured->len; i++)
    {
      const HrJsonNode *node = g_ptr_array_index (entry->nodes, i);

      if (node != NULL)
        hr_json_writer_node (writer, node);
      else
        hr_measured_write (writer, &g_array_index (entry->measured, HrMeasured, i));
    }
  hr_json_writer_end_array (writer);
}

static void
emit_notes (HrJsonWriter *writer, const EntryWriter *self, const char *name, const HrJsonNode *source)
{
  if (source == NULL && *self->notes == '\0')
    return;

  hr_json_writer_name (writer, name);
  hr_json_writer_string (writer, self->notes);
}

static void
emit_list (HrJsonWriter *writer, const EntryWriter *self, const char *name, const HrJsonNode *source)
{
  gboolean edited = self->source != NULL && self->source->edited;

  if (edited && strcmp (name, HR_MEMBER_MEASURED) == 0)
    {
      emit_measured (writer, self->source, name);
    }
  else if (source != NULL)
    {
      hr_json_writer_name (writer, name);
      hr_json_writer_node (writer, source);
    }
  else if (self->full && strcmp (name, HR_MEMBER_MEASURED) == 0)
    {
      hr_json_writer_name (writer, name);
      hr_json_writer_begin_array (writer);
      hr_json_writer_end_array (writer);
    }
}

static void
emit_configuration_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  EntryWriter *self = user_data;
  const HrSection *layout = hr_layout_configuration ();

  self->section = hr_layout_section (index);
  if (layout->fields[index] != HR_LAYOUT_NO_FIELD)
    emit_field (writer, self, layout->fields[index], source);
  else if (strcmp (layout->names[index], HR_MEMBER_NOTES) == 0)
    emit_notes (writer, self, layout->names[index], source);
  else if (self->section == NULL)
    emit_list (writer, self, layout->names[index], source);
  else if (strcmp (self->section->name, HR_SECTION_MODEL) == 0)
    emit_model (writer, self, source);
  else if (strcmp (self->section->name, HR_SECTION_GPU) == 0)
    emit_gpu (writer, self, source);
  else
    emit_section (writer, self, source);
}

/* Whether the model is written as it was read. */
static gboolean
keeps_model (const EntryWriter *self)
{
  return self->source != NULL && self->source->object != NULL
         && has_read_model (self, hr_json_member (self->source->object, hr_field (HR_JOB_MODEL_ID)->section));
}

static void
write_entry (HrJsonWriter *writer, HrEntry *entry, gboolean states_model)
{
  const HrSection *layout = hr_layout_configuration ();
  const HrEntrySource *source = hr_entry_get_source (entry);
  EntryWriter self = { .job = hr_entry_get_job (entry),
                       .architecture = hr_entry_get_architecture (entry),
                       .notes = hr_entry_get_notes (entry),
                       .source = source,
                       .full = source == NULL || source->object == NULL,
                       .states_model = states_model };

  hr_job_init (&self.defaults);
  self.implied = keeps_model (&self) ? &source->implied : &self.defaults;
  hr_json_merge (writer, source != NULL ? source->object : NULL, layout->names, layout->n_members,
                 emit_configuration_member, &self);
}

enum
{
  GPU_ID,
  GPU_COUNT,
  GPU_IN_USE,
  GPU_MARGIN,
  N_GPU_MEMBERS,
};

static const char *const gpu_members[N_GPU_MEMBERS] = { "id", "count", "in_use_mib", "margin_percent" };

static gboolean
states_gpu_member (const HrProjectData *self, guint index)
{
  switch (index)
    {
    case GPU_ID:
      return *self->gpu.id != '\0';
    case GPU_COUNT:
      return self->source == NULL || self->gpu.count != 1;
    case GPU_IN_USE:
      return self->gpu.limits.in_use_mib != 0;
    case GPU_MARGIN:
    default:
      return self->gpu.limits.margin_percent > 0;
    }
}

static void
emit_gpu_choice_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  const HrProjectData *self = user_data;

  if (source == NULL && !states_gpu_member (self, index))
    return;

  hr_json_writer_name (writer, gpu_members[index]);
  if (index == GPU_ID)
    hr_json_writer_string (writer, self->gpu.id);
  else if (index == GPU_MARGIN)
    hr_json_writer_number_like (writer, self->gpu.limits.margin_percent, source);
  else
    hr_json_writer_unsigned (writer, index == GPU_COUNT ? self->gpu.count : self->gpu.limits.in_use_mib);
}

static void
emit_gpu_choice (HrJsonWriter *writer, const HrProjectData *self, const HrJsonNode *source)
{
  static const HrGpuChoice none = { .count = 1 };
  gboolean chosen = memcmp (&self->gpu, &none, sizeof none) != 0;
  gboolean was_object = source != NULL && source->type == HR_JSON_OBJECT;

  if (source == NULL && self->source != NULL && !chosen)
    return;

  hr_json_writer_name (writer, HR_PROJECT_MEMBERS[HR_PROJECT_GPU]);
  if (!was_object && !chosen)
    hr_json_writer_null (writer);
  else
    hr_json_merge (writer, was_object ? source : NULL, gpu_members, N_GPU_MEMBERS, emit_gpu_choice_member,
                   (gpointer) self);
}

static void
emit_dataset_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  const HrDataset *dataset = &((const HrProjectData *) user_data)->dataset;
  double values[HR_N_DATASET_MEMBERS] = { (double) dataset->samples, dataset->mean_tokens, dataset->epochs };

  if (source == NULL && values[index] == 0 && ((const HrProjectData *) user_data)->source != NULL)
    return;

  hr_json_writer_name (writer, HR_DATASET_MEMBERS[index]);
  hr_json_writer_number_like (writer, values[index], source);
}

static void
emit_text (HrJsonWriter *writer, const HrProjectData *self, HrProjectMember member, const char *text,
           const HrJsonNode *source)
{
  if (source == NULL && self->source != NULL && (text == NULL || *text == '\0'))
    return;

  hr_json_writer_name (writer, HR_PROJECT_MEMBERS[member]);
  hr_json_writer_string (writer, text != NULL ? text : "");
}

static void
emit_entries (HrJsonWriter *writer, GPtrArray *entries, gboolean states_models)
{
  hr_json_writer_name (writer, HR_PROJECT_MEMBERS[HR_PROJECT_CONFIGURATIONS]);
  hr_json_writer_begin_array (writer);
  for (guint i = 0; i < entries->len; i++)
    write_entry (writer, entries->pdata[i], states_models);
  hr_json_writer_end_array (writer);
}

static void
emit_project_member (HrJsonWriter *writer, guint index, const HrJsonNode *source, gpointer user_data)
{
  const HrProjectData *self = user_data;

  switch ((HrProjectMember) index)
    {
    case HR_PROJECT_FORMAT:
      hr_json_writer_name (writer, HR_PROJECT_MEMBERS[index]);
      hr_json_writer_string (writer, HR_PROJECT_FORMAT_NAME);
      break;
    case HR_PROJECT_VERSION:
      hr_json_writer_name (writer, HR_PROJECT_MEMBERS[index]);
      hr_json_writer_integer (writer, HR_PROJECT_FORMAT_VERSION);
      break;
    case HR_PROJECT_GENERATOR:
      emit_text (writer, self, HR_PROJECT_GENERATOR, self->generator, source);
      break;
    case HR_PROJECT_NAME:
      emit_text (writer, self, HR_PROJECT_NAME, self->name, source);
      break;
    case HR_PROJECT_NOTES:
      emit_text (writer, self, HR_PROJECT_NOTES, self->notes, source);
      break;
    case HR_PROJECT_GPU:
      emit_gpu_choice (writer, self, source);
      break;
    case HR_PROJECT_GPUS:
      if (source != NULL || self->gpus->len > 0)
        {
          hr_json_writer_name (writer, HR_PROJECT_MEMBERS[index]);
          hr_project_gpus_write (self->gpus, writer);
        }
      break;
    case HR_PROJECT_UNITS:
      if (source != NULL || self->source == NULL || self->units != HR_UNITS_GB)
        {
          hr_json_writer_name (writer, HR_PROJECT_MEMBERS[index]);
          hr_json_writer_string (writer, hr_enum_id (&HR_UNITS, (int) self->units));
        }
      break;
    case HR_PROJECT_DATASET:
      if (self->has_dataset)
        {
          hr_json_writer_name (writer, HR_PROJECT_MEMBERS[index]);
          hr_json_merge (writer, source, HR_DATASET_MEMBERS, HR_N_DATASET_MEMBERS, emit_dataset_member, user_data);
        }
      break;
    case HR_PROJECT_ASSUMPTIONS:
      hr_project_assumptions_write (&self->assumptions, writer, source);
      break;
    case HR_PROJECT_CONFIGURATIONS:
    case HR_N_PROJECT_MEMBERS:
    default:
      emit_entries (writer, self->entries, FALSE);
    }
}

GBytes *
hr_project_serialize (const HrProjectData *self)
{
  const HrProjectSource *source = self->source;

  if (self->read_only && source != NULL)
    return g_bytes_ref (source->original);

  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();
  gsize length = 0;

  hr_json_merge (writer, source != NULL ? hr_json_root (source->document) : NULL, HR_PROJECT_MEMBERS,
                 HR_N_PROJECT_MEMBERS, emit_project_member, (gpointer) self);
  char *text = hr_json_writer_finish (writer, &length);
  return g_bytes_new_take (text, length);
}

/* Returns: (transfer container) (element-type HrOwnEntry): those of @gpus that @entries name. */
static GPtrArray *
used_gpus (GPtrArray *entries, GPtrArray *gpus)
{
  GPtrArray *used = g_ptr_array_new ();

  for (guint i = 0; gpus != NULL && i < gpus->len; i++)
    for (guint n = 0; n < entries->len; n++)
      if (strcmp (hr_own_entry_get_gpu (gpus->pdata[i])->gpu.id, hr_entry_get_job (entries->pdata[n])->gpu.id) == 0)
        {
          g_ptr_array_add (used, gpus->pdata[i]);
          break;
        }

  return used;
}

static char *
serialize (GPtrArray *entries, GPtrArray *gpus, gboolean states_models)
{
  g_autoptr (HrJsonWriter) writer = hr_json_writer_new ();
  g_autoptr (GPtrArray) used = used_gpus (entries, gpus);

  hr_json_writer_begin_object (writer);
  hr_json_writer_name (writer, HR_PROJECT_MEMBERS[HR_PROJECT_FORMAT]);
  hr_json_writer_string (writer, HR_PROJECT_FORMAT_NAME);
  hr_json_writer_name (writer, HR_PROJECT_MEMBERS[HR_PROJECT_VERSION]);
  hr_json_writer_integer (writer, HR_PROJECT_FORMAT_VERSION);
  if (used->len > 0)
    {
      hr_json_writer_name (writer, HR_PROJECT_MEMBERS[HR_PROJECT_GPUS]);
      hr_project_gpus_write (used, writer);
    }
  emit_entries (writer, entries, states_models);
  hr_json_writer_end_object (writer);

  return hr_json_writer_finish (writer, NULL);
}

char *
hr_entries_serialize (GPtrArray *entries, GPtrArray *gpus)
{
  return serialize (entries, gpus, TRUE);
}

char *
hr_entry_serialize (HrEntry *entry)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  g_ptr_array_add (entries, entry);

  return serialize (entries, NULL, FALSE);
}
