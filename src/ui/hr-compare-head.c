/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-compare-head.h"

#include "chart/hr-text-parts.h"
#include "io/hr-markdown.h"

#include <glib/gi18n-lib.h>

/* Of notes in a tooltip. */
#define MOST_CHARACTERS 300

struct _HrCompareHead
{
  GtkWidget parent_instance;

  HrSelection *selection;
  HrConfiguration *configuration;

  int seen_x;
  int seen_width;
  gboolean selects_alone; /* when the button is released, unless a drag began */

  GtkLabel *name;
  GtkLabel *detail;
  GtkWidget *marks;
  GtkWidget *notes;
  GtkWidget *baseline;
  GMenuModel *menu;
  GtkWidget *popover; /* (nullable): made when it is wanted first */
};

G_DEFINE_FINAL_TYPE (HrCompareHead, hr_compare_head, GTK_TYPE_WIDGET)

static void
show_menu (HrCompareHead *self, const GdkRectangle *at)
{
  if (!hr_selection_is_selected (self->selection, self->configuration))
    hr_selection_select_only (self->selection, self->configuration);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
hr_compare_head_show_menu (HrCompareHead *self, GtkWidget *widget, double x, double y)
{
  g_return_if_fail (HR_IS_COMPARE_HEAD (self));

  gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &x, &y);
  show_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

/* A press on one of several that are selected may begin to drag them all. */
static void
select_by_click (HrCompareHead *self, GdkModifierType state)
{
  gboolean several = g_list_model_get_n_items (hr_selection_get_selected (self->selection)) > 1;

  self->selects_alone = FALSE;
  if ((state & GDK_CONTROL_MASK) != 0)
    hr_selection_toggle (self->selection, self->configuration);
  else if ((state & GDK_SHIFT_MASK) != 0)
    hr_selection_extend_to (self->selection, self->configuration);
  else if (several && hr_selection_is_selected (self->selection, self->configuration))
    self->selects_alone = TRUE;
  else
    hr_selection_select_only (self->selection, self->configuration);
}

static void
pressed_cb (HrCompareHead *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GdkEvent *event = gtk_gesture_get_last_event (gesture, NULL);

  if (gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      show_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
      return;
    }
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY)
    return;

  select_by_click (self, gtk_event_controller_get_current_event_state (controller));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.rename", NULL);
}

static void
released_cb (HrCompareHead *self)
{
  if (self->selects_alone)
    hr_selection_select_only (self->selection, self->configuration);
  self->selects_alone = FALSE;
}

static GdkContentProvider *
drag_prepare_cb (HrCompareHead *self, double x, double y)
{
  return gdk_content_provider_new_typed (HR_TYPE_CONFIGURATION, self->configuration);
}

/* Of one its name, of several how many they are. */
static void
drag_begin_cb (HrCompareHead *self, GdkDrag *drag, GtkDragSource *source)
{
  guint n_selected = g_list_model_get_n_items (hr_selection_get_selected (self->selection));
  g_autofree char *several
      = g_strdup_printf (ngettext ("%u configuration", "%u configurations", n_selected), n_selected);
  gboolean all = n_selected > 1 && hr_selection_is_selected (self->selection, self->configuration);
  GtkWidget *label = gtk_label_new (all ? several : gtk_label_get_label (self->name));

  self->selects_alone = FALSE;
  gtk_widget_add_css_class (label, "compare-drag");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

/* Whether what is dropped at @x comes behind this head. */
static gboolean
drops_behind (HrCompareHead *self, double x)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  return (x > gtk_widget_get_width (GTK_WIDGET (self)) / 2.0) != mirrored;
}

static void
show_drop (HrCompareHead *self, gboolean before, gboolean behind)
{
  GtkWidget *widget = GTK_WIDGET (self);

  (before ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, "drop-before");
  (behind ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, "drop-after");
}

