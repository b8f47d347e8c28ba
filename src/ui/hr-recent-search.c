/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-recent-search.h"

#include "io/hr-project-io.h"
#include "model/hr-labels.h"

#include <string.h>

/* A search waits for the answer: what is larger is found by the name of its file alone. */
#define MOST_BYTES (1024 * 1024)

#define MOST_NAMES 8

void
hr_recent_match_free (HrRecentMatch *self)
{
  g_free (self->uri);
  g_free (self->title);
  g_free (self->description);
  g_free (self);
}

static HrProjectData *
load (GFile *file)
{
  g_autoptr (GFileInfo) info = NULL;

  if (!g_file_is_native (file))
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL || g_file_info_get_size (info) > MOST_BYTES)
    return NULL;

  return hr_project_load (file, NULL, NULL);
}

HrRecentMatch *
hr_recent_match_new (const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (HrProjectData) data = load (file);
  g_autoptr (GString) description = g_string_new (name);

  if (data == NULL && !(g_file_is_native (file) && g_file_query_exists (file, NULL)))
    return NULL;

  for (guint i = 0; data != NULL && i < MIN (data->entries->len, MOST_NAMES); i++)
    g_string_append_printf (description, "%s%s", i == 0 ? " — " : ", ",
                            hr_job_title (hr_entry_get_job (data->entries->pdata[i])));

  HrRecentMatch *self = g_new0 (HrRecentMatch, 1);
  self->uri = g_strdup (uri);
  self->title = g_strdup (data != NULL && *data->name != '\0' ? data->name : name);
  self->description = g_strdup (description->str);

  return self;
}

/* All that a search looks at, folded. */
static char *
create_text (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (HrProjectData) data = load (file);
  g_autoptr (GString) text = g_string_new (name);

  if (data != NULL)
    g_string_append_printf (text, "\n%s\n%s", data->name, data->gpu.id);
  for (guint i = 0; data != NULL && i < data->entries->len; i++)
    {
      const HrJob *job = hr_entry_get_job (data->entries->pdata[i]);

      g_string_append_printf (text, "\n%s\n%s\n%s", hr_job_title (job), job->model_id, job->gpu.id);
    }

  return g_utf8_casefold (text->str, (gssize) text->len);
}

gboolean
hr_recent_match_has_words (const char *uri, const char *const *words)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *text = create_text (file);

  for (; *words != NULL; words++)
    {
      g_autofree char *word = g_utf8_casefold (*words, -1);

      if (strstr (text, word) == NULL)
        return FALSE;
    }

  return TRUE;
}
