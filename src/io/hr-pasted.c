/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-pasted.h"

#include "hr-field-json.h"
#include "hr-project-io.h"
#include "hr-project-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PATH_OF_MODEL "_name_or_path"

gboolean
hr_pasted_is_json (GBytes *bytes)
{
  gsize size, i;
  const char *text = g_bytes_get_data (bytes, &size);

  for (i = 0; i < size && g_ascii_isspace (text[i]); i++)
    continue;

  return i < size && (text[i] == '{' || text[i] == '[');
}

/* Returns: (transfer full): a project of the configurations in @bytes: one, or an array of them. */
static GBytes *
wrap (GBytes *bytes, gboolean is_list)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"%s\":\"%s\",\"%s\":%d,\"%s\":%s", HR_PROJECT_MEMBERS[HR_PROJECT_FORMAT],
                   HR_PROJECT_FORMAT_NAME, HR_PROJECT_MEMBERS[HR_PROJECT_VERSION], HR_PROJECT_FORMAT_VERSION,
                   HR_PROJECT_MEMBERS[HR_PROJECT_CONFIGURATIONS], is_list ? "" : "[");
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_append (text, is_list ? "}" : "]}");

  return g_string_free_to_bytes (text);
}

static gboolean
fail (const char *name, HrError code, const char *what, GError **error)
{
  g_set_error (error, HR_ERROR, code, "%s: %s", name, what);

  return FALSE;
}

static gboolean
read_project (HrPasted *self, GBytes *bytes, const char *name, GError **error)
{
  self->project = hr_project_parse (bytes, name, error);
  if (self->project == NULL)
    return FALSE;
  if (self->project->read_only)
    return fail (name, HR_ERROR_VERSION,
                 _ ("was made by a newer version of this program, and would lose what this one does not know"), error);
  if (self->project->entries->len == 0)
    return fail (name, HR_ERROR_VALUE, _ ("holds no configuration"), error);
  if (self->project->entries->len > HR_PASTED_MAX_CONFIGURATIONS)
    return fail (name, HR_ERROR_VALUE, _ ("holds more than 100 configurations; open it as a project instead"), error);

  return TRUE;
}

static gboolean
read_model (HrPasted *self, GBytes *bytes, const HrJsonNode *root, const char *name, GError **error)
{
  const HrJsonNode *path = hr_json_member (root, PATH_OF_MODEL);
  gboolean named = path != NULL && path->type == HR_JSON_STRING && path->length > 0 && path->length < HR_MODEL_ID_SIZE
                   && *path->text != G_DIR_SEPARATOR;

  self->model = hr_model_import_text (bytes, name, error);
  if (self->model == NULL)
    return FALSE;

  g_free (self->model->name);
  self->model->name = g_strdup (named ? path->text : _ ("Pasted model"));
  return TRUE;
}

/* What describes a project, a configuration, or the shape of a model. */
static gboolean
read_object (HrPasted *self, GBytes *bytes, const HrJsonNode *root, const char *name, GError **error)
{
  const HrJsonNode *model = hr_json_member (root, HR_SECTION_MODEL);

  if (hr_json_member (root, HR_PROJECT_MEMBERS[HR_PROJECT_FORMAT]) != NULL
      || hr_json_member (root, HR_PROJECT_MEMBERS[HR_PROJECT_CONFIGURATIONS]) != NULL)
    return read_project (self, bytes, name, error);
  if (model == NULL || model->type != HR_JSON_OBJECT)
    return read_model (self, bytes, root, name, error);

  g_autoptr (GBytes) wrapped = wrap (bytes, FALSE);
  return read_project (self, wrapped, name, error);
}

static gboolean
read_text (HrPasted *self, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (HrJson) document = NULL;

  if (g_bytes_get_size (bytes) > HR_PASTED_MAX_BYTES)
    return fail (name, HR_ERROR_SYNTAX, _ ("is too long; at most 16 MiB are read"), error);

  document = hr_json_parse (bytes, name, error);
  if (document == NULL)
    return FALSE;

  const HrJsonNode *root = hr_json_root (document);
  if (root->type == HR_JSON_OBJECT)
    return read_object (self, bytes, root, name, error);
  if (root->type != HR_JSON_ARRAY)
    return fail (name, HR_ERROR_VALUE,
                 _ ("is no configuration; allowed: a project, configurations of one, or a model’s config.json"), error);

  g_autoptr (GBytes) wrapped = wrap (bytes, TRUE);
  return read_project (self, wrapped, name, error);
}

HrPasted *
hr_pasted_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (HrPasted) self = g_new0 (HrPasted, 1);

  return read_text (self, bytes, name, error) ? g_steal_pointer (&self) : NULL;
}

void
hr_pasted_free (HrPasted *self)
{
  g_clear_pointer (&self->project, hr_project_data_free);
  g_clear_pointer (&self->model, hr_model_import_free);
  g_free (self);
}
