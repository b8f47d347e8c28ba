/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-fold.h"

#include <adwaita.h>

/* What is opened fits into the narrowest window. */
#define MAX_WIDTH 280

struct _HrFold
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *button; /* opens the clamp, which holds the child while folded */
  GtkWidget *clamp;
  GdkSurface *surface; /* of the window, while there is one */
  char *title;
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (HrFold, hr_fold, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CHILD = 1,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_FOLDED,
} HrFoldProperty;

static GParamSpec *properties[PROP_FOLDED + 1];

static void
take_out (HrFold *self)
{
  if (self->child == NULL)
    return;
  if (self->folded)
    adw_clamp_set_child (ADW_CLAMP (self->clamp), NULL);
  else
    gtk_widget_unparent (self->child);
}

static void
put_in (HrFold *self)
{
  if (self->child == NULL)
    return;
  if (self->folded)
    adw_clamp_set_child (ADW_CLAMP (self->clamp), self->child);
  else
    gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
set_folded (HrFold *self, gboolean folded)
{
  if (folded == self->folded)
    return;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  take_out (self);
  self->folded = folded;
  put_in (self);
  gtk_widget_set_visible (self->button, folded);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

/* After the window was laid out in its new size, and before it is drawn: GTK lays it out again. */
static void
layout_cb (HrFold *self, int width, int height)
{
  set_folded (self, width < HR_FOLD_WIDTH);
}

static void
hr_fold_realize (GtkWidget *widget)
{
  HrFold *self = HR_FOLD (widget);
  int width = -1, height;

  GTK_WIDGET_CLASS (hr_fold_parent_class)->realize (widget);

  GtkRoot *root = gtk_widget_get_root (widget);
  g_set_object (&self->surface, gtk_native_get_surface (GTK_NATIVE (root)));
  g_signal_connect_object (self->surface, "layout", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED);
  if (gtk_widget_get_width (GTK_WIDGET (root)) > 0)
    width = gdk_surface_get_width (self->surface);
  else if (GTK_IS_WINDOW (root))
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  set_folded (self, width > 0 && width < HR_FOLD_WIDTH);
}

static void
hr_fold_unrealize (GtkWidget *widget)
{
  HrFold *self = HR_FOLD (widget);

  g_signal_handlers_disconnect_by_func (self->surface, layout_cb, self);
  g_clear_object (&self->surface);

  GTK_WIDGET_CLASS (hr_fold_parent_class)->unrealize (widget);
}

static void
set_title (HrFold *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_widget_set_tooltip_text (self->button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
set_child (HrFold *self, GtkWidget *child)
{
  take_out (self);
  g_set_object (&self->child, child);
  put_in (self);
}

static void
hr_fold_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrFold *self = HR_FOLD (object);

  switch ((HrFoldProperty) property_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (self->button)));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_fold_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrFold *self = HR_FOLD (object);

  switch ((HrFoldProperty) property_id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_ICON_NAME:
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), g_value_get_string (value));
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_FOLDED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_fold_dispose (GObject *object)
{
  HrFold *self = HR_FOLD (object);

  set_child (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (hr_fold_parent_class)->dispose (object);
}

static void
hr_fold_class_init (HrFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hr_fold_get_property;
  object_class->set_property = hr_fold_set_property;
  object_class->dispose = hr_fold_dispose;
  widget_class->realize = hr_fold_realize;
  widget_class->unrealize = hr_fold_unrealize;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fold");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_fold_init (HrFold *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), MAX_WIDTH);
  gtk_popover_set_child (GTK_POPOVER (popover), self->clamp);

  self->button = gtk_menu_button_new ();
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

gboolean
hr_fold_is_folded (HrFold *self)
{
  g_return_val_if_fail (HR_IS_FOLD (self), FALSE);

  return self->folded;
}
