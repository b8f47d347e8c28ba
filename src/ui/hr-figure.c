/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-figure.h"

#include "hr-compat.h"

#include <math.h>

#define SHORTEST_CHARS 3 /* of a text that is cut short: as GtkLabel */
#define NUMERIC "numeric"

struct _HrFigure
{
  GtkWidget parent_instance;

  PangoLayout *layout;  /* as wide as the figure, if the text can be made to fit */
  PangoAttrList *marks; /* (nullable): of markup */
  float xalign;
  gboolean wrap;
  PangoEllipsizeMode ellipsize;
  int lines;
  int width_chars;
  int max_width_chars;

  guint context_serial; /* of the fonts that the width of characters is of; 0: not known */
  int char_width;       /* in units of Pango */
  int wanted_width;     /* pixels: when it was last measured */
  int n_lines;          /* when it was last given a place */
  int baseline;         /* pixels; -1: none */
  gboolean unseen;      /* the text changed while the figure was not seen: it may not fit */
};

G_DEFINE_FINAL_TYPE (HrFigure, hr_figure, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_XALIGN,
  PROP_WRAP,
  PROP_ELLIPSIZE,
  PROP_LINES,
  PROP_WIDTH_CHARS,
  PROP_MAX_WIDTH_CHARS,
  N_PROPS
} HrFigureProperty;

static GParamSpec *properties[N_PROPS];

/* Whether the text adapts to the width that there is. */
static gboolean
is_flexible (HrFigure *self)
{
  return self->wrap || self->ellipsize != PANGO_ELLIPSIZE_NONE;
}

/* Asking fonts takes longer than shaping a figure: they are asked once, until another font is used. */
static int
chars_width (HrFigure *self, int n_chars)
{
  PangoContext *context = pango_layout_get_context (self->layout);
  guint serial = pango_context_get_serial (context);

  if (serial != self->context_serial)
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      self->context_serial = serial;
      self->char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                              pango_font_metrics_get_approximate_digit_width (metrics));
      pango_font_metrics_unref (metrics);
    }

  return PANGO_PIXELS_CEIL (self->char_width * n_chars);
}

/* Returns: (transfer full): the text in lines of so many Pango units, -1: as long as they are; shaped once, if it can
 * be. */
static PangoLayout *
lay_out (HrFigure *self, int width)
{
  if (!is_flexible (self) || pango_layout_get_width (self->layout) == width)
    return g_object_ref (self->layout);

  PangoLayout *layout = pango_layout_copy (self->layout);

  pango_layout_set_width (layout, width);
  return layout;
}

/* Pixels of the text when @width is all there is; -1: when there is enough. */
static void
measure_text (HrFigure *self, int width, int *text_width, int *text_height, int *baseline)
{
  g_autoptr (PangoLayout) layout = lay_out (self, width < 0 ? -1 : width * PANGO_SCALE);

  pango_layout_get_size (layout, text_width, text_height);
  *text_width = PANGO_PIXELS_CEIL (*text_width);
  *text_height = PANGO_PIXELS_CEIL (*text_height);
  *baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));
}

static int
wanted_width (HrFigure *self)
{
  int width, height, baseline;

  measure_text (self, -1, &width, &height, &baseline);
  if (is_flexible (self) && self->max_width_chars >= 0)
    width = MIN (width, chars_width (self, self->max_width_chars));
  return self->width_chars > 0 ? MAX (width, chars_width (self, self->width_chars)) : width;
}

/* Pixels of the widest word. */
static int
word_width (HrFigure *self)
{
  g_autoptr (PangoLayout) layout = pango_layout_copy (self->layout);
  int width;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, 0);
  pango_layout_get_size (layout, &width, NULL);
  return PANGO_PIXELS_CEIL (width);
}

static int
least_width (HrFigure *self)
{
  if (!is_flexible (self))
    return self->wanted_width;
  if (self->width_chars >= 0)
    return MIN (self->wanted_width, chars_width (self, self->width_chars));
  if (self->ellipsize != PANGO_ELLIPSIZE_NONE)
    return MIN (self->wanted_width, chars_width (self, SHORTEST_CHARS));
  return MIN (self->wanted_width, word_width (self));
}

