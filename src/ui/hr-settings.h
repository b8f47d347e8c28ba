/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Returns: (transfer none) (nullable): the user's preferences; NULL where their schema is not installed. */
GSettings *hr_settings_get_default (void);

G_END_DECLS
