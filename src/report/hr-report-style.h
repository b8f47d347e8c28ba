/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Appends the style sheet of reports in HTML, in the colours of the charts. */
void hr_report_style_append (GString *html);

G_END_DECLS
