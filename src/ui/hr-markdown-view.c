/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-markdown-view.h"

#include "hr-compat.h"
#include "hr-markdown-render.h"
#include "io/hr-markdown.h"

#include <glib/gi18n-lib.h>

#define SHADE_ALPHA 0.08f

/* Of the colour of texts in that of links, so that a link that is selected has contrast too. */
#define LINK_TEXT_SHARE 0.35F

struct _HrMarkdownView
{
  GtkTextView parent_instance;

  char *text;
  char *image_base; /* (nullable) */
  GArray *links;
  GArray *headings;
  GdkRGBA link_color;
  GdkRGBA text_color;
};

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HrMarkdownView, hr_markdown_view, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
buffer_of (HrMarkdownView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static const HrMarkdownPlace *
link_at_offset (HrMarkdownView *self, int offset)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const HrMarkdownPlace *link = &g_array_index (self->links, HrMarkdownPlace, i);

      if (offset >= link->start && offset < link->end)
        return link;
    }

  return NULL;
}

static const HrMarkdownPlace *
link_at_point (HrMarkdownView *self, double x, double y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);

  return gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, buffer_x, buffer_y)
             ? link_at_offset (self, gtk_text_iter_get_offset (&iter))
             : NULL;
}

/* The link that the selection covers, as Tab leaves it. */
static const HrMarkdownPlace *
selected_link (HrMarkdownView *self)
{
  GtkTextIter from, to;

  if (!gtk_text_buffer_get_selection_bounds (buffer_of (self), &from, &to))
    return NULL;

  const HrMarkdownPlace *link = link_at_offset (self, gtk_text_iter_get_offset (&from));

  return link != NULL && link->start == gtk_text_iter_get_offset (&from) && link->end == gtk_text_iter_get_offset (&to)
             ? link
             : NULL;
}

static void
select_range (HrMarkdownView *self, int start, int end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &to, end);
  gtk_text_buffer_select_range (buffer_of (self), &from, &to);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer_of (self)));
}

static void
follow (HrMarkdownView *self, const HrMarkdownPlace *link)
{
  g_autofree char *target = g_strdup (link->target); /* The handler may show another text. */
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean taken = FALSE;

  g_signal_emit (self, signals[LINK_ACTIVATED], 0, target, &taken);
  if (!taken && hr_markdown_target_is_web (target))
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, target, GDK_CURRENT_TIME);
}

/* The link next to the selection; NULL lets the focus leave. */
static const HrMarkdownPlace *
next_link (HrMarkdownView *self, gboolean forward)
{
  GtkTextIter from, to;
  gboolean selected = gtk_text_buffer_get_selection_bounds (buffer_of (self), &from, &to);
  int at = gtk_text_iter_get_offset (forward ? &to : &from);
  const HrMarkdownPlace *found = NULL;

  for (guint i = 0; i < self->links->len; i++)
    {
      const HrMarkdownPlace *link = &g_array_index (self->links, HrMarkdownPlace, i);

      if (forward && (!selected || link->start >= at))
        return link;
      if (!forward && selected && link->end <= at)
        found = link;
    }

  return found;
}

static gboolean
key_cb (HrMarkdownView *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab || (keyval == GDK_KEY_Tab && modifiers == GDK_SHIFT_MASK);
  const HrMarkdownPlace *link = NULL;

  if (back || (keyval == GDK_KEY_Tab && modifiers == 0))
    {
      if ((link = next_link (self, !back)) != NULL)
        select_range (self, link->start, link->end);
    }
  else if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && modifiers == 0)
    {
      if ((link = selected_link (self)) != NULL)
        follow (self, link);
    }

  return link != NULL;
}

static void
released_cb (HrMarkdownView *self, int n_press, double x, double y)
{
  const HrMarkdownPlace *link = link_at_point (self, x, y);

  if (link != NULL && n_press == 1 && !gtk_text_buffer_get_has_selection (buffer_of (self)))
    follow (self, link);
}

static void
motion_cb (HrMarkdownView *self, double x, double y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), link_at_point (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
hr_markdown_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  HrMarkdownView *self = HR_MARKDOWN_VIEW (widget);
  const HrMarkdownPlace *link = keyboard ? selected_link (self) : link_at_point (self, x, y);

  if (link == NULL || !hr_markdown_target_is_web (link->target))
    return FALSE;
  gtk_tooltip_set_text (tooltip, link->target);

  return TRUE;
}

static void
render (HrMarkdownView *self)
{
  GtkTextIter start;

  hr_markdown_render (buffer_of (self), self->text, self->image_base, self->links, self->headings);
  gtk_text_buffer_get_start_iter (buffer_of (self), &start);
  gtk_text_buffer_place_cursor (buffer_of (self), &start);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), self->links->len > 0);
  /* Translators: told by a screen reader of a text that holds links */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->links->len > 0 ? _ ("Tab goes to the next link, Enter follows it") : "", -1);
}

