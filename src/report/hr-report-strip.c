/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-report-strip.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define RULE_WIDTH 0.75
#define CHIP_RADIUS 9.0

/* Reports are printed: always light. */
static const HrChartPalette palette = { FALSE, FALSE };

static void
text_free (gpointer data)
{
  HrReportText *text = data;

  g_object_unref (text->layout);
  g_free (text);
}

HrReportStrip *
hr_report_strip_new (double height)
{
  HrReportStrip *self = g_new0 (HrReportStrip, 1);

  self->height = height;
  self->head = HR_REPORT_NO_HEAD;
  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->chip = HR_CHART_ROLE_TEXT;
  self->component = -1;

  return self;
}

void
hr_report_strip_free (HrReportStrip *self)
{
  g_ptr_array_unref (self->texts);
  g_clear_pointer (&self->chart, hr_chart_layout_free);
  g_free (self->heading);
  g_free (self);
}

void
hr_report_strip_add_text (HrReportStrip *self, PangoLayout *layout, int line, double x, double y, HrChartRole role)
{
  HrReportText *text = g_new (HrReportText, 1);

  *text = (HrReportText){ g_object_ref (layout), line, x, y, role };
  g_ptr_array_add (self->texts, text);
}

static void
set_color (cairo_t *cr, HrChartRole role)
{
  HrChartColor color = hr_chart_palette_color (palette, role);

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

static void
draw_text (const HrReportText *self, cairo_t *cr)
{
  set_color (cr, self->role);
  cairo_move_to (cr, self->x, self->y);
  if (self->line < 0)
    pango_cairo_show_layout (cr, self->layout);
  else
    pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (self->layout, self->line));
}

static void
draw_texts (const HrReportStrip *self, cairo_t *cr)
{
  for (guint i = 0; i < self->texts->len; i++)
    draw_text (g_ptr_array_index (self->texts, i), cr);
}

/* Readers of PDF list headings beside the pages. */
static void
draw_heading (const HrReportStrip *self, cairo_t *cr)
{
  cairo_surface_t *target = cairo_get_target (cr);
  g_autofree char *name = g_strdup_printf ("name='heading-%u'", self->heading_number);
  g_autofree char *link = g_strdup_printf ("dest='heading-%u'", self->heading_number);

  if (cairo_surface_get_type (target) != CAIRO_SURFACE_TYPE_PDF)
    {
      draw_texts (self, cr);
      return;
    }
  cairo_tag_begin (cr, CAIRO_TAG_DEST, name);
  draw_texts (self, cr);
  cairo_tag_end (cr, CAIRO_TAG_DEST);
  cairo_pdf_surface_add_outline (target, CAIRO_PDF_OUTLINE_ROOT, self->heading, link, 0);
}

static void
draw_chip (const HrReportStrip *self, cairo_t *cr, double width)
{
  const HrReportText *text = g_ptr_array_index (self->texts, 0);
  gboolean mirrored = pango_context_get_base_dir (pango_layout_get_context (text->layout)) == PANGO_DIRECTION_RTL;
  HrChartBox box = { mirrored ? width - self->chip_width : 0, 0, self->chip_width, self->height };

  hr_chart_add_rounded (cr, &box, CHIP_RADIUS);
  set_color (cr, self->chip);
  cairo_fill (cr);
}

static void
draw_rule (const HrReportStrip *self, cairo_t *cr, double width)
{
  set_color (cr, HR_CHART_ROLE_GRID);
  cairo_set_line_width (cr, RULE_WIDTH);
  cairo_move_to (cr, 0, self->height - RULE_WIDTH / 2);
  cairo_rel_line_to (cr, width, 0);
  cairo_stroke (cr);
}

static void
draw_swatch (const HrReportStrip *self, cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, self->component_x, (self->height - HR_REPORT_SWATCH_SIZE) / 2);
  hr_chart_paint_swatch (cr, (HrComponent) self->component, HR_REPORT_SWATCH_SIZE, palette);
  cairo_restore (cr);
}

void
hr_report_strip_draw (const HrReportStrip *self, cairo_t *cr, double width, PangoContext *context)
{
  if (self->chip != HR_CHART_ROLE_TEXT)
    draw_chip (self, cr, width);
  if (self->component >= 0)
    draw_swatch (self, cr);
  if (self->chart != NULL)
    hr_chart_paint (self->chart, cr, context, palette, &HR_CHART_MARKS_NONE);
  if (self->heading != NULL)
    draw_heading (self, cr);
  else
    draw_texts (self, cr);
  if (self->ruled)
    draw_rule (self, cr, width);
}
