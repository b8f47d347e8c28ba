/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-training-reader.h"

#include "hr-field-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define AUTO "auto"

/* Names in a path: deeper ones belong to a row above them. */
#define MAX_LEVELS 4

/* Steps from one reference to the next: more go round in a circle. */
#define MAX_REFERENCES 8

/* The longest text that is looked at: a path, a name, a pattern. */
#define MAX_TEXT_BYTES 65536

static gboolean
is_text (const HrJsonNode *node, const char *text)
{
  return node != NULL && node->type == HR_JSON_STRING && strcmp (node->text, text) == 0;
}

/* Returns: (nullable): the value at the end of @path. */
static const HrJsonNode *
walk (const HrTrainingReader *self, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", MAX_LEVELS);
  const HrJsonNode *node = self->object;

  for (char **name = names; node != NULL && *name != NULL; name++)
    node = node->type == HR_JSON_OBJECT ? hr_json_member (node, *name) : NULL;

  return node;
}

/* Returns: (transfer full) (nullable): the path in "${path}". */
static char *
reference (const HrJsonNode *node)
{
  const char *end = node->type == HR_JSON_STRING ? strchr (node->text, '}') : NULL;

  if (end == NULL || end[1] != '\0' || !g_str_has_prefix (node->text, "${"))
    return NULL;

  return g_strndup (node->text + 2, (gsize) (end - node->text) - 2);
}

/* Returns: (nullable): the value of the member, or of the one that it refers to as OmegaConf does: "${batch_size}". */
static const HrJsonNode *
look_up (const HrTrainingReader *self, const char *path)
{
  const HrJsonNode *stated = walk (self, path);
  const HrJsonNode *node = stated;

  for (guint i = 0; i < MAX_REFERENCES && node != NULL; i++)
    {
      g_autofree char *other = reference (node);

      if (other == NULL)
        return node;
      node = walk (self, other);
    }

  return stated;
}

const HrJsonNode *
hr_training_find (const HrTrainingReader *self, const char *path)
{
  const HrJsonNode *node = look_up (self, path);

  return node != NULL && node->type != HR_JSON_NULL && !is_text (node, AUTO) ? node : NULL;
}

gboolean
hr_training_is_auto (const HrTrainingReader *self, const char *path)
{
  return is_text (look_up (self, path), AUTO);
}

/* What the report calls the member. */
static char *
reported (const HrTrainingReader *self, const char *path)
{
  return g_strconcat (self->prefix, path, NULL);
}

static void
note (const HrTrainingReader *self, HrImportKind kind, const char *path, const char *detail)
{
  g_autofree char *what = reported (self, path);

  hr_import_report_add (self->report, kind, what, "%s", detail);
}

void
hr_training_assume (const HrTrainingReader *self, const char *path, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *detail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  note (self, HR_IMPORT_ASSUMED, path, detail);
}

void
hr_training_ignore (const HrTrainingReader *self, const char *path, const char *consequence)
{
  note (self, HR_IMPORT_IGNORED, path, consequence);
}

void
hr_training_fail (HrTrainingReader *self, const char *path, const char *format, ...)
{
  HrPath place = HR_PATH_MEMBER (&self->path, path);
  va_list arguments;

  if (self->error != NULL)
    return;

  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  hr_path_fail (&place, HR_ERROR_VALUE, &self->error, "%s", problem);
}

void
hr_training_refuse (HrTrainingReader *self, const char *path, const char *allowed)
{
  g_autofree char *shown = hr_json_describe (look_up (self, path));

  hr_training_fail (self, path, _ ("%s is not allowed; allowed: %s"), shown, allowed);
}

gboolean
hr_training_flag (HrTrainingReader *self, const char *path)
{
  const HrJsonNode *node = hr_training_find (self, path);
  HrPath place = HR_PATH_MEMBER (&self->path, path);
  gboolean value = FALSE;

  if (node == NULL || self->error != NULL)
    return FALSE;

  return hr_json_read_boolean (&place, node, &value, &self->error) && value;
}

gboolean
hr_training_is_false (const HrTrainingReader *self, const char *path)
{
  const HrJsonNode *node = hr_training_find (self, path);

  return node != NULL && node->type == HR_JSON_BOOLEAN && !hr_json_boolean (node);
}

const char *
hr_training_text (HrTrainingReader *self, const char *path)
{
  const HrJsonNode *node = hr_training_find (self, path);
  HrPath place = HR_PATH_MEMBER (&self->path, path);
  const char *text = NULL;

  if (node == NULL || self->error != NULL)
    return NULL;

  return hr_json_read_text (&place, node, 0, MAX_TEXT_BYTES, &text, &self->error) ? text : NULL;
}

