/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-fonts.h"

#include "hr-chart-paint.h"

#include <math.h>

#include <pango/pangocairo.h>

/* Figures of one width stand still while they change. */
#define FONT_FEATURES "tnum=1"

/* More texts in a style are no longer those of one chart. */
#define MOST_TEXTS 512

#define CONTEXT_KEY "hr-chart-fonts"

struct _HrChartFonts
{
  PangoContext *context;                       /* alike, so that what keeps this is not kept by it */
  guint serial;                                /* of the context that it is like */
  GHashTable *layouts[HR_CHART_N_TEXT_STYLES]; /* (element-type utf8 PangoLayout) */
  GHashTable *sizes[HR_CHART_N_TEXT_STYLES];   /* (element-type utf8 PangoRectangle): of texts measured before */
};

static const struct
{
  double scale; /* of the context's font */
  PangoWeight weight;
} styles[HR_CHART_N_TEXT_STYLES] = {
  [HR_CHART_TEXT_AXIS] = { 0.9, PANGO_WEIGHT_NORMAL },   [HR_CHART_TEXT_FIGURE] = { 1.0, PANGO_WEIGHT_BOLD },
  [HR_CHART_TEXT_NAME] = { 1.0, PANGO_WEIGHT_BOLD },     [HR_CHART_TEXT_DETAIL] = { 0.85, PANGO_WEIGHT_NORMAL },
  [HR_CHART_TEXT_LIMIT] = { 0.85, PANGO_WEIGHT_NORMAL }, [HR_CHART_TEXT_EMPTY] = { 1.1, PANGO_WEIGHT_NORMAL },
  [HR_CHART_TEXT_TITLE] = { 1.3, PANGO_WEIGHT_BOLD },    [HR_CHART_TEXT_LEGEND] = { 0.95, PANGO_WEIGHT_NORMAL },
};

static PangoLayout *
create_layout (PangoContext *context, HrChartTextStyle style)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoAttrList *attributes = pango_attr_list_new ();
  double size = round (pango_font_description_get_size (font) * styles[style].scale);

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, (int) size);
  pango_font_description_set_weight (font, styles[style].weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  pango_attr_list_insert (attributes, pango_attr_font_features_new (FONT_FEATURES));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  return layout;
}

static PangoContext *
copy_context (PangoContext *context)
{
  PangoContext *copy = pango_font_map_create_context (pango_context_get_font_map (context));

  pango_context_set_font_description (copy, pango_context_get_font_description (context));
  pango_context_set_language (copy, pango_context_get_language (context));
  pango_context_set_base_dir (copy, pango_context_get_base_dir (context));
  pango_context_set_round_glyph_positions (copy, pango_context_get_round_glyph_positions (context));
  pango_cairo_context_set_resolution (copy, pango_cairo_context_get_resolution (context));
  pango_cairo_context_set_font_options (copy, pango_cairo_context_get_font_options (context));

  return copy;
}

static HrChartFonts *
create (PangoContext *context)
{
  HrChartFonts *self = g_rc_box_new0 (HrChartFonts);

  self->context = copy_context (context);
  self->serial = pango_context_get_serial (context);
  for (int i = 0; i < HR_CHART_N_TEXT_STYLES; i++)
    {
      self->layouts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      self->sizes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }

  return self;
}

static void
clear (gpointer data)
{
  HrChartFonts *self = data;

  for (int i = 0; i < HR_CHART_N_TEXT_STYLES; i++)
    {
      g_hash_table_unref (self->layouts[i]);
      g_hash_table_unref (self->sizes[i]);
    }
  g_object_unref (self->context);
}

HrChartFonts *
hr_chart_fonts_get (PangoContext *context)
{
  HrChartFonts *self = g_object_get_data (G_OBJECT (context), CONTEXT_KEY);

  if (self == NULL || self->serial != pango_context_get_serial (context))
    {
      self = create (context);
      g_object_set_data_full (G_OBJECT (context), CONTEXT_KEY, self, (GDestroyNotify) hr_chart_fonts_unref);
    }

  return g_rc_box_acquire (self);
}

void
hr_chart_fonts_unref (HrChartFonts *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, clear);
}

static void
keep (GHashTable *texts, char *text, gpointer value)
{
  if (g_hash_table_size (texts) >= MOST_TEXTS)
    g_hash_table_remove_all (texts);
  g_hash_table_insert (texts, text, value);
}

PangoLayout *
hr_chart_fonts_layout (HrChartFonts *self, HrChartTextStyle style, const char *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts[style], text);

  if (layout == NULL)
    {
      layout = create_layout (self->context, style);
      pango_layout_set_text (layout, text, -1);
      keep (self->layouts[style], g_strdup (text), layout);
    }

  return layout;
}

/* Figures are of one width: a thousand of them have few different sizes. */
static char *
make_key (HrChartTextStyle style, const char *text)
{
  char *key = g_strdup (text);

  if (style == HR_CHART_TEXT_FIGURE)
    for (char *place = key; *place != '\0'; place++)
      if (g_ascii_isdigit (*place))
        *place = '0';

  return key;
}

static void
measure (gpointer user_data, HrChartTextStyle style, const char *text, double *width, double *height)
{
  HrChartFonts *self = user_data;
  g_autofree char *key = make_key (style, text);
  PangoRectangle *extents = g_hash_table_lookup (self->sizes[style], key);

  if (extents == NULL)
    {
      extents = g_new (PangoRectangle, 1);
      pango_layout_get_extents (hr_chart_fonts_layout (self, style, key), NULL, extents);
      keep (self->sizes[style], g_steal_pointer (&key), extents);
    }
  *width = (double) extents->width / PANGO_SCALE;
  *height = (double) extents->height / PANGO_SCALE;
}

void
hr_chart_pango_measurer_init (HrChartMeasurer *self, PangoContext *context)
{
  g_return_if_fail (self != NULL && PANGO_IS_CONTEXT (context));

  self->measure = measure;
  self->user_data = hr_chart_fonts_get (context);
}

void
hr_chart_pango_measurer_clear (HrChartMeasurer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer ((HrChartFonts **) &self->user_data, hr_chart_fonts_unref);
}
