/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** Shows @part of @row ("title" or "subtitle") in a figure instead of a label: it may change often. For rows that take
 * no markup. */
void hr_row_figure_show (AdwActionRow *row, const char *part);

G_END_DECLS
