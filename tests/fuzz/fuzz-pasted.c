/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fuzz.h"

#include "io/hr-pasted.h"
#include "model/hr-project-clipboard.h"

#include <string.h>

/* What a project took from the clipboard can be copied, and read again as the same. */
static void
check_copy (HrProject *project, guint n_expected)
{
  g_autofree char *text = hr_project_copy (project, G_LIST_MODEL (project));
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (HrPasted) again = hr_pasted_read (bytes, FUZZ_NAME, &error);

  g_assert_no_error (error);
  g_assert_nonnull (again->project);
  g_assert_cmpuint (again->project->entries->len, ==, n_expected);
}

/* As text of the clipboard, which is pasted twice. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (HrPasted) pasted = hr_pasted_read (bytes, FUZZ_NAME, &error);

  if (pasted == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  g_assert_true ((pasted->project != NULL) != (pasted->model != NULL));
  if (pasted->project == NULL)
    return 0;

  g_autoptr (HrProjectData) data_of_project = hr_project_data_new ("");
  g_autoptr (HrProject) project = hr_project_new (data_of_project);
  guint n = pasted->project->entries->len;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_nonnull (hr_project_paste (project, G_MAXUINT, pasted->project, &error));
      g_assert_no_error (error);
    }
  if (2 * n <= HR_PASTED_MAX_CONFIGURATIONS)
    check_copy (project, 2 * n);

  return 0;
}
