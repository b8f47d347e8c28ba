/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-text-direction.h"

#include <glib/gi18n-lib.h>

static GtkTextDirection
catalogue_direction (void)
{
  /* Translators: "default:RTL" in a language that is read from right to left, otherwise "default:LTR" */
  return g_str_equal (_ ("default:LTR"), "default:RTL") ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
}

void
hr_text_direction_init (void)
{
  gboolean leftwards = catalogue_direction () == GTK_TEXT_DIR_RTL;
  gboolean inverted = (gtk_get_debug_flags () & GTK_DEBUG_INVERT_TEXT_DIR) != 0;

  gtk_widget_set_default_direction (leftwards != inverted ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

/* GTK turns the alignment round where the text itself goes leftwards. */
static void
changed_cb (GtkEditable *editable)
{
  GtkWidget *widget = GTK_WIDGET (editable);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, gtk_editable_get_text (editable));
  gboolean leftwards = pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;

  gtk_editable_set_alignment (editable, leftwards != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL) ? 1 : 0);
}

void
hr_text_direction_align (GtkEditable *editable)
{
  g_return_if_fail (GTK_IS_EDITABLE (editable));

  g_signal_connect (editable, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (editable, "direction-changed", G_CALLBACK (changed_cb), NULL);
  changed_cb (editable);
}
