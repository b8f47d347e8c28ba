/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_APPLICATION (hr_application_get_type ())
G_DECLARE_FINAL_TYPE (HrApplication, hr_application, HR, APPLICATION, AdwApplication)

/**
 * HrApplication:
 *
 * The program: its windows, the shortcuts that work everywhere in them, and how it begins and ends. Opens the files it
 * is given, the sample project on a first start, an empty project else.
 */
GApplication *hr_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
