/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-flow.h"

#include "chart/hr-chart-file.h"

#define TITLE_SPACE 0.0
#define HEADING_SPACE 26.0
#define SUBHEADING_SPACE 16.0
#define PARAGRAPH_SPACE 6.0
#define ITEM_SPACE 3.0
#define ITEM_INDENT 16.0
#define CHIP_PADDING 10.0
#define IMPRINT_SPACE 30.0

/* A chart is this much lower than wide. */
#define CHART_RATIO 0.52

#define BULLET "•"

static const struct
{
  double points;
  PangoWeight weight;
} styles[] = {
  [HR_REPORT_STYLE_TITLE] = { 20, PANGO_WEIGHT_BOLD },      [HR_REPORT_STYLE_HEADING] = { 14, PANGO_WEIGHT_BOLD },
  [HR_REPORT_STYLE_SUBHEADING] = { 10, PANGO_WEIGHT_BOLD }, [HR_REPORT_STYLE_BODY] = { 9, PANGO_WEIGHT_NORMAL },
  [HR_REPORT_STYLE_STRONG] = { 9, PANGO_WEIGHT_BOLD },      [HR_REPORT_STYLE_SMALL] = { 8, PANGO_WEIGHT_NORMAL },
};

/* Pango turns the alignment of what is read the other way than the whole. */
void
hr_report_flow_align (HrReportFlow *self, PangoLayout *layout, gboolean at_end)
{
  gboolean right = at_end != self->right_to_left;
  const PangoLayoutLine *first = pango_layout_get_line_readonly (layout, 0);
  gboolean turned = (first->resolved_dir == PANGO_DIRECTION_RTL) != self->right_to_left;

  pango_layout_set_alignment (layout, right != turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

PangoLayout *
hr_report_flow_lay_out (HrReportFlow *self, HrReportStyle style, const char *text, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (self->context));
  g_autofree char *drawable = hr_chart_dup_text (text);

  pango_font_description_set_size (font, (int) (styles[style].points * PANGO_SCALE));
  pango_font_description_set_weight (font, styles[style].weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, drawable, -1);
  hr_report_flow_align (self, layout, FALSE);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));

  return layout;
}

HrReportStrip *
hr_report_flow_add_lines (HrReportFlow *self, PangoLayout *layout, double indent, double space_before, HrChartRole role)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double x = self->right_to_left ? 0 : indent;
  guint first = self->strips->len;
  int line = 0;

  do
    {
      PangoRectangle extents;
      int top, bottom;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      HrReportStrip *strip = hr_report_strip_new ((double) (bottom - top) / PANGO_SCALE);

      strip->space_before = line == 0 ? space_before : 0;
      hr_report_strip_add_text (strip, layout, line++, x + (double) extents.x / PANGO_SCALE,
                                (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE, role);
      g_ptr_array_add (self->strips, strip);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return g_ptr_array_index (self->strips, first);
}

static HrReportStrip *
add_text (HrReportFlow *self, HrReportStyle style, const char *text, double indent, double space_before,
          HrChartRole role)
{
  PangoLayout *layout = hr_report_flow_lay_out (self, style, text, self->width - indent);
  HrReportStrip *first = hr_report_flow_add_lines (self, layout, indent, space_before, role);

  g_object_unref (layout);

  return first;
}

/* All lines stay with what they head. */
static void
add_heading (HrReportFlow *self, const HrReportBlock *block)
{
  guint first = self->strips->len;

  if (block->level == 1)
    {
      HrReportStrip *strip
          = add_text (self, HR_REPORT_STYLE_HEADING, block->text, 0, HEADING_SPACE, HR_CHART_ROLE_TEXT);

      strip->heading = g_strdup (block->text);
      strip->heading_number = first;
    }
  else
    {
      add_text (self, HR_REPORT_STYLE_SUBHEADING, block->text, 0, SUBHEADING_SPACE, HR_CHART_ROLE_TEXT);
    }
  for (guint i = first; i < self->strips->len; i++)
    ((HrReportStrip *) g_ptr_array_index (self->strips, i))->keep_with_next = TRUE;
}

static void
add_item (HrReportFlow *self, const HrReportBlock *block)
{
  HrReportStrip *first
      = add_text (self, HR_REPORT_STYLE_BODY, block->text, ITEM_INDENT, ITEM_SPACE, HR_CHART_ROLE_TEXT);
  const HrReportText *text = g_ptr_array_index (first->texts, 0);
  PangoLayout *bullet = hr_report_flow_lay_out (self, HR_REPORT_STYLE_BODY, BULLET, 0);
  double x = self->right_to_left ? self->width - ITEM_INDENT / 2 : ITEM_INDENT / 4;

  hr_report_strip_add_text (first, bullet, 0, x, text->y, HR_CHART_ROLE_DIM_TEXT);
  g_object_unref (bullet);
  if (block->detail != NULL)
    {
      ((HrReportStrip *) g_ptr_array_index (self->strips, self->strips->len - 1))->keep_with_next = TRUE;
      add_text (self, HR_REPORT_STYLE_SMALL, block->detail, ITEM_INDENT, 0, HR_CHART_ROLE_DIM_TEXT);
    }
}

static void
add_verdict (HrReportFlow *self, const HrReportBlock *block)
{
  PangoLayout *layout = hr_report_flow_lay_out (self, HR_REPORT_STYLE_STRONG, block->text, 0);
  PangoRectangle extents;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_extents (layout, NULL, &extents);
  double width = MIN ((double) extents.width / PANGO_SCALE, self->width - 2 * CHIP_PADDING);
  double height = (double) extents.height / PANGO_SCALE;
  HrReportStrip *strip = hr_report_strip_new (height + CHIP_PADDING / 2);

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE) + 1);
  strip->space_before = PARAGRAPH_SPACE;
  strip->chip = hr_chart_verdict_role (block->verdict);
  strip->chip_width = width + 2 * CHIP_PADDING;
  hr_report_strip_add_text (strip, layout, -1, self->right_to_left ? self->width - width - CHIP_PADDING : CHIP_PADDING,
                            CHIP_PADDING / 4, hr_chart_verdict_text_role (block->verdict));
  g_ptr_array_add (self->strips, strip);
  g_object_unref (layout);
}

