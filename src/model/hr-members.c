/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-members.h"

#include "hr-labels.h"
#include "hr-member.h"
#include "hr-project-private.h"
#include "io/hr-project-gpus.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many of several values are told. */
#define MAX_VALUES 4

struct _HrMembers
{
  GObject parent_instance;

  HrProject *project;        /* (nullable) */
  GPtrArray *configurations; /* (element-type HrConfiguration): the leading one is first */
  HrJob defaults;            /* what is shown of none */
};

G_DEFINE_FINAL_TYPE (HrMembers, hr_members, G_TYPE_OBJECT)

static GParamSpec *properties[HR_N_JOB_FIELDS + 1]; /* a member's own at its id + 1 */

/* One edit of each of several configurations. */
typedef struct
{
  HrFieldId field;
  const GValue *value; /* (nullable): of the member */
  const HrJob *like;   /* (nullable): whose section of the member is taken instead */
  const HrArchitecture *architecture;
} Edit;

static const HrJob *
job_at (HrMembers *self, guint i)
{
  return hr_configuration_get_job (g_ptr_array_index (self->configurations, i));
}

static const HrJob *
shown_job (HrMembers *self, HrFieldId field)
{
  for (guint i = 0; i < self->configurations->len; i++)
    if (hr_member_applies (field, job_at (self, i)))
      return job_at (self, i);

  return self->configurations->len > 0 ? job_at (self, 0) : &self->defaults;
}

/* "Change Rank of 3 Configurations" */
static char *
edit_label (HrFieldId field, guint n_configurations)
{
  /* Translators: the name of a member, such as Rank, and a number of configurations */
  return g_strdup_printf (
      ngettext ("Change %s of %u Configuration", "Change %s of %u Configurations", n_configurations),
      hr_field_label (field), n_configurations);
}

/* Typing and spinning come as many edits; a choice is one. */
static char *
merge_key (HrMembers *self, const Edit *edit)
{
  HrFieldKind kind = hr_field (edit->field)->kind;

  if (edit->value == NULL || (kind != HR_FIELD_TEXT && kind != HR_FIELD_INTEGER && kind != HR_FIELD_NUMBER))
    return NULL;

  return g_strdup_printf ("%u:%s:%s", self->configurations->len, job_at (self, 0)->id, hr_member_name (edit->field));
}

static gboolean
edit_job (const Edit *edit, HrJob *job, const HrGpuChoice *planned)
{
  if (edit->value != NULL)
    return hr_member_set (edit->field, job, edit->value, planned);

  const char *section = hr_field (edit->field)->section;
  gboolean whole_gpu = edit->field == HR_JOB_GPU_ID;

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    if (i == (int) edit->field || (whole_gpu && strcmp (hr_field (i)->section, section) == 0))
      hr_field_copy (hr_field (i), edit->like, job);
  if (whole_gpu)
    job->gpu.set = edit->like->gpu.set;
  return TRUE;
}

static gboolean
edit_all (HrMembers *self, const Edit *edit)
{
  g_autoptr (HrProjectData) data = hr_project_data_copy (hr_project_get_data (self->project));
  guint n_edited = 0;

  for (guint i = 0; i < self->configurations->len; i++)
    {
      HrConfiguration *configuration = g_ptr_array_index (self->configurations, i);
      HrEntry *entry = hr_configuration_get_entry (configuration);
      guint position = hr_project_find (self->project, configuration);
      HrJob job = *hr_entry_get_job (entry);

      if (position == G_MAXUINT || !hr_member_applies (edit->field, &job))
        continue;
      if (!edit_job (edit, &job, &data->gpu))
        return FALSE;
      if (job.gpu.set && strcmp (job.gpu.id, hr_entry_get_job (entry)->gpu.id) != 0)
        hr_project_data_carry_gpu (data, job.gpu.id);
      hr_entry_unref (g_ptr_array_index (data->entries, position));
      g_ptr_array_index (data->entries, position) = hr_entry_new (
          &job, edit->architecture != NULL ? edit->architecture : hr_entry_get_architecture (entry), entry);
      n_edited++;
    }

  g_autofree char *label = edit_label (edit->field, n_edited);
  g_autofree char *key = merge_key (self, edit);
  return n_edited > 0 && hr_project_edit (self->project, g_steal_pointer (&data), label, key);
}

