/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** Names a folder of catalogues in place of the installed one, for programs that run from the build folder. */
#define HR_LOCALE_DIR_VARIABLE "HEADROOM_LOCALE_DIR"

/** Takes the user's locale and finds the translations; the first thing that a program does. */
void hr_locale_init (void);
