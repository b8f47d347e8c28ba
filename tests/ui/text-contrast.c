/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-contrast.h"

#include "chart/hr-chart-palette.h"
#include "ui/hr-figure.h"

/* WCAG 2.2, 1.4.3: what contrast texts need, and from how many points on they are large, plain and bold. */
#define TEXT_CONTRAST 4.5
#define LARGE_TEXT_CONTRAST 3.0
#define LARGE_POINTS 18.0
#define LARGE_BOLD_POINTS 14.0

/* Where the background of a text is looked at, along its middle. */
#define N_SAMPLES 5

typedef struct
{
  graphene_rect_t box; /* of the picture, clipped */
  GdkRGBA color;
  gboolean is_large;
} Text;

/* How what is drawn comes to the screen: moved, clipped, faded. */
typedef struct
{
  graphene_point_t offset;
  graphene_rect_t clip;
  float opacity;
} Place;

typedef struct
{
  GtkWidget *root;
  GArray *texts; /* (element-type Text) */
  const guchar *pixels;
  int width, height;
} Sheet;

static gboolean
is_large (PangoFont *font)
{
  g_autoptr (PangoFontDescription) description = pango_font_describe (font);
  double points = (double) pango_font_description_get_size (description) / PANGO_SCALE;

  return points >= LARGE_POINTS
         || (points >= LARGE_BOLD_POINTS && pango_font_description_get_weight (description) >= PANGO_WEIGHT_BOLD);
}

static void
add_text (GArray *texts, GskRenderNode *node, const Place *place)
{
  Text text = { .color = *gsk_text_node_get_color (node), .is_large = is_large (gsk_text_node_get_font (node)) };
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  graphene_rect_offset (&bounds, place->offset.x, place->offset.y);
  text.color.alpha *= place->opacity;
  if (!gsk_text_node_has_color_glyphs (node) && graphene_rect_intersection (&bounds, &place->clip, &text.box))
    g_array_append_val (texts, text);
}

static Place
clip_place (const Place *place, const graphene_rect_t *clip)
{
  Place clipped = *place;
  graphene_rect_t moved;

  graphene_rect_offset_r (clip, place->offset.x, place->offset.y, &moved);
  if (!graphene_rect_intersection (&place->clip, &moved, &clipped.clip))
    clipped.clip = *graphene_rect_zero ();

  return clipped;
}

static GskRenderNode *take_texts (GskRenderNode *node, Place place, GArray *texts);

static GskRenderNode *
take_from_container (GskRenderNode *node, Place place, GArray *texts)
{
  guint n_children = gsk_container_node_get_n_children (node);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);

  for (guint i = 0; i < n_children; i++)
    g_ptr_array_add (children, take_texts (gsk_container_node_get_child (node, i), place, texts));

  return gsk_container_node_new ((GskRenderNode **) children->pdata, children->len);
}

static GskRenderNode *
take_from_transform (GskRenderNode *node, Place place, GArray *texts)
{
  GskTransform *transform = gsk_transform_node_get_transform (node);
  float x, y;

  if (gsk_transform_get_category (transform) < GSK_TRANSFORM_CATEGORY_2D_TRANSLATE)
    return gsk_render_node_ref (node);

  gsk_transform_to_translate (transform, &x, &y);
  place.offset.x += x;
  place.offset.y += y;

  g_autoptr (GskRenderNode) child = take_texts (gsk_transform_node_get_child (node), place, texts);

  return gsk_transform_node_new (child, transform);
}

static GskRenderNode *
take_from_faded (GskRenderNode *node, Place place, GArray *texts)
{
  place.opacity *= gsk_opacity_node_get_opacity (node);

  g_autoptr (GskRenderNode) child = take_texts (gsk_opacity_node_get_child (node), place, texts);

  return gsk_opacity_node_new (child, gsk_opacity_node_get_opacity (node));
}

static GskRenderNode *
take_from_clipped (GskRenderNode *node, Place place, GArray *texts)
{
  gboolean rounded = gsk_render_node_get_node_type (node) == GSK_ROUNDED_CLIP_NODE;
  const graphene_rect_t *clip
      = rounded ? &gsk_rounded_clip_node_get_clip (node)->bounds : gsk_clip_node_get_clip (node);
  GskRenderNode *inside = rounded ? gsk_rounded_clip_node_get_child (node) : gsk_clip_node_get_child (node);
  g_autoptr (GskRenderNode) child = take_texts (inside, clip_place (&place, clip), texts);

  return gsk_clip_node_new (child, clip);
}

