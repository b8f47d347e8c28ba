/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-window-private.h"

#include "hr-accessible-name.h"
#include "hr-compat.h"
#include "hr-preferences.h"
#include "hr-recent.h"
#include "hr-settings.h"
#include "hr-title-bin.h"
#include "hr-whole-text.h"

#include <glib/gi18n-lib.h>

#define RESOURCES "/io/github/headroom/Headroom/"

G_DEFINE_FINAL_TYPE (HrWindow, hr_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_DOCUMENT = 1,
  PROP_UNITS,
  PROP_SHOW_INSPECTOR,
  PROP_VIEW,
} HrWindowProperty;

static GParamSpec *properties[PROP_VIEW + 1];

static void
notify (HrWindow *self, HrWindowProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* The page without configurations is made when there are none first. */
static void
show_page (HrWindow *self, gboolean has_configurations)
{
  if (!has_configurations && adw_bin_get_child (self->empty_page) == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "hr-empty-page.ui");

      adw_bin_set_child (self->empty_page, GTK_WIDGET (gtk_builder_get_object (builder, "page")));
    }
  gtk_stack_set_visible_child_name (self->pages, has_configurations ? "views" : "empty");
}

/* The one place that knows what can be done now. */
static void
update_actions (HrWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  HrProject *project = hr_document_get_project (self->document);
  guint n_configurations = g_list_model_get_n_items (G_LIST_MODEL (project));
  HrConfiguration *configuration = hr_window_get_configuration (self);
  guint position = configuration != NULL ? hr_project_find (project, configuration) : 0;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean editable = !hr_document_is_read_only (self->document);
  gboolean chosen = editable && configuration != NULL;
  gboolean unsaved = hr_document_is_modified (self->document) || hr_document_get_file (self->document) == NULL;
  gboolean before = position > 0;
  gboolean after = position + 1 < n_configurations;
  gboolean can_undo, can_redo;

  g_object_get (self->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (widget, "win.add-full", editable);
  gtk_widget_action_set_enabled (widget, "win.add-lora", editable);
  gtk_widget_action_set_enabled (widget, "win.add-qlora", editable);
  gtk_widget_action_set_enabled (widget, "win.add-inference", editable);
  gtk_widget_action_set_enabled (widget, "win.rename-project", editable);
  gtk_widget_action_set_enabled (widget, "win.units", editable);
  gtk_widget_action_set_enabled (widget, "win.import", editable);
  gtk_widget_action_set_enabled (widget, "win.import-uri", editable);
  gtk_widget_action_set_enabled (widget, "win.cancel-import", self->n_importing > 0);
  gtk_widget_action_set_enabled (widget, "win.duplicate", chosen);
  gtk_widget_action_set_enabled (widget, "win.copy", configuration != NULL);
  gtk_widget_action_set_enabled (widget, "win.cut", chosen);
  gtk_widget_action_set_enabled (widget, "win.paste", editable);
  gtk_widget_action_set_enabled (widget, "win.add-template", editable);
  gtk_widget_action_set_enabled (widget, "win.save-template", configuration != NULL);
  gtk_widget_action_set_enabled (widget, "win.rename", chosen);
  gtk_widget_action_set_enabled (widget, "win.remove", chosen);
  gtk_widget_action_set_enabled (widget, "win.add-measurement", chosen);
  gtk_widget_action_set_enabled (widget, "win.move-left", chosen && (mirrored ? after : before));
  gtk_widget_action_set_enabled (widget, "win.move-right", chosen && (mirrored ? before : after));
  gtk_widget_action_set_enabled (widget, "win.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "win.redo", can_redo);
  gtk_widget_action_set_enabled (widget, "win.save", editable && unsaved);
  gtk_widget_action_set_enabled (widget, "win.save-as", editable);
  gtk_widget_action_set_enabled (widget, "win.export-chart", n_configurations > 0);
  gtk_widget_action_set_enabled (widget, "win.export-table", n_configurations > 0);
  gtk_widget_action_set_enabled (widget, "win.export-report", n_configurations > 0);
  gtk_widget_action_set_enabled (widget, "win.print", n_configurations > 0);
  gtk_widget_action_set_enabled (widget, "win.toggle-inspector", n_configurations > 0);
  gtk_widget_action_set_enabled (widget, "win.view", n_configurations > 0);
  gtk_widget_set_visible (self->switcher, n_configurations > 0);
  show_page (self, n_configurations > 0);
}

/* "Undo" on a toast means the change that the toast tells of, and no later one. */
static void
forget_undo_toast (HrWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  if (toast != NULL)
    hr_compat_dismiss_toast (self->toasts, toast);
}

static void
units_cb (HrWindow *self)
{
  notify (self, PROP_UNITS);
}

static gboolean
is_squeezed (GtkWidget *squeezer)
{
  g_autoptr (GtkWidget) shown = NULL;

  g_object_get (squeezer, "visible-child", &shown, NULL);

  return shown == NULL;
}

static gboolean
show_toggle (HrWindow *self, gboolean collapsed, gboolean shown)
{
  return collapsed || !shown;
}

/* Where the header bar has no room for the switcher, and there are views to switch. */
static gboolean
switcher_bar_cb (gpointer user_data)
{
  HrWindow *self = user_data;
  gboolean squeezed = adw_squeezer_get_visible_child (self->title_squeezer) != self->wide_title;
  gboolean has_views = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "views") == 0;

  self->switcher_source = 0;
  if (squeezed && has_views && adw_view_switcher_bar_get_stack (self->switcher_bar) == NULL)
    adw_view_switcher_bar_set_stack (self->switcher_bar, self->views);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, squeezed && has_views);

  return G_SOURCE_REMOVE;
}

