/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The toolkit is started so that it reads each style sheet and the icon theme once: GTK and libadwaita by themselves
 * read a style sheet that they put away at once, and the icon theme twice, a third of the way to the first frame. */

/* Opens the default display, before there are threads.
 *
 * Returns: whether there is one. */
gboolean hr_startup_open_display (void);

/* Starts libadwaita and gives @application the program's style. To be called when @application starts, before its
 * parent's startup. */
void hr_startup_init (GApplication *application);
