/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-window-private.h"

#include "hr-focus.h"

/* What the window is made of, in the order of Tab. */
enum
{
  HEADER,
  BANNER,
  VIEW,
  INSPECTOR,
  N_AREAS,
};

static void
get_areas (HrWindow *self, GtkWidget *areas[N_AREAS])
{
  g_autoptr (GtkWidget) inspector = NULL;

  g_object_get (self->split, "sidebar", &inspector, NULL);
  areas[HEADER] = self->header;
  areas[BANNER] = GTK_WIDGET (self->document_banner);
  areas[VIEW] = GTK_WIDGET (self->pages);
  areas[INSPECTOR] = inspector; /* which the split holds */
  if (gtk_stack_get_visible_child (self->pages) == GTK_WIDGET (self->split))
    areas[VIEW] = adw_view_stack_get_visible_child (self->views);
}

/* Views choose where work goes on in them; in the others it begins at the beginning. */
static gboolean
enter (HrWindow *self, GtkWidget *area, int index)
{
  if (area == NULL || !gtk_widget_get_mapped (area))
    return FALSE;
  if (index == VIEW && gtk_widget_grab_focus (hr_window_fill_view (self)))
    return TRUE;

  return gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD);
}

static void
go_to_area_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  int step = g_str_equal (action_name, "win.next-area") ? 1 : -1;
  GtkWidget *areas[N_AREAS];
  int now = VIEW;

  get_areas (self, areas);
  for (int i = 0; i < N_AREAS; i++)
    if (areas[i] != NULL && hr_focus_is_within (areas[i]))
      now = i;
  for (int i = 1; i < N_AREAS; i++)
    {
      int next = (now + step * i + N_AREAS) % N_AREAS;

      if (enter (self, areas[next], next))
        return;
    }
}

/* Nobody has gone anywhere yet, or whoever was in the header bar has opened a project there. */
static gboolean
begin_in_view_cb (gpointer user_data)
{
  HrWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  self->begin_source = 0;
  if (!hr_window_is_empty (self) && (focus == NULL || hr_focus_is_within (self->header)))
    gtk_widget_grab_focus (hr_window_fill_view (self));
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE);

  return G_SOURCE_REMOVE;
}

void
hr_window_begin_in_view (HrWindow *self)
{
  if (self->begin_source == 0)
    self->begin_source = g_idle_add (begin_in_view_cb, self);
}

void
hr_window_install_focus_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.next-area", NULL, go_to_area_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-area", NULL, go_to_area_cb);
}
