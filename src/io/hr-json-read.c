/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-json-read.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Characters of a text or number that messages show. */
#define SHOWN_LENGTH 60
/* Of the name of a member; those of tensors are shorter. */
#define SHOWN_NAME_LENGTH 200

static char *
shorten (const char *text, gsize most)
{
  if (g_utf8_strlen (text, -1) <= (glong) most)
    return g_strdup (text);

  g_autofree char *start = g_utf8_substring (text, 0, (glong) most);
  return g_strconcat (start, "…", NULL);
}

static void
append_path (GString *text, const HrPath *path)
{
  if (path->parent == NULL)
    {
      g_string_append (text, path->name);
      return;
    }

  append_path (text, path->parent);
  g_autofree char *name = path->name != NULL ? shorten (path->name, SHOWN_NAME_LENGTH) : NULL;
  if (name == NULL)
    g_string_append_printf (text, "%s[%u]", path->parent->parent == NULL ? ":" : "", path->index);
  else
    g_string_append_printf (text, "%c%s", path->parent->parent == NULL ? ':' : '.', name);
}

char *
hr_path_to_string (const HrPath *self)
{
  GString *text = g_string_new (NULL);

  append_path (text, self);
  return g_string_free (text, FALSE);
}

gboolean
hr_path_fail (const HrPath *self, HrError code, GError **error, const char *format, ...)
{
  g_autofree char *path = hr_path_to_string (self);
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  /* Translators: file and member, what is wrong there */
  g_set_error (error, HR_ERROR, code, _ ("%s: %s"), path, problem);
  return FALSE;
}

char *
hr_json_describe (const HrJsonNode *node)
{
  g_autofree char *literal = NULL;

  if (node == NULL)
    return g_strdup (_ ("nothing"));

  switch ((HrJsonType) node->type)
    {
    case HR_JSON_ARRAY:
      return g_strdup (_ ("a list"));
    case HR_JSON_OBJECT:
      return g_strdup (_ ("an object"));
    case HR_JSON_STRING:
      literal = shorten (node->text, SHOWN_LENGTH);
      return g_strconcat ("\"", literal, "\"", NULL);
    case HR_JSON_NULL:
    case HR_JSON_BOOLEAN:
    case HR_JSON_INTEGER:
    case HR_JSON_NUMBER:
    default:
      literal = g_strndup (node->text, node->length);
      return shorten (literal, SHOWN_LENGTH);
    }
}

static gboolean
refuse (const HrPath *path, const HrJsonNode *node, const char *allowed, GError **error)
{
  g_autofree char *shown = hr_json_describe (node);

  if (node == NULL)
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("is missing; it must be there: %s"), allowed);

  return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("%s is not allowed; allowed: %s"), shown, allowed);
}

static gboolean
refuse_size (const HrPath *path, const HrJsonNode *node, gboolean too_small, const char *allowed, GError **error)
{
  g_autofree char *shown = hr_json_describe (node);

  return hr_path_fail (path, HR_ERROR_VALUE, error,
                       too_small ? _ ("%s is too small; allowed: %s") : _ ("%s is too large; allowed: %s"), shown,
                       allowed);
}

static gboolean
is (const HrJsonNode *node, HrJsonType type)
{
  return node != NULL && node->type == type;
}

gboolean
hr_json_read_object (const HrPath *path, const HrJsonNode *node, GError **error)
{
  return is (node, HR_JSON_OBJECT) || refuse (path, node, _ ("an object"), error);
}

gboolean
hr_json_read_array (const HrPath *path, const HrJsonNode *node, guint maximum, GError **error)
{
  if (!is (node, HR_JSON_ARRAY))
    return refuse (path, node, _ ("a list"), error);
  if (node->length > maximum)
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("the list has %u elements; allowed: at most %u"), node->length,
                         maximum);

  return TRUE;
}

gboolean
hr_json_read_boolean (const HrPath *path, const HrJsonNode *node, gboolean *out, GError **error)
{
  if (!is (node, HR_JSON_BOOLEAN))
    return refuse (path, node, _ ("true or false"), error);

  *out = hr_json_boolean (node);
  return TRUE;
}

static gboolean
refuse_integer (const HrPath *path, const HrJsonNode *node, guint64 minimum, guint64 maximum, GError **error)
{
  g_autofree char *allowed = g_strdup_printf (_ ("a whole number from %" PRIu64 " to %" PRIu64), minimum, maximum);

  if (!is (node, HR_JSON_INTEGER))
    return refuse (path, node, allowed, error);

  gint64 value = hr_json_integer (node);
  return refuse_size (path, node, value < 0 || (guint64) value < minimum, allowed, error);
}

gboolean
hr_json_read_integer (const HrPath *path, const HrJsonNode *node, guint64 minimum, guint64 maximum, guint64 *out,
                      GError **error)
{
  gint64 value = is (node, HR_JSON_INTEGER) ? hr_json_integer (node) : -1;

  if (value < 0 || (guint64) value < minimum || (guint64) value > maximum)
    return refuse_integer (path, node, minimum, maximum, error);

  *out = (guint64) value;
  return TRUE;
}

gboolean
hr_json_read_number (const HrPath *path, const HrJsonNode *node, double minimum, double maximum, double *out,
                     GError **error)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE];
  char high[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (low, sizeof low, "%.15g", minimum);
  g_ascii_formatd (high, sizeof high, "%.15g", maximum);
  g_autofree char *allowed = g_strdup_printf (_ ("a number from %s to %s"), low, high);

  if (!is (node, HR_JSON_INTEGER) && !is (node, HR_JSON_NUMBER))
    return refuse (path, node, allowed, error);

  double value = hr_json_number (node);
  if (value < minimum || value > maximum)
    return refuse_size (path, node, value < minimum, allowed, error);

  *out = value;
  return TRUE;
}

gboolean
hr_json_read_text (const HrPath *path, const HrJsonNode *node, gsize minimum, gsize maximum, const char **out,
                   GError **error)
{
  if (!is (node, HR_JSON_STRING))
    return refuse (path, node, _ ("a text"), error);
  if (node->length < minimum)
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("the text is empty; allowed: a text of 1 to %zu bytes"),
                         maximum);
  if (node->length > maximum)
    return hr_path_fail (path, HR_ERROR_VALUE, error, _ ("the text has %u bytes; allowed: at most %zu"), node->length,
                         maximum);

  *out = node->text;
  return TRUE;
}

gboolean
hr_json_read_enum (const HrPath *path, const HrJsonNode *node, const HrEnum *values,
                   gboolean (*allows) (gconstpointer user_data, int value), gconstpointer user_data, int *out,
                   GError **error)
{
  int value = is (node, HR_JSON_STRING) ? hr_enum_value (values, node->text) : -1;

  if (value >= 0 && (allows == NULL || allows (user_data, value)))
    {
      *out = value;
      return TRUE;
    }

  g_autoptr (GString) allowed = g_string_new (NULL);
  for (int i = 0; i < (int) values->count; i++)
    if (allows == NULL || allows (user_data, i))
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", hr_enum_id (values, i));

  return refuse (path, node, allowed->str, error);
}