/* Whether the text needs no other place than the figure has. */
static gboolean
fits (HrFigure *self)
{
  int width, height;

  if (self->wrap)
    return pango_layout_get_line_count (self->layout) == self->n_lines;
  if (self->ellipsize != PANGO_ELLIPSIZE_NONE)
    return !pango_layout_is_ellipsized (self->layout) || wanted_width (self) <= self->wanted_width;

  pango_layout_get_size (self->layout, &width, &height);
  return PANGO_PIXELS_CEIL (width) <= gtk_widget_get_width (GTK_WIDGET (self))
         && PANGO_PIXELS_CEIL (height) <= gtk_widget_get_height (GTK_WIDGET (self));
}

static void
show_text (HrFigure *self)
{
  self->unseen = FALSE;
  if (fits (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update_attributes (HrFigure *self)
{
  PangoAttrList *attributes = self->marks != NULL ? pango_attr_list_copy (self->marks) : pango_attr_list_new ();

  if (gtk_widget_has_css_class (GTK_WIDGET (self), NUMERIC))
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
}

/* From the left: where the text stands in the figure. */
static double
alignment (HrFigure *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 1 - self->xalign : self->xalign;
}

/* Lines begin, end or have their middle where the text stands. */
static void
update_alignment (HrFigure *self)
{
  double xalign = alignment (self);

  pango_layout_set_alignment (self->layout, xalign < 0.5   ? PANGO_ALIGN_LEFT
                                            : xalign > 0.5 ? PANGO_ALIGN_RIGHT
                                                           : PANGO_ALIGN_CENTER);
}

/* What is said when it is made. */
static void
update_form (HrFigure *self)
{
  update_alignment (self);
  pango_layout_set_ellipsize (self->layout, self->ellipsize);
  pango_layout_set_height (self->layout, self->wrap && self->lines > 0 ? -self->lines : -1);
  if (!is_flexible (self))
    pango_layout_set_width (self->layout, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
are_equal (PangoAttrList *a, PangoAttrList *b)
{
  return a == b || (a != NULL && b != NULL && pango_attr_list_equal (a, b));
}

/* @marks: (transfer full) (nullable) */
static void
take_text (HrFigure *self, const char *text, PangoAttrList *marks)
{
  gboolean same_text = g_str_equal (text, pango_layout_get_text (self->layout));

  if (same_text && are_equal (marks, self->marks))
    {
      g_clear_pointer (&marks, pango_attr_list_unref);
      return;
    }

  g_clear_pointer (&self->marks, pango_attr_list_unref);
  self->marks = marks;
  pango_layout_set_text (self->layout, text, -1);
  update_attributes (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_text (self);
  else
    self->unseen = TRUE;
  if (same_text)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static GtkSizeRequestMode
hr_figure_get_request_mode (GtkWidget *widget)
{
  return HR_FIGURE (widget)->wrap ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
hr_figure_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  HrFigure *self = HR_FIGURE (widget);
  int width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    self->wanted_width = wanted_width (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least_width (self);
      *natural = self->wanted_width;
      return;
    }

  width = for_size < 0 ? self->wanted_width : for_size;
  if (self->max_width_chars < 0 && width >= self->wanted_width)
    width = -1;
  measure_text (self, width, &width, minimum, minimum_baseline);
  *natural = *minimum;
  *natural_baseline = *minimum_baseline;
}

static void
hr_figure_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HrFigure *self = HR_FIGURE (widget);

  if (is_flexible (self))
    pango_layout_set_width (self->layout, width * PANGO_SCALE);
  self->n_lines = pango_layout_get_line_count (self->layout);
  self->baseline = baseline;
}

static void
hr_figure_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HrFigure *self = HR_FIGURE (widget);
  int x, y;

  hr_figure_get_layout_offsets (self, &x, &y);
  hr_compat_draw_text (widget, snapshot, x, y, self->layout);
}

static void
hr_figure_map (GtkWidget *widget)
{
  HrFigure *self = HR_FIGURE (widget);

  GTK_WIDGET_CLASS (hr_figure_parent_class)->map (widget);

  if (self->unseen)
    show_text (self);
}

static void
hr_figure_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hr_figure_parent_class)->css_changed (widget, change);

  update_attributes (HR_FIGURE (widget));
}

static void
hr_figure_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (hr_figure_parent_class)->direction_changed (widget, previous);

  update_alignment (HR_FIGURE (widget));
}

static void
hr_figure_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HrFigure *self = HR_FIGURE (object);

  switch ((HrFigureProperty) property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, hr_figure_get_text (self));
      break;
    case PROP_XALIGN:
      g_value_set_float (value, self->xalign);
      break;
    case PROP_WRAP:
      g_value_set_boolean (value, self->wrap);
      break;
    case PROP_ELLIPSIZE:
      g_value_set_enum (value, self->ellipsize);
      break;
    case PROP_LINES:
      g_value_set_int (value, self->lines);
      break;
    case PROP_WIDTH_CHARS:
      g_value_set_int (value, self->width_chars);
      break;
    case PROP_MAX_WIDTH_CHARS:
      g_value_set_int (value, self->max_width_chars);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hr_figure_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  HrFigure *self = HR_FIGURE (object);

  switch ((HrFigureProperty) property_id)
    {
    case PROP_TEXT:
      hr_figure_set_text (self, g_value_get_string (value));
      return;
    case PROP_XALIGN:
      self->xalign = g_value_get_float (value);
      break;
    case PROP_WRAP:
      if (self->wrap == g_value_get_boolean (value))
        return;
      self->wrap = g_value_get_boolean (value);
      break;
    case PROP_ELLIPSIZE:
      self->ellipsize = g_value_get_enum (value);
      break;
    case PROP_LINES:
      self->lines = g_value_get_int (value);
      break;
    case PROP_WIDTH_CHARS:
      self->width_chars = g_value_get_int (value);
      break;
    case PROP_MAX_WIDTH_CHARS:
      self->max_width_chars = g_value_get_int (value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
  update_form (self);
}

static void
hr_figure_finalize (GObject *object)
{
  HrFigure *self = HR_FIGURE (object);

  g_clear_pointer (&self->marks, pango_attr_list_unref);
  g_object_unref (self->layout);

  G_OBJECT_CLASS (hr_figure_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0.5F, flags);
  properties[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, FALSE, flags);
  properties[PROP_ELLIPSIZE]
      = g_param_spec_enum ("ellipsize", NULL, NULL, PANGO_TYPE_ELLIPSIZE_MODE, PANGO_ELLIPSIZE_NONE, flags);
  properties[PROP_LINES] = g_param_spec_int ("lines", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDTH_CHARS] = g_param_spec_int ("width-chars", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_MAX_WIDTH_CHARS] = g_param_spec_int ("max-width-chars", NULL, NULL, -1, G_MAXINT, -1, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hr_figure_class_init (HrFigureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hr_figure_get_property;
  object_class->set_property = hr_figure_set_property;
  object_class->finalize = hr_figure_finalize;
  widget_class->get_request_mode = hr_figure_get_request_mode;
  widget_class->measure = hr_figure_measure;
  widget_class->size_allocate = hr_figure_size_allocate;
  widget_class->snapshot = hr_figure_snapshot;
  widget_class->map = hr_figure_map;
  widget_class->css_changed = hr_figure_css_changed;
  widget_class->direction_changed = hr_figure_direction_changed;
  install_properties (object_class);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
hr_figure_init (HrFigure *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  self->xalign = 0.5F;
  self->width_chars = -1;
  self->max_width_chars = -1;
  self->baseline = -1;
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  update_alignment (self);
}

GtkWidget *
hr_figure_new (const char *text)
{
  return g_object_new (HR_TYPE_FIGURE, "text", text, NULL);
}

void
hr_figure_set_text (HrFigure *self, const char *text)
{
  g_return_if_fail (HR_IS_FIGURE (self));

  take_text (self, text != NULL ? text : "", NULL);
}

void
hr_figure_set_markup (HrFigure *self, const char *markup)
{
  g_return_if_fail (HR_IS_FIGURE (self));

  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  PangoAttrList *marks = NULL;

  if (pango_parse_markup (markup, -1, 0, &marks, &text, NULL, &error))
    take_text (self, text, marks);
  else
    g_critical ("%s: %s", markup, error->message);
}

const char *
hr_figure_get_text (HrFigure *self)
{
  g_return_val_if_fail (HR_IS_FIGURE (self), NULL);

  return pango_layout_get_text (self->layout);
}

PangoLayout *
hr_figure_get_layout (HrFigure *self)
{
  g_return_val_if_fail (HR_IS_FIGURE (self), NULL);

  return self->layout;
}

void
hr_figure_get_layout_offsets (HrFigure *self, int *x, int *y)
{
  g_return_if_fail (HR_IS_FIGURE (self));

  PangoRectangle text;

  pango_layout_get_pixel_extents (self->layout, NULL, &text);
  *x = (int) floor (alignment (self) * (gtk_widget_get_width (GTK_WIDGET (self)) - text.width)) - text.x;
  *y = self->baseline >= 0 ? self->baseline - PANGO_PIXELS (pango_layout_get_baseline (self->layout))
                           : (gtk_widget_get_height (GTK_WIDGET (self)) - text.height) / 2;
}
