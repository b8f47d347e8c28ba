/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-measured-read.h"

#include <string.h>

/* More than anyone measures; only nonsense is refused. */
#define MAX_FIGURES 1000
#define MAX_TEXT_BYTES 4096

/* Exact in a double, so that every program reads the same. */
#define MAX_MEASURED_BYTES (G_GUINT64_CONSTANT (1) << 53)

typedef enum
{
  MEMBER_SIZE,
  MEMBER_ENUM,
  MEMBER_TEXT,
  MEMBER_GPU,
} MemberKind;

typedef struct
{
  const char *name;
  MemberKind kind;
  const HrEnum *values;
  gsize offset; /* in HrMeasured; NOT_HELD if it is only checked */
} Member;

#define NOT_HELD G_MAXSIZE
#define PLACE(member) G_STRUCT_OFFSET (HrMeasured, member)

static const Member members[] = {
  { "metric", MEMBER_ENUM, &HR_METRICS, PLACE (metric) },
  { "component", MEMBER_ENUM, &HR_MEASURED_COMPONENTS, PLACE (component) },
  { "bytes", MEMBER_SIZE, NULL, PLACE (bytes) },
  { "gpu", MEMBER_GPU, NULL, PLACE (gpu) },
  { "source", MEMBER_TEXT, NULL, PLACE (source) },
  { "confidence", MEMBER_ENUM, &HR_CONFIDENCES, PLACE (confidence) },
  { "window", MEMBER_ENUM, &HR_MEASURED_WINDOWS, PLACE (window) },
  { "resolution_bytes", MEMBER_SIZE, NULL, PLACE (resolution_bytes) },
  { "gpu_stated", MEMBER_TEXT, NULL, NOT_HELD },
  { "source_revision", MEMBER_TEXT, NULL, NOT_HELD },
  { "note", MEMBER_TEXT, NULL, NOT_HELD },
};

static gboolean
is_required (const Member *member, gboolean components)
{
  return strcmp (member->name, "bytes") == 0 || strcmp (member->name, components ? "component" : "metric") == 0;
}

static gboolean
read_text (const HrPath *path, const HrJsonNode *node, const Member *member, gpointer place, GError **error)
{
  const char *text = NULL;
  gsize maximum = member->kind == MEMBER_GPU ? HR_ID_SIZE - 1 : MAX_TEXT_BYTES;

  if (!hr_json_read_text (path, node, 0, maximum, &text, error))
    return FALSE;

  if (member->kind == MEMBER_GPU)
    g_strlcpy (place, text, HR_ID_SIZE);
  else if (place != NULL)
    *(const char **) place = text;
  return TRUE;
}

static gboolean
read_member (const HrPath *path, const HrJsonNode *node, const Member *member, HrMeasured *measured, GError **error)
{
  gpointer place = member->offset != NOT_HELD ? (char *) measured + member->offset : NULL;

  switch (member->kind)
    {
    case MEMBER_SIZE:
      return hr_json_read_integer (path, node, 1, MAX_MEASURED_BYTES, place, error);
    case MEMBER_ENUM:
      return hr_json_read_enum (path, node, member->values, NULL, NULL, place, error);
    case MEMBER_TEXT:
    case MEMBER_GPU:
    default:
      return read_text (path, node, member, place, error);
    }
}

static gboolean
read_figure (const HrPath *path, const HrJsonNode *node, gboolean components, HrMeasured *measured, GError **error)
{
  *measured = (HrMeasured){ .confidence = HR_CONFIDENCE_HIGH, .resolution_bytes = 1, .source = "" };

  if (!hr_json_read_object (path, node, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const HrJsonNode *value = hr_json_member (node, members[i].name);
      HrPath member = HR_PATH_MEMBER (path, members[i].name);

      if (value == NULL && !is_required (&members[i], components))
        continue;
      if (!read_member (&member, value, &members[i], measured, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
hr_measured_read (const HrPath *path, const HrJsonNode *node, gboolean components, GArray *out, GError **error)
{
  guint index = 0;

  if (!hr_json_read_array (path, node, MAX_FIGURES, error))
    return FALSE;

  for (const HrJsonNode *figure = hr_json_first (node); figure != NULL; figure = hr_json_next (node, figure))
    {
      HrPath element = HR_PATH_ELEMENT (path, index++);
      HrMeasured measured;

      if (!read_figure (&element, figure, components, &measured, error))
        return FALSE;
      g_array_append_val (out, measured);
    }

  return TRUE;
}

static void
write_text (HrJsonWriter *writer, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  hr_json_writer_name (writer, name);
  hr_json_writer_string (writer, text);
}

void
hr_measured_write (HrJsonWriter *writer, const HrMeasured *measured)
{
  hr_json_writer_begin_object (writer);
  hr_json_writer_name (writer, "bytes");
  hr_json_writer_unsigned (writer, measured->bytes);
  write_text (writer, "metric", hr_enum_id (&HR_METRICS, (int) measured->metric));
  write_text (writer, "gpu", measured->gpu);
  write_text (writer, "source", measured->source);
  if (measured->confidence != HR_CONFIDENCE_HIGH)
    write_text (writer, "confidence", hr_enum_id (&HR_CONFIDENCES, (int) measured->confidence));
  if (measured->window != HR_MEASURED_PROCESS)
    write_text (writer, "window", hr_enum_id (&HR_MEASURED_WINDOWS, (int) measured->window));
  if (measured->resolution_bytes > 1)
    {
      hr_json_writer_name (writer, "resolution_bytes");
      hr_json_writer_unsigned (writer, measured->resolution_bytes);
    }
  hr_json_writer_end_object (writer);
}