static void
notified_cb (HrMembers *self, GParamSpec *pspec)
{
  GParamSpec *own = g_object_class_find_property (G_OBJECT_GET_CLASS (self), pspec->name);

  if (own != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), own);
}

static void
hr_members_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrFieldId field = (HrFieldId) (property_id - 1);

  hr_member_get (field, shown_job (HR_MEMBERS (object), field), value);
}

static void
hr_members_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrMembers *self = HR_MEMBERS (object);
  const Edit edit = { .field = (HrFieldId) (property_id - 1), .value = value };

  if (self->configurations->len == 1)
    g_object_set_property (g_ptr_array_index (self->configurations, 0), pspec->name, value);
  else if (self->configurations->len == 0 || !edit_all (self, &edit))
    g_object_notify_by_pspec (object, pspec);
}

static void
forget (HrMembers *self)
{
  for (guint i = 0; i < self->configurations->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->configurations, i), self);
  g_ptr_array_set_size (self->configurations, 0);
  g_clear_object (&self->project);
}

static void
hr_members_dispose (GObject *object)
{
  forget (HR_MEMBERS (object));

  G_OBJECT_CLASS (hr_members_parent_class)->dispose (object);
}

static void
hr_members_finalize (GObject *object)
{
  g_ptr_array_unref (HR_MEMBERS (object)->configurations);

  G_OBJECT_CLASS (hr_members_parent_class)->finalize (object);
}

static void
hr_members_class_init (HrMembersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hr_members_get_property;
  object_class->set_property = hr_members_set_property;
  object_class->dispose = hr_members_dispose;
  object_class->finalize = hr_members_finalize;

  for (int i = 0; i < HR_N_JOB_FIELDS; i++)
    properties[i + 1] = hr_member_param_spec (i);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hr_members_init (HrMembers *self)
{
  self->configurations = g_ptr_array_new_with_free_func (g_object_unref);
  hr_job_init (&self->defaults);
}

HrMembers *
hr_members_new (void)
{
  return g_object_new (HR_TYPE_MEMBERS, NULL);
}

static void
add (HrMembers *self, HrConfiguration *configuration)
{
  g_ptr_array_add (self->configurations, g_object_ref (configuration));
  g_signal_connect_object (configuration, "notify", G_CALLBACK (notified_cb), self, G_CONNECT_SWAPPED);
}

/* Whether @self has exactly these already. */
static gboolean
has_configurations (HrMembers *self, GListModel *configurations, HrConfiguration *leader)
{
  guint n_configurations = configurations != NULL ? g_list_model_get_n_items (configurations) : 0;

  if (n_configurations != self->configurations->len)
    return FALSE;
  if (n_configurations > 0 && g_ptr_array_index (self->configurations, 0) != leader)
    return FALSE;
  for (guint i = 0; i < n_configurations; i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

      if (!g_ptr_array_find (self->configurations, configuration, NULL))
        return FALSE;
    }

  return TRUE;
}

void
hr_members_set_configurations (HrMembers *self, HrProject *project, GListModel *configurations, HrConfiguration *leader)
{
  g_return_if_fail (HR_IS_MEMBERS (self));
  g_return_if_fail (project != NULL || configurations == NULL);

  if (self->project == project && has_configurations (self, configurations, leader))
    return;

  forget (self);
  if (configurations != NULL)
    {
      self->project = g_object_ref (project);
      add (self, leader);
      for (guint i = 0; i < g_list_model_get_n_items (configurations); i++)
        {
          g_autoptr (HrConfiguration) configuration = g_list_model_get_item (configurations, i);

          if (configuration != leader)
            add (self, configuration);
        }
    }
  for (guint i = 1; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

guint
hr_members_get_count (HrMembers *self)
{
  g_return_val_if_fail (HR_IS_MEMBERS (self), 0);

  return self->configurations->len;
}

guint
hr_members_count_applying (HrMembers *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_MEMBERS (self), 0);

  guint n_applying = 0;

  for (guint i = 0; i < self->configurations->len; i++)
    n_applying += hr_member_applies (field, job_at (self, i)) ? 1 : 0;
  return n_applying;
}

gboolean
hr_members_is_mixed (HrMembers *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_MEMBERS (self), FALSE);

  const HrJob *shown = shown_job (self, field);

  for (guint i = 0; i < self->configurations->len; i++)
    if (hr_member_applies (field, job_at (self, i)) && !hr_field_equal (hr_field (field), shown, job_at (self, i)))
      return TRUE;

  return FALSE;
}

/* Returns: (transfer full): "8, 16, 32, 64, …" */
static char *
values_text (HrMembers *self, HrFieldId field)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->configurations->len && values->len <= MAX_VALUES; i++)
    {
      g_autofree char *value = hr_field_text (field, job_at (self, i));

      if (hr_member_applies (field, job_at (self, i))
          && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, g_steal_pointer (&value));
    }
  if (values->len > MAX_VALUES)
    {
      g_free (g_ptr_array_index (values, MAX_VALUES));
      g_ptr_array_index (values, MAX_VALUES) = g_strdup ("…");
    }
  g_ptr_array_add (values, NULL);
  /* Translators: between the values of a list: 8, 16 */
  return g_strjoinv (_ (", "), (char **) values->pdata);
}

