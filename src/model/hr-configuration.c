/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-private.h"

#include "catalog/hr-catalog.h"
#include "hr-labels.h"
#include "hr-member.h"
#include "hr-project-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HrConfiguration
{
  GObject parent_instance;

  HrProject *project; /* (nullable): not owned: owns this */
  HrEntry *entry;
  HrEstimateResult *estimate;
  HrGpu gpu; /* what hr_project_get_gpu() gives out */
  gboolean stale;
  guint position;
};

G_DEFINE_FINAL_TYPE (HrConfiguration, hr_configuration, G_TYPE_OBJECT)

/* Property ids 1 … HR_N_JOB_FIELDS are the members. */
typedef enum
{
  PROP_ESTIMATE = HR_N_JOB_FIELDS + 1,
  PROP_TITLE,
  PROP_SUMMARY,
  PROP_MODEL_NAME,
  PROP_MODEL_DETAIL,
  PROP_POSITION,
  PROP_NOTES,
} HrConfigurationProperty;

static GParamSpec *properties[PROP_NOTES + 1];

static GParamSpec *
member_pspec (HrFieldId field)
{
  return properties[field + 1];
}

static char *
edit_label (HrConfiguration *self, HrFieldId field)
{
  if (field == HR_JOB_NAME)
    return g_strdup_printf (_ ("Rename %s"), hr_job_title (hr_configuration_get_job (self)));

  /* Translators: %s is a member of a configuration, such as Rank */
  return g_strdup_printf (_ ("Change %s"), hr_field_label (field));
}

/* Typing and spinning come as many edits; a choice is one. */
static char *
merge_key (HrConfiguration *self, HrFieldId field)
{
  HrFieldKind kind = hr_field (field)->kind;

  if (kind != HR_FIELD_TEXT && kind != HR_FIELD_INTEGER && kind != HR_FIELD_NUMBER)
    return NULL;

  return g_strconcat (hr_configuration_get_job (self)->id, ":", hr_member_name (field), NULL);
}

static gboolean
edit (HrConfiguration *self, HrFieldId field, const HrJob *job, const HrArchitecture *architecture)
{
  g_autofree char *label = edit_label (self, field);
  g_autofree char *key = merge_key (self, field);

  return self->project != NULL && hr_project_edit_entry (self->project, self, job, architecture, label, key);
}

static gboolean
edit_member (HrConfiguration *self, HrFieldId field, const GValue *value)
{
  HrJob job = *hr_configuration_get_job (self);

  if (self->project == NULL)
    return FALSE;

  if (field == HR_JOB_MODEL_ID)
    {
      const char *id = g_value_get_string (value);
      const HrCatalogModel *model = id != NULL ? hr_catalog_find_model (id) : NULL;

      if (g_strcmp0 (id, job.model_id) == 0)
        return TRUE;
      return model != NULL && hr_field_set_text (hr_field (field), &job, model->id)
             && edit (self, field, &job, &model->architecture);
    }

  return hr_member_set (field, &job, value, &hr_project_get_data (self->project)->gpu)
         && edit (self, field, &job, NULL);
}

/* What an estimate does not read. */
static gboolean
same_estimate (const HrJob *a, const HrJob *b)
{
  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (i != HR_JOB_ID && i != HR_JOB_NAME && !hr_field_equal (hr_field (i), a, b))
      return FALSE;

  return a->gpu.set == b->gpu.set;
}