static void
mix (GdkRGBA *color, const GdkRGBA *with, float share)
{
  color->red += (with->red - color->red) * share;
  color->green += (with->green - color->green) * share;
  color->blue += (with->blue - color->blue) * share;
}

static void
hr_markdown_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HrMarkdownView *self = HR_MARKDOWN_VIEW (widget);
  GdkRGBA link = self->link_color, text = self->text_color;

  GTK_WIDGET_CLASS (hr_markdown_view_parent_class)->css_changed (widget, change);

  hr_compat_lookup_color (widget, "accent_color", &link);
  hr_compat_lookup_color (widget, "window_fg_color", &text);
  if (gdk_rgba_equal (&link, &self->link_color) && gdk_rgba_equal (&text, &self->text_color))
    return;
  self->link_color = link;
  self->text_color = text;
  mix (&link, &text, LINK_TEXT_SHARE);
  text.alpha *= SHADE_ALPHA;
  hr_markdown_render_colors (buffer_of (self), &link, &text);
}

static void
hr_markdown_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, HR_MARKDOWN_VIEW (object)->text);
}

static void
hr_markdown_view_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  const char *text = g_value_get_string (value);

  hr_markdown_view_set_text (HR_MARKDOWN_VIEW (object), text != NULL ? text : "");
}

static void
hr_markdown_view_finalize (GObject *object)
{
  HrMarkdownView *self = HR_MARKDOWN_VIEW (object);

  g_free (self->text);
  g_free (self->image_base);
  g_array_unref (self->links);
  g_array_unref (self->headings);

  G_OBJECT_CLASS (hr_markdown_view_parent_class)->finalize (object);
}

static void
hr_markdown_view_class_init (HrMarkdownViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_markdown_view_get_property;
  object_class->set_property = hr_markdown_view_set_property;
  object_class->finalize = hr_markdown_view_finalize;
  widget_class->css_changed = hr_markdown_view_css_changed;
  widget_class->query_tooltip = hr_markdown_view_query_tooltip;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LINK_ACTIVATED]
      = g_signal_new ("link-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
hr_markdown_view_init (HrMarkdownView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->text = g_strdup ("");
  self->links = hr_markdown_places_new ();
  self->headings = hr_markdown_places_new ();
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self), "markdown");

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
hr_markdown_view_new (void)
{
  return g_object_new (HR_TYPE_MARKDOWN_VIEW, NULL);
}

void
hr_markdown_view_set_text (HrMarkdownView *self, const char *text)
{
  g_return_if_fail (HR_IS_MARKDOWN_VIEW (self));
  g_return_if_fail (text != NULL);

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  render (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
hr_markdown_view_get_text (HrMarkdownView *self)
{
  g_return_val_if_fail (HR_IS_MARKDOWN_VIEW (self), NULL);

  return self->text;
}

void
hr_markdown_view_set_image_base (HrMarkdownView *self, const char *image_base)
{
  g_return_if_fail (HR_IS_MARKDOWN_VIEW (self));

  g_free (self->image_base);
  self->image_base = g_strdup (image_base);
  render (self);
}

gboolean
hr_markdown_view_scroll_to (HrMarkdownView *self, const char *anchor)
{
  g_return_val_if_fail (HR_IS_MARKDOWN_VIEW (self), FALSE);

  gboolean found = *anchor == '\0';
  int offset = 0;

  for (guint i = 0; i < self->headings->len && !found; i++)
    {
      const HrMarkdownPlace *heading = &g_array_index (self->headings, HrMarkdownPlace, i);

      found = g_str_equal (heading->target, anchor);
      offset = found ? heading->start : 0;
    }
  if (!found)
    return FALSE;

  GtkTextIter iter;
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &iter, offset);
  gtk_text_buffer_place_cursor (buffer_of (self), &iter);
  if (offset > 0)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer_of (self)), 0, TRUE, 0, 0);
  else if (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)) != NULL) /* with the margin above */
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)), 0);

  return TRUE;
}

static gboolean
search (GtkTextIter *from, const char *words, gboolean forward, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextSearchFlags flags = GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY;

  return forward ? gtk_text_iter_forward_search (from, words, flags, start, end, NULL)
                 : gtk_text_iter_backward_search (from, words, flags, start, end, NULL);
}

gboolean
hr_markdown_view_find (HrMarkdownView *self, const char *words, gboolean forward)
{
  g_return_val_if_fail (HR_IS_MARKDOWN_VIEW (self), FALSE);

  GtkTextIter from, to, start, end;

  if (*words == '\0')
    return FALSE;
  gtk_text_buffer_get_selection_bounds (buffer_of (self), &from, &to);
  if (!search (forward ? &to : &from, words, forward, &start, &end))
    {
      gtk_text_buffer_get_bounds (buffer_of (self), &from, &to);
      if (!search (forward ? &from : &to, words, forward, &start, &end))
        return FALSE;
    }
  select_range (self, gtk_text_iter_get_offset (&start), gtk_text_iter_get_offset (&end));

  return TRUE;
}