static GdkDragAction
drop_motion_cb (HrCompareHead *self, double x, double y)
{
  gboolean behind = drops_behind (self, x);

  show_drop (self, !behind, behind);
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (HrCompareHead *self)
{
  show_drop (self, FALSE, FALSE);
}

static gboolean
drop_cb (HrCompareHead *self, const GValue *value, double x, double y)
{
  HrProject *project = hr_selection_get_project (self->selection);
  HrConfiguration *dragged = g_value_get_object (value);
  guint position = hr_project_find (project, self->configuration) + drops_behind (self, x);

  show_drop (self, FALSE, FALSE);
  if (hr_project_find (project, dragged) == G_MAXUINT)
    return FALSE;

  if (!hr_selection_is_selected (self->selection, dragged))
    hr_selection_select_only (self->selection, dragged);
  hr_project_move_several (project, hr_selection_get_selected (self->selection), position);
  return TRUE;
}

/* Below the head; where it is scrolled away, at the edge of the window that it would come back from. */
static GdkRectangle
find_place_of_menu (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double x = width / 2, y = height;

  gtk_widget_translate_coordinates (widget, window, x, y, &x, &y);
  x = MAX (MIN (x, gtk_widget_get_width (window) - width), width / 2);
  y = MAX (MIN (y, gtk_widget_get_height (window) - height), height);
  gtk_widget_translate_coordinates (window, widget, x, y, &x, &y);
  return (GdkRectangle){ (int) x, (int) y, 1, 1 };
}

static gboolean
popup_menu (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GdkRectangle place = find_place_of_menu (widget);

  show_menu (HR_COMPARE_HEAD (widget), &place);
  return TRUE;
}

static gboolean
go_to (HrCompareHead *self, guint position, gboolean extend)
{
  HrProject *project = hr_selection_get_project (self->selection);
  HrConfiguration *target = hr_project_get_configuration (project, position);

  if (target == NULL)
    return FALSE;
  if (extend)
    hr_selection_extend_to (self->selection, target);
  else
    hr_selection_select_only (self->selection, target);
  return TRUE;
}

/* Selects the neighbour; its head then takes over the focus. The next key may come before that. */
static gboolean
select_neighbour (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrCompareHead *self = HR_COMPARE_HEAD (widget);
  HrConfiguration *leading = hr_selection_get_configuration (self->selection);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean extend;
  int direction;

  g_variant_get (arguments, "(ib)", &direction, &extend);
  guint position = leading != NULL ? hr_project_find (hr_selection_get_project (self->selection), leading) : 0;
  guint step = (direction == GTK_DIR_RIGHT) != mirrored ? 1 : G_MAXUINT;

  if (leading == NULL || position + step == G_MAXUINT || !go_to (self, position + step, extend))
    return gtk_widget_keynav_failed (widget, (GtkDirectionType) direction);
  return TRUE;
}

static gboolean
select_end (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HrCompareHead *self = HR_COMPARE_HEAD (widget);
  gboolean last, extend;

  g_variant_get (arguments, "(bb)", &last, &extend);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (hr_selection_get_project (self->selection)));

  return go_to (self, last ? n - 1 : 0, extend);
}

static gboolean
hr_compare_head_contains (GtkWidget *widget, double x, double y)
{
  HrCompareHead *self = HR_COMPARE_HEAD (widget);

  int end = self->seen_x + self->seen_width;
  gboolean is_seen
      = (self->seen_x <= 0 || x >= self->seen_x) && (end >= gtk_widget_get_width (widget) || x < end); /* or padding */

  return is_seen && GTK_WIDGET_CLASS (hr_compare_head_parent_class)->contains (widget, x, y);
}

/* Returns: (transfer full): the beginning of the notes as plain text. */
static char *
dup_notes (HrCompareHead *self)
{
  g_autofree char *notes = NULL;

  g_object_get (self->configuration, "notes", &notes, NULL);
  g_autofree char *plain = hr_markdown_to_plain (notes);

  g_strstrip (plain);
  if (g_utf8_strlen (plain, -1) <= MOST_CHARACTERS)
    return g_steal_pointer (&plain);

  g_autofree char *beginning = g_utf8_substring (plain, 0, MOST_CHARACTERS);
  return g_strconcat (beginning, "…", NULL);
}

static gboolean
hr_compare_head_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HrCompareHead *self = HR_COMPARE_HEAD (widget);
  g_autofree char *notes = dup_notes (self);

  if (*notes == '\0' && !pango_layout_is_ellipsized (gtk_label_get_layout (self->name))
      && !pango_layout_is_ellipsized (gtk_label_get_layout (self->detail)))
    return FALSE;

  g_autofree char *text = g_strdup_printf ("%s\n%s%s%s", gtk_label_get_text (self->name),
                                           gtk_label_get_text (self->detail), *notes != '\0' ? "\n\n" : "", notes);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
hr_compare_head_dispose (GObject *object)
{
  HrCompareHead *self = HR_COMPARE_HEAD (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), HR_TYPE_COMPARE_HEAD);
  g_clear_object (&self->configuration);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (hr_compare_head_parent_class)->dispose (object);
}

