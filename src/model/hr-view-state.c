/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-view-state.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* No file of so few projects is larger. */
#define MAX_FILE_BYTES (1024 * 1024)

#define LOOK_PREFIX "look "

/* What the legend shows: components, and the reserve that is not in use. */
static const char *const part_ids[] = { "weights",     "adapters", "gradients", "optimizer", "activations",
                                        "logits_loss", "kv_cache", "workspace", "context",   "unused" };
static const HrEnum parts = { part_ids, G_N_ELEMENTS (part_ids) };
G_STATIC_ASSERT (G_N_ELEMENTS (part_ids) == HR_N_PARTS);

/* The group of a project: addresses have characters that names of groups may not have. */
static char *
group_of (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
}

char *
hr_view_state_default_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "headroom", "views.ini", NULL);
}

/* Empty where there is no file, or none that can be read. */
static GKeyFile *
load (const char *path)
{
  GKeyFile *keys = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  gsize length;

  if (info == NULL || g_file_info_get_size (info) > MAX_FILE_BYTES)
    return keys;
  if (!g_file_get_contents (path, &text, &length, NULL)
      || !g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, NULL))
    {
      g_key_file_unref (keys);
      keys = g_key_file_new ();
    }

  return keys;
}

static void
forget_oldest (GKeyFile *keys)
{
  for (;;)
    {
      gsize n_groups;
      g_auto (GStrv) groups = g_key_file_get_groups (keys, &n_groups);
      const char *oldest = NULL;
      gint64 least = G_MAXINT64;

      if (n_groups <= HR_VIEW_STATE_PROJECTS)
        return;
      for (gsize i = 0; i < n_groups; i++)
        {
          gint64 seen = g_key_file_get_int64 (keys, groups[i], "seen", NULL);

          if (oldest == NULL || seen < least)
            {
              oldest = groups[i];
              least = seen;
            }
        }
      g_key_file_remove_group (keys, oldest, NULL);
    }
}

static const char *
id_of (HrConfiguration *configuration)
{
  return hr_configuration_get_job (configuration)->id;
}

static void
put_id (GKeyFile *keys, const char *group, const char *key, const HrEnum *values, int value)
{
  const char *id = hr_enum_id (values, value);

  if (id != NULL)
    g_key_file_set_string (keys, group, key, id);
}

static void
put_configurations (GKeyFile *keys, const char *group, HrSelection *selection)
{
  GListModel *selected = hr_selection_get_selected (selection);
  HrConfiguration *leader = hr_selection_get_configuration (selection);
  HrConfiguration *baseline = hr_selection_get_baseline (selection);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (HrConfiguration) configuration = g_list_model_get_item (selected, i);

      g_ptr_array_add (ids, (char *) id_of (configuration));
    }
  if (leader != NULL)
    g_key_file_set_string (keys, group, "configuration", id_of (leader));
  if (ids->len > 1)
    g_key_file_set_string_list (keys, group, "selected", (const char *const *) ids->pdata, ids->len);
  if (baseline != NULL)
    g_key_file_set_string (keys, group, "baseline", id_of (baseline));
}

static void
put_legend (GKeyFile *keys, const char *group, guint hidden)
{
  const char *ids[HR_N_PARTS];
  gsize n_ids = 0;

  for (guint i = 0; i < HR_N_PARTS; i++)
    if (hidden & 1u << i)
      ids[n_ids++] = hr_enum_id (&parts, (int) i);
  if (n_ids > 0)
    g_key_file_set_string_list (keys, group, "hidden", ids, n_ids);
}

static void
put_fit_map (GKeyFile *keys, const char *group, HrFitMapOptions options)
{
  put_id (keys, group, "map-columns", &HR_UNKNOWNS, (int) options.columns.unknown);
  put_id (keys, group, "map-rows", &HR_UNKNOWNS, (int) options.rows.unknown);
  g_key_file_set_boolean (keys, group, "map-columns-linear", options.columns.linear);
  g_key_file_set_boolean (keys, group, "map-rows-linear", options.rows.linear);
  g_key_file_set_boolean (keys, group, "map-fine", options.fine);
  g_key_file_set_boolean (keys, group, "map-zoom", options.zoom);
}

static void
put_looks (GKeyFile *keys, const char *group, HrSelection *selection)
{
  g_auto (GStrv) names = hr_looks_dup_names (hr_selection_get_looks (selection));

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat (LOOK_PREFIX, names[i], NULL);

      g_key_file_set_string (keys, group, key, hr_looks_get (hr_selection_get_looks (selection), names[i]));
    }
}

static void
put (GKeyFile *keys, const char *group, HrSelection *selection)
{
  int phase = hr_selection_get_phase (selection);
  const char *gpu = hr_selection_get_gpu (selection);

  g_key_file_set_string (keys, group, "view", hr_selection_get_view (selection));
  put_configurations (keys, group, selection);
  put_id (keys, group, "component", &parts, hr_selection_get_component (selection));
  put_id (keys, group, "phase", &HR_PHASES, phase);
  if (phase >= 0)
    g_key_file_set_integer (keys, group, "step", (int) hr_selection_get_step (selection));
  if (gpu != NULL)
    g_key_file_set_string (keys, group, "gpu", gpu);
  put_legend (keys, group, hr_selection_get_hidden_components (selection));
  g_key_file_set_boolean (keys, group, "cut-at-limit", hr_selection_get_cut_at_limit (selection));
  g_key_file_set_boolean (keys, group, "only-differences", hr_selection_get_only_differences (selection));
  put_fit_map (keys, group, hr_selection_get_fit_map (selection));
  put_looks (keys, group, selection);
}

