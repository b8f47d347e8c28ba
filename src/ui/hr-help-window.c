/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-help-window.h"

#include "hr-accessible-name.h"
#include "hr-manual.h"
#include "hr-markdown-view.h"

#include <string.h>

#define PAGE_SUFFIX ".md"

struct _HrHelpWindow
{
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkWidget *content;
  GtkWidget *search_entry;
  GtkListBox *list;
  AdwWindowTitle *page_title;
  HrMarkdownView *view;

  GPtrArray *pages;   /* their texts, in the order of the list */
  GPtrArray *history; /* targets that were opened */
  guint position;     /* of the one that is shown, in the history */
  int page;           /* that is shown; -1: none */
};

G_DEFINE_FINAL_TYPE (HrHelpWindow, hr_help_window, ADW_TYPE_WINDOW)

/* The page of "knobs", "knobs.md" or "knobs.md#software". */
static int
find_page (const char *target)
{
  gsize length = strcspn (target, "#");
  g_autofree char *name = g_strndup (target, length);
  const char *const *pages = hr_manual_pages ();

  if (g_str_has_suffix (name, PAGE_SUFFIX))
    name[strlen (name) - strlen (PAGE_SUFFIX)] = '\0';
  for (int i = 0; pages[i] != NULL; i++)
    if (g_str_equal (pages[i], name))
      return i;

  return -1;
}

static void
update_actions (HrHelpWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.forward", self->position + 1 < self->history->len);
}

static void
show_target (HrHelpWindow *self, const char *target)
{
  const char *anchor = strchr (target, '#');

  self->page = find_page (target);
  const char *page = self->pages->pdata[self->page];
  g_autofree char *title = hr_manual_title (page);

  hr_markdown_view_set_text (self->view, page);
  hr_markdown_view_scroll_to (self->view, anchor != NULL ? anchor + 1 : "");
  adw_window_title_set_title (self->page_title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, self->page));
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  update_actions (self);
}

gboolean
hr_help_window_open (HrHelpWindow *self, const char *target)
{
  g_return_val_if_fail (HR_IS_HELP_WINDOW (self), FALSE);

  if (find_page (target) < 0)
    return FALSE;

  if (self->history->len > 0)
    g_ptr_array_set_size (self->history, (int) self->position + 1);
  if (self->history->len == 0 || !g_str_equal (self->history->pdata[self->position], target))
    g_ptr_array_add (self->history, g_strdup (target));
  self->position = self->history->len - 1;
  show_target (self, target);

  return TRUE;
}

static void
move_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrHelpWindow *self = HR_HELP_WINDOW (widget);

  self->position += g_str_equal (action_name, "help.forward") ? 1 : (guint) -1;
  show_target (self, self->history->pdata[self->position]);
}

static void
search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrHelpWindow *self = HR_HELP_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  gtk_widget_grab_focus (self->search_entry);
}

static void
pages_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HrHelpWindow *self = HR_HELP_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->search_entry);
}

