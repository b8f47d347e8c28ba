/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** How long anything moves. */
#define HR_MOTION_MILLISECONDS 160

/**
 * hr_motion_new:
 * @step: (scope notified): is called with the part that has passed, at last with 1
 *
 * Something of @widget that moves when hr_motion_play() says so. Where people want no animations
 * ("gtk-enable-animations"), or nobody sees the widget, @step gets 1 at once and nothing else. Between plays it costs
 * nothing.
 *
 * Returns: (transfer full): an animation; a widget holds it until it is disposed of
 */
AdwAnimation *hr_motion_new (GtkWidget *widget, AdwAnimationTargetFunc step,
                             gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/** Begins anew. */
void hr_motion_play (AdwAnimation *self);

/** Lets @widget come out of its background. */
void hr_motion_fade_in (GtkWidget *widget);

G_END_DECLS