static void
notify_text_change (HrConfiguration *self, char *before, char *after, HrConfigurationProperty property)
{
  if (g_strcmp0 (before, after) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  g_free (before);
  g_free (after);
}

static void
notify_changes (HrConfiguration *self, HrEntry *from, HrEntry *to)
{
  const HrJob *before = hr_entry_get_job (from);
  const HrJob *after = hr_entry_get_job (to);
  const HrArchitecture *shape_before = hr_entry_get_architecture (from);
  const HrArchitecture *shape_after = hr_entry_get_architecture (to);

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (!hr_field_equal (hr_field (i), before, after))
      g_object_notify_by_pspec (G_OBJECT (self), member_pspec (i));

  notify_text_change (self, g_strdup (hr_job_title (before)), g_strdup (hr_job_title (after)), PROP_TITLE);
  notify_text_change (self, hr_job_summary (before), hr_job_summary (after), PROP_SUMMARY);
  notify_text_change (self, g_strdup (hr_model_display_name (before->model_id)),
                      g_strdup (hr_model_display_name (after->model_id)), PROP_MODEL_NAME);
  notify_text_change (self, g_strdup (hr_entry_get_notes (from)), g_strdup (hr_entry_get_notes (to)), PROP_NOTES);
  if (memcmp (shape_before, shape_after, sizeof *shape_before) != 0)
    notify_text_change (self, hr_architecture_summary (shape_before), hr_architecture_summary (shape_after),
                        PROP_MODEL_DETAIL);
}

static void
make_estimate (HrConfiguration *self)
{
  const HrGpu *gpu = hr_project_get_gpu (self->project, self);
  HrEstimate estimate;

  hr_estimate (hr_configuration_get_architecture (self), hr_configuration_get_job (self), gpu, &estimate);

  self->stale = FALSE;
  g_clear_object (&self->estimate);
  self->estimate = hr_estimate_result_new (&estimate, gpu, hr_project_get_units (self->project));
}

static void
hr_configuration_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrConfiguration *self = HR_CONFIGURATION (object);
  const HrJob *job = hr_configuration_get_job (self);

  if (property_id <= HR_N_JOB_FIELDS)
    {
      hr_member_get ((HrFieldId) (property_id - 1), job, value);
      return;
    }

  switch ((HrConfigurationProperty) property_id)
    {
    case PROP_ESTIMATE:
      g_value_set_object (value, hr_configuration_get_estimate (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, hr_job_title (job));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, hr_job_summary (job));
      break;
    case PROP_MODEL_NAME:
      g_value_set_string (value, hr_model_display_name (job->model_id));
      break;
    case PROP_MODEL_DETAIL:
      g_value_take_string (value, hr_architecture_summary (hr_configuration_get_architecture (self)));
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_NOTES:
      g_value_set_string (value, hr_entry_get_notes (self->entry));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_configuration_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrConfiguration *self = HR_CONFIGURATION (object);

  if (property_id == PROP_NOTES)
    hr_configuration_set_notes (self, g_value_get_string (value));
  else if (property_id > HR_N_JOB_FIELDS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  else if (!edit_member (self, (HrFieldId) (property_id - 1), value))
    g_object_notify_by_pspec (object, pspec);
}

static void
hr_configuration_finalize (GObject *object)
{
  HrConfiguration *self = HR_CONFIGURATION (object);

  g_clear_pointer (&self->entry, hr_entry_unref);
  g_clear_object (&self->estimate);

  G_OBJECT_CLASS (hr_configuration_parent_class)->finalize (object);
}

static void
hr_configuration_class_init (HrConfigurationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hr_configuration_get_property;
  object_class->set_property = hr_configuration_set_property;
  object_class->finalize = hr_configuration_finalize;

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    properties[i + 1] = hr_member_param_spec (i);

  properties[PROP_ESTIMATE] = g_param_spec_object ("estimate", NULL, NULL, HR_TYPE_ESTIMATE_RESULT, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_MODEL_NAME] = g_param_spec_string ("model-name", NULL, NULL, NULL, flags);
  properties[PROP_MODEL_DETAIL] = g_param_spec_string ("model-detail", NULL, NULL, NULL, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NOTES]
      = g_param_spec_string ("notes", NULL, NULL, NULL, flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hr_configuration_init (HrConfiguration *self)
{
  self->stale = TRUE;
}

HrConfiguration *
hr_configuration_new (HrProject *project, HrEntry *entry)
{
  HrConfiguration *self = g_object_new (HR_TYPE_CONFIGURATION, NULL);

  self->project = project;
  self->entry = hr_entry_ref (entry);

  return self;
}

void
hr_configuration_detach (HrConfiguration *self)
{
  self->project = NULL;
}

void
hr_configuration_set_entry (HrConfiguration *self, HrEntry *entry)
{
  if (entry == self->entry)
    return;

  g_autoptr (HrEntry) before = g_steal_pointer (&self->entry);
  self->entry = hr_entry_ref (entry);

  if (!same_estimate (hr_entry_get_job (before), hr_entry_get_job (entry))
      || memcmp (hr_entry_get_architecture (before), hr_entry_get_architecture (entry), sizeof (HrArchitecture)) != 0)
    self->stale = TRUE;

  notify_changes (self, before, entry);
}

void
hr_configuration_set_position (HrConfiguration *self, guint position)
{
  if (position == self->position)
    return;

  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

guint
hr_configuration_get_position (HrConfiguration *self)
{
  return self->position;
}

void
hr_configuration_mark_stale (HrConfiguration *self)
{
  self->stale = TRUE;
}

HrGpu *
hr_configuration_get_gpu_room (HrConfiguration *self)
{
  return &self->gpu;
}

void
hr_configuration_renew_estimate (HrConfiguration *self)
{
  if (!self->stale || self->project == NULL)
    return;

  make_estimate (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ESTIMATE]);
}

const HrJob *
hr_configuration_get_job (HrConfiguration *self)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), NULL);

  return hr_entry_get_job (self->entry);
}

const HrArchitecture *
hr_configuration_get_architecture (HrConfiguration *self)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), NULL);

  return hr_entry_get_architecture (self->entry);
}