guint64
hr_training_integer (HrTrainingReader *self, const char *path, guint64 maximum, guint64 otherwise)
{
  const HrJsonNode *node = hr_training_find (self, path);
  HrPath place = HR_PATH_MEMBER (&self->path, path);
  guint64 value = 0;

  if (node == NULL || self->error != NULL)
    return otherwise;

  return hr_json_read_integer (&place, node, 0, maximum, &value, &self->error) ? value : otherwise;
}

gboolean
hr_training_names (const HrTrainingReader *self, const char *path, const char *word)
{
  const HrJsonNode *node = hr_training_find (self, path);

  if (node == NULL || node->type != HR_JSON_ARRAY)
    return is_text (node, word);

  for (const HrJsonNode *item = hr_json_first (node); item != NULL; item = hr_json_next (node, item))
    if (is_text (item, word))
      return TRUE;

  return FALSE;
}

void
hr_training_default (HrTrainingReader *self, const char *path, HrFieldId field, guint64 value)
{
  if (hr_training_find (self, path) != NULL)
    return;

  if (hr_field (field)->kind == HR_FIELD_NUMBER)
    hr_field_set_number (hr_field (field), self->job, (double) value);
  else
    hr_field_set_integer (hr_field (field), self->job, value);
  hr_training_assume (self, path, _ ("%" PRIu64 ", the program's default"), value);
}

static void
read_field (HrTrainingReader *self, const HrTrainingRow *row, const HrJsonNode *node)
{
  HrPath place = HR_PATH_MEMBER (&self->path, row->member);

  if (self->error == NULL)
    hr_field_read (hr_field (row->field), &place, node, self->job, &self->error);
}

static void
read_row (HrTrainingReader *self, const HrTrainingRow *row)
{
  const HrJsonNode *node = hr_training_find (self, row->member);
  g_autofree char *shown = hr_json_describe (node);

  if (node == NULL)
    return;

  switch (row->kind)
    {
    case HR_TRAINING_ROW_FIELD:
      read_field (self, row, node);
      note (self, HR_IMPORT_READ, row->member, shown);
      break;
    case HR_TRAINING_ROW_FLAG:
      if (hr_training_flag (self, row->member))
        hr_field_set_integer (hr_field (row->field), self->job, (guint64) row->value);
      note (self, HR_IMPORT_READ, row->member, shown);
      break;
    case HR_TRAINING_ROW_USED:
      note (self, HR_IMPORT_READ, row->member, shown);
      break;
    case HR_TRAINING_ROW_NO_SIZE:
      note (self, HR_IMPORT_IGNORED, row->member, _ ("changes no size"));
      break;
    case HR_TRAINING_ROW_IGNORED:
    default:
      if (node->type != HR_JSON_BOOLEAN || hr_json_boolean (node))
        note (self, HR_IMPORT_IGNORED, row->member, _ (row->consequence));
    }
}

/* Whether a row says what is done with the member @path or with what holds it. */
static gboolean
is_known (const HrTrainingRow *rows, gsize n_rows, const char *path)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      gsize length = strlen (rows[i].member);
      if (strncmp (path, rows[i].member, length) == 0 && (path[length] == '\0' || path[length] == '.'))
        return TRUE;
    }

  return FALSE;
}

/* Whether a row is about something inside the member @path. */
static gboolean
is_looked_into (const HrTrainingRow *rows, gsize n_rows, const char *path)
{
  gsize length = strlen (path);

  for (gsize i = 0; i < n_rows; i++)
    if (strncmp (rows[i].member, path, length) == 0 && rows[i].member[length] == '.')
      return TRUE;

  return FALSE;
}

static void
report_unknown (const HrTrainingReader *self, const HrJsonNode *object, const char *parent, const HrTrainingRow *rows,
                gsize n_rows, guint level)
{
  for (const HrJsonNode *name = hr_json_first (object); name != NULL; name = hr_json_next (object, name))
    {
      const HrJsonNode *value = hr_json_value (name);
      g_autofree char *path = g_strconcat (parent, *parent != '\0' ? "." : "", name->text, NULL);

      if (value->type == HR_JSON_NULL)
        continue;
      if (value->type == HR_JSON_OBJECT && level < MAX_LEVELS && is_looked_into (rows, n_rows, path))
        report_unknown (self, value, path, rows, n_rows, level + 1);
      else if (!is_known (rows, n_rows, path))
        note (self, HR_IMPORT_IGNORED, path, _ ("this program does not know it"));
    }
}

void
hr_training_read_rows (HrTrainingReader *self, const HrTrainingRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    read_row (self, &rows[i]);
  report_unknown (self, self->object, "", rows, n_rows, 1);
}
