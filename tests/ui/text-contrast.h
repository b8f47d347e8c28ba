/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

typedef struct
{
  guint n_texts;
  guint n_faint;
  double least; /* contrast of all */
} TextContrast;

/**
 * text_contrast_measure:
 * @root: a window that is shown
 * @name: of what it shows, for messages
 *
 * Looks at every text that GTK draws in @root, as it is drawn: its colour over what lies behind it. A text is faint
 * where that contrast is below 4.5, or 3 for large texts (WCAG 2.2, 1.4.3); a message names it. Left out are texts of
 * what is insensitive, of suggested and destructive buttons, whose colours are those of the platform, and of charts,
 * whose palettes have a test of their own.
 */
TextContrast text_contrast_measure (GtkWidget *root, const char *name);