static void
row_activated_cb (HrHelpWindow *self, GtkListBoxRow *row)
{
  hr_help_window_open (self, hr_manual_pages ()[gtk_list_box_row_get_index (row)]);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
link_cb (HrHelpWindow *self, const char *target)
{
  return hr_help_window_open (self, target);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  HrHelpWindow *self = user_data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return hr_manual_matches (self->pages->pdata[gtk_list_box_row_get_index (row)], words);
}

static void
search_changed_cb (HrHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static int
first_match (HrHelpWindow *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (filter_cb (gtk_list_box_get_row_at_index (self->list, (int) i), self))
      return (int) i;

  return -1;
}

/* The words as they stand; where they stand apart, the first of them. */
static void
find (HrHelpWindow *self, gboolean forward)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *first = g_strndup (words, strcspn (words, " "));
  int match = first_match (self);

  if (*words == '\0' || match < 0)
    return;
  if (self->page < 0 || !filter_cb (gtk_list_box_get_row_at_index (self->list, self->page), self))
    hr_help_window_open (self, hr_manual_pages ()[match]);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  if (!hr_markdown_view_find (self->view, words, forward))
    hr_markdown_view_find (self->view, first, forward);
}

static void
find_next_cb (HrHelpWindow *self)
{
  find (self, TRUE);
}

static void
find_previous_cb (HrHelpWindow *self)
{
  find (self, FALSE);
}

static void
stop_search_cb (HrHelpWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
fill_list (HrHelpWindow *self)
{
  for (const char *const *name = hr_manual_pages (); *name != NULL; name++)
    {
      char *page = hr_manual_read (*name);
      g_autofree char *title = hr_manual_title (page);
      GtkWidget *label = gtk_label_new (title);

      g_ptr_array_add (self->pages, page);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_list_box_append (self->list, label);
      hr_accessible_name_row (label, title);
    }
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

static void
hr_help_window_finalize (GObject *object)
{
  HrHelpWindow *self = HR_HELP_WINDOW (object);

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->history);

  G_OBJECT_CLASS (hr_help_window_parent_class)->finalize (object);
}

/* To where the arrow points: what was read before lies at the start of the line. */
static gboolean
go_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gboolean left = g_variant_get_int32 (args) == GTK_DIR_LEFT;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return gtk_widget_activate_action (widget, left != mirrored ? "help.back" : "help.forward", NULL);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, go_cb, "i", GTK_DIR_LEFT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, go_cb, "i", GTK_DIR_RIGHT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hr_help_window_class_init (HrHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hr_help_window_finalize;

  g_type_ensure (HR_TYPE_MARKDOWN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, content);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, HrHelpWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_install_action (widget_class, "help.back", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "help.forward", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "help.pages", NULL, pages_cb);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_cb);
  add_keys (widget_class);
}

static void
hr_help_window_init (HrHelpWindow *self)
{
  self->pages = g_ptr_array_new_with_free_func (g_free);
  self->history = g_ptr_array_new_with_free_func (g_free);
  self->page = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_markdown_view_set_image_base (self->view, HR_MANUAL_BASE);
  fill_list (self);
  update_actions (self);
}

GtkWidget *
hr_help_window_new (void)
{
  return g_object_new (HR_TYPE_HELP_WINDOW, NULL);
}

const char *
hr_help_window_get_page (HrHelpWindow *self)
{
  g_return_val_if_fail (HR_IS_HELP_WINDOW (self), NULL);

  return self->page >= 0 ? hr_manual_pages ()[self->page] : "";
}

void
hr_help_window_show (const char *target)
{
  static GtkWidget *window;

  if (window == NULL)
    {
      g_autoptr (GtkWindowGroup) group = gtk_window_group_new (); /* modal dialogs are of another */

      g_set_weak_pointer (&window, hr_help_window_new ());
      gtk_window_group_add_window (group, GTK_WINDOW (window));
    }
  hr_help_window_open (HR_HELP_WINDOW (window), target);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (HR_HELP_WINDOW (window)->view));
}

static gboolean
help_key_cb (GtkWidget *dialog, GVariant *arguments, gpointer user_data)
{
  static const struct
  {
    const char *dialog;
    const char *page;
  } pages[] = {
    { "HrAssumptionsDialog", "costs" },    { "HrGpuDialog", "gpus" },        { "HrModelDialog", "knobs" },
    { "HrOwnCatalogDialog", "catalogue" }, { "HrOwnForm", "catalogue" },     { "HrTargetsDialog", "knobs" },
    { "HrImportReportDialog", "files" },   { "HrTemplatesDialog", "files" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (dialog), pages[i].dialog))
      {
        hr_help_window_show (pages[i].page);
        return TRUE;
      }
  hr_help_window_show ("first-plan");

  return TRUE;
}

static void
windows_changed_cb (GListModel *windows, guint position, guint n_removed, guint n_added, gpointer key)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_APPLICATION_WINDOW (window) || HR_IS_HELP_WINDOW (window))
        continue;

      GtkEventController *controller = gtk_shortcut_controller_new ();

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key),
                                                              gtk_callback_action_new (help_key_cb, NULL, NULL)));
      gtk_widget_add_controller (window, controller);
    }
}

void
hr_help_window_serve_dialogs (const char *key)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), (gpointer) key);
}
