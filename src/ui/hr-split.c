/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-split.h"

/* Side by side from 900 px on. */
#define CONTENT_WIDTH 560
#define SIDEBAR_WIDTH 340

struct _HrSplit
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  AdwBin *content;
  AdwBin *sidebar;
  guint notify_source;
};

G_DEFINE_FINAL_TYPE (HrSplit, hr_split, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CONTENT = 1,
  PROP_SIDEBAR,
  PROP_SHOW_SIDEBAR,
  PROP_COLLAPSED,
} HrSplitProperty;

static GParamSpec *properties[PROP_COLLAPSED + 1];

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* The flap folds by natural widths: theirs are ours to choose, whatever their contents would like. */
static void
measure_bin (GtkWidget *bin, GtkOrientation orientation, int for_size, int width, int *minimum, int *natural,
             int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, width);
}

static void
measure_content (GtkWidget *bin, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  measure_bin (bin, orientation, for_size, CONTENT_WIDTH, minimum, natural, minimum_baseline, natural_baseline);
}

static void
measure_sidebar (GtkWidget *bin, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  measure_bin (bin, orientation, for_size, SIDEBAR_WIDTH, minimum, natural, minimum_baseline, natural_baseline);
}

static void
allocate_bin (GtkWidget *bin, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static AdwBin *
create_bin (GtkCustomMeasureFunc measure)
{
  GtkWidget *bin = adw_bin_new ();

  gtk_widget_set_layout_manager (bin, gtk_custom_layout_new (get_request_mode, measure, allocate_bin));

  return ADW_BIN (bin);
}

static gboolean
notify_cb (gpointer user_data)
{
  HrSplit *self = user_data;

  self->notify_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);

  return G_SOURCE_REMOVE;
}

/* The flap folds while it is allocated; whoever listens may change layout only after that. */
static void
folded_cb (HrSplit *self)
{
  if (self->notify_source == 0)
    self->notify_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_cb, self, NULL);
}

static void
hr_split_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrSplit *self = HR_SPLIT (object);

  switch ((HrSplitProperty) property_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content));
      break;
    case PROP_SIDEBAR:
      g_value_set_object (value, adw_bin_get_child (self->sidebar));
      break;
    case PROP_SHOW_SIDEBAR:
      g_object_get_property (G_OBJECT (self->flap), "reveal-flap", value);
      break;
    case PROP_COLLAPSED:
      g_object_get_property (G_OBJECT (self->flap), "folded", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_split_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrSplit *self = HR_SPLIT (object);

  switch ((HrSplitProperty) property_id)
    {
    case PROP_CONTENT:
      adw_bin_set_child (self->content, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SIDEBAR:
      adw_bin_set_child (self->sidebar, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SHOW_SIDEBAR:
      g_object_set_property (G_OBJECT (self->flap), "reveal-flap", value);
      break;
    case PROP_COLLAPSED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_split_dispose (GObject *object)
{
  HrSplit *self = HR_SPLIT (object);

  g_clear_handle_id (&self->notify_source, g_source_remove);
  if (self->flap != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->flap));
  self->flap = NULL;

  G_OBJECT_CLASS (hr_split_parent_class)->dispose (object);
}

static void
hr_split_class_init (HrSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hr_split_get_property;
  object_class->set_property = hr_split_set_property;
  object_class->dispose = hr_split_dispose;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE, flags);
  properties[PROP_COLLAPSED]
      = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
hr_split_init (HrSplit *self)
{
  self->content = create_bin (measure_content);
  self->sidebar = create_bin (measure_sidebar);
  gtk_widget_add_css_class (GTK_WIDGET (self->sidebar), "background");

  self->flap = g_object_new (ADW_TYPE_FLAP, "content", self->content, "flap", self->sidebar, "separator",
                             gtk_separator_new (GTK_ORIENTATION_VERTICAL), "flap-position", GTK_PACK_END,
                             "fold-threshold-policy", ADW_FOLD_THRESHOLD_POLICY_NATURAL, NULL);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->flap), GTK_WIDGET (self));
}
