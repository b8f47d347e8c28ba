/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-configuration-private.h"
#include "hr-project-private.h"

#include "io/hr-project-gpus.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HrProject
{
  GObject parent_instance;

  HrProjectData *data;
  HrGpu gpu;                 /* what hr_project_get_gpu() gives out */
  GPtrArray *configurations; /* (element-type HrConfiguration): one for each entry of data */
  guint estimate_source;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HrProject, hr_project, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  SIGNAL_WILL_CHANGE,
  SIGNAL_CHANGED,
  SIGNAL_ESTIMATED,
  N_SIGNALS,
} HrProjectSignal;

static guint signals[N_SIGNALS];

static gboolean
estimate_cb (gpointer user_data)
{
  HrProject *self = user_data;

  self->estimate_source = 0;
  for (guint i = 0; i < self->configurations->len; i++)
    hr_configuration_renew_estimate (g_ptr_array_index (self->configurations, i));
  g_signal_emit (self, signals[SIGNAL_ESTIMATED], 0);

  return G_SOURCE_REMOVE;
}

/* Before GTK lays out and draws (G_PRIORITY_HIGH_IDLE + 10 and later), so that a frame shows one state. */
static void
schedule_estimates (HrProject *self)
{
  if (self->estimate_source == 0)
    self->estimate_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, estimate_cb, self, NULL);
}

static const char *
entry_id (HrEntry *entry)
{
  return hr_entry_get_job (entry)->id;
}

static void
index_by_id (GHashTable *by_id, GPtrArray *configurations)
{
  for (guint i = 0; i < configurations->len; i++)
    {
      HrConfiguration *configuration = g_ptr_array_index (configurations, i);
      g_hash_table_insert (by_id, (gpointer) hr_configuration_get_job (configuration)->id, configuration);
    }
}

/* One object for each entry: those of the same id stay. */
static GPtrArray *
match_configurations (HrProject *self, GPtrArray *entries)
{
  GPtrArray *matched = g_ptr_array_new_full (entries->len, g_object_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  index_by_id (by_id, self->configurations);
  for (guint i = 0; i < entries->len; i++)
    {
      HrEntry *entry = g_ptr_array_index (entries, i);
      HrConfiguration *found = g_hash_table_lookup (by_id, entry_id (entry));

      if (found != NULL)
        {
          g_hash_table_remove (by_id, entry_id (entry));
          g_ptr_array_add (matched, g_object_ref (found));
        }
      else
        {
          g_ptr_array_add (matched, hr_configuration_new (self, entry));
        }
    }

  return matched;
}

static void
emit_items_changed (HrProject *self, GPtrArray *before, GPtrArray *after)
{
  guint start = 0;
  guint end = 0;
  guint shorter = MIN (before->len, after->len);

  while (start < shorter && before->pdata[start] == after->pdata[start])
    start++;
  while (end < shorter - start && before->pdata[before->len - 1 - end] == after->pdata[after->len - 1 - end])
    end++;

  if (start + end < before->len || start + end < after->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end, after->len - start - end);
}

static void
detach_missing (HrProject *self, GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    if (hr_project_find (self, before->pdata[i]) == G_MAXUINT)
      hr_configuration_detach (before->pdata[i]);
}

static void
freeze (gpointer configuration, gpointer user_data)
{
  g_object_freeze_notify (configuration);
}

static void
thaw (gpointer configuration, gpointer user_data)
{
  g_object_thaw_notify (configuration);
}

static void
mark_stale (gpointer configuration, gpointer user_data)
{
  hr_configuration_mark_stale (configuration);
}

static void
detach (gpointer configuration, gpointer user_data)
{
  hr_configuration_detach (configuration);
}

static void
take_configurations (HrProject *self, GPtrArray *after)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->configurations);

  self->configurations = g_ptr_array_ref (after);
  for (guint i = 0; i < after->len; i++)
    {
      hr_configuration_set_entry (after->pdata[i], g_ptr_array_index (self->data->entries, i));
      hr_configuration_set_position (after->pdata[i], i);
    }
  detach_missing (self, before);
  emit_items_changed (self, before, after);
}

