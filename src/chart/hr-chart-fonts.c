/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-fonts.h"

#include "hr-chart-paint.h"

/* Figures of one width stand still while they change. */
#define FONT_FEATURES "tnum=1"

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
  double size = pango_font_description_get_size (font) * styles[style].scale;

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

HrChartFonts *
hr_chart_fonts_new (PangoContext *context)
{
  HrChartFonts *self = g_new0 (HrChartFonts, 1);

  for (int i = 0; i < HR_CHART_N_TEXT_STYLES; i++)
    {
      self->layouts[i] = create_layout (context, (HrChartTextStyle) i);
      self->sizes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }

  return self;
}

void
hr_chart_fonts_free (HrChartFonts *self)
{
  if (self == NULL)
    return;

  for (int i = 0; i < HR_CHART_N_TEXT_STYLES; i++)
    {
      g_object_unref (self->layouts[i]);
      g_hash_table_unref (self->sizes[i]);
    }
  g_free (self);
}

PangoLayout *
hr_chart_fonts_layout (HrChartFonts *self, HrChartTextStyle style, const char *text)
{
  pango_layout_set_text (self->layouts[style], text, -1);

  return self->layouts[style];
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
      g_hash_table_insert (self->sizes[style], g_steal_pointer (&key), extents);
    }
  *width = (double) extents->width / PANGO_SCALE;
  *height = (double) extents->height / PANGO_SCALE;
}

void
hr_chart_pango_measurer_init (HrChartMeasurer *self, PangoContext *context)
{
  g_return_if_fail (self != NULL && PANGO_IS_CONTEXT (context));

  self->measure = measure;
  self->user_data = hr_chart_fonts_new (context);
}

void
hr_chart_pango_measurer_clear (HrChartMeasurer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer ((HrChartFonts **) &self->user_data, hr_chart_fonts_free);
}