gboolean
hr_view_state_save (const char *path, GFile *file, HrSelection *selection, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (HR_IS_SELECTION (selection), FALSE);

  g_autoptr (GKeyFile) keys = load (path);
  g_autofree char *group = group_of (file);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;

  g_key_file_remove_group (keys, group, NULL);
  g_key_file_set_int64 (keys, group, "seen", g_get_real_time ());
  put (keys, group, selection);
  forget_oldest (keys);

  g_autofree char *text = g_key_file_to_data (keys, &length, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Returns: (nullable): the configuration of @project with that id. */
static HrConfiguration *
find_configuration (HrProject *project, const char *id)
{
  guint n_configurations = project != NULL ? g_list_model_get_n_items (G_LIST_MODEL (project)) : 0;

  for (guint i = 0; i < n_configurations && id != NULL; i++)
    {
      HrConfiguration *configuration = hr_project_get_configuration (project, i);

      if (g_str_equal (id_of (configuration), id))
        return configuration;
    }

  return NULL;
}

static HrConfiguration *
get_configuration (GKeyFile *keys, const char *group, const char *key, HrSelection *selection)
{
  g_autofree char *id = g_key_file_get_string (keys, group, key, NULL);

  return find_configuration (hr_selection_get_project (selection), id);
}

/* The leading one last: who is added leads. */
static void
restore_configurations (GKeyFile *keys, const char *group, HrSelection *selection)
{
  HrConfiguration *leader = get_configuration (keys, group, "configuration", selection);
  g_auto (GStrv) ids = g_key_file_get_string_list (keys, group, "selected", NULL, NULL);
  gboolean is_first = TRUE;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      HrConfiguration *configuration = find_configuration (hr_selection_get_project (selection), ids[i]);

      if (configuration == NULL || configuration == leader)
        continue;
      if (is_first)
        hr_selection_select_only (selection, configuration);
      else if (!hr_selection_is_selected (selection, configuration))
        hr_selection_toggle (selection, configuration);
      is_first = FALSE;
    }
  if (leader != NULL && is_first)
    hr_selection_select_only (selection, leader);
  else if (leader != NULL)
    hr_selection_toggle (selection, leader);

  hr_selection_set_baseline (selection, get_configuration (keys, group, "baseline", selection));
}

static int
get_id (GKeyFile *keys, const char *group, const char *key, const HrEnum *values)
{
  g_autofree char *id = g_key_file_get_string (keys, group, key, NULL);

  return hr_enum_value (values, id);
}

static guint
get_legend (GKeyFile *keys, const char *group)
{
  g_auto (GStrv) ids = g_key_file_get_string_list (keys, group, "hidden", NULL, NULL);
  guint hidden = 0;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      int component = hr_enum_value (&parts, ids[i]);

      if (component >= 0)
        hidden |= 1u << component;
    }

  return hidden;
}

static void
restore_fit_map (GKeyFile *keys, const char *group, HrSelection *selection)
{
  int columns = get_id (keys, group, "map-columns", &HR_UNKNOWNS);
  int rows = get_id (keys, group, "map-rows", &HR_UNKNOWNS);
  HrFitMapOptions options = {
    .columns.linear = g_key_file_get_boolean (keys, group, "map-columns-linear", NULL),
    .rows.linear = g_key_file_get_boolean (keys, group, "map-rows-linear", NULL),
    .fine = g_key_file_get_boolean (keys, group, "map-fine", NULL),
    .zoom = g_key_file_get_boolean (keys, group, "map-zoom", NULL),
  };

  if (columns < 0 || rows < 0 || columns == rows)
    return;

  options.columns.unknown = (HrUnknown) columns;
  options.rows.unknown = (HrUnknown) rows;
  hr_selection_set_fit_map (selection, &options);
}

static void
restore_looks (GKeyFile *keys, const char *group, HrSelection *selection)
{
  g_auto (GStrv) names = g_key_file_get_keys (keys, group, NULL, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], LOOK_PREFIX))
      {
        g_autofree char *value = g_key_file_get_string (keys, group, names[i], NULL);

        if (value != NULL)
          hr_looks_set (hr_selection_get_looks (selection), names[i] + strlen (LOOK_PREFIX), value);
      }
}

gboolean
hr_view_state_restore (const char *path, GFile *file, HrSelection *selection)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (HR_IS_SELECTION (selection), FALSE);

  g_autoptr (GKeyFile) keys = load (path);
  g_autofree char *group = group_of (file);

  if (!g_key_file_has_group (keys, group))
    return FALSE;

  g_autofree char *view = g_key_file_get_string (keys, group, "view", NULL);
  g_autofree char *gpu = g_key_file_get_string (keys, group, "gpu", NULL);
  int step = g_key_file_get_integer (keys, group, "step", NULL);

  g_object_freeze_notify (G_OBJECT (selection));
  restore_looks (keys, group, selection);
  restore_configurations (keys, group, selection);
  hr_selection_set_component (selection, get_id (keys, group, "component", &parts));
  hr_selection_set_phase (selection, get_id (keys, group, "phase", &HR_PHASES), (guint) MAX (step, 0));
  hr_selection_set_gpu (selection, gpu);
  hr_selection_set_hidden_components (selection, get_legend (keys, group));
  hr_selection_set_cut_at_limit (selection, g_key_file_get_boolean (keys, group, "cut-at-limit", NULL));
  hr_selection_set_only_differences (selection, g_key_file_get_boolean (keys, group, "only-differences", NULL));
  restore_fit_map (keys, group, selection);
  if (view != NULL)
    hr_selection_set_view (selection, view);
  g_object_thaw_notify (G_OBJECT (selection));

  return TRUE;
}