static gboolean
judges_alike (const HrProjectData *a, const HrProjectData *b)
{
  return a->units == b->units && memcmp (&a->gpu, &b->gpu, sizeof a->gpu) == 0
         && hr_project_gpus_equal (a->gpus, b->gpus);
}

/* Puts @data in place; listeners see nothing before everything is. */
static void
take_data (HrProject *self, HrProjectData *data)
{
  g_autoptr (HrProjectData) before = g_steal_pointer (&self->data);
  g_autoptr (GPtrArray) configurations = match_configurations (self, data->entries);

  self->data = data;
  if (!judges_alike (before, data))
    g_ptr_array_foreach (configurations, mark_stale, NULL);

  g_object_freeze_notify (G_OBJECT (self));
  g_ptr_array_foreach (configurations, freeze, NULL);
  take_configurations (self, configurations);
  hr_project_notify_changes (self, before);
  g_ptr_array_foreach (configurations, thaw, NULL);
  g_object_thaw_notify (G_OBJECT (self));

  schedule_estimates (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
hr_project_edit (HrProject *self, HrProjectData *data, const char *label, const char *merge_key)
{
  g_autoptr (HrProjectData) edited = data;

  if (self->data->read_only)
    return FALSE;
  if (hr_project_data_equal (self->data, edited))
    return TRUE;

  hr_project_data_carry_used (edited);
  g_signal_emit (self, signals[SIGNAL_WILL_CHANGE], 0, label, merge_key);
  take_data (self, g_steal_pointer (&edited));
  return TRUE;
}

gboolean
hr_project_edit_entry (HrProject *self, HrConfiguration *configuration, const HrJob *job,
                       const HrArchitecture *architecture, const char *label, const char *merge_key)
{
  guint position = hr_project_find (self, configuration);
  HrEntry *entry = hr_configuration_get_entry (configuration);

  g_return_val_if_fail (position != G_MAXUINT, FALSE);

  HrProjectData *data = hr_project_data_copy (self->data);
  if (job->gpu.set && strcmp (job->gpu.id, hr_entry_get_job (entry)->gpu.id) != 0)
    hr_project_data_carry_gpu (data, job->gpu.id);
  hr_entry_unref (g_ptr_array_index (data->entries, position));
  g_ptr_array_index (data->entries, position)
      = hr_entry_new (job, architecture != NULL ? architecture : hr_entry_get_architecture (entry), entry);

  return hr_project_edit (self, data, label, merge_key);
}

gboolean
hr_project_replace_entry (HrProject *self, HrConfiguration *configuration, HrEntry *entry, const char *label,
                          const char *merge_key)
{
  guint position = hr_project_find (self, configuration);

  g_return_val_if_fail (position != G_MAXUINT, FALSE);

  HrProjectData *data = hr_project_data_copy (self->data);

  hr_entry_unref (g_ptr_array_index (data->entries, position));
  g_ptr_array_index (data->entries, position) = hr_entry_ref (entry);

  return hr_project_edit (self, data, label, merge_key);
}

static GType
hr_project_get_item_type (GListModel *model)
{
  return HR_TYPE_CONFIGURATION;
}

static guint
hr_project_get_n_items (GListModel *model)
{
  return HR_PROJECT (model)->configurations->len;
}

static gpointer
hr_project_get_item (GListModel *model, guint position)
{
  HrProject *self = HR_PROJECT (model);

  return position < self->configurations->len ? g_object_ref (self->configurations->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = hr_project_get_item_type;
  iface->get_n_items = hr_project_get_n_items;
  iface->get_item = hr_project_get_item;
}

static void
hr_project_dispose (GObject *object)
{
  HrProject *self = HR_PROJECT (object);

  g_clear_handle_id (&self->estimate_source, g_source_remove);
  g_ptr_array_foreach (self->configurations, detach, NULL);
  g_ptr_array_set_size (self->configurations, 0);

  G_OBJECT_CLASS (hr_project_parent_class)->dispose (object);
}

static void
hr_project_finalize (GObject *object)
{
  HrProject *self = HR_PROJECT (object);

  g_clear_pointer (&self->configurations, g_ptr_array_unref);
  g_clear_pointer (&self->data, hr_project_data_free);

  G_OBJECT_CLASS (hr_project_parent_class)->finalize (object);
}

static void
hr_project_class_init (HrProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hr_project_dispose;
  object_class->finalize = hr_project_finalize;
  hr_project_install_properties (object_class);

  signals[SIGNAL_WILL_CHANGE] = g_signal_new ("will-change", HR_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", HR_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ESTIMATED]
      = g_signal_new ("estimated", HR_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hr_project_init (HrProject *self)
{
  self->configurations = g_ptr_array_new_with_free_func (g_object_unref);
  self->data = hr_project_data_new ("");
}

HrProject *
hr_project_new (HrProjectData *data)
{
  g_return_val_if_fail (data != NULL, NULL);

  HrProject *self = g_object_new (HR_TYPE_PROJECT, NULL);
  take_data (self, hr_project_data_copy (data));

  return self;
}

const HrProjectData *
hr_project_get_data (HrProject *self)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  return self->data;
}

void
hr_project_set_data (HrProject *self, const HrProjectData *data)
{
  g_return_if_fail (HR_IS_PROJECT (self));
  g_return_if_fail (data != NULL);

  take_data (self, hr_project_data_copy (data));
}

HrConfiguration *
hr_project_get_configuration (HrProject *self, guint position)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  return position < self->configurations->len ? self->configurations->pdata[position] : NULL;
}

guint
hr_project_find (HrProject *self, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), G_MAXUINT);

  guint position = configuration != NULL ? hr_configuration_get_position (configuration) : 0;

  return hr_project_get_configuration (self, position) == configuration && configuration != NULL ? position : G_MAXUINT;
}

const HrGpu *
hr_project_get_gpu (HrProject *self, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), NULL);

  const HrJob *job = configuration != NULL ? hr_configuration_get_job (configuration) : NULL;
  gboolean own = job != NULL && job->gpu.set;
  const HrCatalogGpu *found = hr_project_data_find_gpu (self->data, own ? job->gpu.id : self->data->gpu.id);

  if (found == NULL)
    return NULL;

  HrGpu *gpu = configuration != NULL ? hr_configuration_get_gpu_room (configuration) : &self->gpu;
  *gpu = found->gpu;
  gpu->limits = own ? job->gpu.limits : self->data->gpu.limits;
  return gpu;
}

