/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-motion.h"

#define FADE "hr-motion-fade"

AdwAnimation *
hr_motion_new (GtkWidget *widget, AdwAnimationTargetFunc step, gpointer user_data)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (step != NULL, NULL);

  return adw_timed_animation_new (widget, 0, 1, HR_MOTION_MILLISECONDS,
                                  adw_callback_animation_target_new (step, user_data, NULL));
}

void
hr_motion_play (AdwAnimation *self)
{
  g_return_if_fail (ADW_IS_ANIMATION (self));

  /* What would only be skipped does not begin: its first step would be drawn. */
  if (!adw_get_enable_animations (adw_animation_get_widget (self))
      || !gtk_widget_get_mapped (adw_animation_get_widget (self)))
    {
      adw_animation_skip (self);
      return;
    }

  if (adw_animation_get_state (self) == ADW_ANIMATION_PLAYING)
    adw_animation_pause (self);
  adw_animation_reset (self);
  adw_animation_play (self);
}

static void
fade (double value, gpointer user_data)
{
  gtk_widget_set_opacity (user_data, value);
}

void
hr_motion_fade_in (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  AdwAnimation *animation = g_object_get_data (G_OBJECT (widget), FADE);

  if (animation == NULL)
    {
      animation = hr_motion_new (widget, fade, widget);
      g_object_set_data_full (G_OBJECT (widget), FADE, animation, g_object_unref);
    }
  hr_motion_play (animation);
}