/* The header bar is squeezed while it is allocated; the bar may change layout only after that. */
static void
queue_switcher_bar (HrWindow *self)
{
  if (self->switcher_source == 0)
    self->switcher_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, switcher_bar_cb, self, NULL);
}

/* Whoever chose the view by a key goes on there by keys; whoever chose it in the switcher may choose again. */
static void
view_cb (HrWindow *self)
{
  GtkWidget *page = self->views != NULL ? adw_view_stack_get_visible_child (self->views) : NULL;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean in_switcher = focus != NULL && gtk_widget_get_ancestor (focus, ADW_TYPE_VIEW_SWITCHER) != NULL;

  if (page == NULL)
    return;

  hr_window_enter_view (self, hr_window_fill_view (self), !in_switcher);
  notify (self, PROP_VIEW);
}

static char *
undo_tooltip (HrWindow *self, const char *label)
{
  /* Translators: %s is what is undone: "Remove QLoRA r16" */
  return label != NULL ? g_strdup_printf (_ ("Undo: %s"), label) : g_strdup (_ ("Undo"));
}

static char *
redo_tooltip (HrWindow *self, const char *label)
{
  /* Translators: %s is what is done again: "Remove QLoRA r16" */
  return label != NULL ? g_strdup_printf (_ ("Redo: %s"), label) : g_strdup (_ ("Redo"));
}

static void
show_sidebar_cb (HrWindow *self)
{
  notify (self, PROP_SHOW_INSPECTOR);
}

/* Menus are made when they are opened first, not for the first frame. */
static void
open_menu_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

static void
open_add_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  HrWindow *self = user_data;

  hr_window_fill_templates (self);
  open_menu_cb (button, self->add_menu);
}

/* Tells what is recent now, and what the header bar has no room for. */
static void
open_primary_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  HrWindow *self = user_data;

  g_menu_remove_all (self->squeezed_menu);
  if (is_squeezed (self->undo_squeezer))
    g_menu_append_section (self->squeezed_menu, NULL, self->undo_menu);
  if (is_squeezed (self->export_squeezer))
    g_menu_append_submenu (self->squeezed_menu, _ ("_Export"), self->export_menu);
  hr_recent_fill (self->recent_menu);

  open_menu_cb (button, self->primary_menu);
}

static void
show_help_overlay_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hr_compat_show_shortcuts (GTK_WINDOW (widget), RESOURCES "shortcuts.ui");
}

