/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hr-enum.h"
#include "hr-error.h"
#include "hr-json.h"

G_BEGIN_DECLS

/**
 * HrPath:
 * @parent: (nullable): what holds this value
 * @name: name of the member; of the outermost, of the file; NULL for an element of an array
 * @index: of an element of an array
 *
 * Where a value stands, for messages. Lives on the stack beside the code that reads the value.
 */
typedef struct _HrPath HrPath;
struct _HrPath
{
  const HrPath *parent;
  const char *name;
  guint index;
};

#define HR_PATH_FILE(FILE_NAME) ((HrPath){ NULL, (FILE_NAME), 0 })
#define HR_PATH_MEMBER(PARENT, NAME) ((HrPath){ (PARENT), (NAME), 0 })
#define HR_PATH_ELEMENT(PARENT, INDEX) ((HrPath){ (PARENT), NULL, (INDEX) })

/** Returns: (transfer full): "FILE:configurations[2].method.rank". */
char *hr_path_to_string (const HrPath *self) G_GNUC_WARN_UNUSED_RESULT;

/** Sets @error to "PATH: " and the message. Returns: FALSE. */
gboolean hr_path_fail (const HrPath *self, HrError code, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

/** Returns: (transfer full): a value as messages show it: cut to a readable length. */
char *hr_json_describe (const HrJsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Strict readers: each sets *out and returns TRUE, or returns FALSE with @error in #HR_ERROR that names the place, what
 * is there and what is allowed. @node may be NULL: a missing value that must be there.
 */
gboolean hr_json_read_object (const HrPath *path, const HrJsonNode *node, GError **error);
gboolean hr_json_read_array (const HrPath *path, const HrJsonNode *node, guint maximum, GError **error);
gboolean hr_json_read_boolean (const HrPath *path, const HrJsonNode *node, gboolean *out, GError **error);
gboolean hr_json_read_integer (const HrPath *path, const HrJsonNode *node, guint64 minimum, guint64 maximum,
                               guint64 *out, GError **error);
gboolean hr_json_read_number (const HrPath *path, const HrJsonNode *node, double minimum, double maximum, double *out,
                              GError **error);

/** @minimum and @maximum are bytes of UTF-8. *out belongs to the document. */
gboolean hr_json_read_text (const HrPath *path, const HrJsonNode *node, gsize minimum, gsize maximum, const char **out,
                            GError **error);

/**
 * hr_json_read_enum:
 * @allows: (nullable) (scope call): whether a value of @values is allowed here
 */
gboolean hr_json_read_enum (const HrPath *path, const HrJsonNode *node, const HrEnum *values,
                            gboolean (*allows) (gconstpointer user_data, int value), gconstpointer user_data, int *out,
                            GError **error);

G_END_DECLS