static void
add_chart (HrReportFlow *self, const HrChartModel *model)
{
  g_autoptr (HrChartModel) untitled = hr_chart_model_copy (model);
  HrChartGeometry geometry = {
    .width = self->width,
    .height = self->width * CHART_RATIO,
    .right_to_left = self->right_to_left,
    .with_names = TRUE,
    .with_legend = TRUE,
  };
  HrReportStrip *strip = hr_report_strip_new (geometry.height);
  HrChartMeasurer measurer;

  g_clear_pointer (&untitled->title, g_free);
  hr_chart_pango_measurer_init (&measurer, self->context);
  strip->chart = hr_chart_layout_new (untitled, &geometry, &measurer);
  hr_chart_pango_measurer_clear (&measurer);
  g_ptr_array_add (self->strips, strip);
}

static void
add_block (HrReportFlow *self, const HrReportBlock *block)
{
  switch (block->kind)
    {
    case HR_REPORT_TITLE:
      add_text (self, HR_REPORT_STYLE_TITLE, block->text, 0, TITLE_SPACE, HR_CHART_ROLE_TEXT);
      break;
    case HR_REPORT_HEADING:
      add_heading (self, block);
      break;
    case HR_REPORT_NOTES:
      hr_report_flow_add_notes (self, block->text);
      break;
    case HR_REPORT_ITEM:
      add_item (self, block);
      break;
    case HR_REPORT_VERDICT:
      add_verdict (self, block);
      break;
    case HR_REPORT_TABLE:
      hr_report_flow_add_table (self, block);
      break;
    case HR_REPORT_CHART:
      add_chart (self, block->chart);
      break;
    case HR_REPORT_IMPRINT:
      add_text (self, HR_REPORT_STYLE_SMALL, block->text, 0, IMPRINT_SPACE, HR_CHART_ROLE_DIM_TEXT);
      break;
    case HR_REPORT_PARAGRAPH:
    default:
      add_text (self, HR_REPORT_STYLE_BODY, block->text, 0, PARAGRAPH_SPACE, HR_CHART_ROLE_TEXT);
    }
}

HrReportFlow *
hr_report_flow_new (const HrReportDocument *report, double width)
{
  HrReportFlow *self = g_new0 (HrReportFlow, 1);

  self->width = width;
  self->right_to_left = report->right_to_left;
  self->context = hr_chart_file_font ();
  pango_context_set_base_dir (self->context, self->right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  self->strips = g_ptr_array_new_with_free_func ((GDestroyNotify) hr_report_strip_free);
  for (guint i = 0; i < report->blocks->len; i++)
    add_block (self, g_ptr_array_index (report->blocks, i));

  return self;
}

void
hr_report_flow_free (HrReportFlow *self)
{
  g_ptr_array_unref (self->strips);
  g_object_unref (self->context);
  g_free (self);
}