static void
restore_size (HrWindow *self)
{
  GSettings *settings = hr_settings_get_default ();

  if (settings == NULL)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* Actions ask for their state before there is a document. */
static HrUnits
get_units (HrWindow *self)
{
  return self->document != NULL ? hr_project_get_units (hr_document_get_project (self->document)) : HR_UNITS_GB;
}

static void
set_units (HrWindow *self, const char *id)
{
  int units = hr_enum_value (&HR_UNITS, id);
  GSettings *settings = hr_settings_get_default ();

  g_return_if_fail (units >= 0);

  g_object_set (hr_document_get_project (self->document), "units", (guint) units, NULL);
  if (settings != NULL)
    g_settings_set_string (settings, "units", id);
}

static void
hr_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrWindow *self = HR_WINDOW (object);

  switch ((HrWindowProperty) property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_UNITS:
      g_value_set_static_string (value, hr_enum_id (&HR_UNITS, (int) get_units (self)));
      break;
    case PROP_SHOW_INSPECTOR:
      if (self->split != NULL)
        g_object_get_property (G_OBJECT (self->split), "show-sidebar", value);
      break;
    case PROP_VIEW:
      if (self->views != NULL)
        g_value_set_string (value, adw_view_stack_get_visible_child_name (self->views));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrWindow *self = HR_WINDOW (object);

  switch ((HrWindowProperty) property_id)
    {
    case PROP_DOCUMENT:
      hr_window_set_document (self, g_value_get_object (value));
      break;
    case PROP_UNITS:
      set_units (self, g_value_get_string (value));
      break;
    case PROP_SHOW_INSPECTOR:
      g_object_set_property (G_OBJECT (self->split), "show-sidebar", value);
      break;
    case PROP_VIEW:
      adw_view_stack_set_visible_child_name (self->views, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* The inspector's many rows wait until the first frame is on the screen. */
static gboolean
fill_sidebar_cb (gpointer user_data)
{
  HrWindow *self = user_data;
  GtkWidget *inspector = hr_inspector_new ();

  self->sidebar_source = 0;
  hr_inspector_set_selection (HR_INSPECTOR (inspector), self->selection);
  hr_accessible_mend (inspector);
  g_object_set (self->split, "sidebar", inspector, NULL);

  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (HrWindow *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, self);
  hr_window_begin_in_view (self);
  if (self->sidebar_source == 0)
    self->sidebar_source = g_idle_add (fill_sidebar_cb, self);
}

static void
hr_window_realize (GtkWidget *widget)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autoptr (GtkWidget) sidebar = NULL;

  GTK_WIDGET_CLASS (hr_window_parent_class)->realize (widget);

  g_object_get (self->split, "sidebar", &sidebar, NULL);
  if (sidebar == NULL)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
hr_window_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_window_parent_class)->direction_changed (widget, previous);

  if (HR_WINDOW (widget)->document != NULL)
    update_actions (HR_WINDOW (widget));
}

static void
hr_window_dispose (GObject *object)
{
  HrWindow *self = HR_WINDOW (object);

  g_clear_handle_id (&self->sidebar_source, g_source_remove);
  g_clear_handle_id (&self->switcher_source, g_source_remove);
  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_handle_id (&self->begin_source, g_source_remove);
  if (self->document != NULL)
    hr_window_flush_state (self);
  hr_window_drop_imports (self);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (hr_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HR_TYPE_DOCUMENT_BANNER);
  g_type_ensure (HR_TYPE_SPLIT);
  g_type_ensure (HR_TYPE_TITLE_BIN);
  g_type_ensure (HR_TYPE_COMPARE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "hr-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HrWindow, document_banner);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, header);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, split);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, views);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, compare_view);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, title_squeezer);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, wide_title);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, undo_squeezer);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, export_squeezer);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, small_add_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, primary_button);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, add_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, templates_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, export_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, squeezed_menu);
  gtk_widget_class_bind_template_child (widget_class, HrWindow, undo_menu);
  gtk_widget_class_bind_template_callback (widget_class, show_sidebar_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_toggle);
  gtk_widget_class_bind_template_callback (widget_class, queue_switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, redo_tooltip);
}

static void
hr_window_class_init (HrWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hr_window_get_property;
  object_class->set_property = hr_window_set_property;
  object_class->dispose = hr_window_dispose;
  widget_class->realize = hr_window_realize;
  widget_class->direction_changed = hr_window_direction_changed;
  GTK_WINDOW_CLASS (klass)->close_request = hr_window_close_request;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, HR_TYPE_DOCUMENT, flags);
  properties[PROP_UNITS] = g_param_spec_string ("units", NULL, NULL, "GB", flags);
  properties[PROP_SHOW_INSPECTOR] = g_param_spec_boolean ("show-inspector", NULL, NULL, TRUE, flags);
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "compare", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (widget_class);
  hr_window_install_edit_actions (widget_class);
  hr_window_install_clipboard_actions (widget_class);
  hr_window_install_print_actions (widget_class);
  hr_window_install_focus_actions (widget_class);
  hr_window_install_summary_actions (widget_class);
  hr_window_install_template_actions (widget_class);
  hr_window_install_file_actions (widget_class);
  hr_window_install_import_actions (widget_class);
  hr_window_install_measured_actions (widget_class);
  hr_window_install_offer_actions (widget_class);
  hr_window_install_catalog_actions (widget_class);
  gtk_widget_class_install_property_action (widget_class, "win.units", "units");
  gtk_widget_class_install_property_action (widget_class, "win.toggle-inspector", "show-inspector");
  gtk_widget_class_install_property_action (widget_class, "win.view", "view");
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_overlay_cb);
}

static void
watch_document (HrWindow *self)
{
  static const char *const properties_of_actions[]
      = { "notify::modified", "notify::file", "notify::read-only", "notify::can-undo", "notify::can-redo" };

  self->document_signals = g_signal_group_new (HR_TYPE_DOCUMENT);
  for (guint i = 0; i < G_N_ELEMENTS (properties_of_actions); i++)
    g_signal_group_connect_swapped (self->document_signals, properties_of_actions[i], G_CALLBACK (update_actions),
                                    self);

  self->project_signals = g_signal_group_new (HR_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "changed", G_CALLBACK (forget_undo_toast), self);
  g_signal_group_connect_swapped (self->project_signals, "items-changed", G_CALLBACK (update_actions), self);
  g_signal_group_connect_swapped (self->project_signals, "notify::units", G_CALLBACK (units_cb), self);

  g_signal_connect_object (self->selection, "notify::configuration", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
}

static void
hr_window_init (HrWindow *self)
{
  self->selection = hr_selection_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hr_accessible_mend (GTK_WIDGET (self));
  hr_whole_text_watch (GTK_WIDGET (self));
  restore_size (self);
  hr_window_accept_drops (self);
  hr_window_follow_catalog (self);
  hr_window_find_sky (self);
  gtk_menu_button_set_create_popup_func (self->add_button, open_add_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->small_add_button, open_add_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->export_button, open_menu_cb, self->export_menu, NULL);
  gtk_menu_button_set_create_popup_func (self->primary_button, open_primary_menu_cb, self, NULL);
  watch_document (self);
  hr_window_guard_file (self);
  hr_window_keep_state (self);
  hr_view_set_selection (HR_VIEW (self->compare_view), self->selection);
}

GtkWidget *
hr_window_new (GtkApplication *application, HrDocument *document)
{
  return g_object_new (HR_TYPE_WINDOW, "application", application, "document", document, NULL);
}

GtkWidget *
hr_window_new_empty (GtkApplication *application)
{
  g_autoptr (HrProjectData) data = hr_project_data_new (_ ("Untitled"));

  hr_preferences_apply_to_project (data);
  g_autoptr (HrDocument) document = hr_document_new_from_data (data);

  return hr_window_new (application, document);
}

gboolean
hr_window_is_empty (HrWindow *self)
{
  g_return_val_if_fail (HR_IS_WINDOW (self), TRUE);

  return g_list_model_get_n_items (G_LIST_MODEL (hr_document_get_project (self->document))) == 0;
}

HrDocument *
hr_window_get_document (HrWindow *self)
{
  g_return_val_if_fail (HR_IS_WINDOW (self), NULL);

  return self->document;
}

void
hr_window_set_document (HrWindow *self, HrDocument *document)
{
  g_return_if_fail (HR_IS_WINDOW (self));
  g_return_if_fail (HR_IS_DOCUMENT (document));

  if (document == self->document)
    return;

  if (self->document != NULL)
    hr_window_flush_state (self);
  g_set_object (&self->document, document);

  HrProject *project = hr_document_get_project (document);

  forget_undo_toast (self);
  g_signal_group_set_target (self->document_signals, document);
  g_signal_group_set_target (self->project_signals, project);
  hr_selection_set_project (self->selection, project);
  hr_window_restore_state (self);
  update_actions (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    hr_window_begin_in_view (self);
  notify (self, PROP_DOCUMENT);
  notify (self, PROP_UNITS);
}

HrConfiguration *
hr_window_get_configuration (HrWindow *self)
{
  return hr_selection_get_configuration (self->selection);
}

AdwToast *
hr_window_toast (HrWindow *self, const char *message)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_overlay_add_toast (self->toasts, toast);

  return toast;
}

AdwToast *
hr_window_toast_undo (HrWindow *self, const char *message)
{
  AdwToast *toast = hr_window_toast (self, message);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_set_object (&self->undo_toast, toast);

  return toast;
}

void
hr_window_commit (HrWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!GTK_IS_EDITABLE (focus))
    return;

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_set_focus (GTK_WINDOW (self), focus);
}
