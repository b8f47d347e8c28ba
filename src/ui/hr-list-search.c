/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-list-search.h"

/* What Page Up and Page Down skip. */
#define ROWS_PER_PAGE 8

static gboolean
scroll_to_selected_cb (gpointer user_data)
{
  GtkListBox *list = user_data;
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  GtkWidget *header = row != NULL ? gtk_list_box_row_get_header (row) : NULL;
  graphene_rect_t top, bottom;

  /* Within the list: where it lies in what scrolls is of the last frame. */
  if (row == NULL || adjustment == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (list), &bottom)
      || !gtk_widget_compute_bounds (header != NULL ? header : GTK_WIDGET (row), GTK_WIDGET (list), &top))
    return G_SOURCE_REMOVE;

  gtk_adjustment_clamp_page (adjustment, (double) top.origin.y, (double) (bottom.origin.y + bottom.size.height));

  return G_SOURCE_REMOVE;
}

/* As soon as it is laid out. */
static void
scroll_to_selected (GtkListBox *list)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scroll_to_selected_cb, g_object_ref (list), g_object_unref);
}

void
hr_list_search_select (GtkListBox *list, GtkListBoxRow *row)
{
  gtk_list_box_select_row (list, row);
  scroll_to_selected (list);
}

static void
move_selection (GtkListBox *list, int distance)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (list);
  int index = selected != NULL ? gtk_list_box_row_get_index (selected) : -1;
  GtkListBoxRow *row = NULL;

  for (int step = distance; step != 0 && row == NULL; step -= distance > 0 ? 1 : -1)
    {
      row = index + step >= 0 ? gtk_list_box_get_row_at_index (list, index + step) : NULL;
      if (row != NULL && !gtk_widget_get_child_visible (GTK_WIDGET (row)))
        row = NULL;
    }

  if (row != NULL)
    hr_list_search_select (list, row);
  else
    gtk_widget_error_bell (GTK_WIDGET (list));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, GtkListBox *list)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (list, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (list, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_selection (list, ROWS_PER_PAGE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_selection (list, -ROWS_PER_PAGE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
hr_list_search_attach (GtkWidget *search, GtkListBox *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), list, 0);
  gtk_widget_add_controller (search, keys);

  /* What else the window shows of the selected row may take room from the list. */
  g_signal_connect_object (gtk_list_box_get_adjustment (list), "changed", G_CALLBACK (scroll_to_selected), list,
                           G_CONNECT_SWAPPED);
}
