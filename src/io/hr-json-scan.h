/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The deepest nesting of arrays and objects that is accepted. */
#define HR_JSON_MAX_DEPTH 64

/** The longest text that is accepted. */
#define HR_JSON_MAX_BYTES (64 * 1024 * 1024)

typedef enum
{
  HR_TOKEN_END,
  HR_TOKEN_OBJECT_START,
  HR_TOKEN_OBJECT_END,
  HR_TOKEN_ARRAY_START,
  HR_TOKEN_ARRAY_END,
  HR_TOKEN_NAME,
  HR_TOKEN_STRING,
  HR_TOKEN_INTEGER, /* no fraction, no exponent; fits a gint64 */
  HR_TOKEN_NUMBER,  /* finite */
  HR_TOKEN_TRUE,
  HR_TOKEN_FALSE,
  HR_TOKEN_NULL,
} HrTokenType;

/**
 * HrToken:
 * @start: offset in the text; of names and strings, of what is between the quotes
 * @length: bytes in the text
 * @escaped: whether a name or string holds escapes
 */
typedef struct
{
  HrTokenType type;
  gsize start;
  gsize length;
  gboolean escaped;
} HrToken;

/**
 * HrJsonScanner:
 *
 * Cuts a text into the tokens of one JSON value as RFC 8259 defines it, and nothing else: valid UTF-8 without NUL,
 * bounded size and depth, no comments, finite numbers, integers within 64 bits, nothing after the value. It does not
 * recurse. Messages name file, line and column.
 */
typedef struct
{
  const char *file_name;
  const char *text;
  gsize length;
  gsize position;
  int expected;
  guint depth;
  gboolean in_object[HR_JSON_MAX_DEPTH];
} HrJsonScanner;

/**
 * hr_json_scanner_init:
 * @text: (array length=length): the bytes; need not end with NUL
 *
 * Returns: FALSE with @error set if @text is too long, empty or not UTF-8.
 */
gboolean hr_json_scanner_init (HrJsonScanner *self, const char *text, gsize length, const char *file_name,
                               GError **error);

/** Reads the next token. After %HR_TOKEN_END the value was complete. */
gboolean hr_json_scanner_next (HrJsonScanner *self, HrToken *token, GError **error);

/** Sets @error to "FILE: line L, column C: @problem" for the place @offset. Returns: FALSE. */
gboolean hr_json_scanner_fail (const HrJsonScanner *self, gsize offset, const char *problem, GError **error);

G_END_DECLS
