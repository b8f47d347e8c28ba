/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * hr_plain_text:
 * @text: UTF-8 that may come from a file
 *
 * Returns: (transfer full): @text on one line, with spaces for control characters, which a terminal would obey.
 */
char *hr_plain_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
