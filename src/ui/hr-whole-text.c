/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-whole-text.h"

#include "hr-figure.h"

/* Keys have no place to ask about. */
static gboolean
query_tooltip_cb (GtkWidget *root, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  GtkWidget *picked = by_keyboard ? NULL : gtk_widget_pick (root, x, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  PangoLayout *layout = GTK_IS_LABEL (picked)   ? gtk_label_get_layout (GTK_LABEL (picked))
                        : HR_IS_FIGURE (picked) ? hr_figure_get_layout (HR_FIGURE (picked))
                                                : NULL;

  if (layout == NULL || !pango_layout_is_ellipsized (layout))
    return FALSE;

  gtk_tooltip_set_text (tooltip, pango_layout_get_text (layout));
  return TRUE;
}

void
hr_tooltip_set (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
hr_whole_text_watch (GtkWidget *root)
{
  gtk_widget_set_has_tooltip (root, TRUE);
  g_signal_connect (root, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
