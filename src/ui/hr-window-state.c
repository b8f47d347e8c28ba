/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-motion.h"
#include "model/hr-view-state.h"

/* What is selected and shown is written so long after it has changed last. */
#define SAVE_MILLISECONDS 800

#define LAST_FOCUS "hr-window-last-focus"

/* Returns: (transfer none) (nullable): what the project is known by; without a file, the draft of its changes. */
static GFile *
get_key (HrWindow *self)
{
  GFile *file = hr_document_get_file (self->document);

  if (file != NULL || !hr_document_is_modified (self->document))
    return file;

  return hr_document_banner_get_draft_file (self->document_banner);
}

static void
save_now (HrWindow *self)
{
  GFile *file = self->document != NULL ? get_key (self) : NULL;
  g_autofree char *path = hr_view_state_default_path ();
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->state_source, g_source_remove);
  if (file != NULL && !hr_view_state_save (path, file, self->selection, &error))
    g_debug ("What is shown is not remembered: %s", error->message);
}

static gboolean
save_cb (gpointer user_data)
{
  HrWindow *self = user_data;

  self->state_source = 0;
  save_now (self);

  return G_SOURCE_REMOVE;
}

static void
queue_save (HrWindow *self)
{
  g_clear_handle_id (&self->state_source, g_source_remove);
  if (get_key (self) != NULL)
    self->state_source = g_timeout_add (SAVE_MILLISECONDS, save_cb, self);
}

/* The project goes, or comes, without having been looked at. */
static void
changed_cb (HrWindow *self, GParamSpec *pspec)
{
  if (self->document != NULL && g_strcmp0 (pspec != NULL ? pspec->name : NULL, "project") != 0)
    queue_save (self);
}

static void
changed_without_pspec_cb (HrWindow *self)
{
  changed_cb (self, NULL);
}

static void
look_cb (HrWindow *self, const char *name)
{
  changed_cb (self, NULL);
}

static void
show_view (HrWindow *self)
{
  const char *name = hr_selection_get_view (self->selection);

  if (adw_view_stack_get_child_by_name (self->views, name) != NULL)
    adw_view_stack_set_visible_child_name (self->views, name);
  else
    hr_selection_set_view (self->selection, adw_view_stack_get_visible_child_name (self->views));
}

/* Each view gets the focus back where it was. */
static void
remember_focus_cb (HrWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *page = self->views != NULL ? adw_view_stack_get_visible_child (self->views) : NULL;

  if (focus != NULL && page != NULL && gtk_widget_is_ancestor (focus, page))
    g_object_set_data_full (G_OBJECT (page), LAST_FOCUS, g_object_ref (focus), g_object_unref);
}

static gboolean
can_focus (GtkWidget *widget, GtkWidget *page)
{
  return widget != NULL && gtk_widget_is_ancestor (widget, page) && gtk_widget_get_mapped (widget)
         && gtk_widget_is_sensitive (widget);
}

/* Viewports would bring the focus into view, which its view may have left out of it. */
static void
grab_quietly (GtkWidget *widget, GtkWidget *page)
{
  g_autoptr (GPtrArray) viewports = g_ptr_array_new ();

  for (GtkWidget *parent = widget; parent != NULL && parent != page; parent = gtk_widget_get_parent (parent))
    if (GTK_IS_VIEWPORT (parent) && gtk_viewport_get_scroll_to_focus (GTK_VIEWPORT (parent)))
      g_ptr_array_add (viewports, parent);
  for (guint i = 0; i < viewports->len; i++)
    gtk_viewport_set_scroll_to_focus (viewports->pdata[i], FALSE);
  gtk_widget_grab_focus (widget);
  for (guint i = 0; i < viewports->len; i++)
    gtk_viewport_set_scroll_to_focus (viewports->pdata[i], TRUE);
}

void
hr_window_enter_view (HrWindow *self, GtkWidget *view, gboolean takes_focus)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->views);
  GtkWidget *last = g_object_get_data (G_OBJECT (page), LAST_FOCUS);

  hr_selection_set_view (self->selection, adw_view_stack_get_visible_child_name (self->views));
  if (takes_focus && can_focus (last, page))
    grab_quietly (last, page);
  else if (takes_focus)
    gtk_widget_grab_focus (view);
  hr_motion_fade_in (page);
}

void
hr_window_restore_state (HrWindow *self)
{
  GFile *file = get_key (self);
  g_autofree char *path = hr_view_state_default_path ();

  if (file != NULL)
    hr_view_state_restore (path, file, self->selection);
  g_clear_handle_id (&self->state_source, g_source_remove);
}

void
hr_window_flush_state (HrWindow *self)
{
  if (self->state_source != 0)
    save_now (self);
}

void
hr_window_keep_state (HrWindow *self)
{
  g_signal_group_connect_swapped (self->document_signals, "notify::file", G_CALLBACK (queue_save), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified", G_CALLBACK (queue_save), self);
  g_signal_connect_object (self->selection, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::view", G_CALLBACK (show_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selected-changed", G_CALLBACK (changed_without_pspec_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "fit-map-changed", G_CALLBACK (changed_without_pspec_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "look-changed", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (remember_focus_cb), NULL);
}
