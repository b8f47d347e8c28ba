/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-column.h"

typedef struct
{
  int spacing;
} HrColumnPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (HrColumn, hr_column, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SPACING = 1,
} HrColumnProperty;

static GParamSpec *properties[PROP_SPACING + 1];

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
get_spacing (GtkWidget *widget)
{
  return ((HrColumnPrivate *) hr_column_get_instance_private (HR_COLUMN (widget)))->spacing;
}

static GtkSizeRequestMode
hr_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hr_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int used = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, across ? -1 : for_size, &child_minimum, &child_natural, NULL, NULL);
      *minimum = across ? MAX (*minimum, child_minimum) : *minimum + used + child_minimum;
      *natural = across ? MAX (*natural, child_natural) : *natural + used + child_natural;
      used = get_spacing (widget);
    }
}

static int
child_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
hr_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      GtkAllocation box = { 0, y, width, child_height (child, width) };

      gtk_widget_size_allocate (child, &box, -1);
      y += box.height + get_spacing (widget);
    }
}

static void
hr_column_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((HrColumnProperty) property_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, get_spacing (GTK_WIDGET (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_column_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrColumnPrivate *priv = hr_column_get_instance_private (HR_COLUMN (object));

  switch ((HrColumnProperty) property_id)
    {
    case PROP_SPACING:
      priv->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_column_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hr_column_parent_class)->dispose (object);
}

static void
hr_column_class_init (HrColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_column_get_property;
  object_class->set_property = hr_column_set_property;
  object_class->dispose = hr_column_dispose;
  widget_class->get_request_mode = hr_column_get_request_mode;
  widget_class->measure = hr_column_measure;
  widget_class->size_allocate = hr_column_size_allocate;

  properties[PROP_SPACING]
      = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hr_column_init (HrColumn *self)
{
}

GtkWidget *
hr_column_new (int spacing)
{
  return g_object_new (HR_TYPE_COLUMN, "spacing", spacing, NULL);
}
