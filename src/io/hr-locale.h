/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** Names a folder of catalogues in place of the installed one, for programs that run from the build folder. */
#define HR_LOCALE_DIR_VARIABLE "HEADROOM_LOCALE_DIR"

/** Writes figures and days as the user's locale does, from now on: for windows. The command line keeps #HR_NOTATION_C.
 */
void hr_locale_use_notation (void);

/** Takes the user's locale and finds the translations; the first thing that a program does. */
void hr_locale_init (void);
