/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-report-pages.h"

#include "chart/hr-chart-file.h"
#include "hr-report-flow.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ISO 216, A4; and the space round its contents. */
#define PIXELS_A_MM (96 / 25.4)
#define PAGE_WIDTH (210 * PIXELS_A_MM)
#define PAGE_HEIGHT (297 * PIXELS_A_MM)
#define MARGIN (17 * PIXELS_A_MM)

/* What the number of a page takes at its foot. */
#define FOOT_HEIGHT 28.0

/* The smallest page that anything is laid out for. */
#define MIN_SIDE 160.0

typedef struct
{
  guint strip;
  guint page;
  double y;
} Placed;

struct _HrReportPages
{
  double height;
  HrReportFlow *flow;
  char *title;
  GArray *placed; /* (element-type Placed): in the order of pages */
  guint n_pages;
};

static const HrReportStrip *
strip_at (const HrReportPages *self, guint index)
{
  return g_ptr_array_index (self->flow->strips, index);
}

/* Of a strip and those that must stay with it. */
static double
height_together (const HrReportPages *self, guint index)
{
  double height = strip_at (self, index)->height;

  for (; strip_at (self, index)->keep_with_next && index + 1 < self->flow->strips->len; index++)
    height += strip_at (self, index + 1)->space_before + strip_at (self, index + 1)->height;

  return height;
}

static void
place (HrReportPages *self, guint strip, double *y)
{
  Placed placed = { strip, self->n_pages - 1, *y };

  g_array_append_val (self->placed, placed);
  *y += strip_at (self, strip)->height;
}

static void
begin_page (HrReportPages *self, guint strip, double *y)
{
  int head = strip_at (self, strip)->head;

  self->n_pages++;
  *y = 0;
  if (head != HR_REPORT_NO_HEAD)
    place (self, (guint) head, y);
}

static void
break_into_pages (HrReportPages *self)
{
  double room = self->height - FOOT_HEIGHT, y = 0;

  self->n_pages = 1;
  for (guint i = 0; i < self->flow->strips->len; i++)
    {
      double space = y > 0 ? strip_at (self, i)->space_before : 0;
      gboolean kept = i > 0 && strip_at (self, i - 1)->keep_with_next;
      double needed = kept ? strip_at (self, i)->height : height_together (self, i);

      if (y > 0 && y + space + needed > room)
        begin_page (self, i, &y);
      else
        y += space;
      place (self, i, &y);
    }
}

HrReportPages *
hr_report_pages_new (const HrReportDocument *report, double width, double height)
{
  g_return_val_if_fail (report != NULL && report->blocks->len > 0, NULL);

  HrReportPages *self = g_new0 (HrReportPages, 1);
  const HrReportBlock *title = g_ptr_array_index (report->blocks, 0);

  self->height = MAX (height, MIN_SIDE);
  self->flow = hr_report_flow_new (report, MAX (width, MIN_SIDE));
  self->title = g_strdup (title->text);
  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  break_into_pages (self);

  return self;
}

void
hr_report_pages_free (HrReportPages *self)
{
  hr_report_flow_free (self->flow);
  g_array_unref (self->placed);
  g_free (self->title);
  g_free (self);
}

guint
hr_report_pages_get_n_pages (const HrReportPages *self)
{
  return self->n_pages;
}

static void
draw_foot_text (const HrReportPages *self, cairo_t *cr, const char *text, gboolean at_end)
{
  PangoLayout *layout = hr_report_flow_lay_out (self->flow, HR_REPORT_STYLE_SMALL, text, self->flow->width / 2);
  HrReportStrip *strip = hr_report_strip_new (FOOT_HEIGHT);
  gboolean right = at_end != self->flow->right_to_left;
  int height;

  hr_report_flow_align (self->flow, layout, at_end);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_size (layout, NULL, &height);
  hr_report_strip_add_text (strip, layout, -1, right ? self->flow->width / 2 : 0,
                            FOOT_HEIGHT - (double) height / PANGO_SCALE, HR_CHART_ROLE_DIM_TEXT);
  hr_report_strip_draw (strip, cr, self->flow->width, self->flow->context);
  hr_report_strip_free (strip);
  g_object_unref (layout);
}

static void
draw_foot (const HrReportPages *self, guint index, cairo_t *cr)
{
  /* Translators: the number of a page, and how many there are */
  g_autofree char *number = g_strdup_printf (_ ("%u of %u"), index + 1, self->n_pages);

  cairo_save (cr);
  cairo_translate (cr, 0, self->height - FOOT_HEIGHT);
  draw_foot_text (self, cr, self->title, FALSE);
  draw_foot_text (self, cr, number, TRUE);
  cairo_restore (cr);
}

void
hr_report_pages_draw (const HrReportPages *self, guint index, cairo_t *cr)
{
  g_return_if_fail (index < self->n_pages);

  for (guint i = 0; i < self->placed->len; i++)
    {
      const Placed *placed = &g_array_index (self->placed, Placed, i);

      if (placed->page != index)
        continue;
      cairo_save (cr);
      cairo_translate (cr, 0, placed->y);
      hr_report_strip_draw (strip_at (self, placed->strip), cr, self->flow->width, self->flow->context);
      cairo_restore (cr);
    }
  draw_foot (self, index, cr);
}

static void
draw_page_cb (cairo_t *cr, guint index, gpointer user_data)
{
  cairo_translate (cr, MARGIN, MARGIN);
  hr_report_pages_draw (user_data, index, cr);
}

GBytes *
hr_report_to_pdf (const HrReportDocument *report, GError **error)
{
  g_autoptr (HrReportPages) pages = hr_report_pages_new (report, PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN);
  const HrChartPages sheets = {
    .width = PAGE_WIDTH,
    .height = PAGE_HEIGHT,
    .n_pages = pages->n_pages,
    .title = pages->title,
    .draw = draw_page_cb,
    .user_data = pages,
  };

  return hr_chart_file_encode_pages (&sheets, error);
}
