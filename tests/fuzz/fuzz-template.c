/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "model/hr-template.h"

#include <glib/gstdio.h>

/* As the only file in a folder of templates: it is listed, with a name and what it is or what is wrong. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *path = g_dir_make_tmp ("headroom-fuzz-XXXXXX", NULL);
  g_autofree char *name = g_build_filename (path, "template.json", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_assert_true (
      g_file_set_contents_full (name, (const char *) data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_autoptr (GListModel) templates = hr_templates_read (folder);
  g_assert_cmpuint (g_list_model_get_n_items (templates), ==, 1);
  g_autoptr (HrTemplate) template = g_list_model_get_item (templates, 0);

  g_assert_true (g_utf8_validate (hr_template_get_name (template), -1, NULL));
  g_assert_true (g_utf8_validate (hr_template_get_detail (template), -1, NULL));
  if (!hr_template_is_broken (template))
    {
      g_autoptr (HrProjectData) empty = hr_project_data_new ("");
      g_autoptr (HrProject) project = hr_project_new (empty);
      HrConfiguration *first = hr_template_apply (template, project, G_MAXUINT, NULL);

      g_assert_nonnull (first);
      g_assert_nonnull (hr_template_apply (template, project, G_MAXUINT, first));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (project)), ==, 2);
    }

  g_remove (name);
  g_rmdir (path);
  return 0;
}
