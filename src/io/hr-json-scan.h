/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The deepest nesting of arrays and objects that is accepted. */
#define HR_JSON_MAX_DEPTH 64

/**
 * hr_json_scan:
 *
 * Checks that @bytes are one JSON value as RFC 8259 defines it, and nothing else: valid UTF-8 without NUL, bounded
 * depth, no comments, no repeated member in one object, finite numbers, integers within 64 bits, nothing after the
 * value. json-glib is only given text that passed. Messages name file, line and column.
 */
gboolean hr_json_scan (GBytes *bytes, const char *file_name, GError **error);

G_END_DECLS
