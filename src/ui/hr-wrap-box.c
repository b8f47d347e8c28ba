/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-wrap-box.h"

#define MOST_OF_A_LINE 0.75

struct _HrWrapBox
{
  GtkWidget parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (HrWrapBox, hr_wrap_box, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SPACING = 1,
} HrWrapBoxProperty;

static GParamSpec *properties[PROP_SPACING + 1];

/* Children of one line: from first up to, not including, end. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;
  int width;
  int height;
  int n_expand;
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
child_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

/* A box that wraps itself takes what is left of a line where that is most of it; others begin a line of their own. */
static int
width_after (GtkWidget *child, int used, int available)
{
  int rest = available - used;

  return child_width (child, HR_IS_WRAP_BOX (child) && rest >= available * MOST_OF_A_LINE ? rest : available);
}

static int
child_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static Line
take_line (HrWrapBox *self, GtkWidget *first, int available)
{
  Line line = { .first = first };
  GtkWidget *child = first;

  while (child != NULL)
    {
      int gap = child == first ? 0 : self->spacing;
      int width = width_after (child, line.width + gap, available);

      if (child != first && line.width + gap + width > available)
        break;
      line.width += gap + width;
      line.height = MAX (line.height, child_height (child, width));
      line.n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
      child = next_shown (gtk_widget_get_next_sibling (child));
    }
  line.end = child;
  return line;
}

static void
allocate_line (HrWrapBox *self, const Line *line, int y, int available)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int left_over = MAX (0, available - line->width);
  int n_expand = line->n_expand;
  int x = 0, used = 0;

  for (GtkWidget *child = line->first; child != line->end; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int width = width_after (child, used, available);

      used += width + self->spacing;
      if (n_expand > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          int share = left_over / n_expand--;

          width += share;
          left_over -= share;
        }
      gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? available - x - width : x, y, width, line->height },
                                -1);
      x += width + self->spacing;
    }
}

static GtkSizeRequestMode
hr_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (HrWrapBox *self, int *minimum, int *natural)
{
  GtkWidget *first = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));

  for (GtkWidget *child = first; child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (child == first ? 0 : self->spacing);
    }
}

static void
hr_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  HrWrapBox *self = HR_WRAP_BOX (widget);
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int available = for_size < 0 ? G_MAXINT / 2 : for_size;
  int height = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  while (child != NULL)
    {
      Line line = take_line (self, child, available);

      height += (height > 0 ? self->spacing : 0) + line.height;
      child = line.end;
    }
  *minimum = *natural = height;
}

static void
hr_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrWrapBox *self = HR_WRAP_BOX (widget);
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      Line line = take_line (self, child, width);

      allocate_line (self, &line, y, width);
      y += line.height + self->spacing;
      child = line.end;
    }
}

static void
hr_wrap_box_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrWrapBox *self = HR_WRAP_BOX (object);

  switch ((HrWrapBoxProperty) property_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_wrap_box_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrWrapBox *self = HR_WRAP_BOX (object);

  switch ((HrWrapBoxProperty) property_id)
    {
    case PROP_SPACING:
      if (self->spacing == g_value_get_int (value))
        break;
      self->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hr_wrap_box_parent_class)->dispose (object);
}

static void
hr_wrap_box_class_init (HrWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_wrap_box_get_property;
  object_class->set_property = hr_wrap_box_set_property;
  object_class->dispose = hr_wrap_box_dispose;
  widget_class->get_request_mode = hr_wrap_box_get_request_mode;
  widget_class->measure = hr_wrap_box_measure;
  widget_class->size_allocate = hr_wrap_box_size_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hr_wrap_box_init (HrWrapBox *self)
{
}

GtkWidget *
hr_wrap_box_new (int spacing)
{
  return g_object_new (HR_TYPE_WRAP_BOX, "spacing", spacing, NULL);
}

void
hr_wrap_box_append (HrWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (HR_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
