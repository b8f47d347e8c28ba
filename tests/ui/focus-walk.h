/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

/** Whether the keyboard can be on @widget: it is shown, takes the focus, and no ancestor forbids it. */
gboolean focus_is_target (GtkWidget *widget);

/** Whether @widget is a control: sensitive, not part of a button, and no container that only hands the focus on. */
gboolean focus_is_control (GtkWidget *widget);
