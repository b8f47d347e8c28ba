/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "io/hr-project-io.h"
#include "model/hr-view-state.h"

#include <glib/gstdio.h>

/* The address that the groups of the corpus are named by. */
#define ADDRESS "file:///fuzzed.headroom"

static const char project_text[] = "{\"format\":\"headroom-project\",\"version\":1,\"configurations\":["
                                   "{\"id\":\"c1\",\"model\":{\"id\":\"meta-llama/Meta-Llama-3-8B\"}},"
                                   "{\"id\":\"c2\",\"model\":{\"id\":\"meta-llama/Meta-Llama-3-8B\"}},"
                                   "{\"id\":\"c3\",\"model\":{\"id\":\"meta-llama/Meta-Llama-3-8B\"}}]}";

static HrSelection *
restore (HrProject *project, const char *path, GFile *file)
{
  HrSelection *selection = hr_selection_new ();

  hr_selection_set_project (selection, project);
  hr_view_state_restore (path, file, selection);
  g_assert_nonnull (hr_selection_get_configuration (selection));
  g_assert_true (hr_selection_is_selected (selection, hr_selection_get_configuration (selection)));

  return selection;
}

/* Returns: (transfer full): what is remembered, without when. */
static char *
remembered (const char *path)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *group = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ADDRESS, -1);

  g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  g_key_file_remove_key (keys, group, "seen", NULL);

  return g_key_file_to_data (keys, NULL, NULL);
}

/* What could be understood is remembered as it is, again and again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *folder = g_dir_make_tmp ("headroom-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "views.ini", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (project_text, sizeof project_text - 1);
  g_autoptr (HrProjectData) project_data = hr_project_parse (bytes, FUZZ_NAME, NULL);
  g_autoptr (HrProject) project = hr_project_new (project_data);
  g_autoptr (GFile) file = g_file_new_for_uri (ADDRESS);
  g_autofree char *once = NULL;

  g_assert_true (
      g_file_set_contents_full (path, (const char *) data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HrSelection) selection = restore (project, path, file);

      g_assert_true (hr_view_state_save (path, file, selection, NULL));
      g_autofree char *now = remembered (path);
      if (i > 0)
        g_assert_cmpstr (now, ==, once);
      g_free (once);
      once = g_steal_pointer (&now);
    }

  g_remove (path);
  g_rmdir (folder);
  return 0;
}
