/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-json-merge.h"

#include <string.h>

static gboolean
is_known (const char *name, const char *const *names, guint n_names)
{
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

/* The run of unknown members from @name on. */
static void
copy_unknown (HrJsonWriter *writer, const HrJsonNode *source, const HrJsonNode *name, const char *const *names,
              guint n_names)
{
  for (; name != NULL && !is_known (name->text, names, n_names); name = hr_json_next (source, name))
    {
      hr_json_writer_name (writer, name->text);
      hr_json_writer_node (writer, hr_json_value (name));
    }
}

void
hr_json_merge (HrJsonWriter *writer, const HrJsonNode *source, const char *const *names, guint n_names, HrJsonEmit emit,
               gpointer user_data)
{
  const HrJsonNode *found[HR_JSON_MAX_KNOWN] = { NULL };

  g_return_if_fail (n_names <= HR_JSON_MAX_KNOWN);

  hr_json_writer_begin_object (writer);
  if (source != NULL)
    {
      hr_json_find_members (source, names, n_names, found);
      copy_unknown (writer, source, hr_json_first (source), names, n_names);
    }
  for (guint i = 0; i < n_names; i++)
    {
      emit (writer, i, found[i] != NULL ? hr_json_value (found[i]) : NULL, user_data);
      if (found[i] != NULL)
        copy_unknown (writer, source, hr_json_next (source, found[i]), names, n_names);
    }
  hr_json_writer_end_object (writer);
}
