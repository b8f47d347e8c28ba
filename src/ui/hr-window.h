/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_WINDOW (hr_window_get_type ())
G_DECLARE_FINAL_TYPE (HrWindow, hr_window, HR, WINDOW, AdwApplicationWindow)

/**
 * HrWindow:
 *
 * One project in a window: header bar, views, inspector.
 */
GtkWidget *hr_window_new (GtkApplication *application, HrDocument *document);

HrDocument *hr_window_get_document (HrWindow *self);

G_END_DECLS
