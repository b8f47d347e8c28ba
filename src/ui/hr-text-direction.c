/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-text-direction.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

static GtkTextDirection
catalogue_direction (void)
{
  /* Translators: "default:RTL" in a language that is read from right to left, otherwise "default:LTR" */
  return g_str_equal (_ ("default:LTR"), "default:RTL") ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
}

void
hr_text_direction_init (void)
{
  if (catalogue_direction () == gtk_get_locale_direction ())
    return;

  gtk_widget_set_default_direction (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? GTK_TEXT_DIR_LTR
                                                                                            : GTK_TEXT_DIR_RTL);
}
