/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_APPLICATION (hr_application_get_type ())
G_DECLARE_FINAL_TYPE (HrApplication, hr_application, HR, APPLICATION, AdwApplication)

/** The program: its windows, what it is called, its shortcuts. */
GApplication *hr_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