char *
hr_members_text (HrMembers *self, HrFieldId field)
{
  g_return_val_if_fail (HR_IS_MEMBERS (self), NULL);

  guint n_applying = hr_members_count_applying (self, field);
  g_autofree char *mixed = NULL, *part = NULL;

  if (hr_members_is_mixed (self, field))
    {
      g_autofree char *values = values_text (self, field);
      /* Translators: the values that a member has in several configurations: Several values: 8, 16 */
      mixed = g_strdup_printf (_ ("Several values: %s"), values);
    }
  if (n_applying > 0 && n_applying < self->configurations->len)
    /* Translators: how many of the selected configurations have a member, and how many are selected */
    part = g_strdup_printf (_ ("In %u of %u configurations"), n_applying, self->configurations->len);

  if (mixed == NULL || part == NULL)
    return mixed != NULL ? g_steal_pointer (&mixed) : g_steal_pointer (&part);
  return g_strconcat (mixed, "\n", part, NULL);
}

/* What views changed in a dialog. */
static void
take (HrMembers *self, HrFieldId field, const HrJob *like, const HrArchitecture *architecture)
{
  const Edit edit = { .field = field, .like = like, .architecture = architecture };

  if (self->configurations->len == 0 || !edit_all (self, &edit))
    g_object_notify_by_pspec (G_OBJECT (self), properties[field + 1]);
}

void
hr_members_set_model (HrMembers *self, const char *model_id, const HrArchitecture *architecture)
{
  g_return_if_fail (HR_IS_MEMBERS (self));
  g_return_if_fail (architecture != NULL);

  HrJob like = self->defaults;

  if (self->configurations->len == 1)
    hr_configuration_set_model (g_ptr_array_index (self->configurations, 0), model_id, architecture);
  else if (hr_field_set_text (hr_field (HR_JOB_MODEL_ID), &like, model_id))
    take (self, HR_JOB_MODEL_ID, &like, architecture);
}

void
hr_members_set_gpu (HrMembers *self, const HrGpuChoice *choice)
{
  g_return_if_fail (HR_IS_MEMBERS (self));

  HrJob like = self->defaults;

  if (self->configurations->len == 1)
    {
      hr_configuration_set_gpu (g_ptr_array_index (self->configurations, 0), choice);
      return;
    }
  if (choice != NULL && *choice->id != '\0')
    {
      like.gpu.set = true;
      like.gpu.count = choice->count;
      like.gpu.limits = choice->limits;
      g_strlcpy (like.gpu.id, choice->id, sizeof like.gpu.id);
    }
  take (self, HR_JOB_GPU_ID, &like, NULL);
}

void
hr_members_set_targets (HrMembers *self, const HrTargets *targets)
{
  g_return_if_fail (HR_IS_MEMBERS (self));

  HrJob like = self->defaults;

  like.method.targets = *targets;
  if (self->configurations->len == 1)
    hr_configuration_set_targets (g_ptr_array_index (self->configurations, 0), targets);
  else
    take (self, HR_JOB_METHOD_TARGETS, &like, NULL);
}