/* Returns: (transfer full): what @node draws without texts, which are added to @texts. */
static GskRenderNode *
take_texts (GskRenderNode *node, Place place, GArray *texts)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      return take_from_container (node, place, texts);
    case GSK_TRANSFORM_NODE:
      return take_from_transform (node, place, texts);
    case GSK_OPACITY_NODE:
      return take_from_faded (node, place, texts);
    case GSK_CLIP_NODE:
    case GSK_ROUNDED_CLIP_NODE:
      return take_from_clipped (node, place, texts);
    case GSK_DEBUG_NODE:
      return take_texts (gsk_debug_node_get_child (node), place, texts);
    case GSK_SHADOW_NODE:
      return take_texts (gsk_shadow_node_get_child (node), place, texts);
    case GSK_TEXT_NODE:
      add_text (texts, node, &place);
      return gsk_container_node_new (NULL, 0);
    default:
      return gsk_render_node_ref (node);
    }
}

static HrChartColor
get_pixel (const Sheet *sheet, double x, double y)
{
  guint32 pixel = ((const guint32 *) (gconstpointer) sheet->pixels)[(int) y * sheet->width + (int) x];

  return (HrChartColor){ (pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0, (pixel & 0xff) / 255.0, 1 };
}

/* @color drawn over @behind. */
static HrChartColor
blend (const GdkRGBA *color, const HrChartColor *behind)
{
  double alpha = (double) color->alpha;

  return (HrChartColor){ (double) color->red * alpha + behind->red * (1 - alpha),
                         (double) color->green * alpha + behind->green * (1 - alpha),
                         (double) color->blue * alpha + behind->blue * (1 - alpha), 1 };
}

/* The least along the text. */
static double
get_contrast (const Sheet *sheet, const Text *text)
{
  double step = (double) text->box.size.width / N_SAMPLES;
  double y = (double) text->box.origin.y + (double) text->box.size.height / 2;
  double least = 21;

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      HrChartColor behind = get_pixel (sheet, (double) text->box.origin.x + (i + 0.5) * step, y);

      least = MIN (least, hr_chart_contrast (blend (&text->color, &behind), behind));
    }

  return least;
}

static gboolean
is_of_platform (GtkWidget *widget)
{
  GtkWidget *button = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);

  return button != NULL
         && (gtk_widget_has_css_class (button, "suggested-action")
             || gtk_widget_has_css_class (button, "destructive-action"));
}

/* A selection is drawn over the text, and then the text again. */
static gboolean
is_selected (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) && gtk_editable_get_selection_bounds (GTK_EDITABLE (widget), NULL, NULL);
}

static void
complain (const char *name, GtkWidget *widget, double contrast)
{
  const char *text = GTK_IS_LABEL (widget)   ? gtk_label_get_text (GTK_LABEL (widget))
                     : HR_IS_FIGURE (widget) ? hr_figure_get_text (HR_FIGURE (widget))
                                             : "";
  g_autofree char *classes = g_strjoinv (".", gtk_widget_get_css_classes (widget));

  g_test_message ("%s: %.2f: “%s” %s.%s in %s", name, contrast, text, G_OBJECT_TYPE_NAME (widget), classes,
                  G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
}

static void
measure (const Sheet *sheet, const Text *text, const char *name, TextContrast *result)
{
  double border = (sheet->width - gtk_widget_get_width (sheet->root)) / 2.0; /* of a window that draws its own */
  graphene_point_t middle;

  graphene_rect_get_center (&text->box, &middle);
  GtkWidget *widget = gtk_widget_pick (sheet->root, (double) middle.x - border, (double) middle.y - border,
                                       GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  if (widget == NULL || !gtk_widget_is_sensitive (widget) || is_of_platform (widget) || is_selected (widget))
    return;

  double contrast = get_contrast (sheet, text);

  result->n_texts++;
  result->least = MIN (result->least, contrast);
  if (contrast >= (text->is_large ? LARGE_TEXT_CONTRAST : TEXT_CONTRAST))
    return;
  complain (name, widget, contrast);
  result->n_faint++;
}

TextContrast
text_contrast_measure (GtkWidget *root, const char *name)
{
  TextContrast result = { .least = 21 };
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  Sheet sheet = { .root = root,
                  .width = gdk_paintable_get_intrinsic_width (paintable),
                  .height = gdk_paintable_get_intrinsic_height (paintable) };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) sheet.width, (float) sheet.height);
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (Text));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, sheet.width, sheet.height);

  g_autoptr (GskRenderNode) drawn = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GskRenderNode) behind = take_texts (drawn, (Place){ .clip = bounds, .opacity = 1 }, texts);
  g_autoptr (GdkTexture) texture
      = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (root)), behind, &bounds);
  g_autofree guchar *pixels = g_malloc ((gsize) sheet.width * (gsize) sheet.height * 4);

  gdk_texture_download (texture, pixels, (gsize) sheet.width * 4);
  sheet.pixels = pixels;
  for (guint i = 0; i < texts->len; i++)
    measure (&sheet, &g_array_index (texts, Text, i), name, &result);
  g_test_message ("%s: %u texts, least contrast %.2f", name, result.n_texts, result.least);

  return result;
}