HrEntry *
hr_configuration_get_entry (HrConfiguration *self)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), NULL);

  return self->entry;
}

HrEstimateResult *
hr_configuration_get_estimate (HrConfiguration *self)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), NULL);

  if (self->estimate == NULL && self->project != NULL)
    make_estimate (self);

  return self->estimate;
}

const char *
hr_configuration_property_name (HrFieldId field)
{
  return hr_member_name (field);
}

gboolean
hr_configuration_set_notes (HrConfiguration *self, const char *notes)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), FALSE);

  const char *given = notes != NULL ? notes : "";
  gboolean done = FALSE;

  if (self->project != NULL && strlen (given) <= HR_MAX_ENTRY_NOTES_BYTES && g_utf8_validate (given, -1, NULL))
    {
      const HrJob *job = hr_configuration_get_job (self);
      g_autoptr (HrEntry) entry = hr_entry_with_notes (self->entry, given);
      g_autofree char *key = g_strconcat (job->id, ":notes", NULL);
      /* Translators: %s is the name of a configuration */
      g_autofree char *label = g_strdup_printf (_ ("Change Notes of %s"), hr_job_title (job));

      done = hr_project_replace_entry (self->project, self, entry, label, key);
    }
  if (!done)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES]);

  return done;
}

void
hr_configuration_set_model (HrConfiguration *self, const char *model_id, const HrArchitecture *architecture)
{
  g_return_if_fail (HR_IS_CONFIGURATION (self));
  g_return_if_fail (architecture != NULL);

  HrJob job = *hr_configuration_get_job (self);

  if (!hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &job, model_id)
      || !edit (self, HR_JOB_MODEL_ID, &job, architecture))
    g_object_notify_by_pspec (G_OBJECT (self), member_pspec (HR_JOB_MODEL_ID));
}

void
hr_configuration_set_gpu (HrConfiguration *self, const HrGpuChoice *choice)
{
  g_return_if_fail (HR_IS_CONFIGURATION (self));

  HrJob job = *hr_configuration_get_job (self);
  HrJob defaults;

  hr_job_init (&defaults);
  job.gpu = defaults.gpu;
  if (choice != NULL && *choice->id != '\0')
    {
      job.gpu.set = TRUE;
      job.gpu.count = choice->count;
      job.gpu.limits = choice->limits;
      g_strlcpy (job.gpu.id, choice->id, sizeof job.gpu.id);
    }
  if (!edit (self, HR_JOB_GPU_ID, &job, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), member_pspec (HR_JOB_GPU_ID));
}

void
hr_configuration_set_targets (HrConfiguration *self, const HrTargets *targets)
{
  g_return_if_fail (HR_IS_CONFIGURATION (self));

  HrJob job = *hr_configuration_get_job (self);

  job.method.targets = *targets;
  if (!edit (self, HR_JOB_METHOD_TARGETS, &job, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), member_pspec (HR_JOB_METHOD_TARGETS));
}

void
hr_configuration_apply_template (HrConfiguration *self, HrTask task, HrMethod method)
{
  g_return_if_fail (HR_IS_CONFIGURATION (self));

  HrJob job = *hr_configuration_get_job (self);

  hr_job_apply_template (&job, task, method);
  if (!edit (self, HR_JOB_METHOD_KIND, &job, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), member_pspec (HR_JOB_METHOD_KIND));
}

void
hr_configuration_change (HrConfiguration *self, HrFieldId member, const HrJob *job)
{
  g_return_if_fail (HR_IS_CONFIGURATION (self));

  if (!edit (self, member, job, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), member_pspec (member));
}

gboolean
hr_configuration_differs (HrConfiguration *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION (self), FALSE);

  const HrJob *job = hr_configuration_get_job (self);
  guint n_configurations = self->project != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->project)) : 0;

  for (guint i = 0; i < n_configurations; i++)
    if (hr_member_differs (field, job, hr_configuration_get_job (hr_project_get_configuration (self->project, i))))
      return TRUE;

  return FALSE;
}