static void
hr_compare_head_class_init (HrCompareHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hr_compare_head_dispose;
  widget_class->query_tooltip = hr_compare_head_query_tooltip;
  widget_class->contains = hr_compare_head_contains;

  g_type_ensure (HR_TYPE_CONFIGURATION);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/headroom/Headroom/hr-compare-head.ui");
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, name);
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, detail);
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, marks);
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, notes);
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, baseline);
  gtk_widget_class_bind_template_child (widget_class, HrCompareHead, menu);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, popup_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, popup_menu, NULL);
  for (int extend = 0; extend <= 1; extend++)
    {
      GdkModifierType modifiers = extend ? GDK_SHIFT_MASK : 0;

      gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, modifiers, select_neighbour, "(ib)", GTK_DIR_LEFT,
                                    extend);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, modifiers, select_neighbour, "(ib)", GTK_DIR_RIGHT,
                                    extend);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, modifiers, select_end, "(bb)", FALSE, extend);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_End, modifiers, select_end, "(bb)", TRUE, extend);
    }

  gtk_widget_class_set_css_name (widget_class, "comparehead");
  /* GTK passes column headers on as fillers, which screen readers skip. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_CELL);
}

static void
hr_compare_head_init (HrCompareHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hr_compare_head_new (HrSelection *selection, HrConfiguration *configuration)
{
  g_return_val_if_fail (HR_IS_SELECTION (selection), NULL);
  g_return_val_if_fail (HR_IS_CONFIGURATION (configuration), NULL);

  HrCompareHead *self = g_object_new (HR_TYPE_COMPARE_HEAD, NULL);

  self->selection = g_object_ref (selection);
  self->configuration = g_object_ref (configuration);
  hr_compare_head_refresh (self);
  return GTK_WIDGET (self);
}

HrConfiguration *
hr_compare_head_get_configuration (HrCompareHead *self)
{
  g_return_val_if_fail (HR_IS_COMPARE_HEAD (self), NULL);

  return self->configuration;
}

void
hr_compare_head_set_configuration (HrCompareHead *self, HrConfiguration *configuration)
{
  g_return_if_fail (HR_IS_COMPARE_HEAD (self));
  g_return_if_fail (HR_IS_CONFIGURATION (configuration));

  if (g_set_object (&self->configuration, configuration))
    hr_compare_head_refresh (self);
}

static void
set_class (HrCompareHead *self, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

void
hr_compare_head_refresh (HrCompareHead *self)
{
  g_return_if_fail (HR_IS_COMPARE_HEAD (self));

  HrProject *project = hr_selection_get_project (self->selection);
  gboolean selected = hr_selection_is_selected (self->selection, self->configuration);
  gboolean leading = hr_selection_get_configuration (self->selection) == self->configuration;
  gboolean is_baseline = hr_selection_get_baseline (self->selection) == self->configuration;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (project));
  gboolean several = g_list_model_get_n_items (hr_selection_get_selected (self->selection)) > 1;
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *notes = NULL;

  g_object_get (self->configuration, "title", &name, "summary", &summary, "notes", &notes, NULL);
  gboolean has_notes = notes != NULL && *notes != '\0';

  /* Translators: of a column: a line about the configuration, and where it stands: "bf16 · AdamW, 2 of 4" */
  g_autofree char *place
      = g_strdup_printf (_ ("%s, %u of %u"), summary, hr_project_find (project, self->configuration) + 1, n);
  g_autofree char *description
      /* Translators: of a column: that the others are compared with it, and what else is said of it */
      = is_baseline ? g_strdup_printf (_ ("Baseline, %s"), place) : g_steal_pointer (&place);
  g_autofree char *told = hr_text_join_parts (description, has_notes ? _ ("Notes") : NULL, NULL);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->detail, summary);
  gtk_widget_set_visible (self->notes, has_notes);
  gtk_widget_set_visible (self->baseline, is_baseline);
  gtk_widget_set_visible (self->marks, has_notes || is_baseline);
  gtk_widget_set_focusable (GTK_WIDGET (self), leading);
  set_class (self, "selected", selected && n > 1);
  set_class (self, "leading", leading && several);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, told, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
hr_compare_head_set_seen (HrCompareHead *self, int x, int width)
{
  g_return_if_fail (HR_IS_COMPARE_HEAD (self));

  self->seen_x = x;
  self->seen_width = width;
}
