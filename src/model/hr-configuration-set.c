/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-configuration-set.h"

struct _HrConfigurationSet
{
  GObject parent_instance;

  HrProject *project; /* (nullable): not owned, the selection has it */
  GPtrArray *chosen;  /* of HrConfiguration, in the project's order */
  HrConfiguration *leader;
  HrConfiguration *anchor; /* (nullable): where extending begins */
  guint position;          /* of the leader: where its neighbour is when it goes */
};

static GType
get_item_type (GListModel *list)
{
  return HR_TYPE_CONFIGURATION;
}

static guint
get_n_items (GListModel *list)
{
  return HR_CONFIGURATION_SET (list)->chosen->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  HrConfigurationSet *self = HR_CONFIGURATION_SET (list);

  return position < self->chosen->len ? g_object_ref (g_ptr_array_index (self->chosen, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HrConfigurationSet, hr_configuration_set, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
hr_configuration_set_finalize (GObject *object)
{
  HrConfigurationSet *self = HR_CONFIGURATION_SET (object);

  g_clear_object (&self->leader);
  g_clear_object (&self->anchor);
  g_ptr_array_unref (self->chosen);

  G_OBJECT_CLASS (hr_configuration_set_parent_class)->finalize (object);
}

static void
hr_configuration_set_class_init (HrConfigurationSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hr_configuration_set_finalize;
}

static void
hr_configuration_set_init (HrConfigurationSet *self)
{
  self->chosen = g_ptr_array_new_with_free_func (g_object_unref);
}

HrConfigurationSet *
hr_configuration_set_new (void)
{
  return g_object_new (HR_TYPE_CONFIGURATION_SET, NULL);
}

static guint
count (HrConfigurationSet *self)
{
  return self->project != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->project)) : 0;
}

/* Takes @chosen, and tells of the part that differs. */
static void
replace (HrConfigurationSet *self, GPtrArray *chosen)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->chosen);
  guint least = MIN (before->len, chosen->len);
  guint same_start = 0, same_end = 0;

  self->chosen = chosen;
  while (same_start < least && g_ptr_array_index (before, same_start) == g_ptr_array_index (chosen, same_start))
    same_start++;
  while (same_start + same_end < least
         && g_ptr_array_index (before, before->len - 1 - same_end)
                == g_ptr_array_index (chosen, chosen->len - 1 - same_end))
    same_end++;

  guint n_removed = before->len - same_start - same_end;
  guint n_added = chosen->len - same_start - same_end;

  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), same_start, n_removed, n_added);
}

static void
set_leader (HrConfigurationSet *self, HrConfiguration *leader)
{
  g_set_object (&self->leader, leader);
  self->position = leader != NULL ? hr_project_find (self->project, leader) : 0;
}

/* Those of the project from @first to @last. */
static GPtrArray *
range (HrConfigurationSet *self, guint first, guint last)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = first; i <= last && i < count (self); i++)
    g_ptr_array_add (chosen, g_object_ref (hr_project_get_configuration (self->project, i)));

  return chosen;
}

/* Those of the project that are chosen, with @other (nullable) the other way round. */
static GPtrArray *
filter (HrConfigurationSet *self, HrConfiguration *other)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count (self); i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (self->project, i);

      if (hr_configuration_set_contains (self, configuration) != (configuration == other))
        g_ptr_array_add (chosen, g_object_ref (configuration));
    }

  return chosen;
}

/* Returns: (nullable): the one of @chosen that is nearest to where the leader was, the next rather than the last. */
static HrConfiguration *
find_nearest (HrConfigurationSet *self, GPtrArray *chosen)
{
  HrConfiguration *nearest = NULL;

  for (guint i = 0; i < chosen->len; i++)
    {
      nearest = g_ptr_array_index (chosen, i);
      if (hr_project_find (self->project, nearest) >= self->position)
        break;
    }

  return nearest;
}

void
hr_configuration_set_set_project (HrConfigurationSet *self, HrProject *project)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  self->project = project;
  g_clear_object (&self->anchor);
  set_leader (self, project != NULL ? hr_project_get_configuration (project, 0) : NULL);
  replace (self, range (self, 0, 0));
}

void
hr_configuration_set_update (HrConfigurationSet *self)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  GPtrArray *chosen = filter (self, NULL);

  if (self->anchor != NULL && hr_project_find (self->project, self->anchor) == G_MAXUINT)
    g_clear_object (&self->anchor);
  if (chosen->len == 0 && count (self) > 0)
    {
      guint position = MIN (self->position, count (self) - 1);

      g_ptr_array_unref (chosen);
      chosen = range (self, position, position);
    }

  if (self->leader == NULL || hr_project_find (self->project, self->leader) == G_MAXUINT)
    set_leader (self, find_nearest (self, chosen));
  else
    set_leader (self, self->leader);
  replace (self, chosen);
}

HrConfiguration *
hr_configuration_set_get_leader (HrConfigurationSet *self)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION_SET (self), NULL);

  return self->leader;
}

gboolean
hr_configuration_set_contains (HrConfigurationSet *self, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_CONFIGURATION_SET (self), FALSE);

  return g_ptr_array_find (self->chosen, configuration, NULL);
}

void
hr_configuration_set_select_only (HrConfigurationSet *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  set_leader (self, configuration);
  g_set_object (&self->anchor, configuration);
  replace (self, range (self, self->position, self->position));
}

void
hr_configuration_set_toggle (HrConfigurationSet *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  if (self->chosen->len == 1 && configuration == self->leader)
    return;

  GPtrArray *chosen = filter (self, configuration);

  g_set_object (&self->anchor, configuration);
  if (!hr_configuration_set_contains (self, configuration))
    set_leader (self, configuration);
  else if (configuration == self->leader)
    set_leader (self, find_nearest (self, chosen));
  replace (self, chosen);
}

void
hr_configuration_set_extend_to (HrConfigurationSet *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  if (self->anchor == NULL)
    g_set_object (&self->anchor, self->leader);

  guint to = hr_project_find (self->project, configuration);
  guint from = hr_project_find (self->project, self->anchor);

  set_leader (self, configuration);
  replace (self, range (self, MIN (from, to), MAX (from, to)));
}

void
hr_configuration_set_select_all (HrConfigurationSet *self)
{
  g_return_if_fail (HR_IS_CONFIGURATION_SET (self));

  if (count (self) > 0)
    replace (self, range (self, 0, count (self) - 1));
}
