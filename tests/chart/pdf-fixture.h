/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Returns: (transfer full): @pdf with all that newer versions of cairo keep compressed, in streams. */
GBytes *pdf_inflate (GBytes *pdf);
