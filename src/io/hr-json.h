/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most values and members that one text may hold; a project of 10,000 full configurations has three million. */
#define HR_JSON_MAX_NODES (4 * 1024 * 1024)

typedef enum
{
  HR_JSON_NULL,
  HR_JSON_BOOLEAN,
  HR_JSON_INTEGER, /* a number without fraction and exponent */
  HR_JSON_NUMBER,
  HR_JSON_STRING,
  HR_JSON_ARRAY,
  HR_JSON_OBJECT,
} HrJsonType;

/**
 * HrJsonNode:
 * @text: of a string, its characters, ended with NUL; else where the value stands in the text, not ended
 * @length: bytes of @text; of arrays and objects, the number of elements or members
 * @type: a #HrJsonType
 * @span: nodes up to the next one beside it
 *
 * One value. Nodes lie in one array in the order of the text; before the value of a member lies its name, a string.
 * They live as long as their document.
 */
typedef struct
{
  const char *text;
  guint32 length;
  guint32 type : 4;
  guint32 span : 28;
} HrJsonNode;

/**
 * HrJson:
 *
 * A parsed JSON text: immutable and reference-counted. The order of members and the spelling of numbers are kept.
 */
typedef struct _HrJson HrJson;

/**
 * hr_json_parse:
 * @bytes: one JSON value as RFC 8259 defines it; nothing of it is trusted
 * @file_name: how messages call it
 *
 * Reads what the scanner accepts (hr-json-scan.h), without repeated members in one object and with at most
 * %HR_JSON_MAX_NODES nodes.
 *
 * Returns: (transfer full): the document, or NULL with @error in #HR_ERROR that names file, line and column.
 */
HrJson *hr_json_parse (GBytes *bytes, const char *file_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
HrJson *hr_json_ref (HrJson *self);
void hr_json_unref (HrJson *self);

const HrJsonNode *hr_json_root (const HrJson *self);

/**
 * hr_json_first:
 *
 * Returns: (nullable): the first element of an array, or the name of the first member of an object.
 */
const HrJsonNode *hr_json_first (const HrJsonNode *container);

/** Returns: (nullable): the element after @element, or the name of the member after the one that @element names. */
const HrJsonNode *hr_json_next (const HrJsonNode *container, const HrJsonNode *element);

/** Returns: the value of the member that @name names. */
const HrJsonNode *hr_json_value (const HrJsonNode *name);

/** Returns: (nullable): the value of the member called @name. */
const HrJsonNode *hr_json_member (const HrJsonNode *object, const char *name);

/**
 * hr_json_find_members:
 * @names: (array length=n_names): what the members are called, best in the order of the text
 * @found: (out caller-allocates) (array length=n_names): the name nodes, NULL for what is not there
 */
void hr_json_find_members (const HrJsonNode *object, const char *const *names, guint n_names, const HrJsonNode **found);

/** The value of a %HR_JSON_INTEGER; of another number, cut. */
gint64 hr_json_integer (const HrJsonNode *self);

/** The value of a %HR_JSON_INTEGER or %HR_JSON_NUMBER. */
double hr_json_number (const HrJsonNode *self);

gboolean hr_json_boolean (const HrJsonNode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrJson, hr_json_unref)

G_END_DECLS
