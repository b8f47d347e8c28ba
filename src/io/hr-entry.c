/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-entry-private.h"

#include "catalog/hr-catalog.h"
#include "hr-project-io.h"

#include <string.h>

HR_DEFINE_ENUM (HR_METRICS, "max_allocated", "max_reserved", "device");
HR_DEFINE_ENUM (HR_CONFIDENCES, "low", "medium", "high");
HR_DEFINE_ENUM (HR_MEASURED_WINDOWS, "process", "train", "generate");
HR_DEFINE_ENUM (HR_MEASURED_COMPONENTS, "weights", "adapters", "gradients", "optimizer", "activations",
                "logits and loss", "kv cache", "workspace", "context");

struct _HrEntry
{
  gatomicrefcount ref_count;
  HrJob job;
  HrArchitecture architecture;
  GRefString *notes;     /* (nullable): none */
  HrEntrySource *source; /* (nullable) */
};

HrEntrySource *
hr_entry_source_new (HrJson *document, const HrJsonNode *object)
{
  HrEntrySource *self = g_new0 (HrEntrySource, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->document = document != NULL ? hr_json_ref (document) : NULL;
  self->object = object;
  hr_job_init (&self->implied);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->measured = g_array_new (FALSE, TRUE, sizeof (HrMeasured));
  self->nodes = g_ptr_array_new ();
  self->components = g_array_new (FALSE, TRUE, sizeof (HrMeasured));

  return self;
}

HrEntrySource *
hr_entry_source_ref (HrEntrySource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hr_entry_source_unref (HrEntrySource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->document, hr_json_unref);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->measured);
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->components);
  g_clear_pointer (&self->notes, g_ref_string_release);
  g_free (self);
}

static HrEntry *
make_entry (const HrJob *job, const HrArchitecture *architecture, GRefString *notes, HrEntrySource *source)
{
  HrEntry *self = g_new0 (HrEntry, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->job = *job;
  if (architecture != NULL)
    self->architecture = *architecture;
  if (notes != NULL)
    self->notes = g_ref_string_acquire (notes);
  if (source != NULL)
    self->source = hr_entry_source_ref (source);

  return self;
}

HrEntry *
hr_entry_new_from_source (const HrJob *job, HrEntrySource *source)
{
  return make_entry (job, &source->architecture, source->notes, source);
}

HrEntry *
hr_entry_new (const HrJob *job, const HrArchitecture *architecture, HrEntry *like)
{
  const HrCatalogModel *model = NULL;

  if (architecture == NULL && like != NULL && strcmp (job->model_id, like->job.model_id) == 0)
    architecture = &like->architecture;
  if (architecture == NULL)
    model = hr_catalog_find_model (job->model_id);
  if (model != NULL)
    architecture = &model->architecture;

  return make_entry (job, architecture, like != NULL ? like->notes : NULL, like != NULL ? like->source : NULL);
}

HrEntry *
hr_entry_ref (HrEntry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hr_entry_unref (HrEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->notes, g_ref_string_release);
  g_clear_pointer (&self->source, hr_entry_source_unref);
  g_free (self);
}

const HrJob *
hr_entry_get_job (HrEntry *self)
{
  return &self->job;
}

const HrArchitecture *
hr_entry_get_architecture (HrEntry *self)
{
  return &self->architecture;
}

const char *
hr_entry_get_notes (HrEntry *self)
{
  return self->notes != NULL ? self->notes : "";
}

HrEntry *
hr_entry_with_notes (HrEntry *self, const char *notes)
{
  GRefString *own = *notes != '\0' ? g_ref_string_new (notes) : NULL;
  HrEntry *entry = make_entry (&self->job, &self->architecture, own, self->source);

  g_clear_pointer (&own, g_ref_string_release);
  return entry;
}

const HrEntrySource *
hr_entry_get_source (HrEntry *self)
{
  return self->source;
}

static const HrMeasured *
get_figures (const GArray *figures, size_t *n_measured)
{
  *n_measured = figures != NULL ? figures->len : 0;

  return figures != NULL ? (const HrMeasured *) (const void *) figures->data : NULL;
}

const HrMeasured *
hr_entry_get_measured (HrEntry *self, size_t *n_measured)
{
  return get_figures (self->source != NULL ? self->source->measured : NULL, n_measured);
}

const HrMeasured *
hr_entry_get_measured_components (HrEntry *self, size_t *n_measured)
{
  return get_figures (self->source != NULL ? self->source->components : NULL, n_measured);
}

static void
add_figure (HrEntrySource *source, HrMeasured figure)
{
  char *text = g_strdup (figure.source != NULL ? figure.source : "");

  g_ptr_array_add (source->texts, text);
  figure.source = text;
  g_array_append_val (source->measured, figure);
  g_ptr_array_add (source->nodes, NULL);
}

/* Texts that were read belong to the document, which is shared; those that were added are copied. */
static HrEntrySource *
copy_source (const HrEntrySource *from)
{
  HrEntrySource *self = hr_entry_source_new (from->document, from->object);

  self->architecture = from->architecture;
  memcpy (self->generated_id, from->generated_id, sizeof self->generated_id);
  g_array_append_vals (self->components, from->components->data, from->components->len);
  for (guint i = 0; i < from->measured->len; i++)
    {
      HrMeasured figure = g_array_index (from->measured, HrMeasured, i);
      gpointer node = g_ptr_array_index (from->nodes, i);

      if (node == NULL)
        {
          add_figure (self, figure);
          continue;
        }
      g_array_append_val (self->measured, figure);
      g_ptr_array_add (self->nodes, node);
    }

  return self;
}

HrEntry *
hr_entry_with_measured (HrEntry *self, const HrMeasured *figures, size_t n_figures)
{
  g_autoptr (HrEntrySource) source
      = self->source != NULL ? copy_source (self->source) : hr_entry_source_new (NULL, NULL);

  for (size_t i = 0; i < n_figures; i++)
    add_figure (source, figures[i]);
  source->edited = TRUE;

  return make_entry (&self->job, &self->architecture, self->notes, source);
}

HrEntry *
hr_entry_without_measured (HrEntry *self, size_t index)
{
  g_return_val_if_fail (self->source != NULL && index < self->source->measured->len, NULL);

  g_autoptr (HrEntrySource) source = copy_source (self->source);

  g_array_remove_index (source->measured, (guint) index);
  g_ptr_array_remove_index (source->nodes, (guint) index);
  source->edited = TRUE;

  return make_entry (&self->job, &self->architecture, self->notes, source);
}

gboolean
hr_entry_equal (HrEntry *a, HrEntry *b)
{
  if (a == b)
    return TRUE;
  if (strcmp (hr_entry_get_notes (a), hr_entry_get_notes (b)) != 0)
    return FALSE;
  if (a->source == b->source && hr_job_equal (&a->job, &b->job)
      && memcmp (&a->architecture, &b->architecture, sizeof a->architecture) == 0)
    return TRUE;

  g_autofree char *left = hr_entry_serialize (a);
  g_autofree char *right = hr_entry_serialize (b);
  return strcmp (left, right) == 0;
}
