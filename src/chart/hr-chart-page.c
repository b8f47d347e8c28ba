/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hr-chart-page.h"

#include "hr-chart-paint.h"

#define PANEL_GAP 20.0

typedef struct
{
  gpointer layout;
  double x, y;
} Placed;

typedef struct
{
  const HrChartPage *page;
  PangoContext *context;
  GArray *items;  /* title, legend, headings */
  Placed *placed; /* (array length=page.n_charts) */
} Drawing;

static void
draw_page (cairo_t *cr, gpointer user_data)
{
  const Drawing *self = user_data;
  const HrChartPage *page = self->page;

  if (!page->transparent)
    {
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
    }
  hr_chart_paint_items ((const HrChartItem *) (gpointer) self->items->data, self->items->len, cr, self->context,
                        page->palette);
  for (guint i = 0; i < page->n_charts; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, self->placed[i].x, self->placed[i].y);
      page->kind->paint (self->placed[i].layout, cr, self->context, page->palette);
      cairo_restore (cr);
    }
}

/* What stands over all charts, at the top of @area, which shrinks to what it leaves. */
static void
add_head (Drawing *self, const char *title, const HrChartMeasurer *measurer, HrChartBox *area)
{
  hr_chart_frame_take_margins (area);
  hr_chart_items_add_title (self->items, measurer, title, area);
  if (self->page->legend == NULL)
    return;

  hr_chart_items_add_legend (self->items, measurer, self->page->legend, area);
  area->y += HR_CHART_GAP;
  area->height -= HR_CHART_GAP;
}

static void
lay_out (Drawing *self, const char *title, double width, double height, const HrChartMeasurer *measurer)
{
  const HrChartPage *page = self->page;
  const HrChartPanelKind *kind = page->kind;
  gboolean mirrored = hr_chart_reads_right_to_left (page->sample_text, self->context);
  HrChartBox area = { 0, 0, width, height };

  if (!kind->frames_itself)
    add_head (self, title, measurer, &area);

  double share = area.height / page->n_charts;
  for (guint i = 0; i < page->n_charts; i++)
    {
      HrChartHeading texts = kind->get_heading (page->charts[i]);
      HrChartBox box = { area.x, area.y + share * i, area.width, share - (page->n_charts > 1 ? PANEL_GAP : 0) };
      double heading = kind->frames_itself
                           ? 0
                           : kind->heading_gap
                                 + hr_chart_items_add_heading (self->items, measurer, texts.title, texts.detail, &box);

      self->placed[i] = (Placed){
        .layout = kind->lay_out (page->charts[i], box.width, MAX (box.height - heading, 0), mirrored, measurer),
        .x = box.x,
        .y = box.y + heading,
      };
    }
  if (mirrored)
    hr_chart_items_mirror (self->items, width);
}

static char *
describe (const HrChartPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_charts; i++)
    {
      const char *description = self->kind->get_heading (self->charts[i]).description;

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", description != NULL ? description : "");
    }

  return hr_chart_dup_text (text->str);
}

HrChartPage
hr_chart_page (const HrChartPanelKind *kind, const char *title, gpointer const *charts, guint n_charts, double width,
               double height, double scale)
{
  return (HrChartPage){
    .title = title,
    .kind = kind,
    .charts = charts,
    .n_charts = n_charts,
    .width = width,
    .height = height,
    .scale = scale,
  };
}

GBytes *
hr_chart_page_encode (const HrChartPage *self, HrChartFormat format, GError **error)
{
  g_return_val_if_fail (self != NULL && self->n_charts > 0, NULL);

  g_autofree char *title = hr_chart_dup_text (self->title);
  g_autofree char *description = describe (self);
  const HrChartPanelKind *kind = self->kind;
  Drawing drawing = { self, hr_chart_file_font (), hr_chart_items_new (), g_new0 (Placed, self->n_charts) };
  HrChartPicture picture = {
    .width = self->width > 0 ? self->width : kind->width,
    .height = self->height > 0 ? self->height : kind->height_beside + kind->panel_height * self->n_charts,
    .scale = self->scale > 0 ? self->scale : 1,
    .title = title,
    .description = description,
    .draw = draw_page,
    .user_data = &drawing,
  };
  HrChartMeasurer measurer;

  hr_chart_pango_measurer_init (&measurer, drawing.context);
  lay_out (&drawing, title, picture.width, picture.height, &measurer);
  hr_chart_pango_measurer_clear (&measurer);

  GBytes *bytes = hr_chart_file_encode (&picture, format, error);

  for (guint i = 0; i < self->n_charts; i++)
    kind->free_layout (drawing.placed[i].layout);
  g_free (drawing.placed);
  g_array_unref (drawing.items);
  g_object_unref (drawing.context);

  return bytes;
}