void
hr_project_set_gpu (HrProject *self, const HrGpuChoice *choice)
{
  g_return_if_fail (HR_IS_PROJECT (self));
  g_return_if_fail (choice != NULL);

  HrProjectData *data = hr_project_data_copy (self->data);

  data->gpu = *choice;
  if (strcmp (choice->id, self->data->gpu.id) != 0)
    hr_project_data_carry_gpu (data, choice->id);
  hr_project_edit (self, data, _ ("Change GPU"), NULL);
}

void
hr_project_follow_catalog (HrProject *self)
{
  g_return_if_fail (HR_IS_PROJECT (self));

  HrProjectData *data = hr_project_data_copy (self->data);

  hr_project_data_renew_gpus (data);
  hr_project_edit (self, data, _ ("Update GPU"), NULL);
  g_ptr_array_foreach (self->configurations, mark_stale, NULL);
  g_object_notify (G_OBJECT (self), "gpu-id");
  schedule_estimates (self);
}

HrUnits
hr_project_get_units (HrProject *self)
{
  g_return_val_if_fail (HR_IS_PROJECT (self), HR_UNITS_GB);

  return self->data->units;
}

void
hr_project_flush (HrProject *self)
{
  g_return_if_fail (HR_IS_PROJECT (self));

  if (self->estimate_source == 0)
    return;

  g_source_remove (self->estimate_source);
  estimate_cb (self);
}
