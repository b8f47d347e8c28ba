/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Returns: (transfer full): what @builder holds as text: two spaces, final newline. */
char *hr_json_builder_to_text (JsonBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
