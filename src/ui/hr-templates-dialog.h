/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hr-template.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HR_TYPE_TEMPLATES_DIALOG (hr_templates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HrTemplatesDialog, hr_templates_dialog, HR, TEMPLATES_DIALOG, AdwWindow)

/** The templates in @folder, each to be renamed or removed; those that cannot be read with what is wrong. */
GtkWidget *hr_templates_dialog_new (GtkWindow *parent, GFile *folder);

G_END_DECLS
